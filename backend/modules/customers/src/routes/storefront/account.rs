//! One's own account.

use actix_web::http::header::SET_COOKIE;
use actix_web::web::Json;
use actix_web::{Responder, delete, get, patch, post};
use orion_framework::auth::flow;
use orion_framework::gate::Customer;
use orion_framework::http::{Body, Failure, NoContent, Path};
use orion_types::auth::{ChangePassword, CustomerProfile, Session};
use orion_types::customer::UpdateAccount;
use orion_types::{Page, SessionId};

use crate::Customers;
use crate::service::{accounts, sessions};

/// The account.
#[utoipa::path(
    tag = "account",
    operation_id = "get_account",
    responses((status = 200, body = CustomerProfile)),
    security(("customer" = []))
)]
#[get("/account")]
pub(super) async fn get_account(customer: Customer<Customers>) -> Result<Json<CustomerProfile>, Failure> {
    let id = customer.identity().id;
    Ok(Json(customer.read(move |tx| accounts::get(tx, id)).await?))
}

/// Changes the account; what is absent stays.
#[utoipa::path(
    tag = "account",
    operation_id = "update_account",
    request_body = UpdateAccount,
    responses((status = 200, body = CustomerProfile)),
    security(("customer" = []))
)]
#[patch("/account")]
pub(super) async fn update_account(customer: Customer<Customers>, body: Body<UpdateAccount>) -> Result<Json<CustomerProfile>, Failure> {
    let (id, change) = (customer.identity().id, body.into_inner());
    Ok(Json(customer.tx(move |tx| accounts::update(tx, id, &change)).await?))
}

/// Changes the password; all other sessions end.
#[utoipa::path(
    tag = "account",
    operation_id = "change_password",
    request_body = ChangePassword,
    responses((status = 204)),
    security(("customer" = []))
)]
#[post("/account/password")]
pub(super) async fn change_password(customer: Customer<Customers>, body: Body<ChangePassword>) -> Result<NoContent, Failure> {
    let (accounts, context, store) = (customer.accounts(), customer.context(), customer.store());
    flow::change_customer_password(accounts, context, store, customer.identity(), body.into_inner()).await?;
    Ok(NoContent)
}

/// The devices on which one is signed in.
#[utoipa::path(
    tag = "account",
    operation_id = "list_account_sessions",
    responses((status = 200, body = Page<Session>)),
    security(("customer" = []))
)]
#[get("/account/sessions")]
pub(super) async fn list_account_sessions(customer: Customer<Customers>) -> Result<Json<Page<Session>>, Failure> {
    let identity = customer.identity().clone();
    Ok(Json(Page::complete(customer.read(move |tx| sessions::list(tx, &identity)).await?)))
}

/// Signs one of one's devices out.
#[utoipa::path(
    tag = "account",
    operation_id = "delete_account_session",
    params(("id" = SessionId, Path)),
    responses((status = 204)),
    security(("customer" = []))
)]
#[delete("/account/sessions/{id}")]
pub(super) async fn delete_account_session(customer: Customer<Customers>, id: Path<SessionId>) -> Result<NoContent, Failure> {
    let (owner, id) = (customer.identity().id, id.into_inner());
    customer.tx(move |tx| sessions::end(tx, owner, id)).await?;
    Ok(NoContent)
}

/// Signs out everywhere: all of one's sessions in this shop end, and this one too.
#[utoipa::path(
    tag = "account",
    operation_id = "delete_account_sessions",
    responses((status = 204)),
    security(("customer" = []))
)]
#[delete("/account/sessions")]
pub(super) async fn delete_account_sessions(customer: Customer<Customers>) -> Result<impl Responder, Failure> {
    let (accounts, context, store) = (customer.accounts(), customer.context(), customer.store());
    let gone = flow::sign_out_customer_everywhere(accounts, context, store, customer.identity()).await?;
    Ok(NoContent.customize().insert_header((SET_COOKIE, gone.to_string())))
}

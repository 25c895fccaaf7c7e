//! `/api/v1/storefront/account/passkeys`, and signing in to a shop with one.

use actix_web::http::StatusCode;
use actix_web::web::Json;
use actix_web::{HttpRequest, Responder, get, post, put};
use orion_framework::auth::cart_token;
use orion_framework::auth::flow::check_customer_password;
use orion_framework::db::StoreTx;
use orion_framework::gate::{Anonymous, Customer};
use orion_framework::http::{Body, Failure, NoContent, Path};
use orion_types::auth::AccessToken;
use orion_types::passkey::{CreatePasskey, LoginWithPasskey, Passkey, PasskeyChallenge, ProvePasskeyOwner, UpdatePasskey};
use orion_types::{Page, PasskeyId};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{entered, unkept};
use crate::Accounts;
use crate::service::passkeys::Site;
use crate::service::passkeys::customers::{own, register, sign_in};
use crate::service::passkeys::register::Answer;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(create_customer_sign_in_challenge)
        .service(login_customer_with_passkey)
        .service(list_account_passkeys)
        .service(create_account_passkey_challenge)
        .service(create_account_passkey)
        .service(update_account_passkey)
        .service(delete_account_passkey);
}

/// Begins to sign in to this shop with a passkey: what the device is to sign. Nobody has to say who they are.
#[utoipa::path(
    tag = "sign-in",
    operation_id = "create_customer_sign_in_challenge",
    responses((status = 200, body = PasskeyChallenge), (status = 409, description = "Passkeys do not work at this address")),
    security(())
)]
#[post("/auth/passkey/challenge")]
async fn create_customer_sign_in_challenge(anybody: Anonymous) -> Result<impl Responder, Failure> {
    let store = anybody.open_store()?;
    Ok(unkept(sign_in::start(&anybody, &store).await?))
}

/// Signs a customer in with a passkey of this address; what a guest has put into the cart comes along. The challenge works for five minutes and one
/// answer, in this shop.
#[utoipa::path(
    tag = "sign-in",
    operation_id = "login_customer_with_passkey",
    request_body = LoginWithPasskey,
    responses(
        (status = 200, body = AccessToken),
        (status = 401, description = "The passkey is not known here, has not signed, or is of an account that may not sign in"),
        (status = 410, description = "The challenge was answered, is over, or is for another shop or address")
    ),
    security(())
)]
#[post("/auth/passkey")]
async fn login_customer_with_passkey(
    anybody: Anonymous,
    request: HttpRequest,
    body: Body<LoginWithPasskey>,
) -> Result<impl Responder, Failure> {
    let store = anybody.open_store()?;
    let cart = cart_token(&request);
    Ok(entered(sign_in::finish(&anybody, &store, body.into_inner(), cart).await?))
}

/// The passkeys of the account, for whatever address of the shop.
#[utoipa::path(
    tag = "account",
    operation_id = "list_account_passkeys",
    responses((status = 200, body = Page<Passkey>)),
    security(("customer" = []))
)]
#[get("/account/passkeys")]
async fn list_account_passkeys(customer: Customer<Accounts>) -> Result<Json<Page<Passkey>>, Failure> {
    let (id, host) = (customer.identity().id, customer.context().host.clone());
    let list = customer.read(move |tx: &mut StoreTx| own::list(tx, id, &host)).await?;
    Ok(Json(Page::complete(list)))
}

/// Begins to make a passkey for this address: what the device is to sign. It asks for the password.
#[utoipa::path(
    tag = "account",
    operation_id = "create_account_passkey_challenge",
    request_body = ProvePasskeyOwner,
    responses(
        (status = 200, body = PasskeyChallenge),
        (status = 409, description = "The account has as many as it may have, or passkeys do not work at this address")
    ),
    security(("customer" = []))
)]
#[post("/account/passkeys/challenge")]
async fn create_account_passkey_challenge(customer: Customer<Accounts>, body: Body<ProvePasskeyOwner>) -> Result<impl Responder, Failure> {
    prove(&customer, &body.0).await?;
    let id = customer.identity().id;
    let site = Site::of_shop(customer.services(), customer.context(), customer.store())?;
    let start = move |tx: &mut StoreTx| register::start(tx, &site, id);
    Ok(unkept(customer.tx(start).await?))
}

/// Adds the passkey that has signed. Whoever has it signs in at this address without the password; a mail says so. No session ends.
#[utoipa::path(
    tag = "account",
    operation_id = "create_account_passkey",
    request_body = CreatePasskey,
    responses(
        (status = 201, body = Passkey),
        (status = 409, description = "It is registered already, or the account has as many as it may have"),
        (status = 410, description = "The challenge was answered, is over, or is for another account, shop or address")
    ),
    security(("customer" = []))
)]
#[post("/account/passkeys")]
async fn create_account_passkey(customer: Customer<Accounts>, body: Body<CreatePasskey>) -> Result<impl Responder, Failure> {
    let answer = Answer::of(&body.0)?;
    let id = customer.identity().id;
    let site = Site::of_shop(customer.services(), customer.context(), customer.store())?;
    let finish = move |tx: &mut StoreTx| register::finish(tx, &site, id, answer);
    let made: Passkey = customer.tx(finish).await??;
    Ok(Json(made).customize().with_status(StatusCode::CREATED))
}

/// Calls a passkey otherwise.
#[utoipa::path(
    tag = "account",
    operation_id = "update_account_passkey",
    params(("id" = PasskeyId, Path)),
    request_body = UpdatePasskey,
    responses((status = 200, body = Passkey)),
    security(("customer" = []))
)]
#[put("/account/passkeys/{id}")]
async fn update_account_passkey(
    customer: Customer<Accounts>,
    id: Path<PasskeyId>,
    body: Body<UpdatePasskey>,
) -> Result<Json<Passkey>, Failure> {
    let (owner, host, id) = (customer.identity().id, customer.context().host.clone(), id.into_inner());
    let rename = move |tx: &mut StoreTx| own::rename(tx, owner, (id, &host), &body.0);
    Ok(Json(customer.tx(rename).await?))
}

/// Removes a passkey; a mail says so. It asks for the password. No session ends.
#[utoipa::path(
    tag = "account",
    operation_id = "delete_account_passkey",
    params(("id" = PasskeyId, Path)),
    request_body = ProvePasskeyOwner,
    responses((status = 204)),
    security(("customer" = []))
)]
#[post("/account/passkeys/{id}/delete")]
async fn delete_account_passkey(
    customer: Customer<Accounts>,
    id: Path<PasskeyId>,
    body: Body<ProvePasskeyOwner>,
) -> Result<NoContent, Failure> {
    prove(&customer, &body.0).await?;
    let (owner, id) = (customer.identity().id, id.into_inner());
    customer.tx(move |tx: &mut StoreTx| own::remove(tx, owner, id)).await?;
    Ok(NoContent)
}

/// Customers have no second factor, so there is no code to look at.
async fn prove(customer: &Customer<Accounts>, sent: &ProvePasskeyOwner) -> Result<(), Failure> {
    let (accounts, context, store) = (customer.accounts(), customer.context(), customer.store());
    check_customer_password(accounts, context, store, customer.identity(), &sent.current_password).await?;
    Ok(())
}

//! `/api/v1/store/sign-up`: stores that people open by themselves, at the host of a platform, and the way into one at its own.

use actix_web::web::Json;
use actix_web::{Responder, get, post};
use orion_framework::gate::{Anonymous, StaffUser};
use orion_framework::http::{Body, Failure, Query};
use orion_types::auth::AccessToken;
use orion_types::people::{
    CodeAvailability, CodeQuery, ConfirmSignUp, CreateOwnStore, CreateSignUp, OpenedStore, PendingSignUp, SignUpOffer, SignUpToken,
};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{entered, noted, unkept};
use crate::service::sign_up;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(get_sign_up)
        .service(check_store_code)
        .service(create_sign_up)
        .service(look_up_sign_up)
        .service(confirm_sign_up)
        .service(create_own_store)
        .service(login_new_owner);
}

/// What the platform of the host offers whoever wants to open a store, and which terms they accept.
#[utoipa::path(
    tag = "sign-up",
    operation_id = "get_sign_up",
    responses((status = 200, body = SignUpOffer)),
    security(())
)]
#[get("/sign-up")]
async fn get_sign_up(anybody: Anonymous) -> Result<Json<SignUpOffer>, Failure> {
    Ok(Json(sign_up::offer(&anybody).await?))
}

/// Whether a new store could have a code: not one that is reserved, taken, or none. For a form, while it is typed.
#[utoipa::path(
    tag = "sign-up",
    operation_id = "check_store_code",
    params(CodeQuery),
    responses((status = 200, body = CodeAvailability)),
    security(())
)]
#[get("/sign-up/code")]
async fn check_store_code(anybody: Anonymous, query: Query<CodeQuery>) -> Result<Json<CodeAvailability>, Failure> {
    let code = query.into_inner().code.unwrap_or_default();
    Ok(Json(sign_up::check_code(&anybody, &code).await?))
}

/// Asks to open a store. A mail goes to the address: a link that works once and for a day, or, where it has an account, that one signs in with that. The
/// answer is the same.
#[utoipa::path(
    tag = "sign-up",
    operation_id = "create_sign_up",
    request_body = CreateSignUp,
    responses(
        (status = 202),
        (status = 403, description = "The platform lets nobody open stores by themselves"),
        (status = 409, description = "The code is taken"),
        (status = 429, description = "Too many from this address")
    ),
    security(())
)]
#[post("/sign-up")]
async fn create_sign_up(anybody: Anonymous, body: Body<CreateSignUp>) -> Result<impl Responder, Failure> {
    sign_up::ask(&anybody, body.into_inner()).await?;
    Ok(noted())
}

/// Shows what was asked for to whoever has the link, and whether the code is still free.
#[utoipa::path(
    tag = "sign-up",
    operation_id = "look_up_sign_up",
    request_body = SignUpToken,
    responses(
        (status = 200, body = PendingSignUp),
        (status = 403, description = "The platform lets nobody open stores by themselves any more"),
        (status = 410, description = "The link was used, has expired, or is for another platform"),
        (status = 429, description = "Too many from this address")
    ),
    security(())
)]
#[post("/sign-up/look-up")]
async fn look_up_sign_up(anybody: Anonymous, body: Body<SignUpToken>) -> Result<impl Responder, Failure> {
    let pending = sign_up::look_up(&anybody, &body.0.token).await?;
    Ok(unkept(pending))
}

/// Follows the link: makes the account, with the name and password that its owner chooses now, and the store, which is closed to the world until they open
/// it. A code that somebody else has taken meanwhile uses nothing up.
#[utoipa::path(
    tag = "sign-up",
    operation_id = "confirm_sign_up",
    request_body = ConfirmSignUp,
    responses(
        (status = 200, body = OpenedStore),
        (status = 403, description = "The platform lets nobody open stores by themselves any more"),
        (status = 409, description = "The code is taken, or the address has got an account"),
        (status = 410, description = "The link was used, has expired, or is for another platform"),
        (status = 429, description = "Too many from this address")
    ),
    security(())
)]
#[post("/sign-up/confirm")]
async fn confirm_sign_up(anybody: Anonymous, body: Body<ConfirmSignUp>) -> Result<impl Responder, Failure> {
    Ok(unkept(sign_up::confirm(&anybody, body.into_inner()).await?))
}

/// Opens a store with the account that is signed in, whose address has to be confirmed.
#[utoipa::path(
    tag = "sign-up",
    operation_id = "create_own_store",
    request_body = CreateOwnStore,
    responses(
        (status = 200, body = OpenedStore),
        (status = 403, description = "The platform lets nobody open stores by themselves"),
        (status = 409, description = "The code is taken, the address is not confirmed, or the account has as many stores as it may have")
    ),
    security(("staff" = []))
)]
#[post("/me/stores")]
async fn create_own_store(account: StaffUser, body: Body<CreateOwnStore>) -> Result<impl Responder, Failure> {
    Ok(unkept(sign_up::create(&account, body.into_inner()).await?))
}

/// Enters the dashboard of a store that has just been opened, by the link that opening it has brought, at the host of that store.
#[utoipa::path(
    tag = "sign-up",
    operation_id = "login_new_owner",
    request_body = SignUpToken,
    responses((status = 200, body = AccessToken), (status = 410, description = "The link was used, has expired, or is for another store")),
    security(())
)]
#[post("/auth/sign-up")]
async fn login_new_owner(anybody: Anonymous, body: Body<SignUpToken>) -> Result<impl Responder, Failure> {
    Ok(entered(sign_up::enter(&anybody, &body.0.token).await?))
}

//! `/api/v1/admin/me/passkeys`, and signing in with one.

use actix_web::http::StatusCode;
use actix_web::web::Json;
use actix_web::{Responder, get, post, put};
use orion_framework::auth::UserArea;
use orion_framework::auth::flow::check_user;
use orion_framework::db::PlatformTx;
use orion_framework::gate::{AdminUser, Anonymous};
use orion_framework::http::{Body, Failure, NoContent, Path};
use orion_types::auth::AccessToken;
use orion_types::passkey::{CreatePasskey, LoginWithPasskey, Passkey, PasskeyChallenge, ProvePasskeyOwner, UpdatePasskey};
use orion_types::{Page, PasskeyId};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{entered, unkept};
use crate::service::passkeys::register::Answer;
use crate::service::passkeys::{Site, own, register, sign_in};

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(create_admin_sign_in_challenge)
        .service(login_admin_with_passkey)
        .service(list_admin_passkeys)
        .service(create_admin_passkey_challenge)
        .service(create_admin_passkey)
        .service(update_admin_passkey)
        .service(delete_admin_passkey);
}

/// Begins to sign in with a passkey: what the device is to sign. Nobody has to say who they are.
#[utoipa::path(
    tag = "sign-in",
    operation_id = "create_admin_sign_in_challenge",
    responses((status = 200, body = PasskeyChallenge), (status = 409, description = "Passkeys do not work at this address")),
    security(())
)]
#[post("/auth/passkey/challenge")]
async fn create_admin_sign_in_challenge(anybody: Anonymous) -> Result<impl Responder, Failure> {
    Ok(unkept(sign_in::start(&anybody, UserArea::Admin).await?))
}

/// Signs in with a passkey of this address; no code is asked for. The challenge works for five minutes and one answer, in this area.
#[utoipa::path(
    tag = "sign-in",
    operation_id = "login_admin_with_passkey",
    request_body = LoginWithPasskey,
    responses(
        (status = 200, body = AccessToken),
        (status = 401, description = "The passkey is not known here, has not signed, or is of an account that may not sign in"),
        (status = 410, description = "The challenge was answered, is over, or is for another area or address")
    ),
    security(())
)]
#[post("/auth/passkey")]
async fn login_admin_with_passkey(anybody: Anonymous, body: Body<LoginWithPasskey>) -> Result<impl Responder, Failure> {
    Ok(entered(sign_in::finish(&anybody, UserArea::Admin, body.into_inner()).await?))
}

/// The passkeys of the account, for whatever address.
#[utoipa::path(
    tag = "account",
    operation_id = "list_admin_passkeys",
    responses((status = 200, body = Page<Passkey>)),
    security(("admin" = []))
)]
#[get("/me/passkeys")]
async fn list_admin_passkeys(admin: AdminUser) -> Result<Json<Page<Passkey>>, Failure> {
    let (user, host) = (admin.user().clone(), admin.context().host.clone());
    Ok(Json(Page::complete(admin.tx(move |tx| own::list(tx, &user, &host)).await?)))
}

/// Begins to make a passkey for this address: what the device is to sign. An account with passkeys and no authenticator app has to have signed in with
/// one of them.
#[utoipa::path(
    tag = "account",
    operation_id = "create_admin_passkey_challenge",
    request_body = ProvePasskeyOwner,
    responses(
        (status = 200, body = PasskeyChallenge),
        (status = 409, description = "The account has as many as it may have, or passkeys do not work at this address")
    ),
    security(("admin" = []))
)]
#[post("/me/passkeys/challenge")]
async fn create_admin_passkey_challenge(admin: AdminUser, body: Body<ProvePasskeyOwner>) -> Result<impl Responder, Failure> {
    prove(&admin, &body.0).await?;
    let (site, user) = (Site::of(admin.services(), admin.context())?, admin.user().clone());
    let start = move |tx: &mut PlatformTx| register::start(tx, &site, UserArea::Admin, &user);
    Ok(unkept(admin.tx(start).await?))
}

/// Adds the passkey that has signed. Whoever has it signs in at this address without the password; a mail says so. No session ends.
#[utoipa::path(
    tag = "account",
    operation_id = "create_admin_passkey",
    request_body = CreatePasskey,
    responses(
        (status = 201, body = Passkey),
        (status = 409, description = "It is registered already, or the account has as many as it may have"),
        (status = 410, description = "The challenge was answered, is over, or is for another account, area or address")
    ),
    security(("admin" = []))
)]
#[post("/me/passkeys")]
async fn create_admin_passkey(admin: AdminUser, body: Body<CreatePasskey>) -> Result<impl Responder, Failure> {
    let answer = Answer::of(&body.0)?;
    let (services, user) = (admin.services().clone(), admin.user().clone());
    let site = Site::of(&services, admin.context())?;
    let finish = move |tx: &mut PlatformTx| register::finish(tx, &services, &site, (UserArea::Admin, &user), answer);
    let made: Passkey = admin.tx(finish).await??;
    Ok(Json(made).customize().with_status(StatusCode::CREATED))
}

/// Calls a passkey otherwise.
#[utoipa::path(
    tag = "account",
    operation_id = "update_admin_passkey",
    params(("id" = PasskeyId, Path)),
    request_body = UpdatePasskey,
    responses((status = 200, body = Passkey)),
    security(("admin" = []))
)]
#[put("/me/passkeys/{id}")]
async fn update_admin_passkey(admin: AdminUser, id: Path<PasskeyId>, body: Body<UpdatePasskey>) -> Result<Json<Passkey>, Failure> {
    let (user, host, id) = (admin.user().clone(), admin.context().host.clone(), id.into_inner());
    let rename = move |tx: &mut PlatformTx| own::rename(tx, &user, (id, &host), &body.0);
    Ok(Json(admin.tx(rename).await?))
}

/// Removes a passkey; a mail says so. No session ends. An account without an authenticator app has to have signed in with a passkey.
#[utoipa::path(
    tag = "account",
    operation_id = "delete_admin_passkey",
    params(("id" = PasskeyId, Path)),
    request_body = ProvePasskeyOwner,
    responses((status = 204)),
    security(("admin" = []))
)]
#[post("/me/passkeys/{id}/delete")]
async fn delete_admin_passkey(admin: AdminUser, id: Path<PasskeyId>, body: Body<ProvePasskeyOwner>) -> Result<NoContent, Failure> {
    prove(&admin, &body.0).await?;
    let (services, user, id) = (admin.services().clone(), admin.user().clone(), id.into_inner());
    admin.tx(move |tx| own::remove(tx, &services, &user, id)).await?;
    Ok(NoContent)
}

async fn prove(admin: &AdminUser, sent: &ProvePasskeyOwner) -> Result<(), Failure> {
    let asked = (sent.current_password.as_str(), sent.one_time_code.as_str());
    check_user(admin.accounts(), admin.context(), UserArea::Admin, admin.user(), asked).await?;
    Ok(())
}

//! `/api/v1/admin/me/second-factor`, and the second step of signing in.

use actix_web::web::Json;
use actix_web::{Responder, get, post};
use orion_framework::auth::UserArea;
use orion_framework::auth::flow::check_user_password;
use orion_framework::db::PlatformTx;
use orion_framework::gate::{AdminUser, Anonymous, SuperAdmin};
use orion_framework::http::{Body, Failure, NoContent};
use orion_types::auth::{
    AccessToken, AnswerChallenge, ConfirmSecondFactor, CreateSecondFactor, ProveSecondFactor, RecoveryCodeSet, ResetSecondFactor,
    SecondFactor, SecondFactorSetup,
};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{entered, unkept};
use crate::service::second_factor;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(login_admin_with_code)
        .service(get_admin_second_factor)
        .service(create_admin_second_factor)
        .service(confirm_admin_second_factor)
        .service(rotate_admin_recovery_codes)
        .service(disable_admin_second_factor)
        .service(reset_second_factor);
}

/// The second step of signing in: the code that a right password has asked for. The challenge works for five minutes and five codes, in this area.
#[utoipa::path(
    tag = "sign-in",
    operation_id = "login_admin_with_code",
    request_body = AnswerChallenge,
    responses((status = 200, body = AccessToken), (status = 410, description = "The challenge was answered, is over, or is for another area")),
    security(())
)]
#[post("/auth/second-factor")]
async fn login_admin_with_code(anybody: Anonymous, body: Body<AnswerChallenge>) -> Result<impl Responder, Failure> {
    Ok(entered(second_factor::sign_in(&anybody, UserArea::Admin, body.into_inner()).await?))
}

/// Whether signing in takes a second factor, and how many recovery codes are left.
#[utoipa::path(
    tag = "account",
    operation_id = "get_admin_second_factor",
    responses((status = 200, body = SecondFactor)),
    security(("admin" = []))
)]
#[get("/me/second-factor")]
async fn get_admin_second_factor(admin: AdminUser) -> Result<Json<SecondFactor>, Failure> {
    let user = admin.user().clone();
    Ok(Json(admin.tx(move |tx| second_factor::read(tx, &user)).await?))
}

/// Begins to set up an authenticator app. Signing in stays as it is until a code of the app has come.
#[utoipa::path(
    tag = "account",
    operation_id = "create_admin_second_factor",
    request_body = CreateSecondFactor,
    responses((status = 200, body = SecondFactorSetup), (status = 409, description = "The second factor is on")),
    security(("admin" = []))
)]
#[post("/me/second-factor")]
async fn create_admin_second_factor(admin: AdminUser, body: Body<CreateSecondFactor>) -> Result<impl Responder, Failure> {
    prove(&admin, &body.0.current_password).await?;
    let (services, user, issuer) = (
        admin.services().clone(),
        admin.user().clone(),
        second_factor::issuer(admin.context()),
    );
    let setup: SecondFactorSetup = admin.tx(move |tx| second_factor::start(tx, &services, &issuer, &user)).await?;
    Ok(unkept(setup))
}

/// Turns the second factor on with a code of the app; the recovery codes are in the answer and nowhere else. All other sessions end, in both areas.
#[utoipa::path(
    tag = "account",
    operation_id = "confirm_admin_second_factor",
    request_body = ConfirmSecondFactor,
    responses((status = 200, body = RecoveryCodeSet), (status = 409, description = "It is on, or was not begun within a quarter of an hour")),
    security(("admin" = []))
)]
#[post("/me/second-factor/confirm")]
async fn confirm_admin_second_factor(admin: AdminUser, body: Body<ConfirmSecondFactor>) -> Result<impl Responder, Failure> {
    let (services, user, code) = (admin.services().clone(), admin.user().clone(), body.into_inner().one_time_code);
    let confirm = move |tx: &mut PlatformTx| second_factor::confirm(tx, &services, (UserArea::Admin, &user), &code);
    Ok(unkept(admin.tx(confirm).await?))
}

/// Makes other recovery codes; those before are worth nothing from then on.
#[utoipa::path(
    tag = "account",
    operation_id = "rotate_admin_recovery_codes",
    request_body = ProveSecondFactor,
    responses((status = 200, body = RecoveryCodeSet), (status = 409, description = "The second factor is off")),
    security(("admin" = []))
)]
#[post("/me/second-factor/recovery-codes")]
async fn rotate_admin_recovery_codes(admin: AdminUser, body: Body<ProveSecondFactor>) -> Result<impl Responder, Failure> {
    prove(&admin, &body.0.current_password).await?;
    let (services, user, code) = (admin.services().clone(), admin.user().clone(), body.into_inner().one_time_code);
    let renew = move |tx: &mut PlatformTx| second_factor::renew_codes(tx, &services, &user, &code);
    Ok(unkept(admin.tx(renew).await??))
}

/// Turns the second factor off; the recovery codes go with it.
#[utoipa::path(
    tag = "account",
    operation_id = "disable_admin_second_factor",
    request_body = ProveSecondFactor,
    responses((status = 204), (status = 409, description = "The second factor is off")),
    security(("admin" = []))
)]
#[post("/me/second-factor/disable")]
async fn disable_admin_second_factor(admin: AdminUser, body: Body<ProveSecondFactor>) -> Result<NoContent, Failure> {
    prove(&admin, &body.0.current_password).await?;
    let (services, user, code) = (admin.services().clone(), admin.user().clone(), body.into_inner().one_time_code);
    admin.tx(move |tx| second_factor::turn_off(tx, &services, &user, &code)).await??;
    Ok(NoContent)
}

/// Takes the second factor away from somebody who has lost it, administrator or member of a team; all their sessions end, and they get a mail.
/// Only administrators of everything may, since an account belongs to no one platform.
#[utoipa::path(
    tag = "account",
    operation_id = "reset_second_factor",
    request_body = ResetSecondFactor,
    responses((status = 204)),
    security(("admin" = []))
)]
#[post("/second-factor/reset")]
async fn reset_second_factor(admin: SuperAdmin, body: Body<ResetSecondFactor>) -> Result<NoContent, Failure> {
    let services = admin.0.services().clone();
    admin.0.tx(move |tx| second_factor::reset(tx, &services, &body.0)).await?;
    Ok(NoContent)
}

async fn prove(admin: &AdminUser, password: &str) -> Result<(), Failure> {
    check_user_password(admin.accounts(), admin.context(), UserArea::Admin, admin.user(), password).await?;
    Ok(())
}

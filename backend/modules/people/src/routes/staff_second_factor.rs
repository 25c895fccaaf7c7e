//! `/api/v1/store/me/second-factor`, and the second step of signing in.

use actix_web::web::Json;
use actix_web::{Responder, get, post};
use orion_framework::auth::UserArea;
use orion_framework::auth::flow::check_user_password;
use orion_framework::db::PlatformTx;
use orion_framework::gate::{Anonymous, StaffUser};
use orion_framework::http::{Body, Failure, NoContent};
use orion_types::auth::{
    AccessToken, AnswerChallenge, ConfirmSecondFactor, CreateSecondFactor, ProveSecondFactor, RecoveryCodeSet, SecondFactor,
    SecondFactorSetup,
};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{entered, unkept};
use crate::service::second_factor;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(login_staff_with_code)
        .service(get_staff_second_factor)
        .service(create_staff_second_factor)
        .service(confirm_staff_second_factor)
        .service(rotate_staff_recovery_codes)
        .service(disable_staff_second_factor);
}

/// The second step of signing in: the code that a right password has asked for. The challenge works for five minutes and five codes, in this area.
#[utoipa::path(
    tag = "sign-in",
    operation_id = "login_staff_with_code",
    request_body = AnswerChallenge,
    responses((status = 200, body = AccessToken), (status = 410, description = "The challenge was answered, is over, or is for another area")),
    security(())
)]
#[post("/auth/second-factor")]
async fn login_staff_with_code(anybody: Anonymous, body: Body<AnswerChallenge>) -> Result<impl Responder, Failure> {
    Ok(entered(second_factor::sign_in(&anybody, UserArea::Store, body.into_inner()).await?))
}

/// Whether signing in takes a second factor, and how many recovery codes are left.
#[utoipa::path(
    tag = "account",
    operation_id = "get_staff_second_factor",
    responses((status = 200, body = SecondFactor)),
    security(("staff" = []))
)]
#[get("/me/second-factor")]
async fn get_staff_second_factor(staff: StaffUser) -> Result<Json<SecondFactor>, Failure> {
    let user = staff.user().clone();
    Ok(Json(staff.tx(move |tx| second_factor::read(tx, &user)).await?))
}

/// Begins to set up an authenticator app. Signing in stays as it is until a code of the app has come.
#[utoipa::path(
    tag = "account",
    operation_id = "create_staff_second_factor",
    request_body = CreateSecondFactor,
    responses((status = 200, body = SecondFactorSetup), (status = 409, description = "The second factor is on")),
    security(("staff" = []))
)]
#[post("/me/second-factor")]
async fn create_staff_second_factor(staff: StaffUser, body: Body<CreateSecondFactor>) -> Result<impl Responder, Failure> {
    prove(&staff, &body.0.current_password).await?;
    let (services, user, issuer) = (
        staff.services().clone(),
        staff.user().clone(),
        second_factor::issuer(staff.context()),
    );
    let setup: SecondFactorSetup = staff.tx(move |tx| second_factor::start(tx, &services, &issuer, &user)).await?;
    Ok(unkept(setup))
}

/// Turns the second factor on with a code of the app; the recovery codes are in the answer and nowhere else. All other sessions end, in both areas.
#[utoipa::path(
    tag = "account",
    operation_id = "confirm_staff_second_factor",
    request_body = ConfirmSecondFactor,
    responses((status = 200, body = RecoveryCodeSet), (status = 409, description = "It is on, or was not begun within a quarter of an hour")),
    security(("staff" = []))
)]
#[post("/me/second-factor/confirm")]
async fn confirm_staff_second_factor(staff: StaffUser, body: Body<ConfirmSecondFactor>) -> Result<impl Responder, Failure> {
    let (services, user, code) = (staff.services().clone(), staff.user().clone(), body.into_inner().one_time_code);
    let confirm = move |tx: &mut PlatformTx| second_factor::confirm(tx, &services, (UserArea::Store, &user), &code);
    Ok(unkept(staff.tx(confirm).await?))
}

/// Makes other recovery codes; those before are worth nothing from then on.
#[utoipa::path(
    tag = "account",
    operation_id = "rotate_staff_recovery_codes",
    request_body = ProveSecondFactor,
    responses((status = 200, body = RecoveryCodeSet), (status = 409, description = "The second factor is off")),
    security(("staff" = []))
)]
#[post("/me/second-factor/recovery-codes")]
async fn rotate_staff_recovery_codes(staff: StaffUser, body: Body<ProveSecondFactor>) -> Result<impl Responder, Failure> {
    prove(&staff, &body.0.current_password).await?;
    let (services, user, code) = (staff.services().clone(), staff.user().clone(), body.into_inner().one_time_code);
    let renew = move |tx: &mut PlatformTx| second_factor::renew_codes(tx, &services, &user, &code);
    Ok(unkept(staff.tx(renew).await??))
}

/// Turns the second factor off; the recovery codes go with it.
#[utoipa::path(
    tag = "account",
    operation_id = "disable_staff_second_factor",
    request_body = ProveSecondFactor,
    responses((status = 204), (status = 409, description = "The second factor is off")),
    security(("staff" = []))
)]
#[post("/me/second-factor/disable")]
async fn disable_staff_second_factor(staff: StaffUser, body: Body<ProveSecondFactor>) -> Result<NoContent, Failure> {
    prove(&staff, &body.0.current_password).await?;
    let (services, user, code) = (staff.services().clone(), staff.user().clone(), body.into_inner().one_time_code);
    staff.tx(move |tx| second_factor::turn_off(tx, &services, &user, &code)).await??;
    Ok(NoContent)
}

async fn prove(staff: &StaffUser, password: &str) -> Result<(), Failure> {
    check_user_password(staff.accounts(), staff.context(), UserArea::Store, staff.user(), password).await?;
    Ok(())
}

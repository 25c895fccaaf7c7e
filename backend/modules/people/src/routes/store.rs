//! Below `/api/v1/store`: forgotten passwords and the second factor of staff, the team, invitations.

use actix_web::{Responder, post};
use orion_framework::auth::UserArea;
use orion_framework::gate::Anonymous;
use orion_framework::http::{Body, Failure, NoContent};
use orion_types::auth::{AskPasswordLink, ResetPassword};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{invitations, noted, security, staff_second_factor, team};
use crate::service::user_passwords;

/// Registers the handlers.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(create_staff_password_link).service(reset_staff_password);
    staff_second_factor::configure(config);
    team::configure(config);
    security::configure(config);
    invitations::configure(config);
}

/// Asks for a link by which a new password can be chosen. It goes to the address by mail, works once and for an hour, and ends those before it.
/// The answer is the same whether the address has an account or not.
#[utoipa::path(
    tag = "sign-in",
    operation_id = "create_staff_password_link",
    request_body = AskPasswordLink,
    responses((status = 202)),
    security(())
)]
#[post("/auth/password-link")]
async fn create_staff_password_link(anybody: Anonymous, body: Body<AskPasswordLink>) -> Result<impl Responder, Failure> {
    user_passwords::ask(&anybody, UserArea::Store, &body.0).await?;
    Ok(noted())
}

/// Chooses a new password by a link; all sessions of the account end, in both areas.
#[utoipa::path(
    tag = "sign-in",
    operation_id = "reset_staff_password",
    request_body = ResetPassword,
    responses((status = 204), (status = 410, description = "The link was used, has expired, or is for another area")),
    security(())
)]
#[post("/auth/password")]
async fn reset_staff_password(anybody: Anonymous, body: Body<ResetPassword>) -> Result<NoContent, Failure> {
    user_passwords::reset(&anybody, UserArea::Store, body.into_inner()).await?;
    Ok(NoContent)
}

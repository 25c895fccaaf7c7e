//! `/api/v1/admin/invitations`: invitations to the administration.

use actix_web::web::Json;
use actix_web::{Responder, delete, get, post};
use orion_framework::db::PlatformTx;
use orion_framework::gate::{Anonymous, SuperAdmin};
use orion_framework::http::{Body, Failure, NoContent, Path};
use orion_framework::idempotency::{Answered, Once};
use orion_types::auth::AccessToken;
use orion_types::people::{AdminInvitation, AdminInvitationOffer, CreateAdminInvitation};
use orion_types::team::{AcceptInvitation, InvitationToken};
use orion_types::{AdminInvitationId, Page};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{entered, unkept};
use crate::service::{admin_invitations as invitations, admin_joining};

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_admin_invitations)
        .service(create_admin_invitation)
        .service(look_up_admin_invitation)
        .service(accept_admin_invitation)
        .service(resend_admin_invitation)
        .service(delete_admin_invitation);
}

/// Lists the invitations that nobody has accepted, newest first. One that has expired is there for 30 days more and can be sent again.
#[utoipa::path(
    tag = "people",
    operation_id = "list_admin_invitations",
    responses((status = 200, body = Page<AdminInvitation>)),
    security(("admin" = []))
)]
#[get("/invitations")]
async fn list_admin_invitations(admin: SuperAdmin) -> Result<Json<Page<AdminInvitation>>, Failure> {
    Ok(Json(admin.0.tx(invitations::list).await?))
}

/// Invites an administrator, of everything or of some platforms. They get a link by mail, which works once and for seven days. Who has an account
/// is made an administrator by `update_user_admin_roles` instead.
#[utoipa::path(
    tag = "people",
    operation_id = "create_admin_invitation",
    request_body = CreateAdminInvitation,
    responses(
        (status = 201, body = AdminInvitation),
        (status = 409, description = "The address has an account or is invited, or too many invitations are open")
    ),
    security(("admin" = []))
)]
#[post("/invitations")]
async fn create_admin_invitation(admin: SuperAdmin, body: Body<CreateAdminInvitation>) -> Result<Answered, Failure> {
    let (services, by) = (admin.0.services().clone(), admin.0.user().clone());
    let invite = move |tx: &mut PlatformTx| invitations::invite(tx, &services, &by, &body.0);
    let made = admin.0.once(Once::makes("create_admin_invitation"), invite).await?;
    Ok(made.below("/api/v1/admin/invitations"))
}

/// Sends an invitation again, with another link; the one before is worth nothing from then on.
#[utoipa::path(
    tag = "people",
    operation_id = "resend_admin_invitation",
    params(("id" = AdminInvitationId, Path)),
    responses((status = 200, body = AdminInvitation), (status = 429, description = "A mail went there less than a minute ago")),
    security(("admin" = []))
)]
#[post("/invitations/{id}/resend")]
async fn resend_admin_invitation(admin: SuperAdmin, id: Path<AdminInvitationId>) -> Result<Answered, Failure> {
    let (id, services, by) = (id.into_inner().0, admin.0.services().clone(), admin.0.user().clone());
    let resend = move |tx: &mut PlatformTx| invitations::resend(tx, &services, &by, id);
    Ok(admin.0.once(Once::answers("resend_admin_invitation"), resend).await?)
}

/// Takes an invitation back; its link is worth nothing from then on.
#[utoipa::path(
    tag = "people",
    operation_id = "delete_admin_invitation",
    params(("id" = AdminInvitationId, Path)),
    responses((status = 204)),
    security(("admin" = []))
)]
#[delete("/invitations/{id}")]
async fn delete_admin_invitation(admin: SuperAdmin, id: Path<AdminInvitationId>) -> Result<NoContent, Failure> {
    let id = id.into_inner().0;
    admin.0.tx(move |tx| invitations::revoke(tx, id)).await?;
    Ok(NoContent)
}

/// Shows what an invitation offers to whoever has its link.
#[utoipa::path(
    tag = "people",
    operation_id = "look_up_admin_invitation",
    request_body = InvitationToken,
    responses((status = 200, body = AdminInvitationOffer), (status = 410, description = "The link was used, has expired, or was taken back")),
    security(())
)]
#[post("/invitations/look-up")]
async fn look_up_admin_invitation(anybody: Anonymous, body: Body<InvitationToken>) -> Result<impl Responder, Failure> {
    Ok(unkept(admin_joining::look_up(&anybody, &body.0.token).await?))
}

/// Accepts an invitation: the account is made with the name and password that its owner chooses, and signed in.
#[utoipa::path(
    tag = "people",
    operation_id = "accept_admin_invitation",
    request_body = AcceptInvitation,
    responses(
        (status = 200, body = AccessToken),
        (status = 409, description = "The address has got an account since"),
        (status = 410, description = "The link was used, has expired, or was taken back")
    ),
    security(())
)]
#[post("/invitations/accept")]
async fn accept_admin_invitation(anybody: Anonymous, body: Body<AcceptInvitation>) -> Result<impl Responder, Failure> {
    Ok(entered(admin_joining::accept(&anybody, body.into_inner()).await?))
}

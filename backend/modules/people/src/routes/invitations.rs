//! `/api/v1/store/invitations`.

use actix_web::web::Json;
use actix_web::{Responder, delete, get, post};
use orion_framework::db::StoreTx;
use orion_framework::gate::{Anonymous, Member, Staff, StaffUser};
use orion_framework::http::{Body, Failure, NoContent, Path};
use orion_framework::idempotency::{Answered, Once};
use orion_framework::permission::rights;
use orion_types::auth::AccessToken;
use orion_types::team::{AcceptInvitation, CreateInvitation, Invitation, InvitationOffer, InvitationToken};
use orion_types::{InvitationId, Page};
use utoipa_actix_web::service_config::ServiceConfig;

use super::{entered, unkept};
use crate::service::invitations::{self, Inviter};
use crate::service::joining;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_invitations)
        .service(create_invitation)
        .service(look_up_invitation)
        .service(accept_invitation)
        .service(join_team)
        .service(resend_invitation)
        .service(delete_invitation);
}

fn inviter(member: &Member<rights::TeamWrite>) -> Inviter {
    Inviter {
        name: member.user().name.clone(),
        rights: member.principal().role(),
    }
}

/// Lists the invitations that nobody has accepted, newest first. One that has expired is there for 30 days more and can be sent again.
#[utoipa::path(
    tag = "team",
    operation_id = "list_invitations",
    responses((status = 200, body = Page<Invitation>)),
    security(("staff" = ["team.read"]))
)]
#[get("/invitations")]
async fn list_invitations(staff: Staff<rights::TeamRead>) -> Result<Json<Page<Invitation>>, Failure> {
    Ok(Json(staff.read(invitations::list).await?))
}

/// Invites somebody to the team. They get a link by mail, which works once and for seven days, in this store and for this role.
#[utoipa::path(
    tag = "team",
    operation_id = "create_invitation",
    request_body = CreateInvitation,
    responses(
        (status = 201, body = Invitation),
        (status = 409, description = "The person is a member or invited, or too many invitations are open")
    ),
    security(("staff" = ["team.write"]))
)]
#[post("/invitations")]
async fn create_invitation(
    member: Member<rights::TeamWrite>,
    account: StaffUser,
    body: Body<CreateInvitation>,
) -> Result<Answered, Failure> {
    let checked = invitations::check(body.into_inner())?;
    let checked = account.tx(move |tx| invitations::find_account(tx, checked)).await?;
    let (vault, inviter) = (member.services().vault.clone(), inviter(&member));
    let invite = move |tx: &mut StoreTx| invitations::invite(tx, &vault, &inviter, &checked);
    let made = member.once(Once::makes("create_invitation"), invite).await?;
    Ok(made.below("/api/v1/store/invitations"))
}

/// Sends an invitation again, with another link; the one before is worth nothing from then on.
#[utoipa::path(
    tag = "team",
    operation_id = "resend_invitation",
    params(("id" = InvitationId, Path)),
    responses((status = 200, body = Invitation), (status = 429, description = "A mail went there less than a minute ago")),
    security(("staff" = ["team.write"]))
)]
#[post("/invitations/{id}/resend")]
async fn resend_invitation(member: Member<rights::TeamWrite>, id: Path<InvitationId>) -> Result<Answered, Failure> {
    let (id, vault, inviter) = (id.into_inner().0, member.services().vault.clone(), inviter(&member));
    let resend = move |tx: &mut StoreTx| invitations::resend(tx, &vault, &inviter, id);
    Ok(member.once(Once::answers("resend_invitation"), resend).await?)
}

/// Takes an invitation back; its link is worth nothing from then on.
#[utoipa::path(
    tag = "team",
    operation_id = "delete_invitation",
    params(("id" = InvitationId, Path)),
    responses((status = 204)),
    security(("staff" = ["team.write"]))
)]
#[delete("/invitations/{id}")]
async fn delete_invitation(staff: Staff<rights::TeamWrite>, id: Path<InvitationId>) -> Result<NoContent, Failure> {
    let (id, own) = (id.into_inner().0, staff.principal().role());
    staff.tx(move |tx| invitations::revoke(tx, own, id)).await?;
    Ok(NoContent)
}

/// Shows what an invitation offers to whoever has its link.
#[utoipa::path(
    tag = "team",
    operation_id = "look_up_invitation",
    request_body = InvitationToken,
    responses((status = 200, body = InvitationOffer), (status = 410, description = "The link was used, has expired, or was taken back")),
    security(())
)]
#[post("/invitations/look-up")]
async fn look_up_invitation(anybody: Anonymous, body: Body<InvitationToken>) -> Result<impl Responder, Failure> {
    let offer = joining::look_up(&anybody, &body.0.token).await?;
    Ok(unkept(offer))
}

/// Accepts an invitation to an address that has no account: it is made with the name and password that its owner chooses, and signed in.
#[utoipa::path(
    tag = "team",
    operation_id = "accept_invitation",
    request_body = AcceptInvitation,
    responses(
        (status = 200, body = AccessToken),
        (status = 409, description = "The address has an account: sign in with it and join"),
        (status = 410, description = "The link was used, has expired, or was taken back")
    ),
    security(())
)]
#[post("/invitations/accept")]
async fn accept_invitation(anybody: Anonymous, body: Body<AcceptInvitation>) -> Result<impl Responder, Failure> {
    Ok(entered(joining::accept(&anybody, body.into_inner()).await?))
}

/// Accepts an invitation with the account that is signed in, which has to be the invited address's.
#[utoipa::path(
    tag = "team",
    operation_id = "join_team",
    request_body = InvitationToken,
    responses(
        (status = 204),
        (status = 403, description = "Another account is invited"),
        (status = 409, description = "The account is in the team already"),
        (status = 410, description = "The link was used, has expired, or was taken back")
    ),
    security(("staff" = []))
)]
#[post("/invitations/join")]
async fn join_team(account: StaffUser, body: Body<InvitationToken>) -> Result<NoContent, Failure> {
    joining::join(&account, &body.0.token).await?;
    Ok(NoContent)
}

//! `/api/v1/store/team`. Names and addresses of people are no store's, so the handlers take two gates: that of the right, and that of the
//! account, which opens what spans stores.

use actix_web::web::Json;
use actix_web::{delete, get, patch};
use orion_framework::db::{PlatformTx, StoreTx};
use orion_framework::gate::{Staff, StaffUser};
use orion_framework::http::{Body, Failure, IfMatch, NoContent, Path, Versioned};
use orion_framework::permission::rights;
use orion_framework::problem::{NOT_FOUND, ProblemDraft};
use orion_types::team::{TeamMember, UpdateTeamMember};
use orion_types::{MemberId, Page};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::error::PeopleError;
use crate::queries::members::MemberRow;
use crate::service::team::{self, People};

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_team)
        .service(get_team_member)
        .service(update_team_member)
        .service(delete_team_member)
        .service(leave_team);
}

async fn shown(account: &StaffUser, row: MemberRow) -> Result<Versioned<TeamMember>, PeopleError> {
    let member = move |tx: &mut PlatformTx| {
        tx.no_audit("a look at an account");
        People::of(tx, std::slice::from_ref(&row))?.member(row)
    };
    let body: TeamMember = account.tx(member).await?;
    Ok(Versioned {
        version: body.version,
        body,
    })
}

/// Lists who works for the store, the owner first.
#[utoipa::path(
    tag = "team",
    operation_id = "list_team",
    responses((status = 200, body = Page<TeamMember>)),
    security(("staff" = ["team.read"]))
)]
#[get("/team")]
async fn list_team(staff: Staff<rights::TeamRead>, account: StaffUser) -> Result<Json<Page<TeamMember>>, Failure> {
    let rows = staff.read(team::list).await?;
    let page = move |tx: &mut PlatformTx| {
        tx.no_audit("a look at accounts");
        Ok::<_, PeopleError>(People::of(tx, &rows)?.page(rows))
    };
    Ok(Json(account.tx(page).await?))
}

/// Reads a member.
#[utoipa::path(
    tag = "team",
    operation_id = "get_team_member",
    params(("id" = MemberId, Path)),
    responses((status = 200, body = TeamMember)),
    security(("staff" = ["team.read"]))
)]
#[get("/team/{id}")]
async fn get_team_member(staff: Staff<rights::TeamRead>, account: StaffUser, id: Path<MemberId>) -> Result<Versioned<TeamMember>, Failure> {
    let id = id.into_inner().0;
    let row = staff.read(move |tx| team::read(tx, id)).await?;
    Ok(shown(&account, row).await?)
}

/// Gives a member another role, suspends them or lets them in again; needs `If-Match` with their version. It counts with their next request.
/// Nobody gives or takes rights that they lack, and the owner stays as they are.
#[utoipa::path(
    tag = "team",
    operation_id = "update_team_member",
    params(("id" = MemberId, Path), ("If-Match" = String, Header)),
    request_body = UpdateTeamMember,
    responses((status = 200, body = TeamMember), (status = 409, description = "The owner stays as they are")),
    security(("staff" = ["team.write"]))
)]
#[patch("/team/{id}")]
async fn update_team_member(
    staff: Staff<rights::TeamWrite>,
    account: StaffUser,
    id: Path<MemberId>,
    if_match: IfMatch,
    body: Body<UpdateTeamMember>,
) -> Result<Versioned<TeamMember>, Failure> {
    let (which, own) = ((id.into_inner().0, if_match.required()?), staff.principal().role());
    let change = move |tx: &mut StoreTx| team::change(tx, own, which, &body.0);
    let row = staff.tx(change).await?;
    Ok(shown(&account, row).await?)
}

/// Removes a member; their account stays, and so do their other stores.
#[utoipa::path(
    tag = "team",
    operation_id = "delete_team_member",
    params(("id" = MemberId, Path)),
    responses((status = 204), (status = 409, description = "The owner stays")),
    security(("staff" = ["team.write"]))
)]
#[delete("/team/{id}")]
async fn delete_team_member(staff: Staff<rights::TeamWrite>, id: Path<MemberId>) -> Result<NoContent, Failure> {
    let (id, own) = (id.into_inner().0, staff.principal().role());
    staff.tx(move |tx| team::remove(tx, own, id)).await?;
    Ok(NoContent)
}

/// Leaves the team oneself; the owner cannot.
#[utoipa::path(
    tag = "team",
    operation_id = "leave_team",
    responses((status = 204), (status = 409, description = "The owner stays")),
    security(("staff" = []))
)]
#[delete("/me/membership")]
async fn leave_team(account: StaffUser) -> Result<NoContent, Failure> {
    let (store, _) = account.access().ok_or_else(|| ProblemDraft::new(&NOT_FOUND))?;
    let (store, services, user) = (store.clone(), account.services().clone(), account.user().id);
    account.tx(move |tx| team::leave(tx, &services, store, user)).await?;
    Ok(NoContent)
}

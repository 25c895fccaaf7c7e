//! `/api/v1/store/roles`: roles that the store makes for its team.

use actix_web::web::Json;
use actix_web::{delete, get, patch, post};
use orion_framework::db::StoreTx;
use orion_framework::gate::Staff;
use orion_framework::http::{Body, Failure, IfMatch, NoContent, Path, Query, Versioned};
use orion_framework::idempotency::{Answered, Once};
use orion_framework::permission::rights;
use orion_types::role::{CreateRole, DeleteRoleQuery, PresetRole, TeamRole, UpdateRole};
use orion_types::{Page, RoleId};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::service::roles::{self, Replacement};

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_roles)
        .service(list_preset_roles)
        .service(create_role)
        .service(get_role)
        .service(update_role)
        .service(delete_role);
}

fn versioned(role: TeamRole) -> Versioned<TeamRole> {
    Versioned {
        version: role.version,
        body: role,
    }
}

/// Lists the roles that the store has made for its team, by name, with how many have each.
#[utoipa::path(
    tag = "team",
    operation_id = "list_roles",
    responses((status = 200, body = Page<TeamRole>)),
    security(("staff" = ["team.read"]))
)]
#[get("/roles")]
async fn list_roles(staff: Staff<rights::TeamRead>) -> Result<Json<Page<TeamRole>>, Failure> {
    Ok(Json(staff.read(roles::list).await?))
}

/// Lists the roles that every store has, with how many have each. Nobody changes them; what is in one can be the beginning of another.
#[utoipa::path(
    tag = "team",
    operation_id = "list_preset_roles",
    responses((status = 200, body = Page<PresetRole>)),
    security(("staff" = ["team.read"]))
)]
#[get("/preset-roles")]
async fn list_preset_roles(staff: Staff<rights::TeamRead>) -> Result<Json<Page<PresetRole>>, Failure> {
    Ok(Json(staff.read(roles::list_presets).await?))
}

/// Makes a role with rights that whoever makes it holds. An area with a star (`orders.*`) needs the same star, or the owner: what later versions bring
/// there comes along.
#[utoipa::path(
    tag = "team",
    operation_id = "create_role",
    request_body = CreateRole,
    responses(
        (status = 201, body = TeamRole),
        (status = 409, description = "Another role is called so, or the store has as many as it may have")
    ),
    security(("staff" = ["team.write"]))
)]
#[post("/roles")]
async fn create_role(staff: Staff<rights::TeamWrite>, body: Body<CreateRole>) -> Result<Answered, Failure> {
    let own = staff.principal().role();
    let create = move |tx: &mut StoreTx| roles::create(tx, own, &body.0);
    let made = staff.once(Once::makes("create_role"), create).await?;
    Ok(made.below("/api/v1/store/roles"))
}

/// Reads a role that the store has made.
#[utoipa::path(
    tag = "team",
    operation_id = "get_role",
    params(("id" = RoleId, Path)),
    responses((status = 200, body = TeamRole)),
    security(("staff" = ["team.read"]))
)]
#[get("/roles/{id}")]
async fn get_role(staff: Staff<rights::TeamRead>, id: Path<RoleId>) -> Result<Versioned<TeamRole>, Failure> {
    let id = id.into_inner().0;
    Ok(versioned(staff.read(move |tx| roles::read(tx, id)).await?))
}

/// Changes a role that the store has made; needs `If-Match` with its version. It counts with the next request of everybody who has it. Whoever
/// changes it holds what was in it and what comes in.
#[utoipa::path(
    tag = "team",
    operation_id = "update_role",
    params(("id" = RoleId, Path), ("If-Match" = String, Header)),
    request_body = UpdateRole,
    responses((status = 200, body = TeamRole), (status = 409, description = "Another role is called so")),
    security(("staff" = ["team.write"]))
)]
#[patch("/roles/{id}")]
async fn update_role(
    staff: Staff<rights::TeamWrite>,
    id: Path<RoleId>,
    if_match: IfMatch,
    body: Body<UpdateRole>,
) -> Result<Versioned<TeamRole>, Failure> {
    let (which, own) = ((id.into_inner().0, if_match.required()?), staff.principal().role());
    let update = move |tx: &mut StoreTx| roles::update(tx, own, which, &body.0);
    Ok(versioned(staff.tx(update).await?))
}

/// Removes a role that the store has made. While members or invitations have it, it stays, unless `replacement` says what they get instead: then they
/// get it in the same moment.
#[utoipa::path(
    tag = "team",
    operation_id = "delete_role",
    params(("id" = RoleId, Path), DeleteRoleQuery),
    responses(
        (status = 204),
        (status = 409, description = "So many members and invitations have it"),
        (status = 422, description = "The replacement is no role that can be given")
    ),
    security(("staff" = ["team.write"]))
)]
#[delete("/roles/{id}")]
async fn delete_role(staff: Staff<rights::TeamWrite>, id: Path<RoleId>, query: Query<DeleteRoleQuery>) -> Result<NoContent, Failure> {
    let (id, own) = (id.into_inner().0, staff.principal().role());
    let replacement = Replacement::asked(&query.0)?;
    staff.tx(move |tx| roles::remove(tx, own, id, replacement)).await?;
    Ok(NoContent)
}

//! `/api/v1/admin/users`: everybody who signs in to the administration or to dashboards.

use actix_web::web::Json;
use actix_web::{delete, get, post, put};
use orion_framework::db::PlatformTx;
use orion_framework::gate::{PlatformAdmin, SuperAdmin};
use orion_framework::http::{Body, Failure, IfMatch, NoContent, Path, Query, Versioned};
use orion_framework::idempotency::{Answered, Once};
use orion_types::people::{DisableUser, Person, PersonDetail, PersonQuery, UpdateAdminRoles};
use orion_types::{Page, UserId};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::service::people::{self, PersonList, Viewer};
use crate::service::{account_state, admin_roles};

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_users)
        .service(get_user)
        .service(disable_user)
        .service(enable_user)
        .service(delete_user_sessions)
        .service(update_user_admin_roles);
}

fn viewer(admin: &PlatformAdmin) -> Viewer {
    let open = admin.platforms();
    Viewer {
        scope: open.map(|platforms| platforms.into_iter().map(|platform| platform.0).collect()),
        session: admin.user().session_id,
    }
}

/// Everybody who signs in to the administration or to dashboards, newest first. Administrators of some platforms see who works for stores there, and
/// the other administrators of these platforms.
#[utoipa::path(
    tag = "people",
    operation_id = "list_users",
    params(PersonQuery),
    responses((status = 200, body = Page<Person>)),
    security(("admin" = []))
)]
#[get("/users")]
async fn list_users(admin: PlatformAdmin, query: Query<PersonQuery>) -> Result<Json<Page<Person>>, Failure> {
    let list = PersonList::parse(query.into_inner(), viewer(&admin).scope)?;
    Ok(Json(admin.tx(move |tx| people::list(tx, &list)).await?))
}

/// One of them, with the teams that they are in and the devices on which they are signed in.
#[utoipa::path(
    tag = "people",
    operation_id = "get_user",
    params(("id" = UserId, Path)),
    responses((status = 200, body = PersonDetail, headers(("ETag" = String)))),
    security(("admin" = []))
)]
#[get("/users/{id}")]
async fn get_user(admin: PlatformAdmin, id: Path<UserId>) -> Result<Versioned<PersonDetail>, Failure> {
    let (viewer, id) = (viewer(&admin), id.into_inner());
    Ok(versioned(admin.tx(move |tx| people::get(tx, &viewer, id)).await?))
}

/// With the version of the account.
fn versioned(body: PersonDetail) -> Versioned<PersonDetail> {
    Versioned {
        version: body.person.version,
        body,
    }
}

/// Switches an account off, with a reason: all its sessions end, it signs in nowhere from the next request on, and a mail says so. Nobody does that
/// to themselves, and the last super admin stays.
#[utoipa::path(
    tag = "people",
    operation_id = "disable_user",
    params(("id" = UserId, Path)),
    request_body = DisableUser,
    responses((status = 200, body = PersonDetail), (status = 409, description = "It is one's own account, or that of the last super admin")),
    security(("admin" = []))
)]
#[post("/users/{id}/disable")]
async fn disable_user(admin: SuperAdmin, id: Path<UserId>, body: Body<DisableUser>) -> Result<Answered, Failure> {
    let (id, viewer, services) = (id.into_inner(), viewer(&admin.0), admin.0.services().clone());
    let by = admin.0.user().id;
    let disable = move |tx: &mut PlatformTx| account_state::disable(tx, &services, (&viewer, by), id, &body.0);
    Ok(admin.0.once(Once::answers("disable_user"), disable).await?)
}

/// Switches an account on again. Its sessions are over; it signs in with the password that it had, and a mail says so.
#[utoipa::path(
    tag = "people",
    operation_id = "enable_user",
    params(("id" = UserId, Path)),
    responses((status = 200, body = PersonDetail)),
    security(("admin" = []))
)]
#[post("/users/{id}/enable")]
async fn enable_user(admin: SuperAdmin, id: Path<UserId>) -> Result<Answered, Failure> {
    let (id, viewer, services) = (id.into_inner(), viewer(&admin.0), admin.0.services().clone());
    let enable = move |tx: &mut PlatformTx| account_state::enable(tx, &services, &viewer, id);
    Ok(admin.0.once(Once::answers("enable_user"), enable).await?)
}

/// Signs somebody out on every device, in both areas; a mail says so.
#[utoipa::path(
    tag = "people",
    operation_id = "delete_user_sessions",
    params(("id" = UserId, Path)),
    responses((status = 204)),
    security(("admin" = []))
)]
#[delete("/users/{id}/sessions")]
async fn delete_user_sessions(admin: SuperAdmin, id: Path<UserId>) -> Result<NoContent, Failure> {
    let (id, services) = (id.into_inner(), admin.0.services().clone());
    admin.0.tx(move |tx| account_state::end_sessions(tx, &services, id)).await?;
    Ok(NoContent)
}

/// Says what somebody is in the administration; needs `If-Match` with the version of the account. It counts with their next request, and a mail tells
/// them. Nobody changes their own part, and the last super admin stays one.
#[utoipa::path(
    tag = "people",
    operation_id = "update_user_admin_roles",
    params(("id" = UserId, Path), ("If-Match" = String, Header)),
    request_body = UpdateAdminRoles,
    responses(
        (status = 200, body = PersonDetail, headers(("ETag" = String))),
        (status = 409, description = "It is one's own account, or that of the last super admin")
    ),
    security(("admin" = []))
)]
#[put("/users/{id}/admin-roles")]
async fn update_user_admin_roles(
    admin: SuperAdmin,
    id: Path<UserId>,
    if_match: IfMatch,
    body: Body<UpdateAdminRoles>,
) -> Result<Versioned<PersonDetail>, Failure> {
    let (which, viewer, services) = (
        (id.into_inner(), if_match.required()?),
        viewer(&admin.0),
        admin.0.services().clone(),
    );
    let by = admin.0.user().id;
    let update = move |tx: &mut PlatformTx| admin_roles::update(tx, &services, (&viewer, by), which, &body.0);
    Ok(versioned(admin.0.tx(update).await?))
}

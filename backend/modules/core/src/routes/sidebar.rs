//! The sidebar of a platform's dashboards, below `/api/v1/admin`.

use actix_web::{get, post, put};
use orion_framework::db::PlatformTx;
use orion_framework::gate::PlatformAdmin;
use orion_framework::http::{Body, Failure, IfMatch, Path, Versioned};
use orion_framework::idempotency::{Answered, Once};
use orion_types::PlatformId;
use orion_types::sidebar::{Sidebar, UpdateSidebar};

use crate::sidebar;

/// The sidebar of the dashboards of a platform's stores: every entry in its place, and what is left out.
#[utoipa::path(
    tag = "menu",
    operation_id = "get_sidebar",
    params(("id" = PlatformId, Path)),
    responses((status = 200, body = Sidebar)),
    security(("admin" = []))
)]
#[get("/platforms/{id}/sidebar")]
pub(super) async fn get_sidebar(admin: PlatformAdmin, id: Path<PlatformId>) -> Result<Versioned<Sidebar>, Failure> {
    let (id, registry) = (id.into_inner(), admin.services().modules.clone());
    let body = admin.on(id)?.tx(move |tx| sidebar::get(tx, &registry, id)).await?;
    Ok(Versioned {
        version: body.version,
        body,
    })
}

/// Arranges the sidebar of a platform's dashboards; they show it with their next load, on every server. An entry that is left out is hidden and nothing
/// more: rights are as they were, and its page answers.
#[utoipa::path(
    tag = "menu",
    operation_id = "update_sidebar",
    params(("id" = PlatformId, Path), ("If-Match" = String, Header)),
    request_body = UpdateSidebar,
    responses((status = 200, body = Sidebar)),
    security(("admin" = []))
)]
#[put("/platforms/{id}/sidebar")]
pub(super) async fn update_sidebar(
    admin: PlatformAdmin,
    id: Path<PlatformId>,
    version: IfMatch,
    body: Body<UpdateSidebar>,
) -> Result<Versioned<Sidebar>, Failure> {
    let (id, version, registry) = (id.into_inner(), version.required()?, admin.services().modules.clone());
    let update = move |tx: &mut PlatformTx| sidebar::update(tx, &registry, (id, version), &body.0);
    let body = admin.on(id)?.tx(update).await?;
    Ok(Versioned {
        version: body.version,
        body,
    })
}

/// Puts the sidebar of a platform's dashboards back to what the modules declare, with everything shown.
#[utoipa::path(
    tag = "menu",
    operation_id = "reset_sidebar",
    params(("id" = PlatformId, Path)),
    responses((status = 200, body = Sidebar)),
    security(("admin" = []))
)]
#[post("/platforms/{id}/sidebar/reset")]
pub(super) async fn reset_sidebar(admin: PlatformAdmin, id: Path<PlatformId>) -> Result<Answered, Failure> {
    let (id, registry) = (id.into_inner(), admin.services().modules.clone());
    let reset = move |tx: &mut PlatformTx| sidebar::reset(tx, &registry, id);
    Ok(admin.on(id)?.once(Once::answers("reset_sidebar"), reset).await?.versioned())
}

//! Module switches of platforms.

use actix_web::web::Json;
use actix_web::{get, post};
use orion_framework::db::PlatformTx;
use orion_framework::gate::PlatformAdmin;
use orion_framework::http::{Body, Failure, Path};
use orion_framework::idempotency::{Answered, Once};
use orion_types::module::{ModuleState, SwitchModule};
use orion_types::{Page, PlatformId};

use crate::service::modules;
use crate::service::switch_plan::Switch;

/// Every module as a platform sees it: core, optional and internal.
#[utoipa::path(
    tag = "modules",
    operation_id = "list_modules",
    params(("id" = PlatformId, Path)),
    responses((status = 200, body = Page<ModuleState>)),
    security(("admin" = []))
)]
#[get("/platforms/{id}/modules")]
pub(super) async fn list_modules(admin: PlatformAdmin, id: Path<PlatformId>) -> Result<Json<Page<ModuleState>>, Failure> {
    let id = id.into_inner();
    admin.require(id)?;
    let registry = admin.services().modules.clone();
    Ok(Json(Page::complete(admin.tx(move |tx| modules::list(tx, &registry, id)).await?)))
}

/// Switches a module on; 409 names the modules that it needs, unless they are to be switched on with it.
#[utoipa::path(
    tag = "modules",
    operation_id = "enable_module",
    params(("id" = PlatformId, Path), ("module" = String, Path)),
    request_body = SwitchModule,
    responses((status = 200, body = Page<ModuleState>)),
    security(("admin" = []))
)]
#[post("/platforms/{id}/modules/{module}/enable")]
pub(super) async fn enable_module(
    admin: PlatformAdmin,
    path: Path<(PlatformId, String)>,
    request: Body<SwitchModule>,
) -> Result<Answered, Failure> {
    switch(&admin, path, request, true).await
}

/// Switches a module off; 409 names the modules that need it, unless they are to be switched off with it. Data stays.
#[utoipa::path(
    tag = "modules",
    operation_id = "disable_module",
    params(("id" = PlatformId, Path), ("module" = String, Path)),
    request_body = SwitchModule,
    responses((status = 200, body = Page<ModuleState>)),
    security(("admin" = []))
)]
#[post("/platforms/{id}/modules/{module}/disable")]
pub(super) async fn disable_module(
    admin: PlatformAdmin,
    path: Path<(PlatformId, String)>,
    request: Body<SwitchModule>,
) -> Result<Answered, Failure> {
    switch(&admin, path, request, false).await
}

/// Moves the switch of a module to on or off.
async fn switch(
    admin: &PlatformAdmin,
    path: Path<(PlatformId, String)>,
    request: Body<SwitchModule>,
    enable: bool,
) -> Result<Answered, Failure> {
    let (platform, module) = path.into_inner();
    admin.require(platform)?;
    let cascade = request.into_inner().cascade;
    let switch = Switch { enable, cascade };
    let registry = admin.services().modules.clone();
    let operation = if enable { "enable_module" } else { "disable_module" };
    let work = move |tx: &mut PlatformTx| modules::switch(tx, &registry, platform, &module, switch).map(Page::complete);
    Ok(admin.once(Once::answers(operation), work).await?)
}

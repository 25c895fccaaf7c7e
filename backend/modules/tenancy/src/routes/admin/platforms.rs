//! Platforms.

use actix_web::web::Json;
use actix_web::{get, patch, post};
use orion_framework::db::PlatformTx;
use orion_framework::gate::{PlatformAdmin, SuperAdmin};
use orion_framework::http::{Body, Failure, IfMatch, Path, Versioned};
use orion_framework::idempotency::{Answered, Once};
use orion_types::admin::{CreatePlatform, DisablePlatform, Platform, UpdatePlatform};
use orion_types::{Page, PlatformId};

use super::scope;
use crate::service::change_platform::{self, Here};
use crate::service::platforms;

/// The platforms that the administrator may see.
#[utoipa::path(
    tag = "platforms",
    operation_id = "list_platforms",
    responses((status = 200, body = Page<Platform>)),
    security(("admin" = []))
)]
#[get("/platforms")]
pub(super) async fn list_platforms(admin: PlatformAdmin) -> Result<Json<Page<Platform>>, Failure> {
    let (scope, registry) = (scope(&admin), admin.services().modules.clone());
    Ok(Json(Page::complete(
        admin.tx(move |tx| platforms::list(tx, &registry, &scope)).await?,
    )))
}

/// Makes a platform: a domain with modules, on at once on every server, below which stores can be made. Only administrators of everything may.
#[utoipa::path(
    tag = "platforms",
    operation_id = "create_platform",
    request_body = CreatePlatform,
    responses((status = 201, body = Platform), (status = 409, description = "The code is taken, the domain collides with what there is, or a module needs another one")),
    security(("admin" = []))
)]
#[post("/platforms")]
pub(super) async fn create_platform(admin: SuperAdmin, body: Body<CreatePlatform>) -> Result<Answered, Failure> {
    let services = admin.0.services().clone();
    let create = move |tx: &mut PlatformTx| change_platform::create(tx, &services, body.into_inner());
    let made = admin.0.once(Once::makes("create_platform"), create).await?;
    Ok(made.below("/api/v1/admin/platforms").versioned())
}

/// One platform.
#[utoipa::path(
    tag = "platforms",
    operation_id = "get_platform",
    params(("id" = PlatformId, Path)),
    responses((status = 200, body = Platform)),
    security(("admin" = []))
)]
#[get("/platforms/{id}")]
pub(super) async fn get_platform(admin: PlatformAdmin, id: Path<PlatformId>) -> Result<Versioned<Platform>, Failure> {
    let (scope, registry, id) = (scope(&admin), admin.services().modules.clone(), id.into_inner());
    let body = admin.tx(move |tx| platforms::get(tx, &registry, &scope, id)).await?;
    Ok(Versioned {
        version: body.version,
        body,
    })
}

/// Changes a platform's name or domain. With another domain all of its hosts are other ones at once, those of its stores included, and nothing
/// redirects from the former; whoever has come by that domain is refused. Only administrators of everything may.
#[utoipa::path(
    tag = "platforms",
    operation_id = "update_platform",
    params(("id" = PlatformId, Path), ("If-Match" = String, Header)),
    request_body = UpdatePlatform,
    responses((status = 200, body = Platform), (status = 409, description = "The domain collides with what there is, or is the one of this request")),
    security(("admin" = []))
)]
#[patch("/platforms/{id}")]
pub(super) async fn update_platform(
    admin: SuperAdmin,
    id: Path<PlatformId>,
    version: IfMatch,
    body: Body<UpdatePlatform>,
) -> Result<Versioned<Platform>, Failure> {
    let (id, version, services) = (id.into_inner(), version.required()?, admin.0.services().clone());
    let here = Here::of(admin.0.context());
    let update = move |tx: &mut PlatformTx| change_platform::update(tx, &services, (here, id, version), &body.0);
    let body = admin.0.tx(update).await?;
    Ok(Versioned {
        version: body.version,
        body,
    })
}

/// Switches a platform off, with a reason: none of its hosts leads anywhere any more, own domains of its stores included, and what its stores have to
/// do waits. Nothing is deleted. Only administrators of everything may.
#[utoipa::path(
    tag = "platforms",
    operation_id = "disable_platform",
    params(("id" = PlatformId, Path)),
    request_body = DisablePlatform,
    responses((status = 200, body = Platform), (status = 409, description = "It is the platform of this request, or the only one that is on")),
    security(("admin" = []))
)]
#[post("/platforms/{id}/disable")]
pub(super) async fn disable_platform(admin: SuperAdmin, id: Path<PlatformId>, body: Body<DisablePlatform>) -> Result<Answered, Failure> {
    let (id, services) = (id.into_inner(), admin.0.services().clone());
    let here = Here::of(admin.0.context());
    let disable = move |tx: &mut PlatformTx| change_platform::disable(tx, &services, (here, id), &body.0);
    Ok(admin.0.once(Once::answers("disable_platform"), disable).await?.versioned())
}

/// Switches a platform on again.
#[utoipa::path(
    tag = "platforms",
    operation_id = "enable_platform",
    params(("id" = PlatformId, Path)),
    responses((status = 200, body = Platform)),
    security(("admin" = []))
)]
#[post("/platforms/{id}/enable")]
pub(super) async fn enable_platform(admin: SuperAdmin, id: Path<PlatformId>) -> Result<Answered, Failure> {
    let (id, services) = (id.into_inner(), admin.0.services().clone());
    let enable = move |tx: &mut PlatformTx| change_platform::enable(tx, &services, id);
    Ok(admin.0.once(Once::answers("enable_platform"), enable).await?.versioned())
}

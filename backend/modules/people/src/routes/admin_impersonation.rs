//! `/api/v1/admin/stores/{id}/impersonations`.

use actix_web::web::Json;
use actix_web::{get, post};
use orion_framework::db::PlatformTx;
use orion_framework::gate::PlatformAdmin;
use orion_framework::http::{Body, Failure, Path, Query};
use orion_framework::idempotency::{Answered, Once};
use orion_types::impersonation::{CreateImpersonation, Impersonation, ImpersonationLink, ImpersonationQuery};
use orion_types::{Page, StoreId};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::service::impersonation;

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(list_impersonations).service(create_impersonation);
}

/// Who of the administration has been in the store's dashboard, newest first.
#[utoipa::path(
    tag = "impersonation",
    operation_id = "list_impersonations",
    params(("id" = StoreId, Path), ImpersonationQuery),
    responses((status = 200, body = Page<Impersonation>)),
    security(("admin" = []))
)]
#[get("/stores/{id}/impersonations")]
async fn list_impersonations(
    admin: PlatformAdmin,
    id: Path<StoreId>,
    query: Query<ImpersonationQuery>,
) -> Result<Json<Page<Impersonation>>, Failure> {
    let store = impersonation::store_of(&admin, id.into_inner()).await?.id;
    Ok(Json(admin.tx(move |tx| impersonation::list_of(tx, store, &query.0)).await?))
}

/// Begins an impersonation: a link that opens the store's dashboard with an owner's rights, but for what is the store's own people's alone. It works
/// once, within a minute. The session ends when the time is over; the merchant hears of it, sees all that is done, and can end it.
#[utoipa::path(
    tag = "impersonation",
    operation_id = "create_impersonation",
    params(("id" = StoreId, Path)),
    request_body = CreateImpersonation,
    responses((status = 201, body = ImpersonationLink)),
    security(("admin" = []))
)]
#[post("/stores/{id}/impersonations")]
async fn create_impersonation(admin: PlatformAdmin, id: Path<StoreId>, body: Body<CreateImpersonation>) -> Result<Answered, Failure> {
    let store = impersonation::store_of(&admin, id.into_inner()).await?;
    let checked = impersonation::check(&body.0)?;
    let (vault, by) = (admin.services().vault.clone(), admin.user().clone());
    let create = move |tx: &mut PlatformTx| impersonation::create(tx, &vault, (&by, &store), checked);
    let made = admin.once(Once::makes("create_impersonation"), create).await?;
    Ok(made.unlocked("link", |locked| impersonation::reveal(&admin.services().vault, locked))?)
}

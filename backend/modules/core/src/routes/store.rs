//! Below `/api/v1/store`.

use actix_web::get;
use actix_web::web::Json;
use orion_framework::gate::DashboardUser;
use orion_framework::http::Failure;
use orion_framework::problem::NOT_FOUND;
use orion_types::auth::StaffRights;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::menu::{self, StoreMenu};
use crate::sidebar;

/// Registers the handlers.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(get_store_menu).service(get_permissions);
}

/// The menu of the dashboard: entries of modules that are on, for which the member holds the right, as the store's platform arranges them.
#[utoipa::path(
    tag = "menu",
    operation_id = "get_store_menu",
    responses((status = 200, body = StoreMenu)),
    security(("staff" = []))
)]
#[get("/menu")]
async fn get_store_menu(staff: DashboardUser) -> Result<Json<StoreMenu>, Failure> {
    let (store, place) = staff.access().ok_or_else(|| Failure::of(&NOT_FOUND))?;
    // A switch may be on for a module that this build lacks.
    let registry = &staff.services().modules;
    let visits = staff.impersonation().is_some();
    let layout = staff.read(sidebar::of_store).await?;
    Ok(Json(menu::store_menu(place.rights.rights(), visits, &layout, |module| {
        store.module_enabled(module) && registry.get(module).is_some()
    })))
}

/// What the member may do in this store: what their role has, how each right comes about, and why one of them is not theirs now.
#[utoipa::path(
    tag = "account",
    operation_id = "get_permissions",
    responses((status = 200, body = StaffRights)),
    security(("staff" = []))
)]
#[get("/me/permissions")]
async fn get_permissions(staff: DashboardUser) -> Result<Json<StaffRights>, Failure> {
    orion_tenancy::staff_rights(&staff).map(Json).ok_or_else(|| Failure::of(&NOT_FOUND))
}

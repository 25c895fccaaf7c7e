//! Below `/api/v1/admin`.

use actix_web::get;
use actix_web::web::Json;
use orion_framework::gate::PlatformAdmin;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::menu::{self, AdminMenu};

/// Registers the handlers.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(get_admin_menu);
}

/// The menu of the admin area.
#[utoipa::path(
    tag = "menu",
    operation_id = "get_admin_menu",
    responses((status = 200, body = AdminMenu)),
    security(("admin" = []))
)]
#[get("/menu")]
async fn get_admin_menu(admin: PlatformAdmin) -> Json<AdminMenu> {
    Json(menu::admin_menu(&admin.services().modules))
}

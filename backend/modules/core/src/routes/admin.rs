//! Below `/api/v1/admin`.

use actix_web::get;
use actix_web::web::Json;
use orion_framework::fault::{self, Fault};
use orion_framework::gate::{PlatformAdmin, SuperAdmin};
use orion_framework::health;
use orion_framework::http::{Failure, Path};
use orion_framework::problem::NOT_FOUND;
use orion_types::Page;
use orion_types::admin::{ServerHealth, Tool};
use orion_types::module::ModuleDefinition;
use utoipa_actix_web::service_config::ServiceConfig;

use super::{log_level, sidebar};
use crate::definition;
use crate::menu::{self, AdminMenu};

/// Registers the handlers.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(get_admin_menu)
        .service(get_module)
        .service(get_server_health)
        .service(list_tools)
        .service(log_level::get_log_level)
        .service(log_level::update_log_level)
        .service(sidebar::get_sidebar)
        .service(sidebar::update_sidebar)
        .service(sidebar::reset_sidebar);
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

/// What a module is made of: what it requires, its rights, menu entries, settings, events, jobs and health checks.
#[utoipa::path(
    tag = "modules",
    operation_id = "get_module",
    params(("code" = String, Path)),
    responses((status = 200, body = ModuleDefinition)),
    security(("admin" = []))
)]
#[get("/modules/{code}")]
async fn get_module(admin: PlatformAdmin, code: Path<String>) -> Result<Json<ModuleDefinition>, Failure> {
    assert!(!fault::is_armed(Fault::Handler), "a fault on purpose");
    let module = admin.services().modules.get(&code.into_inner());
    Ok(Json(definition::describe(module.ok_or_else(|| Failure::of(&NOT_FOUND))?)))
}

/// How the server that answers feels: every check with what it found, over all platforms, so it is for super admins.
#[utoipa::path(
    tag = "operations",
    operation_id = "get_server_health",
    responses((status = 200, body = ServerHealth)),
    security(("admin" = []))
)]
#[get("/health")]
async fn get_server_health(admin: SuperAdmin) -> Json<ServerHealth> {
    Json(admin.server_health().await)
}

/// The tools that operators run beside the server, as configured, and whether each answers now.
#[utoipa::path(
    tag = "operations",
    operation_id = "list_tools",
    responses((status = 200, body = Page<Tool>)),
    security(("admin" = []))
)]
#[get("/tools")]
async fn list_tools(admin: PlatformAdmin) -> Json<Page<Tool>> {
    Json(Page::complete(health::tools(admin.services()).await))
}

//! `/health/tools`: links to what operators run beside the server, and whether it answers.

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{HttpResponse, web};

use crate::app::Hosted;
use orion_framework::gate::PlatformAdmin;

/// The configured tools, for administrators.
pub async fn health(admin: PlatformAdmin, services: web::Data<Hosted>) -> HttpResponse {
    // The gate has let an administrator in; nothing of theirs is needed.
    drop(admin);
    let tools = orion_framework::health::tools(&services).await;
    HttpResponse::Ok().insert_header((CACHE_CONTROL, "no-store")).json(tools)
}

//! `/api/v1/store/audit`.

use actix_web::get;
use actix_web::web::Json;
use orion_framework::gate::Staff;
use orion_framework::http::{Failure, Path, Query};
use orion_framework::permission::rights;
use orion_types::Page;
use orion_types::audit::{AuditEntry, AuditLogQuery};
use utoipa_actix_web::service_config::ServiceConfig;
use uuid::Uuid;

use crate::service;

pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(list_store_audit_entries).service(get_store_audit_entry);
}

/// Who did what in the store, newest first. `action` finds one action, or a whole group: `product` finds `product.updated` too.
#[utoipa::path(
    tag = "audit",
    operation_id = "list_store_audit_entries",
    params(AuditLogQuery),
    responses((status = 200, body = Page<AuditEntry>)),
    security(("staff" = ["audit.read"]))
)]
#[get("/audit")]
async fn list_store_audit_entries(staff: Staff<rights::AuditRead>, query: Query<AuditLogQuery>) -> Result<Json<Page<AuditEntry>>, Failure> {
    Ok(Json(staff.read(move |tx| service::list(tx, &query.0)).await?))
}

/// One entry with its values in full.
#[utoipa::path(
    tag = "audit",
    operation_id = "get_store_audit_entry",
    params(("id" = Uuid, Path)),
    responses((status = 200, body = AuditEntry)),
    security(("staff" = ["audit.read"]))
)]
#[get("/audit/{id}")]
async fn get_store_audit_entry(staff: Staff<rights::AuditRead>, id: Path<Uuid>) -> Result<Json<AuditEntry>, Failure> {
    let id = id.into_inner();
    Ok(Json(staff.read(move |tx| service::read(tx, id)).await?))
}

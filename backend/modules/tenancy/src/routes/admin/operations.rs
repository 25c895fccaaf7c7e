//! Figures and the audit log.

use actix_web::get;
use actix_web::web::Json;
use orion_framework::gate::PlatformAdmin;
use orion_framework::http::{Failure, Query};
use orion_types::Page;
use orion_types::admin::{AdminOverview, AuditQuery};
use orion_types::audit::AuditEntry;

use super::{links, scope};
use crate::service::operations::{self, AuditList};

/// The figures of the dashboard.
#[utoipa::path(
    tag = "operations",
    operation_id = "get_overview",
    responses((status = 200, body = AdminOverview)),
    security(("admin" = []))
)]
#[get("/overview")]
pub(super) async fn get_overview(admin: PlatformAdmin) -> Result<Json<AdminOverview>, Failure> {
    let (scope, links) = (scope(&admin), links(&admin));
    Ok(Json(admin.tx(move |tx| operations::overview(tx, &links, &scope)).await?))
}

/// Who did what, newest first. `action` finds one action, or a whole group: `store` finds `store.created` too.
#[utoipa::path(
    tag = "operations",
    operation_id = "list_audit_entries",
    params(AuditQuery),
    responses((status = 200, body = Page<AuditEntry>)),
    security(("admin" = []))
)]
#[get("/audit")]
pub(super) async fn list_audit_entries(admin: PlatformAdmin, query: Query<AuditQuery>) -> Result<Json<Page<AuditEntry>>, Failure> {
    let list = AuditList::parse(query.into_inner(), scope(&admin))?;
    Ok(Json(admin.tx(move |tx| operations::list_audit(tx, &list)).await?))
}

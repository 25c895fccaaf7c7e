//! What this server logs, read and changed while it runs. Other servers on the same database have switches of their own.

use actix_web::web::Json;
use actix_web::{get, put};
use orion_framework::db::{AuditEntry, DbError, PlatformTx};
use orion_framework::gate::SuperAdmin;
use orion_framework::http::{Body, Failure};
use orion_framework::problem::{INVALID, ProblemDraft, UNAVAILABLE};
use orion_framework::telemetry::level;
use orion_types::admin::LogLevel;

/// The longest filter that is understood: a level for each of a hundred modules.
const LONGEST: usize = 4_000;

/// What this server logs.
#[utoipa::path(
    tag = "operations",
    operation_id = "get_log_level",
    responses((status = 200, body = LogLevel)),
    security(("admin" = []))
)]
#[get("/log-level")]
pub(super) async fn get_log_level(_admin: SuperAdmin) -> Result<Json<LogLevel>, Failure> {
    let filter = level::current().ok_or_else(no_log)?;
    Ok(Json(LogLevel { filter }))
}

/// Changes what this server logs, until it is started again.
#[utoipa::path(
    tag = "operations",
    operation_id = "update_log_level",
    request_body = LogLevel,
    responses((status = 200, body = LogLevel)),
    security(("admin" = []))
)]
#[put("/log-level")]
pub(super) async fn update_log_level(admin: SuperAdmin, request: Body<LogLevel>) -> Result<Json<LogLevel>, Failure> {
    let LogLevel { filter } = request.into_inner();
    let invalid = |detail: String| ProblemDraft::new(&INVALID).field("/filter", "invalid_filter", detail);
    if filter.trim().is_empty() || filter.len() > LONGEST {
        return Err(invalid("must be a level or levels of modules, such as info,orion_orders=debug".to_owned()).into());
    }
    let parsed = level::parse(&filter).map_err(|error| invalid(error.to_string()))?;
    let before = level::current().ok_or_else(no_log)?;
    let told = filter.clone();
    // Written down first: a log that was silenced must be found in the audit log.
    let note = move |tx: &mut PlatformTx| -> Result<(), DbError> {
        let entry = AuditEntry::new("log_level.changed", "servers", None);
        tx.audit(None, entry.note("before", before).note("after", told));
        Ok(())
    };
    admin.0.tx(note).await?;
    if level::change(parsed) {
        Ok(Json(LogLevel { filter }))
    } else {
        Err(no_log())
    }
}

/// The tests' server shares its process with the tests and keeps no log.
fn no_log() -> Failure {
    ProblemDraft::new(&UNAVAILABLE).detail("This server keeps no log.").into()
}

//! The undo of imports.

use actix_web::web::Json;
use actix_web::{get, post};
use orion_framework::db::StoreTx;
use orion_framework::gate::Staff;
use orion_framework::http::{Failure, Path, Query};
use orion_framework::idempotency::{Answered, Once};
use orion_framework::permission::rights;
use orion_types::import::{Import, ImportQuery, ImportUndoLine, ImportUndoPlan};
use orion_types::{ImportId, Page};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::undo::plan;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(get_import_undo_plan)
        .service(undo_import)
        .service(list_import_undo_left);
}

/// Tells what the undo of an import would remove, put back and let be, and what was sold of it; writes nothing.
#[utoipa::path(
    tag = "imports",
    operation_id = "get_import_undo_plan",
    params(("id" = ImportId, Path)),
    responses((status = 200, body = ImportUndoPlan), (status = 409, description = "Nothing that could be undone: a trial, still at work, or too long ago")),
    security(("staff" = ["products.read"]))
)]
#[get("/imports/{id}/undo")]
async fn get_import_undo_plan(staff: Staff<rights::ProductsRead>, id: Path<ImportId>) -> Result<Json<ImportUndoPlan>, Failure> {
    Ok(Json(staff.read(move |tx| plan::plan(tx, id.0)).await?))
}

/// Undoes an import in the background: what it has made goes, and what it has changed becomes what it was. What was changed since stays.
/// Refused as a whole when something of it was ordered since.
#[utoipa::path(
    tag = "imports",
    operation_id = "undo_import",
    params(("id" = ImportId, Path)),
    responses((status = 202, body = Import)),
    security(("staff" = ["products.import"]))
)]
#[post("/imports/{id}/undo")]
async fn undo_import(staff: Staff<rights::ProductsImport>, id: Path<ImportId>) -> Result<Answered, Failure> {
    let start = move |tx: &mut StoreTx| plan::start(tx, id.0);
    let started = staff.once(Once::accepts("undo_import"), start).await?;
    Ok(started.below("/api/v1/store/imports"))
}

/// Lists what the last undo of an import has let be, and why; for as long as the import could be undone.
#[utoipa::path(
    tag = "imports",
    operation_id = "list_import_undo_left",
    params(("id" = ImportId, Path), ImportQuery),
    responses((status = 200, body = Page<ImportUndoLine>)),
    security(("staff" = ["products.read"]))
)]
#[get("/imports/{id}/undo/left")]
async fn list_import_undo_left(
    staff: Staff<rights::ProductsRead>,
    id: Path<ImportId>,
    query: Query<ImportQuery>,
) -> Result<Json<Page<ImportUndoLine>>, Failure> {
    let ImportQuery { cursor, limit } = query.into_inner();
    Ok(Json(
        staff.read(move |tx| plan::list_left(tx, id.0, cursor.as_deref(), limit)).await?,
    ))
}

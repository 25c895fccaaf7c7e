//! Columns of files that are kept under names.

use actix_web::web::Json;
use actix_web::{delete, get, post};
use orion_framework::db::StoreTx;
use orion_framework::gate::Staff;
use orion_framework::http::{Body, Failure, NoContent, Path, Query};
use orion_framework::idempotency::{Answered, Once};
use orion_framework::permission::rights;
use orion_types::import::{ImportListQuery, ImportMapping, SaveImportMapping};
use orion_types::{ImportMappingId, Page};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::service::mappings;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_import_mappings)
        .service(create_import_mapping)
        .service(delete_import_mapping);
}

/// Lists what is kept of the columns of files, newest first.
#[utoipa::path(
    tag = "imports",
    operation_id = "list_import_mappings",
    params(ImportListQuery),
    responses((status = 200, body = Page<ImportMapping>)),
    security(("staff" = ["products.read"]))
)]
#[get("/import-mappings")]
async fn list_import_mappings(
    staff: Staff<rights::ProductsRead>,
    query: Query<ImportListQuery>,
) -> Result<Json<Page<ImportMapping>>, Failure> {
    Ok(Json(staff.read(move |tx| mappings::list_mappings(tx, &query.0)).await?))
}

/// Keeps what the columns of a kind of file are under a name; what had the name is replaced. A later file with the same headings proposes it.
#[utoipa::path(
    tag = "imports",
    operation_id = "create_import_mapping",
    request_body = SaveImportMapping,
    responses((status = 201, body = ImportMapping)),
    security(("staff" = ["products.import"]))
)]
#[post("/import-mappings")]
async fn create_import_mapping(staff: Staff<rights::ProductsImport>, body: Body<SaveImportMapping>) -> Result<Answered, Failure> {
    let save = move |tx: &mut StoreTx| mappings::save_mapping(tx, body.0);
    Ok(staff.once(Once::makes("create_import_mapping"), save).await?)
}

/// Forgets what is kept under a name; imports that were made with it stay as they are.
#[utoipa::path(
    tag = "imports",
    operation_id = "delete_import_mapping",
    params(("id" = ImportMappingId, Path)),
    responses((status = 204)),
    security(("staff" = ["products.import"]))
)]
#[delete("/import-mappings/{id}")]
async fn delete_import_mapping(staff: Staff<rights::ProductsImport>, id: Path<ImportMappingId>) -> Result<NoContent, Failure> {
    staff.tx(move |tx| mappings::delete_mapping(tx, id.0)).await?;
    Ok(NoContent)
}

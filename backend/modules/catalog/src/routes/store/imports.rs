//! Imports of product files.

use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue};
use actix_web::web::Json;
use actix_web::{HttpResponse, get, post};
use orion_framework::db::StoreTx;
use orion_framework::gate::Staff;
use orion_framework::http::{Failure, Path, Query};
use orion_framework::idempotency::{Answered, Once};
use orion_framework::permission::rights;
use orion_types::import::{
    Import, ImportImageFailure, ImportListQuery, ImportQuery, ImportReportQuery, ImportRowError, ImportedColumns, StartImport,
};
use orion_types::{ImportId, Page};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::error::CatalogError;
use crate::import::discard_parts;
use crate::service::import_choices::Wanted;
use crate::service::uploads::{Sent, Upload};
use crate::service::{imports, mappings, uploads};

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(import_products)
        .service(list_imports)
        .service(get_import)
        .service(list_import_errors)
        .service(get_refused_rows)
        .service(get_import_columns)
        .service(list_import_images)
        .service(retry_import_images)
        .service(cancel_import);
}

/// A product file as a browser's form sends it.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "describes the form in OpenAPI; the file is read from the stream")]
struct ImportForm {
    /// A product file of Shopify, WooCommerce, Magento, Medusa, Vendure, Spree, Squarespace, PrestaShop or our own, or any list with a name
    /// and a price: CSV, TSV, XLSX, ODS, or JSON lines.
    #[schema(value_type = String, format = Binary)]
    file: String,
    /// What columns are where that is not what they would be taken for: an object of JSON with a word for each heading, before the file.
    #[schema(example = "{\"Material\": \"metadata.material\"}")]
    columns: Option<String>,
}

/// A product file that is sent alone.
#[derive(utoipa::ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "describes the body in OpenAPI; it is read from the stream")]
struct ProductFile(Vec<u8>);

/// Takes a product file, in a form or alone as `application/octet-stream`, and imports it in the background; the answer tells where to
/// watch it.
#[utoipa::path(
    tag = "imports",
    operation_id = "import_products",
    params(StartImport),
    request_body(content((ImportForm = "multipart/form-data"), (inline(ProductFile) = "application/octet-stream"))),
    responses((status = 202, body = Import)),
    security(("staff" = ["products.import"]))
)]
#[post("/imports/products")]
async fn import_products(staff: Staff<rights::ProductsImport>, query: Query<StartImport>, sent: Sent) -> Result<Answered, Failure> {
    let wanted = Wanted::read(&query.0)?;
    let store = staff.store().id;
    let Upload { file, hash, columns } = uploads::receive_file(staff.services(), store, sent, query.0.file_name.as_deref()).await?;
    let key = file.storage_key.clone();
    let wanted = match wanted.with_columns(columns) {
        Ok(wanted) => wanted,
        Err(refused) => {
            discard_parts(&staff.services().storage, store, &key).await;
            return Err(refused.into());
        }
    };
    let start = move |tx: &mut StoreTx| imports::start_import(tx, &file, wanted);
    let started: Result<_, CatalogError> = staff.once(Once::accepts("import_products").of(hash), start).await;
    let useless = match &started {
        Ok(answer) => answer.is_replayed(),
        Err(error) => !error.may_be_written(),
    };
    if useless {
        discard_parts(&staff.services().storage, store, &key).await;
    }
    Ok(started?.below("/api/v1/store/imports"))
}

/// Lists imports, newest first.
#[utoipa::path(
    tag = "imports",
    operation_id = "list_imports",
    params(ImportListQuery),
    responses((status = 200, body = Page<Import>)),
    security(("staff" = ["products.read"]))
)]
#[get("/imports")]
async fn list_imports(staff: Staff<rights::ProductsRead>, query: Query<ImportListQuery>) -> Result<Json<Page<Import>>, Failure> {
    Ok(Json(staff.read(move |tx| imports::list_imports(tx, &query.0)).await?))
}

/// Reads an import: its progress while it runs, its report afterwards.
#[utoipa::path(
    tag = "imports",
    operation_id = "get_import",
    params(("id" = ImportId, Path)),
    responses((status = 200, body = Import)),
    security(("staff" = ["products.read"]))
)]
#[get("/imports/{id}")]
async fn get_import(staff: Staff<rights::ProductsRead>, id: Path<ImportId>) -> Result<Json<Import>, Failure> {
    Ok(Json(staff.read(move |tx| imports::read_import(tx, id.0)).await?))
}

/// Lists the report of an import by line: the rows that were refused, and those that were taken otherwise than they say.
#[utoipa::path(
    tag = "imports",
    operation_id = "list_import_errors",
    params(("id" = ImportId, Path), ImportReportQuery),
    responses((status = 200, body = Page<ImportRowError>)),
    security(("staff" = ["products.read"]))
)]
#[get("/imports/{id}/errors")]
async fn list_import_errors(
    staff: Staff<rights::ProductsRead>,
    id: Path<ImportId>,
    query: Query<ImportReportQuery>,
) -> Result<Json<Page<ImportRowError>>, Failure> {
    let ImportReportQuery { severity, cursor, limit } = query.into_inner();
    Ok(Json(
        staff
            .read(move |tx| imports::list_import_errors(tx, id.0, severity.as_deref(), cursor.as_deref(), limit))
            .await?,
    ))
}

/// The rows of products that were refused, the first 10,000 of them, as a CSV with a column that says why: mended, it can be sent as it is.
#[utoipa::path(
    tag = "imports",
    operation_id = "get_refused_rows",
    params(("id" = ImportId, Path)),
    responses((status = 200, content_type = "text/csv", body = String)),
    security(("staff" = ["products.read"]))
)]
#[get("/imports/{id}/refused-rows")]
async fn get_refused_rows(staff: Staff<rights::ProductsRead>, id: Path<ImportId>) -> Result<HttpResponse, Failure> {
    let file = staff.read(move |tx| imports::refused_file(tx, id.0)).await?;
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8")))
        .insert_header((
            CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"refused.csv\""),
        ));
    Ok(answer.body(file))
}

/// Reads the columns of an import's file with examples, what they were taken for, and what is kept for files with the same headings.
#[utoipa::path(
    tag = "imports",
    operation_id = "get_import_columns",
    params(("id" = ImportId, Path)),
    responses((status = 200, body = ImportedColumns)),
    security(("staff" = ["products.read"]))
)]
#[get("/imports/{id}/columns")]
async fn get_import_columns(staff: Staff<rights::ProductsRead>, id: Path<ImportId>) -> Result<Json<ImportedColumns>, Failure> {
    Ok(Json(staff.read(move |tx| mappings::read_columns(tx, id.0)).await?))
}

/// Lists the pictures that could not be fetched.
#[utoipa::path(
    tag = "imports",
    operation_id = "list_import_images",
    params(("id" = ImportId, Path), ImportQuery),
    responses((status = 200, body = Page<ImportImageFailure>)),
    security(("staff" = ["products.read"]))
)]
#[get("/imports/{id}/images")]
async fn list_import_images(
    staff: Staff<rights::ProductsRead>,
    id: Path<ImportId>,
    query: Query<ImportQuery>,
) -> Result<Json<Page<ImportImageFailure>>, Failure> {
    let ImportQuery { cursor, limit } = query.into_inner();
    Ok(Json(
        staff
            .read(move |tx| imports::list_image_failures(tx, id.0, cursor.as_deref(), limit))
            .await?,
    ))
}

/// Fetches the pictures that failed once more.
#[utoipa::path(
    tag = "imports",
    operation_id = "retry_import_images",
    params(("id" = ImportId, Path)),
    responses((status = 200, body = Import)),
    security(("staff" = ["products.import"]))
)]
#[post("/imports/{id}/retry-images")]
async fn retry_import_images(staff: Staff<rights::ProductsImport>, id: Path<ImportId>) -> Result<Answered, Failure> {
    let retry = move |tx: &mut StoreTx| imports::retry_images(tx, id.0);
    Ok(staff.once(Once::answers("retry_import_images"), retry).await?)
}

/// Stops an import; what it has written stays.
#[utoipa::path(
    tag = "imports",
    operation_id = "cancel_import",
    params(("id" = ImportId, Path)),
    responses((status = 200, body = Import)),
    security(("staff" = ["products.import"]))
)]
#[post("/imports/{id}/cancel")]
async fn cancel_import(staff: Staff<rights::ProductsImport>, id: Path<ImportId>) -> Result<Answered, Failure> {
    let cancel = move |tx: &mut StoreTx| imports::cancel_import(tx, id.0);
    Ok(staff.once(Once::answers("cancel_import"), cancel).await?)
}

//! `/api/v1/store/exports`.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use actix_web::web::Json;
use actix_web::{HttpResponse, get, post};
use orion_framework::auth::Tokens;
use orion_framework::db::StoreTx;
use orion_framework::gate::{Anonymous, Staff};
use orion_framework::http::{Body, Failure, Path, Query};
use orion_framework::idempotency::{Answered, Once};
use orion_framework::permission::{Reserved, rights};
use orion_framework::problem::NOT_FOUND;
use orion_types::export::{CreateExport, Export, ExportLink, ExportQuery};
use orion_types::{ExportId, Page};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::error::TransferError;
use crate::model::ExportRow;
use crate::service;

pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(create_export)
        .service(list_exports)
        .service(get_export)
        .service(get_export_file);
}

/// The way to a file from the root of the host; path mode keeps what stands before.
fn linked(tokens: &Tokens, base: &str) -> impl Fn(&ExportRow) -> Option<String> + Send + use<> {
    let (tokens, start) = (tokens.clone(), format!("{base}/api/v1/store"));
    move |row| service::link(&tokens, row).map(|path| format!("{start}{path}"))
}

/// Writes records into a file in the background; the answer tells where to watch it. The right that the list of the same asks for is asked
/// for here too; `store`, everything in one checked archive, needs `store.export`, which the owner holds.
#[utoipa::path(
    tag = "exports",
    operation_id = "create_export",
    request_body = CreateExport,
    responses(
        (status = 202, body = Export),
        (status = 409, description = "Other files are still being written")
    ),
    security(("staff" = ["dashboard.read"]))
)]
#[post("/exports")]
async fn create_export(staff: Staff<Reserved<rights::DashboardRead>>, request: Body<CreateExport>) -> Result<Answered, Failure> {
    let (request, rights) = (request.into_inner(), staff.principal().rights());
    let create = move |tx: &mut StoreTx| Ok::<_, TransferError>(service::create(tx, &request, rights)?.into_wire(None)?);
    let made = staff.once(Once::accepts("create_export"), create).await?;
    Ok(made.below("/api/v1/store/exports"))
}

/// Lists the exports of what one may see, newest first.
#[utoipa::path(
    tag = "exports",
    operation_id = "list_exports",
    params(ExportQuery),
    responses((status = 200, body = Page<Export>)),
    security(("staff" = ["dashboard.read"]))
)]
#[get("/exports")]
async fn list_exports(staff: Staff<Reserved<rights::DashboardRead>>, query: Query<ExportQuery>) -> Result<Json<Page<Export>>, Failure> {
    let rights = staff.principal().rights();
    let link = linked(&staff.services().tokens, &staff.context().base);
    let page = staff.read(move |tx| service::list(tx, rights, &query.0, link)).await?;
    Ok(Json(page))
}

/// Reads an export: its progress while it is written, then the way to its file.
#[utoipa::path(
    tag = "exports",
    operation_id = "get_export",
    params(("id" = ExportId, Path)),
    responses((status = 200, body = Export)),
    security(("staff" = ["dashboard.read"]))
)]
#[get("/exports/{id}")]
async fn get_export(staff: Staff<Reserved<rights::DashboardRead>>, id: Path<ExportId>) -> Result<Json<Export>, Failure> {
    let (id, rights) = (id.into_inner().0, staff.principal().rights());
    let row = staff.read(move |tx| service::read(tx, id, rights)).await?;
    let link = linked(&staff.services().tokens, &staff.context().base)(&row);
    Ok(Json(row.into_wire(link).map_err(TransferError::from)?))
}

/// Sends the file. The seal of the link is what lets in, so that a browser can save it and a program can fetch it; each time is noted.
#[utoipa::path(
    tag = "exports",
    operation_id = "get_export_file",
    params(("id" = ExportId, Path), ExportLink),
    responses(
        (status = 200, content_type = "application/octet-stream"),
        (status = 410, description = "The file's time is over")
    ),
    security(())
)]
#[get("/exports/{id}/file")]
async fn get_export_file(anybody: Anonymous, id: Path<ExportId>, link: Query<ExportLink>) -> Result<HttpResponse, Failure> {
    let (id, services) = (id.into_inner().0, anybody.services());
    let store = anybody.store().cloned().ok_or_else(|| Failure::of(&NOT_FOUND))?;
    if !service::opens(&services.tokens, &store, id, &link.0.seal) {
        return Err(Failure::of(&NOT_FOUND));
    }
    let row = anybody.store_tx(&store, move |tx| service::fetched(tx, id)).await?;
    let (size, file) = services.storage.stream(store.id, &row.storage_key()).await?;
    let content_type = service::content_type(&row)?;
    let named = format!("attachment; filename=\"{}\"", row.file_name);
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((CONTENT_TYPE, HeaderValue::from_static(content_type)))
        .insert_header((CONTENT_DISPOSITION, named))
        .insert_header((CONTENT_LENGTH, size))
        .insert_header((CACHE_CONTROL, HeaderValue::from_static("private, no-store")));
    Ok(answer.streaming(file))
}

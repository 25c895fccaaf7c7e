//! Pages: the right app for the area, with what the server already knows in its document.

mod packed;
mod program;
mod shell;
mod storefront;

pub use storefront::opening::configure;

use actix_web::http::Method;
use actix_web::http::header::ALLOW;
use actix_web::{HttpRequest, HttpResponse, web};
use orion_framework::http::{Failure, error_page};
use orion_framework::problem::{METHOD_NOT_ALLOWED, NOT_FOUND};
use orion_framework::tenancy::{Area, RequestContext};

use crate::app::{Hosted, Shared};
use crate::probes;

/// What can be done with a page.
const PAGE_METHODS: &str = "GET, HEAD, OPTIONS";

/// Everything that no route has taken.
pub async fn dispatch(
    request: HttpRequest,
    context: RequestContext,
    services: web::Data<Hosted>,
    shared: web::Data<Shared>,
) -> Result<HttpResponse, Failure> {
    let path = request.path();
    if path.starts_with("/api/") || path == "/api" || context.area == Area::Probe {
        return not_an_endpoint(&request, &shared);
    }
    context.name_route(label(context.area));
    // The stack turns HEAD into GET.
    match *request.method() {
        Method::GET => {}
        Method::OPTIONS => return Ok(HttpResponse::NoContent().insert_header((ALLOW, PAGE_METHODS)).finish()),
        _ => return Ok(wrong_method(&context)),
    }
    match context.area {
        Area::Admin => shell::admin(&request, &context, &services, &shared),
        Area::Store => shell::store(&request, &context, &services, &shared),
        Area::Storefront => storefront::page(&request, &context, &services, &shared).await,
        Area::Platform => shell::platform(&context, &services).await,
        Area::Probe => Err(Failure::of(&NOT_FOUND)),
    }
}

fn wrong_method(context: &RequestContext) -> HttpResponse {
    let page = error_page(
        METHOD_NOT_ALLOWED.status,
        METHOD_NOT_ALLOWED.title,
        None,
        &context.base,
        &context.request_id,
    );
    Failure::of(&METHOD_NOT_ALLOWED)
        .builder()
        .insert_header((ALLOW, PAGE_METHODS))
        .content_type("text/html; charset=utf-8")
        .body(page)
}

/// What the log and the metrics call a page: never its path, of which there are as many as anybody cares to invent.
fn label(area: Area) -> &'static str {
    match area {
        Area::Admin => "page:admin",
        Area::Store => "page:store",
        Area::Storefront => "page:storefront",
        Area::Platform => "page:platform",
        Area::Probe => "page:probe",
    }
}

/// Whether a path is one of those that are no part of the API's document and can only be read.
fn is_read_only(path: &str, shared: &Shared) -> bool {
    let asset = path.strip_prefix("/assets/").is_some_and(|file| shared.bundles.has(file));
    asset || probes::PATHS.contains(&path) || shared.documents.has(path)
}

/// 405 with `Allow` where the path exists under another method, else 404; `OPTIONS` is answered where the path exists.
fn not_an_endpoint(request: &HttpRequest, shared: &Shared) -> Result<HttpResponse, Failure> {
    let mut allowed = shared.methods.allowed(request.path());
    if is_read_only(request.path(), shared) {
        allowed.insert("GET".to_owned());
    }
    if allowed.is_empty() {
        return Err(Failure::of(&NOT_FOUND));
    }
    allowed.insert("OPTIONS".to_owned());
    if allowed.contains("GET") {
        allowed.insert("HEAD".to_owned());
    }
    let allow = allowed.into_iter().collect::<Vec<_>>().join(", ");
    if request.method() == Method::OPTIONS {
        return Ok(HttpResponse::NoContent().insert_header((ALLOW, allow)).finish());
    }
    let failure = Failure::of(&METHOD_NOT_ALLOWED);
    let context = RequestContext::of(request);
    let (instance, id) = (
        context.as_ref().map(|c| c.original_path.as_str()),
        context.as_ref().map(|c| c.request_id.as_str()),
    );
    let mut answer = failure.response(instance, id);
    if let Ok(value) = allow.parse() {
        answer.headers_mut().insert(ALLOW, value);
    }
    Ok(answer)
}

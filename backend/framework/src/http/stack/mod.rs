//! What every request passes through, in one place and in this order: id and clock, security headers, tenancy, area, handler, error
//! rendering, metrics, log line. It wraps everything, so that a failure anywhere inside still leaves as a well-formed, logged answer.

mod client;
mod normalise;
mod outcome;
mod route;

use crate::backend::Entrance;
use std::panic::AssertUnwindSafe;
use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{COOKIE, HeaderName, HeaderValue};
use actix_web::http::{Method, Uri};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, HttpResponse};
use futures_util::FutureExt;
use orion_types::status::StoreStatus;

pub use client::Client;
pub use normalise::normalise_path;

use crate::Backend;
use crate::clock::Ids;
use crate::http::{Cors, Failure, keep_pace, same_origin};
use crate::metrics::InFlight;
use crate::problem::{CROSS_ORIGIN, INTERNAL};
use crate::tenancy::{Area, RequestContext};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The middleware; the only one, and the outermost.
pub async fn stack<B: MessageBody + 'static>(request: ServiceRequest, next: Next<B>) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let start = Instant::now();
    let _in_flight = InFlight::new();
    let Some(backend) = Entrance::before(&request).cloned() else {
        return Err(Failure::of(&INTERNAL).into());
    };
    let request_id = request_id(&request);
    let method = request.method().clone();
    let response = match route::enter(&backend, &request, request_id).await {
        Ok(entered) => run(&backend, request, entered, next, start).await?,
        Err(stopped) => request.into_response(stopped.into_response()),
    };
    Ok(outcome::finish(&backend, response, &method, start))
}

/// Hands the request on under its cleaned path; what panics or errs inside becomes an answer here.
async fn run<B: MessageBody + 'static>(
    backend: &Backend,
    request: ServiceRequest,
    entered: route::Entered,
    next: Next<B>,
    start: Instant,
) -> Result<ServiceResponse<BoxBody>, outcome::Orphan> {
    let context = RequestContext::new(entered.understood);
    let method = request.method().clone();
    let unfinished = outcome::Unfinished::new(backend, &context, &method, start);
    let answer = answer(backend, request, entered.uri, &context, next, start).await;
    unfinished.over();
    answer
}

/// The part that a client who goes away ends in the middle.
async fn answer<B: MessageBody + 'static>(
    backend: &Backend,
    mut request: ServiceRequest,
    uri: Option<Uri>,
    context: &RequestContext,
    next: Next<B>,
    start: Instant,
) -> Result<ServiceResponse<BoxBody>, outcome::Orphan> {
    let method = request.method().clone();
    // Whatever answers GET answers HEAD: the connection remembers what was asked for and leaves the body out.
    if method == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
    if let Some(uri) = uri {
        request.match_info_mut().get_mut().update(&uri);
        request.head_mut().uri = uri;
    }
    keep_pace(&mut request, backend.config.http.body_timeout());
    request.extensions_mut().insert(context.clone());
    if context.cors.as_ref().is_some_and(Cors::lets_in) {
        // A browser sends a shop's cookies along from other pages of the same site. Here they would be somebody else's word for the shopper.
        request.headers_mut().remove(COOKIE);
    } else if context.area != Area::Probe && !same_origin(request.method(), request.headers(), &context.host) {
        let refusal = outcome::render(&Failure::of(&CROSS_ORIGIN), context);
        return Ok(request.into_response(refusal));
    }
    if let Err(refusal) = backend.limits.admit(&method, request.path(), context) {
        return Ok(request.into_response(outcome::render(&refusal, context)));
    }
    if let Some(answer) = remembered(backend, &request, context).await {
        return Ok(request.into_response(answer));
    }
    // A clone of the request kept here would stop it from being routed, so an answer to a lost one is made from the context.
    let failure = match AssertUnwindSafe(next.call(request)).catch_unwind().await {
        Ok(Ok(response)) => return Ok(response.map_into_boxed_body()),
        Ok(Err(error)) => error.as_error::<Failure>().map_or_else(|| Failure::of(&INTERNAL), Failure::again),
        Err(_) => Failure::of(&INTERNAL),
    };
    Err(outcome::Orphan::new(backend, failure, context.clone(), &method, start))
}

/// What the shop shows to everybody, from memory and before any route is looked for. What is remembered has passed its gate under the
/// same epoch: whatever closes a gate (a module, the store) begins a new one.
async fn remembered(backend: &Backend, request: &ServiceRequest, context: &RequestContext) -> Option<HttpResponse> {
    let store = context.store.as_ref()?;
    let asks = context.area == Area::Storefront && request.method() == Method::GET && store.status == StoreStatus::Active && store.opened;
    if !asks || !request.path().starts_with("/api/v1/storefront/") {
        return None;
    }
    let (answer, route) = backend.cache.remembered(store, request.request()).await?;
    context.name_route(route);
    Some(answer)
}

/// The caller's id when it is a plain one, else a new one: it ends up in logs and headers.
fn request_id(request: &ServiceRequest) -> String {
    let given = request.headers().get(REQUEST_ID).and_then(|value| value.to_str().ok());
    match given {
        Some(id) if is_plain(id) => id.to_owned(),
        _ => Ids::new_id().simple().to_string(),
    }
}

fn is_plain(id: &str) -> bool {
    (8..=64).contains(&id.len())
        && id
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}

/// The header with the request's id.
fn id_header(id: &str) -> HeaderValue {
    HeaderValue::from_str(id).unwrap_or_else(|_| HeaderValue::from_static("unknown"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_request_ids_are_taken_over() {
        assert!(is_plain("3f2c-77_a.b"));
        for id in ["short", "", "a b c d e f g h", "line\nbreak----", &"x".repeat(65)] {
            assert!(!is_plain(id), "{id:?}");
        }
    }
}

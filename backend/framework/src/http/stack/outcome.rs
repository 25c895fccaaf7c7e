//! The way out: errors get their request's id and path, every answer its security headers, its metrics and its line in the log.

use std::time::{Duration, Instant};

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::ServiceResponse;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, STRICT_TRANSPORT_SECURITY, WWW_AUTHENTICATE, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpResponse, ResponseError};
use orion_types::status::StoreStatus;

use super::{REQUEST_ID, id_header};
use crate::Backend;
use crate::gate::challenge;
use crate::http::{ErrorPage, Failure, Voice, error_page, limits, render_error_page};
use crate::problem::{BAD_REQUEST, INTERNAL, METHOD_NOT_ALLOWED, NOT_FOUND, TIMEOUT, TOO_LARGE};
use crate::telemetry::access::{self, AccessLine};
use crate::telemetry::bodies::{self, Direction};
use crate::tenancy::{Area, RequestContext};

/// What the log says of a request whose client did not wait, as nginx does; it is no status of HTTP and is never sent.
const CLIENT_CLOSED: u16 = 499;

const REFERRER_POLICY: HeaderName = HeaderName::from_static("referrer-policy");

/// The context of a request that ended before routing, and what went wrong inside, for the log.
pub(super) struct Ended {
    pub(super) context: RequestContext,
    pub(super) cause: Option<String>,
}

/// A failure as the client of this request should see it: JSON for the APIs and probes, a page for people.
pub(super) fn render(failure: &Failure, context: &RequestContext) -> HttpResponse {
    if wants_json(context) {
        return failure.response(Some(&context.original_path), Some(&context.request_id));
    }
    let draft = failure.draft();
    let page = error_page(
        draft.kind.status,
        draft.kind.title,
        draft.detail.as_deref(),
        &context.base,
        &context.request_id,
    );
    as_page(failure, page)
}

/// Likewise, where nobody lives at the host: it has no start page to go to either.
pub(super) fn render_nobody_home(failure: &Failure, context: &RequestContext) -> HttpResponse {
    if wants_json(context) {
        return render(failure, context);
    }
    let draft = failure.draft();
    let page = render_error_page(&ErrorPage {
        voice: Voice::Orion {
            status: draft.kind.status,
            request_id: &context.request_id,
        },
        lang: "en",
        title: draft.kind.title,
        detail: draft.detail.as_deref(),
        way: None,
    });
    as_page(failure, page)
}

fn as_page(failure: &Failure, page: String) -> HttpResponse {
    failure
        .builder()
        .insert_header((CONTENT_TYPE, "text/html; charset=utf-8"))
        .body(page)
}

fn wants_json(context: &RequestContext) -> bool {
    let path = context
        .original_path
        .strip_prefix(context.base.as_str())
        .unwrap_or(&context.original_path);
    // Pictures are asked for by programs and pages, never by people: what is said of them is what the API's document says.
    let of_the_api = path.starts_with("/api/") || path == "/api" || path.contains("/api/v1/") || path.starts_with("/media/");
    let of_programs = path.starts_with("/oauth/") || path.starts_with("/.well-known/oauth-");
    context.area == Area::Probe || of_the_api || of_programs || path.starts_with("/debug/")
}

/// The answer to a request that was lost inside, by a panic or an error without an answer. Its request is gone with it, so it leaves as an
/// error that carries the finished answer.
#[derive(Debug)]
pub(super) struct Orphan {
    failure: Failure,
    context: RequestContext,
    development: bool,
}

impl Orphan {
    /// Records the loss and prepares the answer.
    pub(super) fn new(backend: &Backend, failure: Failure, context: RequestContext, method: &Method, start: Instant) -> Self {
        let status = failure.draft().kind.status;
        let template = template_of(backend, &context);
        let facts = Facts {
            method,
            route: context.route().or(template.as_deref()).unwrap_or("unmatched"),
            status,
            bytes: 0,
            cause: failure.cause(),
        };
        record(backend, &facts, &context, start.elapsed());
        Self {
            failure,
            context,
            development: backend.config.env.is_development(),
        }
    }
}

/// The template of a route whose request is gone.
fn template_of(backend: &Backend, context: &RequestContext) -> Option<String> {
    let path = context.original_path.strip_prefix(context.base.as_str())?;
    backend.templates.get()?.template(path)
}

/// A request that has not been answered yet. When its client goes away, the work on it is dropped in the middle, and this with it.
pub(super) struct Unfinished<'a> {
    backend: &'a Backend,
    context: &'a RequestContext,
    method: &'a Method,
    start: Instant,
    over: bool,
}

impl<'a> Unfinished<'a> {
    pub(super) fn new(backend: &'a Backend, context: &'a RequestContext, method: &'a Method, start: Instant) -> Self {
        Self {
            backend,
            context,
            method,
            start,
            over: false,
        }
    }

    /// There is an answer, which is recorded on its own way out.
    pub(super) fn over(mut self) {
        self.over = true;
    }
}

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        if self.over {
            return;
        }
        let template = template_of(self.backend, self.context);
        let facts = Facts {
            method: self.method,
            route: self.context.route().or(template.as_deref()).unwrap_or("unmatched"),
            status: CLIENT_CLOSED,
            bytes: 0,
            cause: Some("the client went away before the answer"),
        };
        record(self.backend, &facts, self.context, self.start.elapsed());
    }
}

impl std::fmt::Display for Orphan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.failure.fmt(f)
    }
}

impl ResponseError for Orphan {
    fn status_code(&self) -> StatusCode {
        self.failure.status_code()
    }

    fn error_response(&self) -> HttpResponse {
        let mut answer = render(&self.failure, &self.context);
        protect(self.development, answer.headers_mut(), &self.context);
        answer
    }
}

/// Completes an answer and records it.
pub(super) fn finish(
    backend: &Backend,
    mut response: ServiceResponse<BoxBody>,
    method: &Method,
    start: Instant,
) -> ServiceResponse<BoxBody> {
    let ended = response.response_mut().extensions_mut().remove::<Ended>();
    let (ended, mut cause) = ended.map_or((None, None), |ended| (Some(ended.context), ended.cause));
    let Some(context) = ended.or_else(|| RequestContext::of(response.request())) else {
        return response;
    };
    if let Some(failure) = failure_of(&response) {
        cause = failure.cause().map(str::to_owned);
        let rendered = render(&failure, &context);
        response = response.into_response(rendered);
    }
    tell_where_tokens_are(backend, response.headers_mut(), &context);
    protect(backend.config.env.is_development(), response.headers_mut(), &context);
    // Asking actix for the pattern means to match the path once more.
    let matched = match context.route() {
        None => response.request().match_pattern(),
        Some(_) => None,
    };
    let facts = Facts {
        method,
        route: context.route().or(matched.as_deref()).unwrap_or("unmatched"),
        status: response.status().as_u16(),
        bytes: match response.response().body().size() {
            BodySize::Sized(bytes) => bytes,
            _ => 0,
        },
        cause: cause.as_deref(),
    };
    record(backend, &facts, &context, start.elapsed());
    let route = facts.route.to_owned();
    write_body(backend, response, &route, &context.request_id)
}

/// Writes the body into the log, where the route is one of those whose bodies are.
fn write_body(backend: &Backend, response: ServiceResponse<BoxBody>, route: &str, request_id: &str) -> ServiceResponse<BoxBody> {
    let settings = &backend.config.log.bodies;
    if !settings.wants(route) {
        return response;
    }
    // Only what lies in memory: a stream is not held up for the log.
    response.map_body(|_, body| match body.try_into_bytes() {
        Ok(bytes) => {
            bodies::record(settings, Direction::Response, route, request_id, &bytes);
            BoxBody::new(bytes)
        }
        Err(body) => body,
    })
}

/// What is recorded of an answer.
struct Facts<'a> {
    method: &'a Method,
    route: &'a str,
    status: u16,
    bytes: u64,
    cause: Option<&'a str>,
}

/// The failure behind an error answer. Errors of actix itself (a body that broke off, a method that is not there) become ours.
fn failure_of(response: &ServiceResponse<BoxBody>) -> Option<Failure> {
    let error = response.response().error()?;
    if let Some(failure) = error.as_error::<Failure>() {
        return Some(failure.again());
    }
    let kind = match response.status() {
        StatusCode::NOT_FOUND => &NOT_FOUND,
        StatusCode::METHOD_NOT_ALLOWED => &METHOD_NOT_ALLOWED,
        StatusCode::REQUEST_TIMEOUT => &TIMEOUT,
        StatusCode::PAYLOAD_TOO_LARGE => &TOO_LARGE,
        status if status.is_client_error() => &BAD_REQUEST,
        _ => &INTERNAL,
    };
    Some(Failure::of(kind))
}

/// A program that asks a dashboard's API without a token finds out by the refusal who gives some.
fn tell_where_tokens_are(backend: &Backend, headers: &mut HeaderMap, context: &RequestContext) {
    let says_nothing = headers.get(WWW_AUTHENTICATE).is_some_and(|value| value.as_bytes() == b"Bearer");
    if !says_nothing || context.area != Area::Store || backend.modules.token_book().is_none() {
        return;
    }
    if let Some(value) = challenge(context) {
        headers.insert(WWW_AUTHENTICATE, value);
    }
}

fn protect(development: bool, headers: &mut HeaderMap, context: &RequestContext) {
    headers.insert(REQUEST_ID, id_header(&context.request_id));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("strict-origin-when-cross-origin"));
    // What says nothing of it is about somebody, or of this moment: no browser keeps it for whoever comes next.
    if wants_json(context) && !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if let Some(cors) = &context.cors {
        cors.tell(headers);
    }
    if let Some(allowance) = context.allowance().filter(|_| wants_json(context)) {
        limits::tell(headers, &allowance);
    }
    // The scheme is the client's, or what a trusted proxy says of it.
    if !development && context.https {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
}

fn record(backend: &Backend, facts: &Facts<'_>, context: &RequestContext, took: Duration) {
    crate::metrics::observe_request(facts.method.as_str(), facts.route, facts.status, took);
    access::record(&AccessLine {
        method: facts.method.as_str(),
        route: facts.route,
        path: &context.original_path,
        status: facts.status,
        duration: took,
        bytes: facts.bytes,
        ip: &context.ip,
        request_id: &context.request_id,
        store: context.store.as_ref().map(|store| store.code.as_str()),
        user: context.user(),
        probe: context.area == Area::Probe,
        slow: took >= backend.config.slow_request(),
        closed: facts.status == 503
            && facts.cause.is_none()
            && context.store.as_ref().is_some_and(|store| store.status != StoreStatus::Active),
        cause: facts.cause,
    });
}

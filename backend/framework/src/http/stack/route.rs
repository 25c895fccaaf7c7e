//! Tenancy: from host and path to area and store, and the answers to requests that end there.

use std::borrow::Cow;
use std::panic::AssertUnwindSafe;
use std::str::FromStr;

use actix_web::HttpResponse;
use actix_web::dev::ServiceRequest;
use actix_web::http::Uri;
use actix_web::http::header::{CACHE_CONTROL, LOCATION};
use futures_util::FutureExt;

use super::{Client, outcome};
use crate::Backend;
use crate::http::{Cors, Failure, header_text};
use crate::problem::{INTERNAL, NOT_FOUND, ProblemDraft};
use crate::tenancy::{Area, Outcome, RequestContext, Resolved, Understood, resolve};

/// A request that may go on.
pub(super) struct Entered {
    pub(super) understood: Understood,
    /// The cleaned address, when it is another than the one that arrived.
    pub(super) uri: Option<Uri>,
}

/// A request that ends here.
pub(super) struct Stopped(Box<HttpResponse>);

impl Stopped {
    pub(super) fn into_response(self) -> HttpResponse {
        *self.0
    }
}

/// Finds out whom the request is for.
pub(super) async fn enter(backend: &Backend, request: &ServiceRequest, request_id: String) -> Result<Entered, Stopped> {
    let config = &backend.config;
    let client = Client::of(request, config);
    let path = request.path();
    let mut understood = Understood {
        request_id,
        area: Area::Platform,
        store: None,
        platform: None,
        base: String::new(),
        original_path: path.to_owned(),
        host: String::new(),
        ip: client.ip,
        https: client.https,
        user_agent: cut(header_text(request.headers(), "user-agent").unwrap_or_default()),
        cors: None,
    };
    let resolving = resolve(&backend.directory, config.path_mode(), &client.host, path);
    // A panic in here would take the connection with it, and no line in the log would say which request it was.
    let resolved = match AssertUnwindSafe(resolving).catch_unwind().await {
        Ok(Ok(resolved)) => resolved,
        Ok(Err(error)) => return Err(stop(understood, &error.into())),
        Err(_) => return Err(stop(understood, &Failure::of(&INTERNAL))),
    };
    let Resolved {
        host,
        area,
        platform,
        store,
        base,
        outcome,
    } = resolved;
    (understood.host, understood.area, understood.base) = (host, area, base);
    (understood.platform, understood.store) = (platform, store);
    if !understood.https && understood.area != Area::Probe && backend.certificates.has(&understood.host) {
        let to = format!("https://{}{}{path}", understood.host, config.tls_port());
        return Err(redirect(understood, &with_query(request, &to)));
    }
    match outcome {
        Outcome::Served(routed) => {
            understood.cors = cors(request, &understood, &routed);
            Ok(Entered {
                uri: rewritten(request, &routed),
                understood,
            })
        }
        Outcome::Redirect(to) => Err(redirect(understood, &with_query(request, &to))),
        Outcome::UnknownHost => Err(nobody_home(understood)),
        Outcome::Nowhere => Err(stop(understood, &Failure::of(&NOT_FOUND))),
    }
}

/// The shop's API is what a store may open to pages of other origins. Nothing of a dashboard or of the administration ever is.
fn cors(request: &ServiceRequest, understood: &Understood, routed: &str) -> Option<Cors> {
    let store = understood.store.as_ref()?;
    let open = understood.area == Area::Storefront && routed.starts_with("/api/v1/storefront/");
    open.then(|| Cors::of(request, &store.allowed_origins, &understood.host)).flatten()
}

/// At most 200 characters: it goes into every session's row. Headers as text are ASCII, a byte is a character.
fn cut(user_agent: &str) -> String {
    user_agent.get(..200).unwrap_or(user_agent).to_owned()
}

fn nobody_home(understood: Understood) -> Stopped {
    let failure: Failure = ProblemDraft::new(&NOT_FOUND).detail("No shop lives at this address.").into();
    let context = RequestContext::new(understood);
    let mut answer = outcome::render_nobody_home(&failure, &context);
    remember(&mut answer, context, None);
    Stopped(Box::new(answer))
}

fn with_query<'a>(request: &ServiceRequest, path: &'a str) -> Cow<'a, str> {
    match request.query_string() {
        "" => Cow::Borrowed(path),
        query => Cow::Owned(format!("{path}?{query}")),
    }
}

fn redirect(understood: Understood, location: &str) -> Stopped {
    // An old label may be given back one day; a browser must not remember the redirect for ever.
    let mut answer = HttpResponse::PermanentRedirect();
    answer
        .insert_header((LOCATION, location))
        .insert_header((CACHE_CONTROL, "max-age=300"));
    let mut answer = answer.finish();
    remember(&mut answer, RequestContext::new(understood), None);
    Stopped(Box::new(answer))
}

/// What the way out needs to know rides on the answer: the request never gets it.
fn remember(answer: &mut HttpResponse, context: RequestContext, cause: Option<&str>) {
    let cause = cause.map(str::to_owned);
    answer.extensions_mut().insert(outcome::Ended { context, cause });
}

fn stop(understood: Understood, failure: &Failure) -> Stopped {
    let context = RequestContext::new(understood);
    let mut answer = outcome::render(failure, &context);
    remember(&mut answer, context, failure.cause());
    Stopped(Box::new(answer))
}

/// The address under its routed path; `None` when it is as it was.
fn rewritten(request: &ServiceRequest, routed: &str) -> Option<Uri> {
    if routed == request.path() {
        return None;
    }
    Uri::from_str(&with_query(request, routed)).ok()
}

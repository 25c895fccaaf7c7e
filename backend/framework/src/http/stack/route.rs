//! Tenancy: from host and path to area and store.

use std::borrow::Cow;
use std::str::FromStr;

use actix_web::HttpResponse;
use actix_web::dev::ServiceRequest;
use actix_web::http::StatusCode;
use actix_web::http::Uri;
use actix_web::http::header::{CACHE_CONTROL, LOCATION};

use super::{Client, normalise_path, outcome};
use crate::Services;
use crate::db::DbError;
use crate::http::{Failure, header_text};
use crate::problem::NOT_FOUND;
use crate::tenancy::classify::{HostKind, is_probe};
use crate::tenancy::{Area, HostOwner, RequestContext, Route, StoreContext, Understood, classify, host};

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
pub(super) async fn enter(services: &Services, request: &ServiceRequest, request_id: String) -> Result<Entered, Stopped> {
    let config = &services.config;
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
    };
    let Some(clean) = normalise_path(path) else {
        return Err(stop(understood, Failure::of(&NOT_FOUND)));
    };
    if is_probe(&clean) {
        understood.area = Area::Probe;
        return Ok(Entered {
            uri: rewritten(request, &clean, ""),
            understood,
        });
    }
    let Some(name) = host::normalise(&client.host) else {
        return Err(stop(understood, unknown_host()));
    };
    understood.host = name.into_owned();
    let owner = match services.directory.owner(&understood.host).await {
        Ok(owner) => owner,
        Err(error) => return Err(stop(understood, error.into())),
    };
    let kind = match place(services, request, &mut understood, owner) {
        Ok(kind) => kind,
        Err(stopped) => return Err(stopped.unwrap_or_else(|| stop(understood, unknown_host()))),
    };
    into_area(services, request, understood, kind, clean).await
}

/// At most 200 characters: it goes into every session's row. Headers as text are ASCII, a byte is a character.
fn cut(user_agent: &str) -> String {
    user_agent.get(..200).unwrap_or(user_agent).to_owned()
}

fn unknown_host() -> Failure {
    crate::problem::ProblemDraft::new(&NOT_FOUND)
        .detail("No shop lives at this address.")
        .into()
}

/// Notes whose host it is. `Err(None)`: nobody's; `Err(Some)`: the answer is a redirect.
fn place(
    services: &Services,
    request: &ServiceRequest,
    understood: &mut Understood,
    owner: HostOwner,
) -> Result<HostKind, Option<Stopped>> {
    let path_mode = services.config.path_mode();
    match owner {
        HostOwner::Platform(platform) => {
            understood.platform = Some(platform);
            Ok(HostKind::Platform { path_mode })
        }
        HostOwner::Admin(platform) => {
            understood.platform = Some(platform);
            Ok(HostKind::Admin)
        }
        HostOwner::Store {
            store,
            redirect_to: Some(primary),
        } => {
            let location = format!("{}{}", store.origin_of(&primary), with_query(request, &understood.original_path));
            Err(Some(redirect(StatusCode::PERMANENT_REDIRECT, &location)))
        }
        HostOwner::Store { store, redirect_to: None } => {
            understood.platform = Some(store.platform.clone());
            understood.store = Some(store);
            Ok(HostKind::Store)
        }
        HostOwner::Loopback => Ok(HostKind::Platform { path_mode }),
        HostOwner::Unknown => Err(None),
    }
}

async fn into_area(
    services: &Services,
    request: &ServiceRequest,
    mut understood: Understood,
    kind: HostKind,
    clean: Cow<'_, str>,
) -> Result<Entered, Stopped> {
    let (area, code, base) = match classify(kind, &clean) {
        Route::To { area, code, base } => (area, code, base),
        Route::Redirect(path) => return Err(redirect(StatusCode::PERMANENT_REDIRECT, &with_query(request, path))),
        Route::Nowhere => return Err(stop(understood, Failure::of(&NOT_FOUND))),
    };
    understood.area = area;
    if let Some(code) = code {
        match by_code(services, request, code, base, &clean).await {
            Ok(ByCode::Store(store)) => {
                // On a platform's host the path may only name that platform's stores.
                if understood
                    .platform
                    .as_ref()
                    .is_some_and(|platform| platform.id != store.platform.id)
                {
                    return Err(stop(understood, Failure::of(&NOT_FOUND)));
                }
                understood.store = Some(store);
            }
            Ok(ByCode::Redirect(stopped)) => return Err(stopped),
            Ok(ByCode::Nobody) => return Err(stop(understood, Failure::of(&NOT_FOUND))),
            Err(error) => return Err(stop(understood, error.into())),
        }
    }
    understood.base = base.to_owned();
    Ok(Entered {
        uri: rewritten(request, &clean, base),
        understood,
    })
}

enum ByCode {
    Store(StoreContext),
    Redirect(Stopped),
    Nobody,
}

/// The store of a path; a code in another case redirects to its one spelling.
async fn by_code(services: &Services, request: &ServiceRequest, code: &str, base: &str, clean: &str) -> Result<ByCode, DbError> {
    let lower = code.to_ascii_lowercase();
    let Some(store) = services.directory.store_by_code(&lower).await? else {
        return Ok(ByCode::Nobody);
    };
    if lower != code {
        let prefix = &base[..base.len() - code.len()];
        let location = with_query(request, &format!("{prefix}{lower}{}", &clean[base.len()..]));
        return Ok(ByCode::Redirect(redirect(StatusCode::PERMANENT_REDIRECT, &location)));
    }
    Ok(ByCode::Store(store))
}

fn with_query(request: &ServiceRequest, path: &str) -> String {
    match request.query_string() {
        "" => path.to_owned(),
        query => format!("{path}?{query}"),
    }
}

fn redirect(status: StatusCode, location: &str) -> Stopped {
    // An old label may be given back one day; a browser must not remember the redirect for ever.
    let mut answer = HttpResponse::build(status);
    answer
        .insert_header((LOCATION, location))
        .insert_header((CACHE_CONTROL, "max-age=300"));
    Stopped(Box::new(answer.finish()))
}

fn stop(understood: Understood, failure: Failure) -> Stopped {
    let context = RequestContext::new(understood);
    let mut answer = outcome::render(&failure, &context);
    answer.extensions_mut().insert(outcome::Ended(context));
    Stopped(Box::new(answer))
}

/// The address without its base and with its cleaned path; `None` when it is as it was. Dashboards keep `/store` in their paths on
/// every host, so in path mode only the code is taken out: `/store/acme/dashboard` is `/store/dashboard` to the pages.
fn rewritten(request: &ServiceRequest, clean: &str, base: &str) -> Option<Uri> {
    let rest = &clean[base.len()..];
    let routed = if base.starts_with("/store/") && !rest.starts_with("/api/") {
        Cow::Owned(format!("/store{rest}"))
    } else if rest.is_empty() {
        Cow::Borrowed("/")
    } else {
        Cow::Borrowed(rest)
    };
    if routed == request.path() {
        return None;
    }
    Uri::from_str(&with_query(request, &routed)).ok()
}

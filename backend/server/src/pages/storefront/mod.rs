//! The shop's pages: real HTML for everybody who looks around, the app's document for the rest.

mod canonical;
mod data;
mod head;
mod legal;
pub(super) mod opening;
mod render;
mod route;
mod sitemap;
mod structured;

use std::sync::{Arc, LazyLock};

use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, HeaderName, HeaderValue, LOCATION, RETRY_AFTER, VARY};
use actix_web::{HttpRequest, HttpResponse};
use moka::sync::Cache;
use orion_framework::Backend;
use orion_framework::db::Actor;
use orion_framework::gate::is_invited;
use orion_framework::http::{ErrorPage, Failure, Voice, render_error_page};
use orion_framework::problem::NOT_FOUND;
use orion_framework::tenancy::{RequestContext, StoreContext};
use orion_i18n::{LANGUAGE_COOKIE, Locale, Text, fill};
use orion_types::StorefrontBundle;
use orion_types::status::StoreStatus;
use orion_types::store::{PageContext, Theme};

use super::packed::Packed;
use super::program::When;
use super::shell::{Content, packed_document, page_store, rest, title, unbuilt};
use crate::app::Shared;
use crate::assets::AppKind;
use route::{Address, Query};

/// Bytes of rendered pages that are kept.
const CACHE_BYTES: u64 = 24 * 1024 * 1024;
/// Longer queries are rendered every time: nobody shall fill the memory with addresses of their own making.
const LONGEST_CACHED_QUERY: usize = 300;
/// How long a suspended shop asks to be left alone, in seconds.
const CLOSED_FOR: &str = "3600";
/// How long a shop whose page could not be made asks to be left alone, in seconds.
const AWAY_FOR: &str = "5";

/// What a visit comes to.
#[derive(Debug)]
pub(super) enum Rendered {
    /// A page: 200, or 404 for what is not there.
    Page(StatusCode, Content),
    /// What was renamed: its path now.
    Moved(String),
}

/// What is kept of it: a page that is ready but for its nonce.
enum Ready {
    Page(StatusCode, Packed),
    Moved(String),
}

static PAGES: LazyLock<Cache<String, Arc<Ready>>> = LazyLock::new(|| {
    Cache::builder()
        .max_capacity(CACHE_BYTES)
        .weigher(|key: &String, page: &Arc<Ready>| page.weight(key.len()))
        .build()
});

impl Ready {
    fn of(rendered: Rendered, template: &str) -> Self {
        match rendered {
            Rendered::Page(status, content) => Self::Page(status, Packed::new(rest(template, &content))),
            Rendered::Moved(path) => Self::Moved(path),
        }
    }

    fn weight(&self, key: usize) -> u32 {
        let own = match self {
            Self::Page(_, rest) => rest.weight(),
            Self::Moved(path) => path.len(),
        };
        u32::try_from(own + key + 200).unwrap_or(u32::MAX)
    }
}

/// One visit: everything that decides what a page says.
#[derive(Debug, Clone)]
pub(super) struct Visit {
    /// The store.
    pub store: StoreContext,
    /// Prefix of links.
    pub base: String,
    /// What is asked for.
    pub address: Address,
    /// The parameters of the address.
    pub query: Query,
    /// The language of the page.
    pub locale: Locale,
}

/// A page of the shop.
pub async fn page(
    request: &HttpRequest,
    context: &RequestContext,
    services: &Arc<Backend>,
    shared: &Shared,
) -> Result<HttpResponse, Failure> {
    let store = context.store.clone().ok_or_else(|| Failure::of(&NOT_FOUND))?;
    let query = Query::parse(request.query_string());
    let cookie = request.cookie(LANGUAGE_COOKIE);
    let locale = Locale::of_page(query.get("lang"), cookie.as_ref().map(Cookie::value), &store.locale);
    if store.status != StoreStatus::Active {
        return Ok(closed(&store, locale, services).await);
    }
    if !store.opened && !is_invited(services, &store, request) {
        return Ok(opening::closed(request, context, &store, locale, services).await);
    }
    if let Some(title) = legal::title(request.path()) {
        return legal::page(request.path(), title, context, &store, locale, services).await;
    }
    match request.path() {
        opening::PATH => return Ok(opening::inside(context, None)),
        "/robots.txt" => return Ok(sitemap::robots(&store)),
        "/sitemap.xml" => return sitemap::sitemap(&store, services).await,
        _ => {}
    }
    let asked_for = query.get("lang").and_then(Locale::parse);
    let visit = Visit {
        address: Address::of(request.path()),
        query,
        locale,
        base: context.base.clone(),
        store,
    };
    let bundle = StorefrontBundle::of(request.path());
    let Some(template) = shared.bundles.page(app(bundle)) else {
        return Ok(unbuilt(StatusCode::OK, context));
    };
    let mut answer = match ready(request, &visit, services, template).await.as_ref() {
        Ready::Moved(path) => moved(&format!("{}{path}", visit.base)),
        Ready::Page(status, rest) => {
            let page = page_context(&visit, context, services, ahead(bundle, shared));
            packed_document((*status, rest), (template, when(&visit)), locale.code(), &page, request)
        }
    };
    if answer.status() == StatusCode::SERVICE_UNAVAILABLE {
        answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(AWAY_FOR));
    }
    if let Some(chosen) = asked_for {
        remember(&mut answer, chosen, context);
    }
    if !visit.store.opened {
        let noindex = HeaderValue::from_static("noindex");
        answer.headers_mut().insert(HeaderName::from_static("x-robots-tag"), noindex);
    }
    answer
        .headers_mut()
        .insert(VARY, HeaderValue::from_static("accept-encoding, cookie"));
    Ok(answer)
}

/// From memory, or made anew. What cannot be made is the app's own document: the app asks the API, which says what is wrong. Search
/// engines are told to come back, and do not take an empty page for the shop's.
async fn ready(request: &HttpRequest, visit: &Visit, services: &Arc<Backend>, template: &str) -> Arc<Ready> {
    let key = key(request, visit);
    if let Some(page) = key.as_ref().and_then(|key| PAGES.get(key)) {
        return page;
    }
    match data::load(visit, services).await.and_then(|found| render::render(visit, found)) {
        Ok(rendered) => {
            let page = Arc::new(Ready::of(rendered, template));
            if let Some(key) = key {
                PAGES.insert(key, page.clone());
            }
            page
        }
        Err(error) => {
            tracing::warn!(store = %visit.store.id, path = request.path(), error = %error, "a page was served without its first content");
            let content = Content {
                head: title(&visit.store.name),
                ..Content::default()
            };
            Arc::new(Ready::of(Rendered::Page(StatusCode::SERVICE_UNAVAILABLE, content), template))
        }
    }
}

/// The store's id comes first, then what moves with its catalogue and its switches: no page outlives what it shows.
fn key(request: &HttpRequest, visit: &Visit) -> Option<String> {
    let (path, query) = (request.path(), request.query_string());
    let Visit {
        store,
        base,
        locale,
        address,
        ..
    } = visit;
    let worth_keeping = query.len() <= LONGEST_CACHED_QUERY && path.len() <= LONGEST_CACHED_QUERY && !matches!(address, Address::Unknown);
    worth_keeping.then(|| {
        format!(
            "{} {}.{} {} {base} {path}?{query}",
            store.id,
            store.epoch(),
            store.catalog_version(),
            locale.code()
        )
    })
}

fn app(bundle: StorefrontBundle) -> AppKind {
    match bundle {
        StorefrontBundle::Browse => AppKind::Storefront,
        StorefrontBundle::Checkout => AppKind::Checkout,
    }
}

/// Pages with content can be read without their program; the others are nothing without it.
fn when(visit: &Visit) -> When {
    match visit.address {
        Address::Home | Address::Products | Address::Category(_) | Address::Search | Address::Product(_) => When::Touched,
        Address::App { .. } | Address::Unknown => When::Now,
    }
}

/// What the app may fetch before it is asked for: who fills a cart is likely to pay.
fn ahead(bundle: StorefrontBundle, shared: &Shared) -> Vec<String> {
    match bundle {
        StorefrontBundle::Browse => shared.bundles.program(AppKind::Checkout),
        StorefrontBundle::Checkout => Vec::new(),
    }
}

fn page_context(visit: &Visit, context: &RequestContext, services: &Backend, ahead: Vec<String>) -> PageContext {
    PageContext {
        base: visit.base.clone(),
        api: format!("{}/api/v1/storefront", visit.base),
        store: Some(page_store(&visit.store, context)),
        environment: services.config.env.as_str().to_owned(),
        ahead,
    }
}

fn moved(location: &str) -> HttpResponse {
    HttpResponse::MovedPermanently()
        .insert_header((LOCATION, location))
        // Asked again each time: what was renamed may be renamed back, and a browser that remembers would run in a circle.
        .insert_header((CACHE_CONTROL, "no-cache"))
        .finish()
}

/// The shop is closed: no app, no data, and search engines are asked to come back.
async fn closed(store: &StoreContext, locale: Locale, services: &Backend) -> HttpResponse {
    let theme = services.store_read(store, Actor::guest(), orion_tenancy::active_theme).await;
    let theme = theme.unwrap_or_else(|error| {
        tracing::warn!(store = %store.id, error = %error, "a closed shop was shown without its colours");
        Theme::default()
    });
    let text = fill(Text::ClosedText.words(locale), &[("name", &store.name)]);
    let body = render_error_page(&ErrorPage {
        voice: Voice::Shop {
            name: &store.name,
            accent: &theme.accent,
            on_accent: &theme.on_accent,
        },
        lang: locale.code(),
        title: Text::ClosedTitle.words(locale),
        detail: Some(&text),
        way: Some(("", Text::Retry.words(locale))),
    });
    HttpResponse::ServiceUnavailable()
        .insert_header((RETRY_AFTER, CLOSED_FOR))
        .insert_header((CACHE_CONTROL, "no-store"))
        .content_type("text/html; charset=utf-8")
        .body(body)
}

fn remember(answer: &mut HttpResponse, locale: Locale, context: &RequestContext) {
    let path = if context.base.is_empty() { "/" } else { context.base.as_str() };
    let cookie = Cookie::build(LANGUAGE_COOKIE, locale.code())
        .path(path.to_owned())
        .same_site(SameSite::Lax)
        .secure(context.https)
        .max_age(actix_web::cookie::time::Duration::days(365))
        .finish();
    // Refused only for a value that is no header, and this one is two letters.
    answer.add_cookie(&cookie).ok();
}

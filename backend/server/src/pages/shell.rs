//! The documents that start the apps: Trunk's page with a nonce, the page's context and, for the shop, its head and first content.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue, LOCATION};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use orion_framework::Backend;
use orion_framework::clock::Ids;
use orion_framework::db::{Actor, DbError, PlatformTx, RequestMeta};
use orion_framework::http::{Failure, accepts_coding, error_page};
use orion_framework::problem::NOT_FOUND;
use orion_framework::tenancy::{Area, RequestContext, StoreContext};
use orion_types::menu::{AdminPage, StorePage};
use orion_types::status::StoreStatus;
use orion_types::store::{PageContext, PageStore};

use super::packed::Packed;
use super::program::{When, put_off};
use crate::app::Shared;
use crate::assets::AppKind;

/// Where the page's own elements go.
const HEAD_END: &str = "</head>";

/// Where the first content goes.
const PLACE: &str = "<!--content-->";

/// What admin and store show until their program has started, and what they say when it does not.
const WAITING: &str = include_str!("waiting.html");

/// What a page adds to the app's document. Texts are HTML and must have been escaped by whoever made them.
#[derive(Debug, Default)]
pub struct Content {
    /// The language of the page.
    pub lang: String,
    /// Elements for the head; a `<title>` among them.
    pub head: String,
    /// What is readable before the app has started.
    pub body: String,
    /// The first data of the app as JSON, put into `<script type="application/json" id="orion-data">`.
    pub data: Option<String>,
}

/// The administration's app; its pages are at the root of the admin host and below `/admin` elsewhere.
pub fn admin(request: &HttpRequest, context: &RequestContext, services: &Backend, shared: &Shared) -> Result<HttpResponse, Failure> {
    let base = if request.path() == "/admin" || request.path().starts_with("/admin/") {
        "/admin"
    } else {
        ""
    };
    if request.path() == "/" || request.path() == "/admin" {
        return Ok(found(&format!("{base}/login")));
    }
    let path = request.path().strip_prefix(base).unwrap_or_default();
    let page = PageContext {
        base: base.to_owned(),
        api: "/api/v1/admin".to_owned(),
        store: None,
        environment: environment(services),
        ahead: Vec::new(),
    };
    Ok(document(
        found_or_not(AdminPage::leads_to(path) || is_unlisted(path)),
        AppKind::Admin,
        shared,
        &page,
        &Content {
            head: title("Orion admin"),
            lang: "en".to_owned(),
            body: WAITING.to_owned(),
            ..Content::default()
        },
        context,
    ))
}

/// The dashboard's app; its pages are below `/store` on every host.
pub fn store(request: &HttpRequest, context: &RequestContext, services: &Backend, shared: &Shared) -> Result<HttpResponse, Failure> {
    // In path mode the base is `/store/acme`; on a store's own host and in the chooser the pages simply live below `/store`.
    let base = if context.base.is_empty() { "/store" } else { context.base.as_str() };
    if request.path() == "/store" {
        return Ok(found(&format!("{base}/dashboard")));
    }
    let api = format!("{}/api/v1/store", context.base);
    let page = PageContext {
        base: base.to_owned(),
        api,
        store: context.store.as_ref().map(|store| page_store(store, context)),
        environment: environment(services),
        ahead: Vec::new(),
    };
    let name = context.store.as_ref().map_or("Orion", |store| store.name.as_str());
    let head = title(&format!("{name} dashboard"));
    let path = request.path().strip_prefix("/store").unwrap_or_default();
    Ok(document(
        found_or_not(StorePage::leads_to(path) || is_unlisted(path) || is_way_in(path)),
        AppKind::Store,
        shared,
        &page,
        &Content {
            head,
            lang: "en".to_owned(),
            body: WAITING.to_owned(),
            ..Content::default()
        },
        context,
    ))
}

/// Whether a path is one of the pages of admin and store that no menu leads to.
fn is_unlisted(path: &str) -> bool {
    matches!(
        path,
        "/login" | "/password" | "/password/new" | "/email" | "/account" | "/stores" | "/invitation"
    )
}

/// Whether a path is one of the dashboard's pages by which somebody comes in with a link, lets a program in, or opens a store of their own.
fn is_way_in(path: &str) -> bool {
    matches!(
        path,
        "/impersonation" | "/authorize" | "/sign-up" | "/sign-up/confirm" | "/sign-up/enter"
    )
}

/// An app says itself, in its own words, that a page is not there; whoever reads only the status shall know it too.
fn found_or_not(found: bool) -> StatusCode {
    if found { StatusCode::OK } else { StatusCode::NOT_FOUND }
}

/// The platform's own host has no pages of its own but the way to its areas: to the page on which a store is opened, where people do that by themselves.
pub async fn platform(context: &RequestContext, services: &Backend) -> Result<HttpResponse, Failure> {
    if context.original_path != "/" {
        return Err(Failure::of(&NOT_FOUND));
    }
    let target = if opens_stores(context, services).await? {
        "/store/sign-up"
    } else if services.config.env.is_development() {
        "/dev"
    } else {
        "/admin/login"
    };
    Ok(found(target))
}

async fn opens_stores(context: &RequestContext, services: &Backend) -> Result<bool, DbError> {
    let Some(platform) = context.platform.as_ref().map(|platform| platform.id) else {
        return Ok(false);
    };
    let look = move |tx: &mut PlatformTx| orion_people::is_sign_up_open(tx, platform);
    services.platform_tx(Actor::guest(), RequestMeta::default(), look).await
}

/// A page's view of its store.
pub fn page_store(store: &StoreContext, context: &RequestContext) -> PageStore {
    PageStore {
        code: store.code.clone(),
        name: store.name.clone(),
        currency: store.currency,
        locale: store.locale.clone(),
        suspended: store.status != StoreStatus::Active,
        opened: store.opened,
        storefront_url: storefront_url(store, context),
    }
}

/// Where the shop is for somebody on this page: beside it in path mode, at its public address elsewhere.
fn storefront_url(store: &StoreContext, context: &RequestContext) -> String {
    if !context.base.is_empty() {
        return format!("/storefront/{}", store.code);
    }
    if context.area == Area::Storefront || context.host == store.primary_host() || context.host == store.subdomain_host() {
        return "/".to_owned();
    }
    store.visit_url()
}

fn environment(services: &Backend) -> String {
    services.config.env.as_str().to_owned()
}

fn found(location: &str) -> HttpResponse {
    HttpResponse::Found()
        .insert_header((LOCATION, location))
        .insert_header((CACHE_CONTROL, "no-store"))
        .finish()
}

/// A title element with its text escaped.
pub fn title(text: &str) -> String {
    format!("<title>{}</title>", escape(text))
}

/// Text as it may stand in HTML.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

/// JSON as it may stand in a script element: nothing in it can end the element.
pub fn script_json(json: &str) -> String {
    json.replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// An app's document with the page's own parts, and the policy that lets only our scripts run.
pub fn document(
    status: StatusCode,
    kind: AppKind,
    shared: &Shared,
    page: &PageContext,
    content: &Content,
    context: &RequestContext,
) -> HttpResponse {
    let Some(template) = shared.bundles.page(kind) else {
        return unbuilt(status, context);
    };
    let nonce = Ids::secret();
    let html = format!(
        "{}{}",
        start(template, &nonce, &content.lang, page, When::Now),
        rest(template, content)
    );
    answer(status, &nonce).body(html)
}

/// As [`document`], with the rest of it made and compressed before.
pub fn packed_document(
    (status, rest): (StatusCode, &Packed),
    (template, when): (&str, When),
    lang: &str,
    page: &PageContext,
    request: &HttpRequest,
) -> HttpResponse {
    let nonce = Ids::secret();
    let start = start(template, &nonce, lang, page, when);
    let mut answer = answer(status, &nonce);
    // Nothing in a page is secret from whoever chose its address, so compressing it gives nothing away.
    let packs = accepts_coding(request.headers(), "gzip");
    match packs.then(|| rest.gzip_after(&start)).flatten() {
        Some(packed) => answer.insert_header((CONTENT_ENCODING, "gzip")).body(packed),
        None => answer.body(rest.after(&start)),
    }
}

fn answer(status: StatusCode, nonce: &str) -> HttpResponseBuilder {
    let mut answer = HttpResponse::build(status);
    answer
        .insert_header((CONTENT_TYPE, "text/html; charset=utf-8"))
        .insert_header((CACHE_CONTROL, "no-cache"))
        .insert_header((CONTENT_SECURITY_POLICY, policy(nonce)));
    answer
}

/// The page of a server without its apps.
pub fn unbuilt(status: StatusCode, context: &RequestContext) -> HttpResponse {
    let told = "This server was built without its apps. Build them with `make build-apps` and start it again.";
    answer(status, &Ids::secret()).body(error_page(503, "The app is missing", Some(told), "", &context.request_id))
}

/// The document up to where the page's own part begins: everything with a nonce, and the context.
fn start(template: &str, nonce: &str, lang: &str, page: &PageContext, when: When) -> String {
    let (start, _) = template.split_once(HEAD_END).unwrap_or((template, ""));
    let page = serde_json::to_string(page).unwrap_or_default();
    let start = put_off(start, when).replace("{{__TRUNK NONCE__}}", nonce).replacen(
        "<html lang=\"en\"",
        &format!("<html lang=\"{}\"", escape(lang)),
        1,
    );
    format!(
        "{start}<script type=\"application/json\" id=\"orion-context\">{}</script>",
        script_json(&page)
    )
}

/// The page's own part, and the document's end.
pub fn rest(template: &str, content: &Content) -> String {
    let (_, end) = template.split_once(HEAD_END).unwrap_or_default();
    let mut rest = content.head.clone();
    rest.push_str(HEAD_END);
    let mut body = content.body.clone();
    // Behind what can be read: only the program waits for it.
    if let Some(data) = &content.data {
        body.push_str("<script type=\"application/json\" id=\"orion-data\">");
        body.push_str(&script_json(data));
        body.push_str("</script>");
    }
    // Where a document names no place for it, it comes before everything else.
    let place = if end.contains(PLACE) { PLACE } else { "<body>" };
    let keep = if place == PLACE { "" } else { place };
    rest.push_str(&end.replacen(place, &format!("{keep}{body}"), 1));
    rest
}

/// `wasm-unsafe-eval` lets WebAssembly compile and nothing else; styles are inline because themes and charts set custom properties.
fn policy(nonce: &str) -> HeaderValue {
    let policy = format!(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; \
         connect-src 'self'; font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    );
    HeaderValue::from_str(&policy).unwrap_or_else(|_| HeaderValue::from_static("default-src 'self'"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_inside_a_script_can_end_it() {
        let json = script_json(r#"{"name":"</script><script>alert(1)</script>"}"#);
        assert!(!json.contains('<') && !json.contains('>'));
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&json).unwrap()["name"],
            "</script><script>alert(1)</script>"
        );
    }
}

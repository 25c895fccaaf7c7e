//! The three apps as files in memory: named by their content, compressed when they were built, cached by browsers for a year.

use std::borrow::Cow;
use std::collections::HashMap;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use actix_web::{HttpRequest, HttpResponse, web};
use bytes::Bytes;
use orion_framework::http::{Failure, accepts_coding, header_text};
use orion_framework::problem::NOT_FOUND;
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::app::Shared;

/// `make build-apps` fills the folder; a server built without it serves the APIs and says so on every page.
#[derive(RustEmbed)]
#[folder = "../../dist"]
#[allow_missing = true]
struct Dist;

/// The apps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AppKind {
    /// The platform's administration.
    Admin,
    /// The store dashboard.
    Store,
    /// The shop, for looking around.
    Storefront,
    /// The shop's checkout, orders and account.
    Checkout,
}

impl AppKind {
    const ALL: [Self; 4] = [Self::Admin, Self::Store, Self::Storefront, Self::Checkout];

    /// The document that starts the app, below `dist`.
    const fn document(self) -> &'static str {
        match self {
            Self::Admin => "admin/index.html",
            Self::Store => "store/index.html",
            Self::Storefront => "storefront/index.html",
            Self::Checkout => "storefront/checkout.html",
        }
    }
}

struct Asset {
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    content_type: &'static str,
    etag: String,
}

/// All files of the three apps, by their path below `/assets/`.
pub struct Bundles {
    files: HashMap<String, Asset>,
    pages: HashMap<AppKind, String>,
}

impl Bundles {
    /// Reads what was embedded; while developing, what lies in the folder.
    pub fn load() -> Self {
        let mut files = HashMap::new();
        for path in Dist::iter().filter(|path| !path.ends_with(".br") && !path.ends_with(".gz")) {
            if let Some(file) = Dist::get(&path) {
                // Known since the build: reading every program to hash it would keep them all in an idle server's memory.
                let etag = format!("\"{}\"", &hex::encode(file.metadata.sha256_hash())[..24]);
                let asset = Asset {
                    brotli: read(&format!("{path}.br")),
                    gzip: read(&format!("{path}.gz")),
                    content_type: content_type(&path),
                    plain: bytes(file),
                    etag,
                };
                files.insert(path.into_owned(), asset);
            }
        }
        let page = |kind: AppKind| {
            let html = files.remove(kind.document())?;
            Some((kind, String::from_utf8(html.plain.to_vec()).ok()?))
        };
        let pages = AppKind::ALL.into_iter().filter_map(page).collect();
        Self { files, pages }
    }

    /// Whether there is such a file.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The document that starts an app, as Trunk wrote it.
    pub fn page(&self, kind: AppKind) -> Option<&str> {
        self.pages.get(&kind).map(String::as_str)
    }

    /// The addresses of the program behind a document: what Trunk asks the browser to load before the page needs it.
    pub fn program(&self, kind: AppKind) -> Vec<String> {
        let links = self.page(kind).unwrap_or_default().split("<link rel=\"").skip(1);
        let preloaded = links.filter(|link| link.starts_with("modulepreload\"") || link.starts_with("preload\""));
        let address = |link: &str| Some(link.split_once("href=\"")?.1.split_once('"')?.0.to_owned());
        preloaded.filter_map(address).collect()
    }
}

fn read(path: &str) -> Option<Bytes> {
    Dist::get(path).map(bytes)
}

fn bytes(file: EmbeddedFile) -> Bytes {
    match file.data {
        Cow::Borrowed(data) => Bytes::from_static(data),
        Cow::Owned(data) => Bytes::from(data),
    }
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("html") => "text/html; charset=utf-8",
        Some("json") => "application/json",
        _ => "application/octet-stream",
    }
}

/// Registers `/assets/`.
pub fn configure(config: &mut web::ServiceConfig) {
    config
        .route("/assets/{path:.*}", web::get().to(serve))
        .route("/assets/{path:.*}", web::head().to(serve));
}

async fn serve(request: HttpRequest, path: web::Path<String>, shared: web::Data<Shared>) -> Result<HttpResponse, Failure> {
    let asset = shared.bundles.files.get(path.as_str()).ok_or_else(|| Failure::of(&NOT_FOUND))?;
    let accepts = |coding| accepts_coding(request.headers(), coding);
    let (body, coding) = match (&asset.brotli, &asset.gzip) {
        (Some(body), _) if accepts("br") => (body, Some("br")),
        (_, Some(body)) if accepts("gzip") => (body, Some("gzip")),
        _ => (&asset.plain, None),
    };
    // Each coding is a representation of its own.
    let etag = coding.map_or_else(
        || asset.etag.clone(),
        |coding| format!("{}-{coding}\"", asset.etag.trim_end_matches('"')),
    );
    let known = header_text(request.headers(), IF_NONE_MATCH.as_str()).is_some_and(|known| known.contains(&etag));
    let mut answer = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    answer
        .insert_header((CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((VARY, "accept-encoding"))
        .insert_header((ETAG, etag));
    if known {
        return Ok(answer.finish());
    }
    answer.insert_header((CONTENT_TYPE, asset.content_type));
    if let Some(coding) = coding {
        answer.insert_header((CONTENT_ENCODING, coding));
    }
    Ok(answer.body(body.clone()))
}

//! What search engines ask for.

use std::fmt::Write;

use actix_web::HttpResponse;
use actix_web::http::header::CACHE_CONTROL;
use orion_framework::Backend;
use orion_framework::db::Actor;
use orion_framework::http::Failure;
use orion_framework::tenancy::StoreContext;

use crate::pages::shell::escape;

/// Which paths are nobody's business, and where the sitemap is.
pub fn robots(store: &StoreContext) -> HttpResponse {
    let mut text = String::from("User-agent: *\n");
    for path in [
        "/api/",
        "/cart",
        "/checkout",
        "/account",
        "/orders/",
        "/login",
        "/register",
        "/password",
        "/email",
        "/track",
        "/search",
        "/store/",
        "/admin/",
    ] {
        let _written = writeln!(text, "Disallow: {path}");
    }
    let _written = write!(text, "\nSitemap: {}/sitemap.xml\n", store.storefront_url());
    HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "public, max-age=3600"))
        .content_type("text/plain; charset=utf-8")
        .body(text)
}

/// The addresses of all products and categories, on the host that customers know.
pub async fn sitemap(store: &StoreContext, services: &Backend) -> Result<HttpResponse, Failure> {
    let entries = services.store_read(store, Actor::guest(), orion_catalog::sitemap).await?;
    let origin = escape(&store.storefront_url());
    let mut xml =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    let _written = writeln!(xml, "<url><loc>{origin}/</loc></url>\n<url><loc>{origin}/products</loc></url>");
    for entry in entries {
        let day = entry.updated_at.format("%Y-%m-%d");
        let _written = writeln!(xml, "<url><loc>{origin}{}</loc><lastmod>{day}</lastmod></url>", escape(&entry.path));
    }
    xml.push_str("</urlset>\n");
    Ok(HttpResponse::Ok()
        .insert_header((CACHE_CONTROL, "public, max-age=600"))
        .content_type("application/xml; charset=utf-8")
        .body(xml))
}

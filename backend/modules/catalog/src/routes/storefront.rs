//! Below `/api/v1/storefront`: what the shop shows to everybody.

use actix_web::web::Json;
use actix_web::{HttpRequest, HttpResponse, get};
use orion_framework::db::StoreTx;
use orion_framework::gate::Public;
use orion_framework::http::{Failure, Path, Query, Varies};
use orion_types::Page;
use orion_types::catalog::{CategorySummary, ListingQuery, ProductAvailability, ProductListing, ProductPage, Suggestion, SuggestionQuery};
use orion_types::store::HomePage;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::Catalog;
use crate::error::CatalogError;
use crate::service::finder::finder;
use crate::service::{categories, home, listing, page};

/// Registers the handlers.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_storefront_products)
        .service(get_storefront_product)
        .service(get_product_availability)
        .service(list_storefront_categories)
        .service(list_search_suggestions)
        .service(get_home);
}

/// Lists products on sale with what they can be narrowed by.
#[utoipa::path(
    tag = "shop",
    operation_id = "list_storefront_products",
    params(ListingQuery),
    responses((status = 200, body = ProductListing)),
    security(())
)]
#[get("/products")]
async fn list_storefront_products(
    shop: Public<Catalog>,
    request: HttpRequest,
    query: Query<ListingQuery>,
) -> Result<HttpResponse, Failure> {
    let found = async || {
        let finder = finder(&shop.access()).await;
        if let Some(known) = listing::known_listing(shop.store(), &finder, &query.0)? {
            return Ok(known);
        }
        finder.walk(shop.store(), &query.0).await?;
        match listing::known_listing(shop.store(), &finder, &query.0)? {
            Some(known) => Ok(known),
            None => shop.read(move |tx| listing::listing(tx, &finder, &query.0)).await,
        }
    };
    shop.cached(&request, Varies::ByQuery, found).await
}

/// Reads the page of a product. A renamed one is 404 with its present address in `detail`.
#[utoipa::path(
    tag = "shop",
    operation_id = "get_storefront_product",
    params(("slug" = String, Path)),
    responses((status = 200, body = ProductPage)),
    security(())
)]
#[get("/products/{slug}")]
async fn get_storefront_product(shop: Public<Catalog>, request: HttpRequest, slug: Path<String>) -> Result<HttpResponse, Failure> {
    let found = || shop.read(move |tx| page::product_page(tx, &slug.0));
    shop.cached(&request, Varies::Nowise, found).await
}

/// Tells how much of each variant can be bought now; never from a cache.
#[utoipa::path(
    tag = "shop",
    operation_id = "get_product_availability",
    params(("slug" = String, Path)),
    responses((status = 200, body = ProductAvailability)),
    security(())
)]
#[get("/products/{slug}/availability")]
async fn get_product_availability(shop: Public<Catalog>, slug: Path<String>) -> Result<Json<ProductAvailability>, Failure> {
    Ok(Json(shop.read(move |tx| page::availability(tx, &slug.0)).await?))
}

/// Lists all categories, each before those below it.
#[utoipa::path(
    tag = "shop",
    operation_id = "list_storefront_categories",
    responses((status = 200, body = Page<CategorySummary>)),
    security(())
)]
#[get("/categories")]
async fn list_storefront_categories(shop: Public<Catalog>, request: HttpRequest) -> Result<HttpResponse, Failure> {
    let all = || shop.read(|tx| Ok::<_, CatalogError>(Page::complete(categories::categories(tx)?)));
    shop.cached(&request, Varies::Nowise, all).await
}

/// Suggests products while somebody types.
#[utoipa::path(
    tag = "shop",
    operation_id = "list_search_suggestions",
    params(SuggestionQuery),
    responses((status = 200, body = Page<Suggestion>)),
    security(())
)]
#[get("/search/suggestions")]
async fn list_search_suggestions(
    shop: Public<Catalog>,
    request: HttpRequest,
    query: Query<SuggestionQuery>,
) -> Result<HttpResponse, Failure> {
    let found = async || {
        let finder = finder(&shop.access()).await;
        if let Some(known) = home::known_suggestions(shop.store(), &finder, &query.0.q) {
            return Ok(Page::complete(known));
        }
        home::walk_suggestions(shop.store(), &finder, &query.0.q).await?;
        if let Some(known) = home::known_suggestions(shop.store(), &finder, &query.0.q) {
            return Ok(Page::complete(known));
        }
        let look = move |tx: &mut StoreTx| Ok::<_, CatalogError>(Page::complete(home::suggestions(tx, &finder, &query.0.q)?));
        shop.read(look).await
    };
    shop.cached(&request, Varies::ByQuery, found).await
}

/// Reads the home page.
#[utoipa::path(
    tag = "shop",
    operation_id = "get_home",
    responses((status = 200, body = HomePage)),
    security(())
)]
#[get("/home")]
async fn get_home(shop: Public<Catalog>, request: HttpRequest) -> Result<HttpResponse, Failure> {
    shop.cached(&request, Varies::Nowise, || shop.read(home::home)).await
}

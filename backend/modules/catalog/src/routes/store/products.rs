//! Products.

use actix_web::web::Json;
use actix_web::{delete, get, patch, post, put};
use orion_framework::db::StoreTx;
use orion_framework::gate::Staff;
use orion_framework::http::{Body, Failure, IfMatch, NoContent, Path, Query, Versioned};
use orion_framework::idempotency::{Answered, Once};
use orion_framework::permission::{Reserved, rights};
use orion_types::catalog::{Product, ProductQuery, ProductSummary};
use orion_types::{Page, ProductId};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::service::{change, lifecycle, product_list, read, written};
use crate::wire::{UpdateProduct, WriteProduct};

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_products)
        .service(create_product)
        .service(get_product)
        .service(update_product)
        .service(change_product)
        .service(delete_product)
        .service(publish_product)
        .service(archive_product)
        .service(unarchive_product)
        .service(duplicate_product);
}

fn versioned(product: Product) -> Versioned<Product> {
    Versioned {
        version: product.version,
        body: product,
    }
}

fn created(answer: Answered) -> Answered {
    answer.below("/api/v1/store/products").versioned()
}

/// Lists products with the number of all that match.
#[utoipa::path(
    tag = "products",
    operation_id = "list_products",
    params(ProductQuery),
    responses((status = 200, body = Page<ProductSummary>)),
    security(("staff" = ["products.read"]))
)]
#[get("/products")]
async fn list_products(staff: Staff<rights::ProductsRead>, query: Query<ProductQuery>) -> Result<Json<Page<ProductSummary>>, Failure> {
    Ok(Json(staff.read(move |tx| product_list::list_products(tx, &query.0)).await?))
}

/// Creates a product, as a draft unless told otherwise.
#[utoipa::path(
    tag = "products",
    operation_id = "create_product",
    request_body = WriteProduct,
    responses((status = 201, body = Product)),
    security(("staff" = ["products.write"]))
)]
#[post("/products")]
async fn create_product(staff: Staff<rights::ProductsWrite>, body: Body<WriteProduct>) -> Result<Answered, Failure> {
    let create = move |tx: &mut StoreTx| written::create(tx, body.0);
    Ok(created(staff.once(Once::makes("create_product"), create).await?))
}

/// Reads a product; its version is the `ETag`.
#[utoipa::path(
    tag = "products",
    operation_id = "get_product",
    params(("id" = ProductId, Path)),
    responses((status = 200, body = Product)),
    security(("staff" = ["products.read"]))
)]
#[get("/products/{id}")]
async fn get_product(staff: Staff<rights::ProductsRead>, id: Path<ProductId>) -> Result<Versioned<Product>, Failure> {
    Ok(versioned(staff.read(move |tx| read::read_product(tx, id.0)).await?))
}

/// Replaces a product: variants with an id are changed, those without are new, and those in `removed_variant_ids` are removed. A variant
/// that is not spoken of is a 409 that says how much of it there is. What was read can be sent back as it is.
#[utoipa::path(
    tag = "products",
    operation_id = "update_product",
    params(("id" = ProductId, Path), ("If-Match" = String, Header)),
    request_body = WriteProduct,
    responses((status = 200, body = Product), (status = 409, description = "A variant is not spoken of, or an SKU or address is taken")),
    security(("staff" = ["products.write"]))
)]
#[put("/products/{id}")]
async fn update_product(
    staff: Staff<rights::ProductsWrite>,
    id: Path<ProductId>,
    if_match: IfMatch,
    body: Body<WriteProduct>,
) -> Result<Versioned<Product>, Failure> {
    let version = if_match.required()?;
    Ok(versioned(staff.tx(move |tx| written::replace(tx, id.0, version, body.0)).await?))
}

/// Changes what is named of a product; null clears.
#[utoipa::path(
    tag = "products",
    operation_id = "change_product",
    params(("id" = ProductId, Path), ("If-Match" = String, Header)),
    request_body = UpdateProduct,
    responses((status = 200, body = Product)),
    security(("staff" = ["products.write"]))
)]
#[patch("/products/{id}")]
async fn change_product(
    staff: Staff<rights::ProductsWrite>,
    id: Path<ProductId>,
    if_match: IfMatch,
    body: Body<UpdateProduct>,
) -> Result<Versioned<Product>, Failure> {
    let version = if_match.required()?;
    Ok(versioned(
        staff.tx(move |tx| change::change_product(tx, id.0, version, body.0)).await?,
    ))
}

/// Deletes a product; past orders keep their words.
#[utoipa::path(
    tag = "products",
    operation_id = "delete_product",
    params(("id" = ProductId, Path)),
    responses((status = 204)),
    security(("staff" = ["products.write"]))
)]
#[delete("/products/{id}")]
async fn delete_product(staff: Staff<Reserved<rights::ProductsWrite>>, id: Path<ProductId>) -> Result<NoContent, Failure> {
    staff.tx(move |tx| lifecycle::delete_product(tx, id.0)).await?;
    Ok(NoContent)
}

/// Puts a draft on sale.
#[utoipa::path(
    tag = "products",
    operation_id = "publish_product",
    params(("id" = ProductId, Path)),
    responses((status = 200, body = Product)),
    security(("staff" = ["products.write"]))
)]
#[post("/products/{id}/publish")]
async fn publish_product(staff: Staff<rights::ProductsWrite>, id: Path<ProductId>) -> Result<Answered, Failure> {
    let publish = move |tx: &mut StoreTx| lifecycle::publish_product(tx, id.0);
    Ok(staff.once(Once::answers("publish_product"), publish).await?.versioned())
}

/// Withdraws a product from sale.
#[utoipa::path(
    tag = "products",
    operation_id = "archive_product",
    params(("id" = ProductId, Path)),
    responses((status = 200, body = Product)),
    security(("staff" = ["products.write"]))
)]
#[post("/products/{id}/archive")]
async fn archive_product(staff: Staff<rights::ProductsWrite>, id: Path<ProductId>) -> Result<Answered, Failure> {
    let archive = move |tx: &mut StoreTx| lifecycle::archive_product(tx, id.0);
    Ok(staff.once(Once::answers("archive_product"), archive).await?.versioned())
}

/// Brings a product back from the archive, as a draft.
#[utoipa::path(
    tag = "products",
    operation_id = "unarchive_product",
    params(("id" = ProductId, Path)),
    responses((status = 200, body = Product)),
    security(("staff" = ["products.write"]))
)]
#[post("/products/{id}/unarchive")]
async fn unarchive_product(staff: Staff<rights::ProductsWrite>, id: Path<ProductId>) -> Result<Answered, Failure> {
    let unarchive = move |tx: &mut StoreTx| lifecycle::unarchive_product(tx, id.0);
    Ok(staff.once(Once::answers("unarchive_product"), unarchive).await?.versioned())
}

/// Copies a product as a draft, without its SKUs, stock and pictures.
#[utoipa::path(
    tag = "products",
    operation_id = "duplicate_product",
    params(("id" = ProductId, Path)),
    responses((status = 201, body = Product)),
    security(("staff" = ["products.write"]))
)]
#[post("/products/{id}/duplicate")]
async fn duplicate_product(staff: Staff<rights::ProductsWrite>, id: Path<ProductId>) -> Result<Answered, Failure> {
    let duplicate = move |tx: &mut StoreTx| lifecycle::duplicate_product(tx, id.0);
    Ok(created(staff.once(Once::makes("duplicate_product"), duplicate).await?))
}

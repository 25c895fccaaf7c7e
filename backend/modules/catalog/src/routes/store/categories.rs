//! Categories.

use actix_web::web::Json;
use actix_web::{delete, get, post, put};
use orion_framework::db::StoreTx;
use orion_framework::gate::Staff;
use orion_framework::http::{Body, Failure, IfMatch, NoContent, Path, Query, Versioned};
use orion_framework::idempotency::{Answered, Once};
use orion_framework::permission::{Reserved, rights};
use orion_types::catalog::{CategoryQuery, CategorySummary, SaveCategory};
use orion_types::{CategoryId, Page};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::service::categories;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_categories)
        .service(create_category)
        .service(get_category)
        .service(update_category)
        .service(delete_category);
}

fn versioned(category: CategorySummary) -> Versioned<CategorySummary> {
    Versioned {
        version: category.version,
        body: category,
    }
}

/// Lists categories, each before those below it.
#[utoipa::path(
    tag = "categories",
    operation_id = "list_categories",
    params(CategoryQuery),
    responses((status = 200, body = Page<CategorySummary>)),
    security(("staff" = ["products.read"]))
)]
#[get("/categories")]
async fn list_categories(staff: Staff<rights::ProductsRead>, query: Query<CategoryQuery>) -> Result<Json<Page<CategorySummary>>, Failure> {
    Ok(Json(staff.read(move |tx| categories::list_categories(tx, &query.0)).await?))
}

/// Creates a category.
#[utoipa::path(
    tag = "categories",
    operation_id = "create_category",
    request_body = SaveCategory,
    responses((status = 201, body = CategorySummary)),
    security(("staff" = ["products.write"]))
)]
#[post("/categories")]
async fn create_category(staff: Staff<rights::ProductsWrite>, body: Body<SaveCategory>) -> Result<Answered, Failure> {
    let create = move |tx: &mut StoreTx| categories::create_category(tx, body.0);
    let made = staff.once(Once::makes("create_category"), create).await?;
    Ok(made.below("/api/v1/store/categories").versioned())
}

/// Reads a category; its version is the `ETag`.
#[utoipa::path(
    tag = "categories",
    operation_id = "get_category",
    params(("id" = CategoryId, Path)),
    responses((status = 200, body = CategorySummary)),
    security(("staff" = ["products.read"]))
)]
#[get("/categories/{id}")]
async fn get_category(staff: Staff<rights::ProductsRead>, id: Path<CategoryId>) -> Result<Versioned<CategorySummary>, Failure> {
    Ok(versioned(staff.read(move |tx| categories::read_category(tx, id.0)).await?))
}

/// Replaces a category; with another parent, it moves there with all below it.
#[utoipa::path(
    tag = "categories",
    operation_id = "update_category",
    params(("id" = CategoryId, Path), ("If-Match" = String, Header)),
    request_body = SaveCategory,
    responses((status = 200, body = CategorySummary)),
    security(("staff" = ["products.write"]))
)]
#[put("/categories/{id}")]
async fn update_category(
    staff: Staff<rights::ProductsWrite>,
    id: Path<CategoryId>,
    if_match: IfMatch,
    body: Body<SaveCategory>,
) -> Result<Versioned<CategorySummary>, Failure> {
    let version = if_match.required()?;
    Ok(versioned(
        staff.tx(move |tx| categories::update_category(tx, id.0, version, body.0)).await?,
    ))
}

/// Deletes a category: those below it move up, its products stay in the shop.
#[utoipa::path(
    tag = "categories",
    operation_id = "delete_category",
    params(("id" = CategoryId, Path)),
    responses((status = 204)),
    security(("staff" = ["products.write"]))
)]
#[delete("/categories/{id}")]
async fn delete_category(staff: Staff<Reserved<rights::ProductsWrite>>, id: Path<CategoryId>) -> Result<NoContent, Failure> {
    staff.tx(move |tx| categories::delete_category(tx, id.0)).await?;
    Ok(NoContent)
}

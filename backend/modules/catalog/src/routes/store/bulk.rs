//! Several products, or prices, with one request.

use actix_web::post;
use orion_framework::db::StoreTx;
use orion_framework::gate::Staff;
use orion_framework::http::{Body, Failure};
use orion_framework::idempotency::{Answered, Once};
use orion_framework::permission::rights;
use orion_types::Page;
use orion_types::several::Outcome;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::service::bulk;
use crate::wire::{SetPrices, SetStatuses};

pub(super) fn configure(config: &mut ServiceConfig) {
    config.service(change_product_statuses).service(change_prices);
}

/// Brings several products to a status, and tells what became of each: what is refused leaves the others as they are.
#[utoipa::path(
    tag = "products",
    operation_id = "change_product_statuses",
    request_body = SetStatuses,
    responses((status = 200, body = Page<Outcome>)),
    security(("staff" = ["products.write"]))
)]
#[post("/bulk/product-statuses")]
async fn change_product_statuses(staff: Staff<rights::ProductsWrite>, body: Body<SetStatuses>) -> Result<Answered, Failure> {
    let set = move |tx: &mut StoreTx| bulk::set_statuses(tx, &body.0);
    Ok(staff.once(Once::answers("change_product_statuses"), set).await?)
}

/// Sets the prices of several variants, and tells what became of each: what is refused leaves the others as they are.
#[utoipa::path(
    tag = "products",
    operation_id = "change_prices",
    request_body = SetPrices,
    responses((status = 200, body = Page<Outcome>)),
    security(("staff" = ["products.write"]))
)]
#[post("/bulk/prices")]
async fn change_prices(staff: Staff<rights::ProductsWrite>, body: Body<SetPrices>) -> Result<Answered, Failure> {
    let set = move |tx: &mut StoreTx| bulk::set_prices(tx, body.0);
    Ok(staff.once(Once::answers("change_prices"), set).await?)
}

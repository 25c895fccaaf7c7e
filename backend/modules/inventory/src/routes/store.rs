//! `/api/v1/store`: stock for the staff.

use actix_web::web::Json;
use actix_web::{HttpRequest, get, post};
use orion_framework::db::StoreTx;
use orion_framework::gate::Staff;
use orion_framework::http::{Body, Failure, Query};
use orion_framework::idempotency::{self, Answered, Asked};
use orion_framework::permission::rights;
use orion_types::Page;
use orion_types::inventory::{AdjustInventory, InventoryLevel, InventoryMovement, InventoryQuery, MovementQuery};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::service;

/// Registers the handlers.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list_inventory)
        .service(list_movements)
        .service(adjust_inventory)
        .service(list_low_stock);
}

/// Lists the stock of every variant that has any kept.
#[utoipa::path(
    tag = "inventory",
    operation_id = "list_inventory",
    params(InventoryQuery),
    responses((status = 200, body = Page<InventoryLevel>)),
    security(("staff" = ["inventory.read"]))
)]
#[get("/inventory")]
pub async fn list_inventory(
    staff: Staff<rights::InventoryRead>,
    query: Query<InventoryQuery>,
) -> Result<Json<Page<InventoryLevel>>, Failure> {
    let page = staff.read(move |tx| service::list_levels(tx, &query.0)).await?;
    Ok(Json(page))
}

/// Lists the stock ledger, newest first.
#[utoipa::path(
    tag = "inventory",
    operation_id = "list_inventory_movements",
    params(MovementQuery),
    responses((status = 200, body = Page<InventoryMovement>)),
    security(("staff" = ["inventory.read"]))
)]
#[get("/inventory/movements")]
pub async fn list_movements(
    staff: Staff<rights::InventoryRead>,
    query: Query<MovementQuery>,
) -> Result<Json<Page<InventoryMovement>>, Failure> {
    let page = staff.read(move |tx| service::list_movements(tx, &query.0)).await?;
    Ok(Json(page))
}

/// Adds or takes away units by hand. The same key again moves nothing more.
#[utoipa::path(
    tag = "inventory",
    operation_id = "adjust_inventory",
    params(("Idempotency-Key" = Option<String>, Header, description = "1–255 printable characters, new for every change")),
    request_body = AdjustInventory,
    responses((status = 201, body = InventoryLevel)),
    security(("staff" = ["inventory.write"]))
)]
#[post("/inventory/adjustments")]
pub async fn adjust_inventory(
    staff: Staff<rights::InventoryWrite>,
    request: HttpRequest,
    body: Body<AdjustInventory>,
) -> Result<Answered, Failure> {
    let body = body.0;
    let asked = Asked::of(&request, format!("user:{}", staff.user_id()), "adjust_inventory", &body)?;
    let adjust = move |tx: &mut StoreTx| idempotency::once(tx, asked.as_ref(), 201, |tx| service::adjust(tx, &body));
    Ok(staff.tx(adjust).await?.at("/api/v1/store/inventory".to_owned()))
}

/// Lists what runs out, fewest units first.
#[utoipa::path(
    tag = "dashboard",
    operation_id = "list_low_stock",
    responses((status = 200, body = Page<InventoryLevel>)),
    security(("staff" = ["inventory.read"]))
)]
#[get("/dashboard/low-stock")]
pub async fn list_low_stock(staff: Staff<rights::InventoryRead>) -> Result<Json<Page<InventoryLevel>>, Failure> {
    let page = staff.read(service::list_low_stock).await?;
    Ok(Json(page))
}

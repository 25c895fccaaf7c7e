//! `/api/v1/store`: stock for the staff.

use actix_web::web::Json;
use actix_web::{HttpRequest, get, patch, post};
use orion_framework::db::StoreTx;
use orion_framework::gate::Staff;
use orion_framework::http::{Body, Failure, IfMatch, Path, Query, Versioned};
use orion_framework::idempotency::{self, Answered, Asked, Once};
use orion_framework::permission::rights;
use orion_types::inventory::{
    AdjustInventory, CountInventory, CountSeveral, InventoryLevel, InventoryMovement, InventoryQuery, MovementQuery,
};
use orion_types::several::Outcome;
use orion_types::{Page, VariantId};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::service;

/// Registers the handlers.
pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list_inventory)
        .service(list_movements)
        .service(adjust_inventory)
        .service(list_low_stock)
        .service(get_inventory)
        .service(change_inventory)
        .service(change_inventories);
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
    let asked = Asked::of(&request, staff.principal().holder(), "adjust_inventory", &body)?;
    let adjust = move |tx: &mut StoreTx| idempotency::once(tx, asked.as_ref(), 201, |tx| service::adjust(tx, &body));
    Ok(staff.tx(adjust).await?.at("/api/v1/store/inventory".to_owned()))
}

/// Reads the stock of a variant. Its `ETag` is the number of units in the house.
#[utoipa::path(
    tag = "inventory",
    operation_id = "get_inventory",
    params(("variant_id" = VariantId, Path)),
    responses((status = 200, body = InventoryLevel, headers(("ETag" = String)))),
    security(("staff" = ["inventory.read"]))
)]
#[get("/inventory/{variant_id}")]
pub async fn get_inventory(staff: Staff<rights::InventoryRead>, id: Path<VariantId>) -> Result<Versioned<InventoryLevel>, Failure> {
    Ok(counted(staff.read(move |tx| service::read(tx, id.0)).await?))
}

/// Sets the stock of a variant to what was counted, if it is still what `If-Match` says.
#[utoipa::path(
    tag = "inventory",
    operation_id = "change_inventory",
    params(("variant_id" = VariantId, Path), ("If-Match" = String, Header)),
    request_body = CountInventory,
    responses((status = 200, body = InventoryLevel, headers(("ETag" = String)))),
    security(("staff" = ["inventory.write"]))
)]
#[patch("/inventory/{variant_id}")]
pub async fn change_inventory(
    staff: Staff<rights::InventoryWrite>,
    id: Path<VariantId>,
    if_match: IfMatch,
    body: Body<CountInventory>,
) -> Result<Versioned<InventoryLevel>, Failure> {
    let expected = if_match.required()?;
    Ok(counted(staff.tx(move |tx| service::count(tx, id.0, expected, &body.0)).await?))
}

/// The count is the version: who sets it knows what it was.
fn counted(level: InventoryLevel) -> Versioned<InventoryLevel> {
    Versioned {
        version: level.on_hand,
        body: level,
    }
}

/// Sets the stock of several variants to what was counted, and tells what became of each: what is refused leaves the others as they are.
#[utoipa::path(
    tag = "inventory",
    operation_id = "change_inventories",
    request_body = CountSeveral,
    responses((status = 200, body = Page<Outcome>)),
    security(("staff" = ["inventory.write"]))
)]
#[post("/bulk/inventory")]
pub async fn change_inventories(staff: Staff<rights::InventoryWrite>, body: Body<CountSeveral>) -> Result<Answered, Failure> {
    let count = move |tx: &mut StoreTx| service::count_several(tx, &body.0);
    Ok(staff.once(Once::answers("change_inventories"), count).await?)
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

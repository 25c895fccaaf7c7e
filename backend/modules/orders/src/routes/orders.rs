//! `/api/v1/store/orders`: orders for the staff.

use actix_web::web::Json;
use actix_web::{HttpRequest, get, patch, post};
use orion_framework::db::StoreTx;
use orion_framework::gate::Staff;
use orion_framework::http::{Body, Failure, IfMatch, Path, Query, Versioned};
use orion_framework::idempotency::{self, Answered, Asked, Once};
use orion_framework::permission::rights;
use orion_types::order::{CancelOrder, CreateFulfilment, MarkPaid, Order, OrderQuery, OrderSummary};
use orion_types::{OrderId, Page};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::service::orders::{self, UpdateOrder};

pub fn configure(config: &mut ServiceConfig) {
    config
        .service(list_orders)
        .service(get_order)
        .service(update_order)
        .service(mark_order_paid)
        .service(create_fulfilment)
        .service(cancel_order);
}

/// Lists orders. Attempts whose payment was never confirmed show only when a status is asked for, or payments that failed.
#[utoipa::path(
    tag = "orders",
    operation_id = "list_orders",
    params(OrderQuery),
    responses((status = 200, body = Page<OrderSummary>)),
    security(("staff" = ["orders.read"]))
)]
#[get("/orders")]
pub async fn list_orders(staff: Staff<rights::OrdersRead>, query: Query<OrderQuery>) -> Result<Json<Page<OrderSummary>>, Failure> {
    let page = staff.read(move |tx| orders::list_orders(tx, &query.0)).await?;
    Ok(Json(page))
}

/// Shows an order with its payments, shipments and history.
#[utoipa::path(
    tag = "orders",
    operation_id = "get_order",
    params(("id" = OrderId, Path, description = "The order")),
    responses((status = 200, body = Order)),
    security(("staff" = ["orders.read"]))
)]
#[get("/orders/{id}")]
pub async fn get_order(staff: Staff<rights::OrdersRead>, id: Path<OrderId>) -> Result<Versioned<Order>, Failure> {
    Ok(versioned(staff.read(move |tx| orders::get_order(tx, id.0)).await?))
}

fn versioned(order: Order) -> Versioned<Order> {
    Versioned {
        version: order.version,
        body: order,
    }
}

/// Changes what other programs have noted of an order; null clears.
#[utoipa::path(
    tag = "orders",
    operation_id = "update_order",
    params(("id" = OrderId, Path, description = "The order"), ("If-Match" = String, Header)),
    request_body = UpdateOrder,
    responses((status = 200, body = Order)),
    security(("staff" = ["orders.write"]))
)]
#[patch("/orders/{id}")]
pub async fn update_order(
    staff: Staff<rights::OrdersWrite>,
    id: Path<OrderId>,
    if_match: IfMatch,
    body: Body<UpdateOrder>,
) -> Result<Versioned<Order>, Failure> {
    let version = if_match.required()?;
    Ok(versioned(staff.tx(move |tx| orders::change(tx, id.0, version, body.0)).await?))
}

/// Notes that the money of an order has arrived.
#[utoipa::path(
    tag = "orders",
    operation_id = "mark_order_paid",
    params(("id" = OrderId, Path, description = "The order")),
    request_body = MarkPaid,
    responses((status = 200, body = Order), (status = 409, description = "Not possible in the order's state")),
    security(("staff" = ["orders.write"]))
)]
#[post("/orders/{id}/mark-paid")]
pub async fn mark_order_paid(staff: Staff<rights::OrdersWrite>, id: Path<OrderId>, body: Body<MarkPaid>) -> Result<Answered, Failure> {
    let mark = move |tx: &mut StoreTx| orders::mark_paid(tx, id.0, &body.0);
    Ok(staff.once(Once::answers("mark_order_paid"), mark).await?.versioned())
}

/// Ships items of an order: those in the list, or everything that is left where there is none. The same key again ships nothing more.
#[utoipa::path(
    tag = "orders",
    operation_id = "create_fulfilment",
    params(("id" = OrderId, Path, description = "The order")),
    request_body = CreateFulfilment,
    responses((status = 201, body = Order), (status = 409, description = "Not possible in the order's state")),
    security(("staff" = ["orders.write"]))
)]
#[post("/orders/{id}/fulfilments")]
pub async fn create_fulfilment(
    staff: Staff<rights::OrdersWrite>,
    request: HttpRequest,
    id: Path<OrderId>,
    body: Body<CreateFulfilment>,
) -> Result<Answered, Failure> {
    let (id, body) = (id.0, body.0);
    let asked = Asked::of(&request, staff.principal().holder(), "create_fulfilment", &(id, &body))?;
    let fulfil = move |tx: &mut StoreTx| idempotency::once(tx, asked.as_ref(), 201, |tx| orders::fulfil(tx, id, &body));
    Ok(staff.tx(fulfil).await?.at(format!("/api/v1/store/orders/{id}")))
}

/// Calls an order off before anything was shipped.
#[utoipa::path(
    tag = "orders",
    operation_id = "cancel_order",
    params(("id" = OrderId, Path, description = "The order")),
    request_body = CancelOrder,
    responses((status = 200, body = Order), (status = 409, description = "Not possible in the order's state")),
    security(("staff" = ["orders.write"]))
)]
#[post("/orders/{id}/cancel")]
pub async fn cancel_order(staff: Staff<rights::OrdersWrite>, id: Path<OrderId>, body: Body<CancelOrder>) -> Result<Answered, Failure> {
    let cancel = move |tx: &mut StoreTx| orders::cancel(tx, id.0, &body.0);
    Ok(staff.once(Once::answers("cancel_order"), cancel).await?.versioned())
}

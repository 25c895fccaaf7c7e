//! `/api/v1/storefront/account/orders`: a customer's own orders.

use actix_web::get;
use actix_web::web::Json;
use orion_framework::gate::Customer;
use orion_framework::http::{Failure, Path, Query};
use orion_types::order::{OrderConfirmation, OrderSummary};
use orion_types::{OrderId, Page};
use serde::Deserialize;
use utoipa::IntoParams;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::Orders;
use crate::service::account;

pub fn configure(config: &mut ServiceConfig) {
    config.service(list_orders).service(get_order);
}

/// Which page of one's orders to show.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields, default)]
pub struct AccountOrderQuery {
    /// From the page before.
    pub cursor: Option<String>,
    /// 1–100, 20 unless told.
    pub limit: Option<u32>,
}

/// Lists one's own orders, newest first.
#[utoipa::path(
    tag = "account",
    operation_id = "list_account_orders",
    params(AccountOrderQuery),
    responses((status = 200, body = Page<OrderSummary>)),
    security(("customer" = []))
)]
#[get("/account/orders")]
pub async fn list_orders(customer: Customer<Orders>, query: Query<AccountOrderQuery>) -> Result<Json<Page<OrderSummary>>, Failure> {
    let id = customer.identity().id;
    let AccountOrderQuery { cursor, limit } = query.0;
    let page = customer
        .read(move |tx| account::list_orders(tx, id, cursor.as_deref(), limit))
        .await?;
    Ok(Json(page))
}

/// Shows one of one's own orders.
#[utoipa::path(
    tag = "account",
    operation_id = "get_account_order",
    params(("id" = OrderId, Path, description = "The order")),
    responses((status = 200, body = OrderConfirmation)),
    security(("customer" = []))
)]
#[get("/account/orders/{id}")]
pub async fn get_order(customer: Customer<Orders>, id: Path<OrderId>) -> Result<Json<OrderConfirmation>, Failure> {
    let customer_id = customer.identity().id;
    let order = customer.read(move |tx| account::get_order(tx, customer_id, id.0)).await?;
    Ok(Json(order))
}

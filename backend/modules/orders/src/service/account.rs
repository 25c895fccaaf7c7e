//! A customer's own orders.

use orion_framework::db::{StoreTx, cursor, page_limit};
use orion_types::order::{OrderConfirmation, OrderSummary};
use orion_types::{CustomerId, OrderId, Page};

use super::orders::{self, detail};
use crate::error::OrdersError;
use crate::queries;
use crate::queries::order_list::{OrderFilter, OrderSort};

/// A page of the customer's orders, newest first.
pub fn list_orders(
    tx: &mut StoreTx,
    customer_id: CustomerId,
    cursor: Option<&str>,
    limit: Option<u32>,
) -> Result<Page<OrderSummary>, OrdersError> {
    let filter = OrderFilter {
        customer_id: Some(customer_id.0),
        after: cursor::decode_in(cursor, |place| OrderSort::Placed.has(place))?,
        limit: page_limit(limit)?,
        ..OrderFilter::default()
    };
    orders::page(tx, &filter)
}

/// One of the customer's orders; somebody else's is not there.
pub fn get_order(tx: &mut StoreTx, customer_id: CustomerId, order_id: OrderId) -> Result<OrderConfirmation, OrdersError> {
    let order = queries::orders::find_order(tx, order_id.0)?;
    let own = order.filter(|order| order.customer_id == Some(customer_id.0));
    Ok(detail::confirmation(tx, own.ok_or(OrdersError::NotFound)?)?)
}

//! A customer's own orders.

use orion_events::OrderUpdated;
use orion_framework::db::{AuditEntry, DbError, StoreTx, cursor, page_limit};
use orion_types::order::{OrderConfirmation, OrderSummary};
use orion_types::validation::email_spellings;
use orion_types::{CustomerId, OrderId, Page};
use uuid::Uuid;

use super::orders::{self, detail, told};
use crate::error::OrdersError;
use crate::queries;
use crate::queries::order_list::{OrderFilter, OrderSort};

/// Gives an account what was ordered with its address without one, now that its owner has proved that it is theirs. What another account has
/// ordered stays that one's, whatever address it was ordered with.
pub fn join_guest_orders(tx: &mut StoreTx, customer_id: CustomerId, email: &str) -> Result<(), DbError> {
    let mut found = queries::orders::lock_of_address(tx, &email_spellings(email))?;
    let buyers: Vec<Uuid> = found.iter().filter_map(|order| order.customer_id).collect();
    let guests = orion_customers::guests_among(tx, &buyers)?;
    found.retain(|order| order.customer_id.is_none_or(|buyer| guests.contains(&buyer)));
    let ids: Vec<Uuid> = found.iter().map(|order| order.id).collect();
    if ids.is_empty() {
        return Ok(());
    }
    queries::orders::give_to(tx, customer_id.0, &ids)?;
    for order in &mut found {
        let before = order.customer_id.replace(customer_id.0);
        tx.audit(AuditEntry::new("order.joined_account", "orders", order.id).change("customer_id", before, order.customer_id));
        tx.emit(&OrderUpdated(told::facts(order)));
    }
    Ok(())
}

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

//! Orders shown to somebody who is not signed in.

use orion_framework::db::StoreTx;
use orion_types::OrderId;
use orion_types::order::{OrderConfirmation, TrackOrder};
use orion_types::validation;
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::orders::detail;
use crate::error::OrdersError;
use crate::queries::{fulfilments, history, orders};
use crate::service::owner::CartOwner;

/// The order behind an access token, which the caller has checked.
pub fn look_up(tx: &mut StoreTx, order_id: OrderId) -> Result<OrderConfirmation, OrdersError> {
    let order = orders::find_order(tx, order_id.0)?.ok_or(OrdersError::NotFound)?;
    Ok(detail::confirmation(tx, order)?)
}

/// The order of whoever asks: the one they are signed in for, or the one that their cart became.
pub fn own(tx: &mut StoreTx, owner: &CartOwner, order_id: OrderId) -> Result<OrderConfirmation, OrdersError> {
    let order = orders::find_order(tx, order_id.0)?.ok_or(OrdersError::NotFound)?;
    if !orders::belongs_to(tx, order.id, owner)? {
        return Err(OrdersError::NotFound);
    }
    Ok(detail::confirmation(tx, order)?)
}

/// The order with this number, for whoever knows the address it was placed with.
///
/// A wrong number, a wrong address and a wrong shop are one answer after the same work, so that nobody finds out which numbers exist.
pub fn track(tx: &mut StoreTx, request: &TrackOrder) -> Result<OrderConfirmation, OrdersError> {
    let email = validation::normalise_email(&request.email);
    let found = orders::find_by_number(tx, request.number)?.filter(|order| same(&order.email, &email));
    match found {
        Some(order) => Ok(detail::confirmation(tx, order)?),
        None => {
            look_busy(tx)?;
            Err(OrdersError::NotFound)
        }
    }
}

fn same(stored: &str, given: &str) -> bool {
    // An order may be older than the rule that keeps one spelling of a domain.
    validation::normalise_email(stored).as_bytes().ct_eq(given.as_bytes()).into()
}

/// The queries of a hit, for an order that does not exist.
fn look_busy(tx: &mut StoreTx) -> Result<(), OrdersError> {
    let nobody = Uuid::nil();
    orders::list_items(tx, nobody)?;
    history::list_history(tx, nobody)?;
    fulfilments::list_fulfilments(tx, nobody)?;
    orion_payments::list_payments(tx, OrderId(nobody))?;
    Ok(())
}

//! What staff do with orders.

mod cancel;
pub mod detail;
mod fulfil;
pub mod history;
pub mod list;
mod mark_paid;
mod marks;
mod stock;
pub mod told;

pub use cancel::cancel;
pub use detail::get_order;
pub use fulfil::fulfil;
pub use list::{list_orders, page};
pub use mark_paid::mark_paid;
pub use marks::{UpdateOrder, change};
pub use stock::{release_stock, ship_stock};

use orion_framework::db::StoreTx;
use orion_rules::order_state::{self, Action};
use orion_types::OrderId;

use crate::error::OrdersError;
use crate::model::order::OrderRow;
use crate::queries::orders;

/// The order, locked until the transaction ends. An attempt whose payment is still open belongs to the provider, and staff keep
/// out of it.
fn lock_order(tx: &mut StoreTx, order_id: OrderId) -> Result<OrderRow, OrdersError> {
    let order = orders::lock_order(tx, order_id.0)?.ok_or(OrdersError::NotFound)?;
    match order.number {
        Some(_) => Ok(order),
        None => Err(OrdersError::IllegalTransition(
            "The payment of this order was never confirmed.".to_owned(),
        )),
    }
}

/// The order, locked, as it is after `action`; not yet saved, but what is done is told.
fn advance(tx: &mut StoreTx, order_id: OrderId, action: Action) -> Result<OrderRow, OrdersError> {
    let mut order = lock_order(tx, order_id)?;
    let before = order.state();
    order.set_state(order_state::apply(before, action)?);
    told::moved(tx, before, action, &order);
    Ok(order)
}

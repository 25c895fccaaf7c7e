//! The history of an order: what happened, who did it, and whether the buyer sees it.

use orion_framework::db::{DbError, StoreTx};

use crate::model::order::{HistoryRow, OrderRow};
use crate::queries;

/// The order counts.
pub const PLACED: &str = "placed";
/// The provider was asked for the money.
pub const PAYMENT_STARTED: &str = "payment_started";
/// The money has arrived.
pub const PAID: &str = "paid";
/// The provider took no money.
pub const PAYMENT_FAILED: &str = "payment_failed";
/// Money came after the order was called off, and went back.
pub const LATE_PAYMENT_RETURNED: &str = "late_payment_returned";
/// Goods were shipped.
pub const FULFILLED: &str = "fulfilled";
/// The order was called off.
pub const CANCELLED: &str = "cancelled";
/// The order was called off and its money has to go back.
pub const REFUNDED: &str = "refunded";

/// An entry about the order as it is, not yet written.
pub fn entry(tx: &StoreTx, order: &OrderRow, event: &str, customer_visible: bool) -> HistoryRow {
    HistoryRow {
        store_id: tx.store_id(),
        id: tx.new_id(),
        order_id: order.id,
        event: event.to_owned(),
        from_status: None,
        to_status: None,
        actor_kind: tx.actor().kind.as_str().to_owned(),
        actor_label: tx.actor().label.clone(),
        note: String::new(),
        customer_visible,
        created_at: tx.now(),
    }
}

/// Writes that something happened; `from` is the status that the order had before.
pub fn write(tx: &mut StoreTx, order: &OrderRow, event: &str, from: Option<String>, customer_visible: bool) -> Result<(), DbError> {
    noted(tx, order, event, from, customer_visible, "")
}

/// Like [`write`], with a note of whoever did it.
pub fn noted(
    tx: &mut StoreTx,
    order: &OrderRow,
    event: &str,
    from: Option<String>,
    customer_visible: bool,
    note: &str,
) -> Result<(), DbError> {
    let entry = entry(tx, order, event, customer_visible);
    let entry = HistoryRow {
        from_status: from,
        to_status: Some(order.status.clone()),
        note: note.to_owned(),
        ..entry
    };
    queries::history::insert_history(tx, &entry)
}

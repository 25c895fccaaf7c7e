//! The money of an order has arrived.

use orion_framework::db::{AuditEntry, StoreTx};
use orion_framework::problem::FieldErrors;
use orion_rules::order_state::Action;
use orion_types::OrderId;
use orion_types::order::{MarkPaid, Order};
use orion_types::validation;

use super::{advance, detail, history};
use crate::error::OrdersError;
use crate::queries::orders;

/// Longest note, in characters.
pub const MAX_NOTE_LENGTH: usize = 500;

/// Notes that a person has seen the money.
pub fn mark_paid(tx: &mut StoreTx, order_id: OrderId, request: &MarkPaid) -> Result<Order, OrdersError> {
    let mut errors = FieldErrors::default();
    let note = errors
        .check("/note", validation::optional(&request.note, MAX_NOTE_LENGTH))
        .flatten()
        .unwrap_or_default();
    errors.into_result()?;
    let order = advance(tx, order_id, Action::MarkPaid)?;
    orion_payments::record_manual(tx, order_id, order.total())?;
    orders::save_state(tx, &order)?;
    history::noted(tx, &order, history::PAID, None, true, note)?;
    tx.audit(AuditEntry::new("order.paid", "orders", order.id).note("total_minor", order.total_minor));
    let order = detail::load(tx, order)?;
    Ok(order.into_order())
}

//! An order is called off.

use orion_framework::db::{AuditEntry, StoreTx};
use orion_framework::problem::FieldErrors;
use orion_rules::order_state::Action;
use orion_types::OrderId;
use orion_types::order::{CancelOrder, Order};
use orion_types::status::PaymentStatus;
use orion_types::validation;

use super::mark_paid::MAX_NOTE_LENGTH;
use super::{advance, detail, history, release_stock};
use crate::error::OrdersError;
use crate::jobs::{Message, SendOrderMail};
use crate::queries::orders;

/// Calls an order off before anything was shipped: its stock is free again, its payment is voided or given back.
pub fn cancel(tx: &mut StoreTx, order_id: OrderId, request: &CancelOrder) -> Result<Order, OrdersError> {
    let mut errors = FieldErrors::default();
    let reason = errors
        .check("/reason", validation::optional(&request.reason, MAX_NOTE_LENGTH))
        .flatten();
    errors.into_result()?;
    let mut order = advance(tx, order_id, Action::Cancel)?;
    order.cancel_reason = reason.map(str::to_owned);
    order.cancelled_at = Some(tx.now());
    release_stock(tx, &order)?;
    orion_payments::close(tx, order_id)?;
    orders::save_state(tx, &order)?;
    history::noted(tx, &order, history::CANCELLED, None, true, reason.unwrap_or_default())?;
    if order.state().payment == PaymentStatus::Refunded {
        history::write(tx, &order, history::REFUNDED, None, true)?;
    }
    tx.audit(AuditEntry::new("order.cancelled", "orders", order.id).note("reason", reason));
    tx.enqueue(&SendOrderMail {
        order_id,
        message: Message::Cancelled,
    });
    let order = detail::load(tx, order)?;
    Ok(order.into_order())
}

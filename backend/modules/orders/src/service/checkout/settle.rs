//! The second transaction of a checkout: what the provider said becomes the order's fate. Whoever asks second finds it done.

use orion_framework::db::{AuditEntry, DbError, StoreTx};
use orion_payments::{Outcome, Payment, PaymentState};
use orion_rules::order_state::{self, Action};
use orion_types::OrderId;
use orion_types::order::OrderConfirmation;
use orion_types::status::OrderStatus;

use crate::error::OrdersError;
use crate::health::ORDERS_CREATED;
use crate::jobs::{Message, SendOrderMail};
use crate::model::order::OrderRow;
use crate::queries::{carts, orders, placing};
use crate::service::cart;
use crate::service::orders::{detail, history, release_stock, told};

/// What became of an order that waited for its payment.
#[derive(Debug)]
pub enum Settled {
    /// It is paid and has its number.
    Confirmed(Box<OrderConfirmation>),
    /// It is called off, and the cart is open again.
    Declined { code: String },
    /// The card's owner has to agree.
    AwaitingConfirmation,
    /// Nobody knows yet.
    Processing,
}

/// Applies what the provider said. Every repetition and every race ends in the same state: the order's row is locked first.
pub fn settle(tx: &mut StoreTx, order_id: OrderId, payment: &Payment, outcome: &Outcome) -> Result<Settled, OrdersError> {
    tx.no_audit("a repetition only locks the order; what changes it audits itself");
    let order = orders::lock_order(tx, order_id.0)?.ok_or(OrdersError::NotFound)?;
    if order.number.is_some() {
        return Ok(Settled::Confirmed(Box::new(detail::confirmation(tx, order)?)));
    }
    if order.state().order == OrderStatus::Cancelled {
        return called_off(tx, &order, payment, outcome);
    }
    match outcome {
        Outcome::Captured { .. } => confirm(tx, order, payment, outcome),
        Outcome::Declined { code } => decline(tx, order, payment, outcome, code),
        Outcome::RequiresConfirmation { .. } => {
            orion_payments::record_outcome(tx, payment, outcome)?;
            Ok(Settled::AwaitingConfirmation)
        }
        Outcome::Pending => Ok(Settled::Processing),
    }
}

fn confirm(tx: &mut StoreTx, mut order: OrderRow, payment: &Payment, outcome: &Outcome) -> Result<Settled, OrdersError> {
    let before = order.state();
    order.set_state(order_state::apply(before, Action::MarkPaid)?);
    orion_payments::record_outcome(tx, payment, outcome)?;
    let number = placing::confirm_order(tx, &order)?.ok_or(OrdersError::Db(DbError::NotFound))?;
    order.number = Some(number);
    order.placed_at = tx.now();
    history::write(tx, &order, history::PLACED, None, true)?;
    history::write(tx, &order, history::PAID, Some(before.order.as_str().to_owned()), true)?;
    tx.audit(AuditEntry::new("order.confirmed", "orders", order.id).note("number", number));
    tx.count(ORDERS_CREATED);
    tx.enqueue(&SendOrderMail {
        order_id: order.order_id(),
        message: Message::Confirmation,
    });
    let detail = detail::load(tx, order)?;
    told::placed(tx, &detail.row, number, &detail.items);
    told::moved(tx, before, Action::MarkPaid, &detail.row);
    Ok(Settled::Confirmed(Box::new(detail::with_instructions(tx, detail)?)))
}

/// The attempt is called off as well, which nobody is told: it never was an order that counts.
fn decline(tx: &mut StoreTx, mut order: OrderRow, payment: &Payment, outcome: &Outcome, code: &str) -> Result<Settled, OrdersError> {
    let before = order.state();
    let failed = order_state::apply(before, Action::PaymentFailed)?;
    order.set_state(order_state::apply(failed, Action::Cancel)?);
    order.cancel_reason = Some(code.to_owned());
    order.cancelled_at = Some(tx.now());
    orion_payments::record_outcome(tx, payment, outcome)?;
    orders::save_state(tx, &order)?;
    // Cart before stock, as every checkout locks them.
    reopen_cart(tx, &order)?;
    release_stock(tx, &order)?;
    history::write(tx, &order, history::PAYMENT_FAILED, Some(before.order.as_str().to_owned()), true)?;
    told::moved(tx, before, Action::PaymentFailed, &order);
    tx.audit(AuditEntry::new("order.payment_failed", "orders", order.id).note("code", code));
    Ok(Settled::Declined { code: code.to_owned() })
}

/// The order is cancelled already. Should the money have come all the same, it goes back.
fn called_off(tx: &mut StoreTx, order: &OrderRow, payment: &Payment, outcome: &Outcome) -> Result<Settled, OrdersError> {
    if let Outcome::Captured { reference } = outcome
        && payment.state != PaymentState::Refunded
        && orion_payments::record_late_capture(tx, payment, reference)?
    {
        history::write(tx, order, history::LATE_PAYMENT_RETURNED, None, true)?;
        tx.audit(AuditEntry::new("order.late_payment_returned", "orders", order.id));
    }
    let code = order.cancel_reason.clone().unwrap_or_else(|| "cancelled".to_owned());
    Ok(Settled::Declined { code })
}

/// The customer finds the cart as it was; where a new one was begun in the meantime, the old lines join it.
fn reopen_cart(tx: &mut StoreTx, order: &OrderRow) -> Result<(), OrdersError> {
    let Some(cart_id) = order.cart_id else { return Ok(()) };
    if !carts::lock_cart(tx, cart_id, "ordered")? {
        return Ok(());
    }
    let begun = match carts::customer_of(tx, cart_id)? {
        Some(customer_id) => carts::find_cart(tx, &crate::service::owner::CartOwner::customer(customer_id.into()))?,
        None => carts::find_following(tx, cart_id)?,
    };
    match begun {
        None => carts::set_status(tx, cart_id, "open")?,
        Some(begun) => {
            let lines = carts::list_lines(tx, cart_id)?;
            cart::join(tx, &begun, &lines)?;
            carts::set_status(tx, cart_id, "merged")?;
        }
    }
    Ok(())
}

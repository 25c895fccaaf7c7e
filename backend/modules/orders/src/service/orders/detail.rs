//! An order with everything that belongs to it.

use orion_framework::db::{DbError, StoreTx};
use orion_payments::{Due, Instructions, Payment, ProviderId};
use orion_types::OrderId;
use orion_types::order::{Order, OrderConfirmation};
use orion_types::status::{OrderStatus, PaymentStatus};

use crate::error::OrdersError;
use crate::model::detail::OrderDetail;
use crate::model::order::OrderRow;
use crate::queries::{fulfilments, history, orders};

/// The order for staff.
pub fn get_order(tx: &mut StoreTx, order_id: OrderId) -> Result<Order, OrdersError> {
    let row = orders::find_order(tx, order_id.0)?.ok_or(OrdersError::NotFound)?;
    Ok(load(tx, row)?.into_order())
}

/// Everything that belongs to an order.
pub fn load(tx: &mut StoreTx, row: OrderRow) -> Result<OrderDetail, DbError> {
    let items = orders::list_items(tx, row.id)?;
    let history = history::list_history(tx, row.id)?;
    let (fulfilments, fulfilment_items) = fulfilments::list_fulfilments(tx, row.id)?;
    let payments = orion_payments::list_payments(tx, row.order_id())?;
    Ok(OrderDetail {
        row,
        items,
        history,
        fulfilments,
        fulfilment_items,
        payments,
    })
}

/// What a mail about an order says: nothing of its history, and of parcels only `with_parcels`.
pub fn load_for_mail(tx: &mut StoreTx, row: OrderRow, with_parcels: bool) -> Result<OrderDetail, DbError> {
    let items = orders::list_items(tx, row.id)?;
    let (fulfilments, fulfilment_items) = if with_parcels {
        fulfilments::list_fulfilments(tx, row.id)?
    } else {
        (Vec::new(), Vec::new())
    };
    let payments = orion_payments::list_payments(tx, row.order_id())?;
    Ok(OrderDetail {
        row,
        items,
        history: Vec::new(),
        fulfilments,
        fulfilment_items,
        payments,
    })
}

/// The order for its buyer.
pub fn confirmation(tx: &mut StoreTx, row: OrderRow) -> Result<OrderConfirmation, DbError> {
    let detail = load(tx, row)?;
    with_instructions(tx, detail)
}

/// The order for its buyer, who is told how to pay while the money is open.
pub fn with_instructions(tx: &mut StoreTx, detail: OrderDetail) -> Result<OrderConfirmation, DbError> {
    let instructions = payment_instructions(tx, &detail)?;
    Ok(detail.into_confirmation(instructions))
}

/// How to pay what is open, in the language of the order; empty when nothing is.
pub fn payment_instructions(tx: &mut StoreTx, detail: &OrderDetail) -> Result<Instructions, DbError> {
    let state = detail.row.state();
    let open = state.payment == PaymentStatus::Pending && state.order != OrderStatus::Cancelled;
    let waiting = detail
        .payments
        .iter()
        .find(|payment| payment.state.is_open() && payment.provider == ProviderId::Manual);
    match waiting {
        Some(payment) if open => {
            let due = Due {
                locale: detail.row.language(),
                number: detail.row.number,
                amount: payment.amount,
            };
            orion_payments::provider(payment.provider).instructions(tx, &due)
        }
        Some(_) | None => Ok(Instructions::default()),
    }
}

/// The last payment of an order.
pub fn latest_payment(tx: &mut StoreTx, order_id: OrderId) -> Result<Payment, OrdersError> {
    let payments = orion_payments::list_payments(tx, order_id)?;
    payments.into_iter().next_back().ok_or(OrdersError::NotFound)
}

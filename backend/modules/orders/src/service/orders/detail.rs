//! An order with everything that belongs to it.

use orion_framework::db::{DbError, StoreTx};
use orion_payments::{Due, Instructions, Payment, ProviderId};
use orion_types::OrderId;
use orion_types::order::{Order, OrderConfirmation};
use orion_types::status::{OrderStatus, PaymentStatus};
use serde_json::Value;
use uuid::Uuid;

use crate::error::OrdersError;
use crate::model::detail::OrderDetail;
use crate::model::order::{FulfilmentItemRow, FulfilmentRow, OrderRow};
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

/// What mails about orders say: nothing of their history, and of parcels only `with_parcels`.
pub fn load_for_mails(tx: &mut StoreTx, rows: Vec<OrderRow>, with_parcels: bool) -> Result<Vec<OrderDetail>, DbError> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let items = orders::list_items_of(tx, &ids)?;
    let (fulfilments, fulfilment_items) = if with_parcels {
        fulfilments::list_fulfilments_of(tx, &ids)?
    } else {
        (Vec::new(), Vec::new())
    };
    let payments = orion_payments::list_payments_of(tx, &ids)?;
    let detail = |row: OrderRow| {
        let fulfilments: Vec<FulfilmentRow> = fulfilments.iter().filter(|shipment| shipment.order_id == row.id).cloned().collect();
        let shipped = |item: &&FulfilmentItemRow| fulfilments.iter().any(|shipment| shipment.id == item.fulfilment_id);
        OrderDetail {
            items: items.iter().filter(|item| item.order_id == row.id).cloned().collect(),
            history: Vec::new(),
            fulfilment_items: fulfilment_items.iter().filter(shipped).cloned().collect(),
            payments: payments.iter().filter(|payment| payment.order_id.0 == row.id).cloned().collect(),
            fulfilments,
            row,
        }
    };
    Ok(rows.into_iter().map(detail).collect())
}

/// The order for its buyer.
pub fn confirmation(tx: &mut StoreTx, row: OrderRow) -> Result<OrderConfirmation, DbError> {
    let detail = load(tx, row)?;
    with_instructions(tx, detail)
}

/// The order for its buyer, who is told how to pay while the money is open.
pub fn with_instructions(tx: &mut StoreTx, detail: OrderDetail) -> Result<OrderConfirmation, DbError> {
    let instructions = instructions_of(tx, std::slice::from_ref(&detail))?.pop().unwrap_or_default();
    Ok(detail.into_confirmation(instructions))
}

/// As [`with_instructions`], for a new order that has found the shop's bank account by itself.
pub fn with_account(tx: &StoreTx, detail: OrderDetail, account: Option<Value>) -> Result<OrderConfirmation, DbError> {
    let due: Vec<Due> = due(&detail).into_iter().collect();
    let instructions = orion_payments::transfer_instructions(tx.store(), account, &due)?
        .pop()
        .unwrap_or_default();
    Ok(detail.into_confirmation(instructions))
}

/// How to pay what is open of each order, in the language of the order; empty when nothing is.
pub fn instructions_of(tx: &mut StoreTx, details: &[OrderDetail]) -> Result<Vec<Instructions>, DbError> {
    let due: Vec<Option<Due>> = details.iter().map(due).collect();
    let open: Vec<Due> = due.iter().flatten().copied().collect();
    let mut instructions = if open.is_empty() {
        Vec::new().into_iter()
    } else {
        orion_payments::provider(ProviderId::Manual).instructions(tx, &open)?.into_iter()
    };
    let next = |due: Option<Due>| due.and_then(|_| instructions.next()).unwrap_or_default();
    Ok(due.into_iter().map(next).collect())
}

/// What the buyer still has to transfer.
fn due(detail: &OrderDetail) -> Option<Due> {
    let state = detail.row.state();
    let open = state.payment == PaymentStatus::Pending && state.order != OrderStatus::Cancelled;
    let waiting = detail
        .payments
        .iter()
        .find(|payment| payment.state.is_open() && payment.provider == ProviderId::Manual);
    waiting.filter(|_| open).map(|payment| Due {
        locale: detail.row.language(),
        number: detail.row.number,
        amount: payment.amount,
    })
}

/// The last payment of an order.
pub fn latest_payment(tx: &mut StoreTx, order_id: OrderId) -> Result<Payment, OrdersError> {
    let payments = orion_payments::list_payments(tx, order_id)?;
    payments.into_iter().next_back().ok_or(OrdersError::NotFound)
}

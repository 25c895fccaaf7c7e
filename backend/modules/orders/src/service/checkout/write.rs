//! Writes an order: the order itself with its lines, stock, payment and guest, and what goes on beside it.

use orion_customers::NewGuest;
use orion_framework::db::{AuditEntry, StoreTx};
use orion_i18n::Locale;
use orion_inventory::{Movement, Units};
use orion_payments::{NewPayment, Payment, ProviderId, Token};
use orion_rules::order_state::State;
use orion_rules::pricing::TAX_ROUNDING;
use orion_types::customer::Address;
use orion_types::{Money, OrderId};
use serde_json::{Value, json};
use uuid::Uuid;

use super::price::{PricedCart, PricedItem};
use crate::error::OrdersError;
use crate::health::ORDERS_CREATED;
use crate::jobs::{Message, ResolvePayment, SendOrderMail};
use crate::model::detail::OrderDetail;
use crate::model::order::TAX_ROUNDING_NOTE;
use crate::model::order::{HistoryRow, ItemRow, OrderRow};
use crate::queries::placing::{self, NewOrder, Written};
use crate::service::offers::full_title;
use crate::service::orders::{history, told};

/// What an order says beside its lines and prices; checked by whoever made it.
#[derive(Debug)]
pub struct Content<'a> {
    pub cart_id: Uuid,
    /// The account that is signed in; without one it is the guest with the address, while no account has it.
    pub customer_id: Option<Uuid>,
    pub email: &'a str,
    pub shipping_address: &'a Address,
    pub billing_address: &'a Address,
    /// The language that the customer reads, and that mails about the order are written in.
    pub locale: Locale,
    pub note: &'a str,
    pub provider: ProviderId,
    pub token: Option<&'a Token>,
}

/// A new order, and the payment that it waits for.
pub struct Placed {
    pub detail: OrderDetail,
    pub payment: Payment,
    /// The shop's bank account, as the order has found it.
    pub bank_account: Option<Value>,
}

/// Writes an order. The store's next number is taken at the very end of its statement, since it makes the store's checkouts take turns.
pub fn write(tx: &mut StoreTx, content: &Content<'_>, priced: &PricedCart) -> Result<Placed, OrdersError> {
    let order_id = OrderId(tx.new_id());
    let items: Vec<ItemRow> = item_rows(tx, order_id, priced);
    let payment = payment(tx, order_id, content, priced);
    let mut row = order_row(tx, order_id, content, priced);
    let numbered = !content.provider.answers_at_once();
    let first = first_entry(tx, &row, numbered);
    let guest = NewGuest::new(tx, content.customer_id.is_none(), content.email, &content.shipping_address.name);
    let new = NewOrder {
        order: &row,
        items: &items,
        first: &first,
        numbered,
        stock: &promise(tx, priced, &items),
        payment: &payment,
        guest: &guest,
    };
    let written = placing::insert_order(tx, &new)?;
    row.number = written.number;
    row.customer_id = buyer(tx, &row, &guest, &written)?;
    orion_inventory::promised(tx, written.moved).map_err(|error| short(error.into(), priced))?;
    announce(tx, &row, &items, &payment);
    let detail = OrderDetail {
        row,
        items,
        history: vec![first],
        fulfilments: Vec::new(),
        fulfilment_items: Vec::new(),
        payments: vec![payment.clone()],
    };
    Ok(Placed {
        detail,
        payment,
        bank_account: written.bank_account,
    })
}

/// Whose order it is. The statement could not see a guest who was added at the same moment; by now they are there.
fn buyer(tx: &mut StoreTx, row: &OrderRow, guest: &NewGuest, written: &Written) -> Result<Option<Uuid>, OrdersError> {
    if written.is_new_guest {
        guest.note(tx);
    }
    if written.is_contested_guest
        && let Some(found) = guest.find(tx)?
    {
        placing::set_customer(tx, row.id, found.0)?;
        return Ok(Some(found.0));
    }
    Ok(written.customer_id)
}

fn payment(tx: &StoreTx, order_id: OrderId, content: &Content<'_>, priced: &PricedCart) -> Payment {
    let new = NewPayment {
        order_id,
        provider: content.provider,
        amount: Money::new(priced.totals.total_minor, tx.store().currency),
        token: content.token.cloned(),
    };
    orion_payments::new_payment(tx, new)
}

fn promise(tx: &StoreTx, priced: &PricedCart, items: &[ItemRow]) -> Movement {
    let tracked = priced.items.iter().zip(items).filter(|(_, row)| row.reserved);
    let units: Vec<Units> = tracked.map(|(item, _)| (item.variant.variant_id, item.quantity)).collect();
    orion_inventory::promise(tx, &units)
}

/// What is short, by its title.
fn short(error: OrdersError, priced: &PricedCart) -> OrdersError {
    match error {
        OrdersError::NotEnoughStock { variant_id, available, .. } => {
            let short = priced.items.iter().find(|item| item.variant.variant_id == variant_id);
            let title = short.map(|item| full_title(&item.variant)).unwrap_or_default();
            OrdersError::NotEnoughStock {
                variant_id,
                title,
                available,
            }
        }
        other => other,
    }
}

fn item_rows(tx: &StoreTx, order_id: OrderId, priced: &PricedCart) -> Vec<ItemRow> {
    let row = |(position, item): (usize, &PricedItem)| ItemRow {
        id: tx.new_id(),
        order_id: order_id.0,
        product_id: item.variant.product_id.0,
        variant_id: item.variant.variant_id.0,
        title: item.variant.title.clone(),
        variant_title: item.variant.variant_title.clone(),
        sku: item.variant.sku.clone(),
        image_id: item.variant.image.as_ref().map(|image| image.id.0),
        quantity: item.quantity,
        unit_price_minor: item.variant.price_minor,
        subtotal_minor: item.price.subtotal_minor,
        tax_rate_ppm: if item.variant.taxable { rate(priced) } else { 0 },
        tax_minor: item.price.tax_minor,
        // Stock that is kept is promised; without the module everything is there.
        reserved: item.variant.available.is_some(),
        requires_shipping: item.variant.requires_shipping,
        fulfilled_quantity: 0,
        refunded_quantity: 0,
        position: i32::try_from(position).unwrap_or(i32::MAX),
    };
    priced.items.iter().enumerate().map(row).collect()
}

fn rate(priced: &PricedCart) -> i32 {
    i32::try_from(priced.tax_rate_ppm).unwrap_or(i32::MAX)
}

fn order_row(tx: &StoreTx, order_id: OrderId, content: &Content<'_>, priced: &PricedCart) -> OrderRow {
    let (store, now, totals) = (tx.store(), tx.now(), &priced.totals);
    OrderRow {
        store_id: tx.store_id(),
        id: order_id.0,
        number: None,
        cart_id: Some(content.cart_id),
        customer_id: content.customer_id,
        email: content.email.to_owned(),
        locale: content.locale.code().to_owned(),
        channel: "storefront".to_owned(),
        status: State::START.order.as_str().to_owned(),
        payment_status: State::START.payment.as_str().to_owned(),
        fulfilment_status: State::START.fulfilment.as_str().to_owned(),
        currency: store.currency.code().to_owned(),
        prices_include_tax: priced.prices_include_tax,
        subtotal_minor: totals.subtotal_minor,
        discount_minor: totals.discount_minor,
        shipping_minor: totals.shipping_minor,
        tax_minor: totals.tax_minor,
        total_minor: totals.total_minor,
        shipping_method: priced.shipping_method.clone(),
        tax_name: priced.tax_name.clone(),
        tax_rate_ppm: rate(priced),
        shipping_address: json!(content.shipping_address),
        billing_address: json!(content.billing_address),
        note: content.note.to_owned(),
        cancel_reason: None,
        metadata: json!({ TAX_ROUNDING_NOTE: TAX_ROUNDING }),
        placed_at: now,
        cancelled_at: None,
        updated_at: now,
        version: 1,
        external_id: None,
    }
}

fn first_entry(tx: &StoreTx, row: &OrderRow, numbered: bool) -> HistoryRow {
    let event = if numbered { history::PLACED } else { history::PAYMENT_STARTED };
    let entry = history::entry(tx, row, event, numbered);
    HistoryRow {
        to_status: Some(row.status.clone()),
        ..entry
    }
}

/// What goes on beside the order itself.
fn announce(tx: &mut StoreTx, row: &OrderRow, items: &[ItemRow], payment: &Payment) {
    let order_id = row.order_id();
    tx.audit(
        AuditEntry::new("order.placed", "orders", row.id)
            .note("total_minor", row.total_minor)
            .note("number", row.number),
    );
    match row.number {
        Some(number) => {
            tx.count(ORDERS_CREATED);
            told::placed(tx, row, number, items);
            tx.enqueue(&SendOrderMail {
                order_id,
                message: Message::Confirmation,
            });
        }
        None => ResolvePayment::first(order_id, payment.id).enqueue(tx),
    }
}

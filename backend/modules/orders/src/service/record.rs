//! Orders that were agreed on elsewhere and are only written down here: by the seed today, by staff on the phone one day. They take the
//! same way as a checkout: cart, price, stock, order, payment.

use orion_framework::db::StoreTx;
use orion_framework::http::IfMatch;
use orion_i18n::Locale;
use orion_payments::{Outcome, ProviderId, Token};
use orion_types::cart::AddCartItem;
use orion_types::checkout::QuoteRequest;
use orion_types::customer::Address;
use orion_types::store::{SaveShippingMethod, SaveTaxRate, ShippingMethodQuery};
use orion_types::{CustomerId, OrderId, ShippingMethodId, VariantId};

use super::cart::add_item;
use super::checkout::{CheckedOrder, place, quote, settle};
use super::owner::CartOwner;
use super::settings;
use crate::error::OrdersError;

/// How the buyer of a recorded order has paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordedPayment {
    /// Will transfer the money.
    ByTransfer,
    /// By card, and it went through.
    CardPaid,
    /// By card, and it was declined: the order is called off.
    CardDeclined,
}

/// An order to be written down.
#[derive(Debug, Clone)]
pub struct RecordedOrder {
    /// The account of the buyer, when they have one.
    pub customer_id: Option<CustomerId>,
    /// Where mails go.
    pub email: String,
    /// Where goods and invoice go.
    pub address: Address,
    /// What was bought, with quantities.
    pub lines: Vec<(VariantId, i32)>,
    /// The buyer's words.
    pub note: String,
    /// How they paid.
    pub payment: RecordedPayment,
}

/// Writes an order down as if its buyer had checked out at the transaction's time.
pub fn record_order(tx: &mut StoreTx, order: &RecordedOrder) -> Result<OrderId, OrdersError> {
    let owner = fill_cart(tx, order)?;
    let shipping_method_id = first_shipping_method(tx)?;
    let total = quote(
        tx,
        &owner,
        &QuoteRequest {
            shipping_method_id: Some(shipping_method_id),
        },
    )?
    .total;
    let by_card = order.payment != RecordedPayment::ByTransfer;
    let checked = CheckedOrder {
        email: order.email.clone(),
        shipping_address: order.address.clone(),
        billing_address: order.address.clone(),
        shipping_method_id,
        note: order.note.clone(),
        expected_total_minor: total.amount_minor,
        provider: if by_card { ProviderId::TestCard } else { ProviderId::Manual },
        token: by_card.then(|| Token {
            token: "recorded".to_owned(),
            last4: "4242".to_owned(),
        }),
        locale: Locale::parse(&tx.store().locale).unwrap_or_default(),
    };
    let placed = place(tx, &owner, &checked)?;
    let order_id = placed.detail.row.order_id();
    let outcome = match order.payment {
        RecordedPayment::ByTransfer => return Ok(order_id),
        RecordedPayment::CardPaid => Outcome::Captured {
            reference: format!("recorded-{order_id}"),
        },
        RecordedPayment::CardDeclined => Outcome::Declined {
            code: "card_declined".to_owned(),
        },
    };
    settle(tx, order_id, &placed.payment, &outcome)?;
    Ok(order_id)
}

fn fill_cart(tx: &mut StoreTx, order: &RecordedOrder) -> Result<CartOwner, OrdersError> {
    let mut owner = order.customer_id.map(CartOwner::customer).unwrap_or_default();
    for (variant_id, quantity) in &order.lines {
        let (_, token) = add_item(
            tx,
            &owner,
            &AddCartItem {
                variant_id: *variant_id,
                quantity: *quantity,
            },
            // Orders of before come from no address.
            || Ok(()),
        )?;
        if let Some(token) = token {
            owner.token_hash = CartOwner::guest(&token).token_hash;
        }
    }
    Ok(owner)
}

fn first_shipping_method(tx: &mut StoreTx) -> Result<ShippingMethodId, OrdersError> {
    let methods = settings::list_shipping_methods(tx, &ShippingMethodQuery::default())?;
    methods
        .data
        .into_iter()
        .find(|method| method.active)
        .map(|method| method.id)
        .ok_or(OrdersError::NotFound)
}

/// Sets the store's one tax rate and its first way of shipping.
pub fn set_terms(tx: &mut StoreTx, tax: &SaveTaxRate, shipping: &SaveShippingMethod) -> Result<(), OrdersError> {
    let rate = settings::get_tax_rate(tx)?;
    settings::set_tax_rate(tx, IfMatch::version(rate.version).into(), tax)?;
    match settings::list_shipping_methods(tx, &ShippingMethodQuery::default())?.data.first() {
        Some(method) => settings::update_shipping_method(tx, method.id, IfMatch::version(method.version), shipping)?,
        None => settings::create_shipping_method(tx, shipping)?,
    };
    Ok(())
}

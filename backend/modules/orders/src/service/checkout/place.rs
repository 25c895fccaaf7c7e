//! The first transaction of a checkout: the cart becomes an order, at the price that the customer agreed to.

use orion_framework::db::StoreTx;
use orion_framework::problem::{INVALID, ProblemDraft};
use orion_types::Money;
use uuid::Uuid;

use super::input::CheckedOrder;
use super::price::{PricedCart, price};
use super::write::{Content, Placed, write};
use crate::error::OrdersError;
use crate::queries::placing::{self, Claimed};
use crate::service::offers::find_sold;
use crate::service::owner::CartOwner;

/// How often a cart is claimed that changes at the same moment.
const CLAIM_ATTEMPTS: usize = 2;

/// Places an order. Paid later, it is complete and has its number; otherwise it is an attempt until the provider has answered.
pub fn place(tx: &mut StoreTx, owner: &CartOwner, order: &CheckedOrder) -> Result<Placed, OrdersError> {
    let claimed = claim_cart(tx, owner, order)?;
    place_claimed(tx, owner, order, claimed)
}

/// As [`place`], with the cart that came with the key of the request, should it have come.
pub fn place_begun(tx: &mut StoreTx, owner: &CartOwner, order: &CheckedOrder, claimed: Option<Claimed>) -> Result<Placed, OrdersError> {
    match claimed {
        Some(claimed) => place_claimed(tx, owner, order, claimed),
        None => place(tx, owner, order),
    }
}

fn place_claimed(tx: &mut StoreTx, owner: &CartOwner, order: &CheckedOrder, claimed: Claimed) -> Result<Placed, OrdersError> {
    let (cart_id, priced) = agreed(tx, order, claimed)?;
    let content = Content {
        cart_id,
        customer_id: owner.customer_id,
        email: &order.email,
        shipping_address: &order.shipping_address,
        billing_address: &order.billing_address,
        locale: order.locale,
        note: &order.note,
        provider: order.provider,
        token: order.token.as_ref(),
    };
    write(tx, &content, &priced)
}

/// The answer for a way of shipping that is not offered.
pub fn shipping_missing() -> OrdersError {
    let draft = ProblemDraft::new(&INVALID);
    OrdersError::Invalid(draft.field("/shipping_method_id", "not_offered", "is not offered in this shop"))
}

/// Prices the cart; the customer gets what they agreed to, or hears what it costs now.
fn agreed(tx: &mut StoreTx, order: &CheckedOrder, claimed: Claimed) -> Result<(Uuid, PricedCart), OrdersError> {
    let Claimed {
        cart,
        terms,
        catalog_version,
    } = claimed;
    let variants = find_sold(tx, catalog_version, &cart.variant_ids())?;
    let offered = terms.shipping.is_some();
    let priced = price(&cart.lines, variants, terms, tx.store().prices_include_tax)?;
    if priced.requires_shipping() && !offered {
        return Err(shipping_missing());
    }
    if priced.totals.total_minor != order.expected_total_minor {
        let total = Money::new(priced.totals.total_minor, tx.store().currency);
        return Err(OrdersError::TotalChanged { total });
    }
    Ok((cart.id, priced))
}

/// Tries again when another tab changed the cart at the same moment; what that tab did is part of the order then.
fn claim_cart(tx: &mut StoreTx, owner: &CartOwner, order: &CheckedOrder) -> Result<Claimed, OrdersError> {
    for _ in 0..CLAIM_ATTEMPTS {
        if let Some(claimed) = placing::claim_cart(tx, owner, order.shipping_method_id.0)? {
            return Ok(claimed);
        }
    }
    Err(OrdersError::CartEmpty)
}

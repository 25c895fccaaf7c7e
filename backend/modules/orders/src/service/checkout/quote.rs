//! What the cart would cost.

use orion_framework::db::StoreTx;
use orion_types::checkout::{Quote, QuoteRequest};

use super::place::shipping_missing;
use super::price::price;
use crate::error::OrdersError;
use crate::queries::{carts, settings};
use crate::service::offers::find_variants;
use crate::service::owner::CartOwner;

/// Prices the owner's cart with the rules that make the order.
pub fn quote(tx: &mut StoreTx, owner: &CartOwner, request: &QuoteRequest) -> Result<Quote, OrdersError> {
    let cart = carts::find_cart(tx, owner)?
        .filter(|cart| !cart.lines.is_empty())
        .ok_or(OrdersError::CartEmpty)?;
    let terms = settings::find_terms(tx, request.shipping_method_id.map(|id| id.0))?;
    if request.shipping_method_id.is_some() && terms.shipping.is_none() {
        return Err(shipping_missing());
    }
    let variants = find_variants(tx, &cart.variant_ids())?;
    let priced = price(&cart.lines, variants, terms, tx.store().prices_include_tax)?;
    Ok(priced.into_quote(tx.store().currency))
}

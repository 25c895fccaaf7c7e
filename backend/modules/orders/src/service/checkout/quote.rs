//! What the cart would cost.

use orion_framework::db::StoreTx;
use orion_types::checkout::{Quote, QuoteRequest};

use super::place::shipping_missing;
use super::price::price;
use crate::error::OrdersError;
use crate::queries::placing::{self, Claimed};
use crate::service::offers::find_sold;
use crate::service::owner::CartOwner;

/// Prices the owner's cart with the rules that make the order.
pub fn quote(tx: &mut StoreTx, owner: &CartOwner, request: &QuoteRequest) -> Result<Quote, OrdersError> {
    let Claimed {
        cart,
        terms,
        catalog_version,
    } = placing::read_cart(tx, owner, request.shipping_method_id.map(|id| id.0))?
        .filter(|found| !found.cart.lines.is_empty())
        .ok_or(OrdersError::CartEmpty)?;
    if request.shipping_method_id.is_some() && terms.shipping.is_none() {
        return Err(shipping_missing());
    }
    let variants = find_sold(tx, catalog_version, &cart.variant_ids())?;
    let priced = price(&cart.lines, variants, terms, tx.store().prices_include_tax)?;
    Ok(priced.into_quote(tx.store().currency))
}

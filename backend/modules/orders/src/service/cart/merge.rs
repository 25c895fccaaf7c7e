//! A guest's cart joins the account that signs in.

use orion_catalog::PurchasableVariant;
use orion_framework::db::{DbError, StoreTx};
use orion_rules::cart::{CartLine, merge_carts};
use orion_types::CustomerId;
use orion_types::validation::MAX_CART_QUANTITY;
use uuid::Uuid;

use crate::model::cart::{CartLineRow, CartRow};
use crate::queries::carts;
use crate::service::offers::{find_variants, most};
use crate::service::owner::CartOwner;

/// Brings the cart behind `cart_token` into the customer's: quantities add up, capped by stock; nothing is lost.
pub fn merge_cart(tx: &mut StoreTx, cart_token: &str, customer_id: CustomerId) -> Result<(), DbError> {
    let Some(guest) = carts::find_cart(tx, &CartOwner::guest(cart_token))? else {
        return Ok(());
    };
    if !carts::lock_cart(tx, guest.id, "open")? {
        return Ok(());
    }
    tx.no_audit("carts come and go");
    let saved = carts::find_cart(tx, &CartOwner::customer(customer_id))?;
    match saved {
        None => carts::claim_for_customer(tx, guest.id, customer_id.0),
        Some(saved) => {
            let guest_lines = carts::list_lines(tx, guest.id)?;
            join(tx, &saved, &guest_lines)?;
            carts::set_status(tx, guest.id, "merged")
        }
    }
}

/// Adds lines to an open cart, as far as there is stock.
pub fn join(tx: &mut StoreTx, saved: &CartRow, lines: &[CartLineRow]) -> Result<(), DbError> {
    if lines.is_empty() || !carts::lock_cart(tx, saved.id, "open")? {
        return Ok(());
    }
    let saved_lines = carts::list_lines(tx, saved.id)?;
    let merged = merge_carts(&keyed(&saved_lines), &keyed(lines), MAX_CART_QUANTITY);
    let ids: Vec<Uuid> = merged.iter().map(|line| line.key).collect();
    let variants = find_variants(tx, &ids)?;
    let seen = |key: Uuid| {
        let known = saved_lines.iter().chain(lines).find(|line| line.variant_id == key);
        known.map_or(0, |line| line.seen_price_minor)
    };
    let rows: Vec<(Uuid, i32, i64)> = merged
        .iter()
        .map(|line| (line.key, capped(line, variants.get(&line.key)), seen(line.key)))
        .collect();
    carts::put_lines(tx, saved.id, &rows)?;
    // A checkout that waits for this cart sees by its row that the lines have changed.
    carts::set_status(tx, saved.id, "open")
}

fn keyed(lines: &[CartLineRow]) -> Vec<CartLine<Uuid>> {
    lines
        .iter()
        .map(|line| CartLine {
            key: line.variant_id,
            quantity: line.quantity.unsigned_abs(),
        })
        .collect()
}

/// A line never disappears by signing in; one that is sold out says so in the cart.
fn capped(line: &CartLine<Uuid>, variant: Option<&PurchasableVariant>) -> i32 {
    let quantity = i32::try_from(line.quantity).unwrap_or(i32::MAX);
    variant.map_or(quantity, |variant| quantity.min(most(variant).max(1)))
}

//! A cart as the customer sees it; prices and stock are read anew every time.

use std::sync::LazyLock;

use moka::sync::Cache;
use orion_catalog::PurchasableVariant;
use orion_framework::db::{DbError, StoreTx};
use orion_rules::cart::{LineNotice, line_notices};
use orion_types::cart::{Cart, CartItem, CartNotice};
use orion_types::{CartId, CartItemId, Currency, Money, ProductId, VariantId};
use uuid::Uuid;

use crate::model::cart::{CartLineRow, CartRow};
use crate::queries::{carts, settings};
use crate::service::offers::{Variants, find_variants, offer};
use crate::service::owner::CartOwner;

/// The owner's cart; an empty one when there is none.
pub fn get_cart(tx: &mut StoreTx, owner: &CartOwner) -> Result<Cart, DbError> {
    let currency = tx.store().currency;
    let Some(cart) = carts::find_cart(tx, owner)? else {
        return Ok(view(None, &Variants::new(), currency));
    };
    let variants = find_variants(tx, &cart.variant_ids())?;
    view_with_terms(tx, &cart, &variants)
}

/// A cart with what the shop says about its lines and about shipping.
pub fn view_with_terms(tx: &mut StoreTx, cart: &CartRow, variants: &Variants) -> Result<Cart, DbError> {
    let currency = tx.store().currency;
    let free_from = free_shipping_from(tx)?;
    Ok(Cart {
        free_shipping_from: free_from.map(|minor| Money::new(minor, currency)),
        ..view(Some(cart), variants, currency)
    })
}

/// What is known of shops, by the versions of what they show: carts are read far more often than shipping changes, and a change of it
/// moves the catalogue's version.
static FREE_FROM: LazyLock<Cache<(Uuid, u64, i64), Option<i64>>> = LazyLock::new(|| Cache::new(10_000));

/// The subtotal from which the cheapest way of shipping is free.
fn free_shipping_from(tx: &mut StoreTx) -> Result<Option<i64>, DbError> {
    let store = tx.store();
    // Read before the rows: whatever is committed in between is kept under the older version, and read anew with the next one.
    let key = (store.id.0, store.epoch(), store.catalog_version());
    if let Some(known) = FREE_FROM.get(&key) {
        return Ok(known);
    }
    let found = settings::free_shipping_from(tx)?;
    FREE_FROM.insert(key, found);
    Ok(found)
}

/// Puts lines and what the shop says about them together.
fn view(cart: Option<&CartRow>, variants: &Variants, currency: Currency) -> Cart {
    let lines = cart.map_or(&[][..], |cart| &cart.lines);
    let items: Vec<CartItem> = lines
        .iter()
        .map(|line| view_line(line, variants.get(&line.variant_id), currency))
        .collect();
    let buyable = |item: &&CartItem| !item.notices.contains(&CartNotice::Unavailable);
    let subtotal = items
        .iter()
        .filter(buyable)
        .fold(0_i64, |sum, item| sum.saturating_add(item.line_total.amount_minor));
    let blocked = items.iter().flat_map(|item| &item.notices).any(blocks_checkout);
    Cart {
        id: cart.map(|cart| CartId(cart.id)),
        item_count: items.iter().map(|item| item.quantity).sum(),
        subtotal: Money::new(subtotal, currency),
        can_checkout: !items.is_empty() && !blocked,
        items,
        free_shipping_from: None,
    }
}

fn view_line(line: &CartLineRow, variant: Option<&PurchasableVariant>, currency: Currency) -> CartItem {
    let offer = variant.and_then(offer);
    let notices = line_notices(line.seen_price_minor, line.quantity.unsigned_abs(), offer.as_ref());
    let unit_price_minor = offer.map_or(line.seen_price_minor, |offer| offer.unit_price_minor);
    let text = |field: fn(&PurchasableVariant) -> &String| variant.map(field).cloned().unwrap_or_default();
    CartItem {
        id: CartItemId(line.id),
        variant_id: VariantId(line.variant_id),
        product_id: variant.map_or(ProductId(Uuid::nil()), |variant| variant.product_id),
        product_slug: text(|variant| &variant.product_slug),
        title: text(|variant| &variant.title),
        variant_title: text(|variant| &variant.variant_title),
        sku: text(|variant| &variant.sku),
        image: variant.and_then(|variant| variant.image.clone()),
        quantity: line.quantity,
        unit_price: Money::new(unit_price_minor, currency),
        line_total: Money::new(unit_price_minor.saturating_mul(line.quantity.into()), currency),
        available: variant.and_then(|variant| variant.available).map(|available| available.max(0)),
        notices: notices.into_iter().map(|notice| wire_notice(notice, currency)).collect(),
    }
}

fn wire_notice(notice: LineNotice, currency: Currency) -> CartNotice {
    match notice {
        LineNotice::PriceChanged { before_minor, .. } => CartNotice::PriceChanged {
            before: Money::new(before_minor, currency),
        },
        LineNotice::OnlyNLeft { left } => CartNotice::OnlyLeft { available: left },
        LineNotice::SoldOut => CartNotice::SoldOut,
        LineNotice::Unavailable => CartNotice::Unavailable,
    }
}

fn blocks_checkout(notice: &CartNotice) -> bool {
    !matches!(notice, CartNotice::PriceChanged { .. })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::offers::examples::{by_id, variant};

    fn stocked(number: u128, price_minor: i64, available: i32) -> PurchasableVariant {
        PurchasableVariant {
            available: Some(available),
            ..variant(number, price_minor)
        }
    }

    fn cart(lines: &[(u128, i32, i64)]) -> CartRow {
        let line = |&(number, quantity, seen_price_minor): &(u128, i32, i64)| CartLineRow {
            id: Uuid::from_u128(200 + number),
            variant_id: Uuid::from_u128(number),
            quantity,
            seen_price_minor,
        };
        CartRow {
            id: Uuid::from_u128(9),
            lines: lines.iter().map(line).collect(),
        }
    }

    #[test]
    fn an_empty_cart_cannot_be_ordered() {
        let empty = view(None, &Variants::new(), Currency::EUR);
        assert_eq!((empty.id, empty.item_count, empty.can_checkout), (None, 0, false));
        assert_eq!(empty.subtotal, Money::zero(Currency::EUR));
    }

    #[test]
    fn prices_are_those_of_now_and_a_change_is_told() {
        let variants = by_id([stocked(1, 1500, 9), variant(2, 500)]);
        let cart = view(Some(&cart(&[(1, 2, 1200), (2, 3, 500)])), &variants, Currency::EUR);
        assert_eq!(cart.subtotal.amount_minor, 2 * 1500 + 3 * 500);
        assert_eq!(
            cart.items[0].notices,
            [CartNotice::PriceChanged {
                before: Money::new(1200, Currency::EUR)
            }]
        );
        assert_eq!((cart.items[1].available, cart.items[1].notices.len()), (None, 0));
        assert!(cart.can_checkout);
        assert_eq!(cart.item_count, 5);
    }

    #[test]
    fn what_cannot_be_bought_blocks_the_checkout_and_costs_nothing() {
        let gone = PurchasableVariant {
            purchasable: false,
            ..variant(2, 500)
        };
        let variants = by_id([stocked(1, 1000, 1), gone]);
        let cart = view(Some(&cart(&[(1, 2, 1000), (2, 1, 500), (3, 1, 700)])), &variants, Currency::EUR);
        assert_eq!(cart.items[0].notices, [CartNotice::OnlyLeft { available: 1 }]);
        assert_eq!(cart.items[1].notices, [CartNotice::Unavailable]);
        assert_eq!(cart.items[2].notices, [CartNotice::Unavailable]);
        assert_eq!(cart.subtotal.amount_minor, 2000);
        assert!(!cart.can_checkout);
    }
}

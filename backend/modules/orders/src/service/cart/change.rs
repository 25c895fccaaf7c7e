//! Putting into a cart, changing it, taking out.

use orion_catalog::PurchasableVariant;
use orion_framework::db::StoreTx;
use orion_framework::idempotency::{self, Answered, Asked};
use orion_framework::problem::{FieldErrors, FieldRule, ProblemDraft};
use orion_types::CartItemId;
use orion_types::cart::{AddCartItem, Cart, UpdateCartItem};
use orion_types::validation::{self, FieldError, MAX_CART_LINES, MAX_CART_QUANTITY};
use uuid::Uuid;

use super::view::view_with_terms;
use crate::error::OrdersError;
use crate::health::CARTS_CREATED;
use crate::model::cart::{CartLineRow, CartRow};
use crate::queries::carts::{self, Added, Addition};
use crate::service::offers::{Variants, find_variants, full_title, most, remember};
use crate::service::owner::{CartOwner, hash_token};

/// A cart is not a record of the business.
const NO_AUDIT: &str = "carts come and go";

/// How often an addition starts over when another request took the cart away under it.
const ATTEMPTS: usize = 3;

/// Puts units into the owner's cart; a new cart, if there `may_begin` one, comes with the secret that opens it.
pub fn add_item(
    tx: &mut StoreTx,
    owner: &CartOwner,
    add: &AddCartItem,
    may_begin: impl Fn() -> Result<(), u32>,
) -> Result<(Cart, Option<String>), OrdersError> {
    let quantity = checked_quantity(add.quantity)?;
    tx.no_audit(NO_AUDIT);
    for _ in 0..ATTEMPTS {
        let (found, version) = carts::find_versioned_cart(tx, owner)?.unzip();
        let mut ids = found.as_ref().map(CartRow::variant_ids).unwrap_or_default();
        ids.push(add.variant_id.0);
        let variants = find_variants(tx, &ids)?;
        if let Some(version) = version {
            remember(tx, version, &variants);
        }
        let variant = variants.get(&add.variant_id.0).filter(|variant| variant.purchasable);
        let variant = variant.ok_or(OrdersError::NotFound)?;
        check_lines(found.as_ref(), add.variant_id.0)?;
        if quantity > most(variant) {
            return Err(too_many(variant));
        }
        if found.is_none() {
            may_begin().map_err(|retry_after| OrdersError::TooManyCarts { retry_after })?;
        }
        let secret = found.is_none().then(|| tx.random_token());
        let addition = Addition {
            cart_id: found.as_ref().map_or_else(|| tx.new_id(), |cart| cart.id),
            new_token_hash: secret.as_deref().map(hash_token),
            token_hash_before: owner.token_hash.clone(),
            customer_id: owner.customer_id,
            variant_id: add.variant_id.0,
            quantity,
            price_minor: variant.price_minor,
            most: most(variant),
        };
        let seen_price_minor = variant.price_minor;
        match carts::add_line(tx, addition)? {
            Added::TooMany => return Err(too_many(variant)),
            Added::CartGone => continue,
            Added::Line { cart_id, id, quantity } => {
                if found.is_none() {
                    tx.count(CARTS_CREATED);
                }
                let line = CartLineRow {
                    id,
                    variant_id: add.variant_id.0,
                    quantity,
                    seen_price_minor,
                };
                let cart = with_line(found, cart_id, line);
                return Ok((view_with_terms(tx, &cart, &variants)?, secret));
            }
        }
    }
    Err(OrdersError::CartEmpty)
}

/// As [`add_item`], once for each key of whoever has a cart. A stranger's repeat makes another cart with the units once in it: the one whose
/// secret was lost on the way is nobody's.
pub fn add_item_once(
    tx: &mut StoreTx,
    owner: &CartOwner,
    add: &AddCartItem,
    asked: Option<&Asked>,
    may_begin: impl Fn() -> Result<(), u32>,
) -> Result<(Answered, Option<String>), OrdersError> {
    // Who asks without a key has nothing to be remembered by, and no cart to be looked up for it.
    let asked = match asked {
        Some(_) if owner.customer_id.is_some() || carts::find_cart(tx, owner)?.is_some() => asked,
        Some(_) | None => None,
    };
    let mut secret = None;
    let answer = idempotency::once(tx, asked, 200, |tx| {
        let (cart, new_secret) = add_item(tx, owner, add, may_begin)?;
        secret = new_secret;
        Ok::<_, OrdersError>(cart)
    })?;
    Ok((answer, secret))
}

/// Sets the units of a line.
pub fn set_quantity(tx: &mut StoreTx, owner: &CartOwner, item_id: CartItemId, update: &UpdateCartItem) -> Result<Cart, OrdersError> {
    let quantity = checked_quantity(update.quantity)?;
    let (cart, variants) = open_cart(tx, owner)?;
    let line = find_line(&cart, item_id)?;
    let variant = variants.get(&line.variant_id).ok_or(OrdersError::NotFound)?;
    if !variant.purchasable {
        return Err(OrdersError::ItemUnavailable {
            title: full_title(variant),
        });
    }
    if quantity > most(variant) {
        return Err(too_many(variant));
    }
    write_line(tx, cart, &variants, item_id, Some(quantity))
}

/// Takes a line out.
pub fn remove_item(tx: &mut StoreTx, owner: &CartOwner, item_id: CartItemId) -> Result<Cart, OrdersError> {
    let (cart, variants) = open_cart(tx, owner)?;
    find_line(&cart, item_id)?;
    write_line(tx, cart, &variants, item_id, None)
}

fn open_cart(tx: &mut StoreTx, owner: &CartOwner) -> Result<(CartRow, Variants), OrdersError> {
    let cart = carts::find_cart(tx, owner)?.ok_or(OrdersError::NotFound)?;
    let variants = find_variants(tx, &cart.variant_ids())?;
    Ok((cart, variants))
}

fn find_line(cart: &CartRow, item_id: CartItemId) -> Result<&CartLineRow, OrdersError> {
    cart.lines.iter().find(|line| line.id == item_id.0).ok_or(OrdersError::NotFound)
}

fn write_line(
    tx: &mut StoreTx,
    mut cart: CartRow,
    variants: &Variants,
    item_id: CartItemId,
    quantity: Option<i32>,
) -> Result<Cart, OrdersError> {
    tx.no_audit(NO_AUDIT);
    if !carts::change_line(tx, cart.id, item_id.0, quantity)? {
        return Err(OrdersError::NotFound);
    }
    match quantity {
        Some(quantity) => {
            cart.lines
                .iter_mut()
                .filter(|line| line.id == item_id.0)
                .for_each(|line| line.quantity = quantity);
        }
        None => cart.lines.retain(|line| line.id != item_id.0),
    }
    Ok(view_with_terms(tx, &cart, variants)?)
}

fn with_line(found: Option<CartRow>, cart_id: Uuid, line: CartLineRow) -> CartRow {
    let mut cart = found.unwrap_or(CartRow {
        id: cart_id,
        lines: Vec::new(),
    });
    match cart.lines.iter_mut().find(|known| known.variant_id == line.variant_id) {
        Some(known) => *known = line,
        None => cart.lines.push(line),
    }
    cart
}

fn check_lines(cart: Option<&CartRow>, variant_id: Uuid) -> Result<(), OrdersError> {
    let lines = cart.map_or(&[][..], |cart| &cart.lines);
    let known = lines.iter().any(|line| line.variant_id == variant_id);
    if !known && lines.len() >= MAX_CART_LINES {
        Err(OrdersError::CartFull)
    } else {
        Ok(())
    }
}

/// The line would grow past what is left, or past what any line may have.
fn too_many(variant: &PurchasableVariant) -> OrdersError {
    match variant.available {
        Some(available) if i64::from(available) < i64::from(MAX_CART_QUANTITY) => OrdersError::NotEnoughStock {
            variant_id: variant.variant_id,
            title: full_title(variant),
            available: available.max(0),
        },
        Some(_) | None => invalid_quantity(FieldError::OutOfRange {
            min: 1,
            max: MAX_CART_QUANTITY.into(),
        }),
    }
}

fn checked_quantity(quantity: i32) -> Result<i32, OrdersError> {
    validation::cart_quantity(quantity.into()).map_err(invalid_quantity)?;
    Ok(quantity)
}

fn invalid_quantity(rule: FieldError) -> OrdersError {
    let mut errors = FieldErrors::default();
    errors.add("/quantity", FieldRule::code(&rule), rule.to_string());
    OrdersError::Invalid(
        errors
            .into_result()
            .err()
            .unwrap_or_else(|| ProblemDraft::new(&orion_framework::problem::INVALID)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(number: u128, quantity: i32) -> CartLineRow {
        CartLineRow {
            id: Uuid::from_u128(100 + number),
            variant_id: Uuid::from_u128(number),
            quantity,
            seen_price_minor: 1,
        }
    }

    #[test]
    fn a_quantity_is_between_1_and_999() {
        for quantity in [0, -1, 1000, 1_000_000_000] {
            let OrdersError::Invalid(draft) = checked_quantity(quantity).unwrap_err() else {
                panic!("{quantity}")
            };
            assert_eq!(
                (draft.errors[0].pointer.as_str(), draft.errors[0].code.as_str()),
                ("/quantity", "out_of_range")
            );
        }
        assert_eq!(checked_quantity(999).unwrap(), 999);
    }

    #[test]
    fn a_line_is_replaced_and_a_new_one_comes_last() {
        let id = Uuid::from_u128(7);
        let cart = with_line(None, id, line(1, 2));
        assert_eq!((cart.id, cart.lines.len()), (id, 1));
        let cart = with_line(Some(cart), id, line(2, 1));
        let cart = with_line(Some(cart), id, line(1, 5));
        assert_eq!(cart.lines, [line(1, 5), line(2, 1)]);
    }

    #[test]
    fn a_full_cart_takes_more_of_what_is_in_it_and_nothing_new() {
        let full = CartRow {
            id: Uuid::nil(),
            lines: (0..MAX_CART_LINES as u128).map(|number| line(number, 1)).collect(),
        };
        assert!(check_lines(Some(&full), Uuid::from_u128(5)).is_ok());
        assert!(matches!(
            check_lines(Some(&full), Uuid::from_u128(5000)),
            Err(OrdersError::CartFull)
        ));
        assert!(check_lines(None, Uuid::nil()).is_ok());
    }
}

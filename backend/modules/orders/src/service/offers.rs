//! What the shop sells now, and how much of it: the catalogue's word.

use std::collections::HashMap;
use std::sync::LazyLock;

use moka::sync::Cache;
use orion_catalog::PurchasableVariant;
use orion_framework::db::{ActorKind, DbError, StoreTx};
use orion_rules::cart::Offer;
use orion_types::VariantId;
use orion_types::validation::MAX_CART_QUANTITY;
use uuid::Uuid;

/// Variants by id.
pub type Variants = HashMap<Uuid, PurchasableVariant>;

/// Variants with their prices and stock of now; what this store does not know is missing.
pub fn find_variants(tx: &mut StoreTx, ids: &[Uuid]) -> Result<Variants, DbError> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<VariantId> = ids.iter().copied().map(VariantId).collect();
    let variants = orion_catalog::purchasable(tx, &ids)?;
    Ok(variants.into_iter().map(|variant| (variant.variant_id.0, variant)).collect())
}

/// What tells an offer from that of another store, of before a module was switched, and of another variant.
type Key = (Uuid, u64, bool, Uuid);

/// Offers with the version of the catalogue that they were read under, or a later one. Whatever is committed between the look at the version
/// and the look at the offers is kept under the older version, and read anew.
static SOLD: LazyLock<Cache<Key, (i64, PurchasableVariant)>> = LazyLock::new(|| Cache::new(50_000));

/// As [`find_variants`], for whoever has read the catalogue's version in this transaction: what was sold then is what is sold now, so a
/// quote's offers are those of its order. How much there is of it is only as fresh as the version. Only a shopper's transaction is sure to
/// have changed nothing itself: what is not committed yet must not be kept.
pub fn find_sold(tx: &mut StoreTx, catalog_version: i64, ids: &[Uuid]) -> Result<Variants, DbError> {
    if !is_shopper(tx) {
        return find_variants(tx, ids);
    }
    let known = |id: &Uuid| {
        let (version, variant) = SOLD.get(&key(tx, *id))?;
        (version == catalog_version).then_some((*id, variant))
    };
    if let Some(all) = ids.iter().map(known).collect::<Option<Variants>>() {
        return Ok(all);
    }
    let found = find_variants(tx, ids)?;
    remember(tx, catalog_version, &found);
    Ok(found)
}

/// Keeps offers for [`find_sold`]: what goes into a cart is what the quote asks for next. As there, `catalog_version` was read before them in
/// the same transaction.
pub fn remember(tx: &StoreTx, catalog_version: i64, found: &Variants) {
    if !is_shopper(tx) {
        return;
    }
    for (id, variant) in found {
        SOLD.insert(key(tx, *id), (catalog_version, variant.clone()));
    }
}

fn is_shopper(tx: &StoreTx) -> bool {
    matches!(tx.actor().kind, ActorKind::Guest | ActorKind::Customer)
}

fn key(tx: &StoreTx, id: Uuid) -> Key {
    let store = tx.store();
    (store.id.0, store.epoch(), tx.module_enabled("inventory"), id)
}

/// What is offered; nothing when the variant is no longer sold.
pub fn offer(variant: &PurchasableVariant) -> Option<Offer> {
    let offer = Offer {
        unit_price_minor: variant.price_minor,
        available: variant.available,
    };
    variant.purchasable.then_some(offer)
}

/// How many units a line may have: what is left, and never more than a cart holds.
pub fn most(variant: &PurchasableVariant) -> i32 {
    let limit = i32::try_from(MAX_CART_QUANTITY).unwrap_or(i32::MAX);
    variant.available.map_or(limit, |available| available.clamp(0, limit))
}

/// `Mug (Blue)`, or `Mug` where there is nothing to choose.
pub fn full_title(variant: &PurchasableVariant) -> String {
    match variant.variant_title.as_str() {
        "" => variant.title.clone(),
        name => format!("{} ({name})", variant.title),
    }
}

#[cfg(test)]
pub mod examples {
    use orion_types::ProductId;

    use super::*;

    /// A variant on sale of which no stock is kept.
    pub fn variant(number: u128, price_minor: i64) -> PurchasableVariant {
        PurchasableVariant {
            variant_id: VariantId(Uuid::from_u128(number)),
            product_id: ProductId(Uuid::from_u128(100 + number)),
            product_slug: format!("product-{number}"),
            title: format!("Product {number}"),
            variant_title: "Blue".to_owned(),
            sku: String::new(),
            price_minor,
            taxable: true,
            requires_shipping: true,
            track_inventory: false,
            available: None,
            image: None,
            purchasable: true,
        }
    }

    /// Variants by their id.
    pub fn by_id(variants: impl IntoIterator<Item = PurchasableVariant>) -> Variants {
        variants.into_iter().map(|variant| (variant.variant_id.0, variant)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::examples::variant;
    use super::*;

    #[test]
    fn a_line_has_at_most_what_is_left_and_what_a_cart_holds() {
        let left = |available| {
            most(&PurchasableVariant {
                available,
                ..variant(1, 1)
            })
        };
        assert_eq!([None, Some(5), Some(0), Some(-2), Some(5000)].map(left), [999, 5, 0, 0, 999]);
    }

    #[test]
    fn a_title_names_the_variant_where_there_is_a_choice() {
        assert_eq!(full_title(&variant(1, 1)), "Product 1 (Blue)");
        assert_eq!(
            full_title(&PurchasableVariant {
                variant_title: String::new(),
                ..variant(1, 1)
            }),
            "Product 1"
        );
    }
}

//! What the shop sells now, and how much of it: the catalogue's word.

use std::collections::HashMap;

use orion_catalog::PurchasableVariant;
use orion_framework::db::{DbError, StoreTx};
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

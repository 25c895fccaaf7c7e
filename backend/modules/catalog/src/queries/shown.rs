//! What lists of the shop show of a product, as it is read from the database and kept in the index.

use chrono::{DateTime, Utc};
use orion_types::catalog::{ProductCard, ProductImage, ProductOption};
use orion_types::measure::Content;
use orion_types::{Currency, Money};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::IMAGE_JSON;

/// A product without what depends on the store's settings and on its stock.
///
/// Everything in here has a trigger that notes the product in `catalog_changes`: what has none would stay in the index as it was.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Shown {
    pub id: Uuid,
    pub slug: String,
    pub title: String,
    pub vendor: String,
    pub options: Vec<ProductOption>,
    pub min_price_minor: i64,
    pub max_price_minor: i64,
    /// Of the cheapest variant, as are the next two.
    pub compare_at_minor: Option<i64>,
    /// Thousandths of the unit.
    pub content_milli: Option<i64>,
    pub content_unit: Option<String>,
    /// The first two that are ready.
    pub images: Vec<ProductImage>,
    /// By which lists are sorted.
    pub created_at: DateTime<Utc>,
}

impl Shown {
    /// The card on the wire.
    pub fn card(&self, currency: Currency, sold_out: bool) -> ProductCard {
        let money = |amount| Money::new(amount, currency);
        let price = money(self.min_price_minor);
        ProductCard {
            id: self.id.into(),
            slug: self.slug.clone(),
            title: self.title.clone(),
            vendor: self.vendor.clone(),
            price,
            price_varies: self.min_price_minor != self.max_price_minor,
            compare_at: self.compare_at_minor.map(money),
            unit_price: Content::of(self.content_milli, self.content_unit.clone()).and_then(|content| content.price_of_unit(price)),
            sold_out,
            images: self.images.clone(),
            options: self.options.clone(),
        }
    }

    /// What it takes in memory, roughly.
    pub fn weight(&self) -> usize {
        let texts = self.title.len() + self.slug.len() + self.vendor.len();
        let options = self.options.iter().map(|option| 48 + option.values.len() * 40).sum::<usize>();
        CARD + texts + options + self.images.len() * PICTURE
    }
}

/// It as JSON of the product `p`; [`CHEAPEST`] must be joined.
pub(super) fn shown_json() -> String {
    format!(
        "jsonb_build_object('id', p.id, 'slug', p.slug, 'title', p.title, 'vendor', p.vendor, 'options', p.options, \
         'min_price_minor', p.min_price_minor, 'max_price_minor', p.max_price_minor, 'compare_at_minor', cheapest.compare_at_minor, \
         'content_milli', cheapest.content_milli, 'content_unit', cheapest.content_unit, 'created_at', p.created_at, \
         'images', coalesce((SELECT jsonb_agg({IMAGE_JSON} ORDER BY i.position, i.id) FROM (\
             SELECT * FROM product_images i WHERE i.store_id = $1 AND i.product_id = p.id AND i.status = 'ready' \
             ORDER BY i.position, i.id LIMIT 2) i), '[]'::jsonb))"
    )
}

/// The variant of product `p` whose price is the card's.
pub(super) const CHEAPEST: &str = "LEFT JOIN LATERAL (\
     SELECT v.compare_at_minor, v.content_milli, v.content_unit FROM product_variants v \
     WHERE v.store_id = $1 AND v.product_id = p.id AND v.deleted_at IS NULL ORDER BY v.price_minor, v.position LIMIT 1) cheapest ON true";

/// What a card takes beside its texts and pictures, roughly, in bytes.
const CARD: usize = 600;
const PICTURE: usize = 250;

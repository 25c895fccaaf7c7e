//! What carts and checkouts must know of a variant, in one statement.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Int4, Jsonb, Nullable, Text, Uuid as SqlUuid};
use orion_framework::db::{DbError, Prepared, StoreTx, read_json_option};
use orion_types::catalog::ProductImage;
use orion_types::{ProductId, VariantId};
use serde_json::Value;
use uuid::Uuid;

use super::{IMAGE_JSON, available};
use crate::model::shown_title;

/// A variant as carts, checkouts and orders need it.
#[derive(Debug, Clone, PartialEq)]
pub struct PurchasableVariant {
    /// The variant.
    pub variant_id: VariantId,
    /// Its product.
    pub product_id: ProductId,
    /// The product's address in the shop.
    pub product_slug: String,
    /// The product's title.
    pub title: String,
    /// Such as `Blue / M`; empty when the product has no options.
    pub variant_title: String,
    /// The stock keeping unit; empty when it has none.
    pub sku: String,
    /// In minor units of the store's currency.
    pub price_minor: i64,
    /// Whether tax is due.
    pub taxable: bool,
    /// Whether something has to be sent.
    pub requires_shipping: bool,
    /// Whether stock is to be kept of it, as its product says; see `available` for whether it is.
    pub track_inventory: bool,
    /// Units that can be sold; `None` when no stock is kept: as many as wanted.
    pub available: Option<i32>,
    /// Its own picture, or else the first one of the product.
    pub image: Option<ProductImage>,
    /// Whether product and variant are on sale; stock is another question.
    pub purchasable: bool,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    product_id: Uuid,
    #[diesel(sql_type = Text)]
    slug: String,
    #[diesel(sql_type = Text)]
    product_title: String,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Array<Text>)]
    option_values: Vec<String>,
    #[diesel(sql_type = Nullable<Text>)]
    sku: Option<String>,
    #[diesel(sql_type = BigInt)]
    price_minor: i64,
    #[diesel(sql_type = Bool)]
    taxable: bool,
    #[diesel(sql_type = Bool)]
    requires_shipping: bool,
    #[diesel(sql_type = Bool)]
    track_inventory: bool,
    #[diesel(sql_type = Nullable<Int4>)]
    available: Option<i32>,
    #[diesel(sql_type = Nullable<Jsonb>)]
    image: Option<Value>,
    #[diesel(sql_type = Bool)]
    purchasable: bool,
}

impl TryFrom<Row> for PurchasableVariant {
    type Error = DbError;

    fn try_from(row: Row) -> Result<Self, DbError> {
        Ok(Self {
            variant_id: row.id.into(),
            product_id: row.product_id.into(),
            product_slug: row.slug,
            title: row.product_title,
            variant_title: shown_title(&row.title, &row.option_values),
            sku: row.sku.unwrap_or_default(),
            price_minor: row.price_minor,
            taxable: row.taxable,
            requires_shipping: row.requires_shipping,
            track_inventory: row.track_inventory,
            available: row.available,
            image: read_json_option(row.image)?,
            purchasable: row.purchasable,
        })
    }
}

/// The variants with these ids, in no particular order; one that never existed in the store is missing.
///
/// A variant shows its own picture, else one that shares its first option (the glaze, the colour: a size looks like the next), else
/// the product's first.
pub fn purchasable(tx: &mut StoreTx, ids: &[VariantId]) -> Result<Vec<PurchasableVariant>, DbError> {
    let query = format!(
        " SELECT v.id, v.product_id, p.slug, p.title AS product_title, v.title, v.option_values, v.sku, v.price_minor, v.taxable, \
         v.requires_shipping, v.track_inventory, {} AS available, \
         (SELECT {IMAGE_JSON} FROM product_images i LEFT JOIN product_variants o ON o.store_id = i.store_id AND o.id = i.variant_id \
             WHERE i.store_id = $1 AND i.product_id = p.id AND i.status = 'ready' \
             ORDER BY i.variant_id IS NOT DISTINCT FROM v.id DESC, (o.option_values[1] = v.option_values[1]) IS TRUE DESC, \
             i.position, i.id LIMIT 1) AS image, \
         (p.status = 'active' AND p.deleted_at IS NULL AND v.deleted_at IS NULL) AS purchasable \
         FROM product_variants v JOIN products p ON p.store_id = v.store_id AND p.id = v.product_id \
         WHERE v.store_id = $1 AND v.id = ANY($2)",
        available(tx)
    );
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let store = tx.store_id();
    let query = Prepared::new(query, (store.into_sql::<SqlUuid>(), ids.into_sql::<Array<SqlUuid>>()));
    query.load::<Row>(tx.conn())?.into_iter().map(TryInto::try_into).collect()
}

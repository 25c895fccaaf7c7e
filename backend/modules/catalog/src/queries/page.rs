//! The product page.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Int4, Jsonb, Nullable, Text, Uuid as SqlUuid};
use orion_framework::db::{DbError, StoreTx};
use serde_json::Value;
use uuid::Uuid;

use super::{IMAGE_JSON, ON_SALE, available};

/// A product of the shop with its first category and all its pictures.
#[derive(Debug, QueryableByName)]
pub struct PageRow {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub slug: String,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub vendor: String,
    #[diesel(sql_type = Text)]
    pub description_html: String,
    #[diesel(sql_type = Text)]
    pub seo_title: String,
    #[diesel(sql_type = Text)]
    pub seo_description: String,
    #[diesel(sql_type = Jsonb)]
    pub options: Value,
    #[diesel(sql_type = Jsonb)]
    pub images: Value,
    /// A `CategorySummary`, when the product is in a category.
    #[diesel(sql_type = Nullable<Jsonb>)]
    pub category: Option<Value>,
}

/// The active product with a slug.
pub fn find_page(tx: &mut StoreTx, slug: &str) -> Result<Option<PageRow>, DbError> {
    let query = format!(
        "SELECT p.id, p.slug, p.title, p.vendor, p.description_html, p.seo_title, p.seo_description, p.options, \
         coalesce((SELECT jsonb_agg({IMAGE_JSON} ORDER BY i.position, i.id) FROM product_images i \
             WHERE i.store_id = $1 AND i.product_id = p.id AND i.status = 'ready'), '[]'::jsonb) AS images, \
         (SELECT jsonb_build_object('id', c.id, 'slug', c.slug, 'name', c.name, 'description', c.description, 'parent_id', c.parent_id, \
                 'position', c.position, 'version', c.version, 'product_count', (SELECT count(*) FROM product_category_links n \
                     JOIN products o ON o.store_id = n.store_id AND o.id = n.product_id AND o.status = 'active' AND o.deleted_at IS NULL \
                     WHERE n.store_id = $1 AND n.category_id = c.id)) \
             FROM product_category_links k JOIN product_categories c ON c.store_id = k.store_id AND c.id = k.category_id \
             WHERE k.store_id = $1 AND k.product_id = p.id AND c.deleted_at IS NULL ORDER BY c.position, c.name COLLATE {order}, c.id LIMIT 1) AS category \
         FROM products p WHERE {ON_SALE} AND p.slug = $2",
        order = tx.collation()
    );
    let store = tx.store_id();
    let query = diesel::sql_query(query).bind::<SqlUuid, _>(store).bind::<Text, _>(slug);
    Ok(query.get_result(tx.conn()).optional()?)
}

/// A variant as shoppers see it.
#[derive(Debug, QueryableByName)]
pub struct ShopVariant {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Array<Text>)]
    pub option_values: Vec<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub sku: Option<String>,
    #[diesel(sql_type = BigInt)]
    pub price_minor: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub compare_at_minor: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    pub content_milli: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    pub content_unit: Option<String>,
    #[diesel(sql_type = Nullable<Int4>)]
    pub available: Option<i32>,
}

/// The live variants of a product.
pub fn list_shop_variants(tx: &mut StoreTx, product: Uuid) -> Result<Vec<ShopVariant>, DbError> {
    let query = format!(
        "SELECT v.id, v.title, v.option_values, v.sku, v.price_minor, v.compare_at_minor, v.content_milli, v.content_unit, {} AS available FROM product_variants v \
         WHERE v.store_id = $1 AND v.product_id = $2 AND v.deleted_at IS NULL ORDER BY v.position, v.id",
        available(tx)
    );
    let store = tx.store_id();
    let query = diesel::sql_query(query).bind::<SqlUuid, _>(store).bind::<SqlUuid, _>(product);
    Ok(query.load(tx.conn())?)
}

/// How much there is of one variant.
#[derive(Debug, QueryableByName)]
pub struct AvailableRow {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Nullable<Int4>)]
    pub available: Option<i32>,
}

/// How much there is of each variant of the active product with a slug; nothing when there is no such product.
pub fn list_available(tx: &mut StoreTx, slug: &str) -> Result<Vec<AvailableRow>, DbError> {
    let query = format!(
        "SELECT v.id, {} AS available FROM products p \
         JOIN product_variants v ON v.store_id = p.store_id AND v.product_id = p.id AND v.deleted_at IS NULL \
         WHERE {ON_SALE} AND p.slug = $2 ORDER BY v.position, v.id",
        available(tx)
    );
    let store = tx.store_id();
    let query = diesel::sql_query(query).bind::<SqlUuid, _>(store).bind::<Text, _>(slug);
    Ok(query.load(tx.conn())?)
}

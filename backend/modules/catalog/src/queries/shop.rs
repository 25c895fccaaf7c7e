//! What the rest of the shop needs: suggestions while typing, and the addresses for search engines.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Jsonb, Nullable, Text, Uuid as SqlUuid};
use orion_framework::db::{DbError, StoreTx};
use serde_json::Value;
use uuid::Uuid;

use super::needle::{self, Needle};
use super::{IMAGE_JSON, ON_SALE, in_stock};
use crate::model::AddressRow;

/// Most addresses in one sitemap (sitemaps.org allows 50,000 in a file).
const MAX_ADDRESSES: i64 = 50_000;

/// A product that is suggested.
#[derive(Debug, QueryableByName)]
pub struct SuggestionRow {
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub slug: String,
    #[diesel(sql_type = BigInt)]
    pub min_price_minor: i64,
    #[diesel(sql_type = Bool)]
    pub price_varies: bool,
    #[diesel(sql_type = Nullable<Jsonb>)]
    pub image: Option<Value>,
}

/// The best matches of a search.
pub fn list_suggestions(tx: &mut StoreTx, needle: &Needle, limit: i64) -> Result<Vec<SuggestionRow>, DbError> {
    let query = format!(
        "WITH {hits} SELECT p.title, p.slug, p.min_price_minor, p.min_price_minor <> p.max_price_minor AS price_varies, \
         (SELECT {IMAGE_JSON} FROM product_images i WHERE i.store_id = $1 AND i.product_id = p.id AND i.status = 'ready' \
             ORDER BY i.position, i.id LIMIT 1) AS image \
         FROM {found} h JOIN products p ON p.store_id = $1 AND p.id = h.id ORDER BY h.rank DESC, p.title COLLATE {order}, p.id LIMIT $4",
        order = tx.collation(),
        hits = needle::hits(ON_SALE, "false"),
        found = needle::hits_in_stock_first(&in_stock(tx)),
    );
    let store = tx.store_id();
    let query = diesel::sql_query(query)
        .bind::<SqlUuid, _>(store)
        .bind::<Text, _>(&needle.text)
        .bind::<Array<Text>, _>(&needle.words)
        .bind::<BigInt, _>(limit);
    Ok(query.load(tx.conn())?)
}

/// The addresses of all active products and of the categories that show some: their own, or those of a category below.
pub fn list_addresses(tx: &mut StoreTx) -> Result<Vec<AddressRow>, DbError> {
    let query = format!(
        "WITH RECURSIVE shown AS (\
             SELECT k.category_id AS id FROM product_category_links k \
             JOIN products p ON p.id = k.product_id AND {ON_SALE} WHERE k.store_id = $1 \
             UNION SELECT c.parent_id FROM shown s JOIN product_categories c ON c.store_id = $1 AND c.id = s.id AND c.deleted_at IS NULL \
                 WHERE c.parent_id IS NOT NULL) \
         SELECT path, updated_at FROM (\
             SELECT '/categories/' || c.slug AS path, c.updated_at, 0 AS rank FROM product_categories c JOIN shown s ON s.id = c.id \
             WHERE c.store_id = $1 AND c.deleted_at IS NULL \
             UNION ALL SELECT '/products/' || p.slug, p.updated_at, 1 FROM products p WHERE {ON_SALE}) found \
         ORDER BY rank, updated_at DESC, path LIMIT $2"
    );
    let store = tx.store_id();
    let query = diesel::sql_query(query).bind::<SqlUuid, _>(store).bind::<BigInt, _>(MAX_ADDRESSES);
    Ok(query.load(tx.conn())?)
}

#[derive(QueryableByName)]
struct HeroRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// The picture for the top of the home page: the first one of the newest featured product.
pub fn find_hero_image(tx: &mut StoreTx) -> Result<Option<Uuid>, DbError> {
    let query = format!(
        "SELECT i.id FROM products p JOIN product_images i ON i.store_id = p.store_id AND i.product_id = p.id AND i.status = 'ready' \
         WHERE {ON_SALE} AND p.featured ORDER BY p.created_at DESC, p.id DESC, i.position, i.id LIMIT 1"
    );
    let store = tx.store_id();
    let found = diesel::sql_query(query)
        .bind::<SqlUuid, _>(store)
        .get_result::<HeroRow>(tx.conn())
        .optional()?;
    Ok(found.map(|row| row.id))
}

//! Addresses under which products and categories were found before.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Timestamptz, Uuid as SqlUuid};
use orion_framework::db::{DbError, StoreTx};

/// A slug of before, and the one of today.
#[derive(Debug, QueryableByName)]
pub struct Redirect {
    /// `product` or `category`.
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Text)]
    pub slug: String,
    #[diesel(sql_type = Text)]
    pub target: String,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
}

/// Those of what is not deleted, products' first, from behind a kind and a slug.
pub fn list(tx: &mut StoreTx, after: Option<&(String, String)>, limit: i64) -> Result<Vec<Redirect>, DbError> {
    let query = "SELECT kind, slug, target, created_at FROM (\
         SELECT 'product' AS kind, r.slug COLLATE \"C\" AS slug, p.slug AS target, r.created_at FROM product_slug_redirects r \
         JOIN products p ON p.store_id = r.store_id AND p.id = r.product_id AND p.deleted_at IS NULL WHERE r.store_id = $1 \
         UNION ALL \
         SELECT 'category', r.slug COLLATE \"C\", c.slug, r.created_at FROM category_slug_redirects r \
         JOIN product_categories c ON c.store_id = r.store_id AND c.id = r.category_id AND c.deleted_at IS NULL WHERE r.store_id = $1) found \
         WHERE $2 = '' OR kind < $2 OR (kind = $2 AND slug > $3) ORDER BY kind DESC, slug LIMIT $4";
    let (kind, slug) = after.map_or(("", ""), |(kind, slug)| (kind.as_str(), slug.as_str()));
    let query = diesel::sql_query(query)
        .bind::<SqlUuid, _>(tx.store_id())
        .bind::<Text, _>(kind)
        .bind::<Text, _>(slug)
        .bind::<BigInt, _>(limit);
    Ok(query.load(tx.conn())?)
}

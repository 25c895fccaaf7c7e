//! What a listing can be narrowed by, counted.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text, Uuid as SqlUuid};
use orion_framework::db::{DbError, StoreTx};
use uuid::Uuid;

use super::ON_SALE;
use super::listing::{IN_CATEGORY, IN_PRICE, ListingFilter, OPTION_NAMES};

/// A count of the listing: `total`, or a value of a facet.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct CountRow {
    /// `total`, `category`, `availability`, `price` or `option`.
    #[diesel(sql_type = Text)]
    pub facet: String,
    /// The option's name.
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub value: String,
    #[diesel(sql_type = BigInt)]
    pub count: i64,
}

impl ListingFilter {
    /// The total and the counts of all facets. `ancestors` pairs each category with itself and every one above it.
    pub fn count(&self, tx: &mut StoreTx, ancestors: &[(Uuid, Uuid)]) -> Result<Vec<CountRow>, DbError> {
        let with = self.with();
        let start = if with.is_empty() { "WITH" } else { "," };
        let hits = if self.needle.is_some() { "JOIN hits h ON h.id = p.id" } else { "" };
        let (stock, in_stock) = stock_of_all(tx);
        let sql = format!(
            "{with}{start} candidate AS MATERIALIZED (SELECT p.id, {OPTION_NAMES} AS names, \
                 {IN_CATEGORY} AS in_category FROM products p {hits} WHERE {ON_SALE}), \
             variant AS MATERIALIZED (SELECT v.product_id, v.option_values, v.price_minor AS price, {IN_PRICE} AS in_price, \
                 {in_stock} AS in_stock, {lacking} AS lacking \
                 FROM candidate c JOIN product_variants v ON v.store_id = $1 AND v.product_id = c.id AND v.deleted_at IS NULL {stock}), \
             fitting AS (SELECT product_id, bool_or(lacking = '{{}}' AND in_price) AS fits, \
                 bool_or(lacking = '{{}}' AND in_price AND in_stock) AS fits_now FROM variant GROUP BY product_id), \
             wanted AS MATERIALIZED (SELECT c.id, c.in_category, f.fits, f.fits_now, \
                 CASE WHEN $7 THEN f.fits_now ELSE f.fits END AS wanted FROM candidate c JOIN fitting f ON f.product_id = c.id) {FACETS}",
            lacking = self.lacking(),
        );
        let (below, above): (Vec<Uuid>, Vec<Uuid>) = ancestors.iter().copied().unzip();
        let store = tx.store_id();
        let query = self
            .bind(store, sql)
            .bind::<Array<SqlUuid>, _>(below)
            .bind::<Array<SqlUuid>, _>(above);
        Ok(query.load(tx.conn())?)
    }
}

/// The stock of all variants at once: a join, and whether variant `v` is in stock. Looking it up one by one would be slow here.
fn stock_of_all(tx: &StoreTx) -> (String, &'static str) {
    let Some(levels) = tx.offered(|module| module.stock_levels) else {
        return (String::new(), "true");
    };
    let join = format!(
        "LEFT JOIN (SELECT l.variant_id, sum(l.on_hand - l.reserved) AS available FROM {levels} l \
         WHERE l.store_id = $1 GROUP BY l.variant_id) s ON s.variant_id = v.id"
    );
    (join, "(NOT v.track_inventory OR coalesce(s.available, 0) > 0)")
}

/// Each facet leaves out its own filter. What most products have comes first: of many values only the first are seen.
const FACETS: &str = "SELECT facet, name, value, count FROM (\
     SELECT 'total' AS facet, '' AS name, '' AS value, count(*) AS count FROM wanted WHERE wanted AND in_category \
     UNION ALL SELECT 'category', '', a.above::text, count(DISTINCT w.id) FROM wanted w \
         JOIN product_category_links k ON k.store_id = $1 AND k.product_id = w.id \
         JOIN unnest($10::uuid[], $11::uuid[]) AS a(below, above) ON a.below = k.category_id \
         WHERE w.wanted GROUP BY a.above \
     UNION ALL SELECT 'availability', '', CASE WHEN fits_now THEN 'in_stock' ELSE 'sold_out' END, count(*) FROM wanted \
         WHERE fits AND in_category GROUP BY 3 \
     UNION ALL SELECT 'price', e.name, e.amount::text, p.count FROM (\
         SELECT min(v.price) AS low, max(v.price) AS high, count(DISTINCT c.id) AS count FROM variant v JOIN candidate c ON c.id = v.product_id \
             WHERE c.in_category AND v.lacking = '{}' AND (NOT $7 OR v.in_stock)) p \
         CROSS JOIN LATERAL (VALUES ('min', p.low), ('max', p.high)) AS e(name, amount) WHERE p.count > 0 \
     UNION ALL SELECT 'option', o.name, o.value, count(*) FROM (\
         SELECT c.names[n.option] AS name, v.option_values[n.option] AS value \
         FROM variant v JOIN candidate c ON c.id = v.product_id CROSS JOIN (VALUES (1), (2), (3)) AS n(option) \
         WHERE c.in_category AND v.in_price AND (NOT $7 OR v.in_stock) AND v.option_values[n.option] IS NOT NULL \
             AND c.names[n.option] IS NOT NULL AND v.lacking <@ ARRAY[c.names[n.option]] GROUP BY v.product_id, 1, 2) o GROUP BY o.name, o.value) counted \
     ORDER BY facet, name COLLATE \"C\", count DESC, value COLLATE \"C\"";

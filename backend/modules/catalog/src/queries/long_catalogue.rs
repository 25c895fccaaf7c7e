//! What lists of products and of their stock ask alike in a store with more products than lists count.
//!
//! Behind row level security words are found by an index only as rows of their own (`product_words`), and what runs out by one of what does.
//! Where that is few, a list reads those and sorts them; where it is much, a list goes through the products in its order and has a page soon.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, Text, Uuid as SqlUuid};
use orion_framework::db::{COUNT_LIMIT, DbError, StoreTx, is_long};
use uuid::Uuid;

/// Products that are looked up one by one and sorted.
const FEW: i32 = 1_000;
/// Levels likewise.
const FEW_LEVELS: i64 = 2_000;

/// What a search finds in a long catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// These products and no others.
    Few(Vec<Uuid>),
    /// More than would be looked up one by one.
    Many {
        /// Whether there are SKUs that begin with what was typed.
        by_sku: bool,
        /// How many they are, as far as lists count; not known where they are found by SKUs, too.
        total: Option<i64>,
    },
}

#[derive(QueryableByName)]
struct FoundRow {
    #[diesel(sql_type = Nullable<Array<SqlUuid>>)]
    products: Option<Vec<Uuid>>,
    #[diesel(sql_type = Bool)]
    by_sku: bool,
    #[diesel(sql_type = Nullable<Integer>)]
    total: Option<i32>,
}

/// Whether the catalogue is too long to be walked over for a search.
///
/// # Errors
/// When the database fails.
pub fn is_long_catalogue(tx: &mut StoreTx) -> Result<bool, DbError> {
    is_long(tx, "products WHERE deleted_at IS NULL")
}

/// What a search finds. It is remembered for the catalogue version that the request sees: every save moves it.
///
/// # Errors
/// When the database fails.
pub fn find_products(tx: &mut StoreTx, typed: &str) -> Result<Found, DbError> {
    let figure = format!("found at {}: {typed}", tx.store().catalog_version());
    if let Some(known) = tx.store().figure::<Found>(&figure) {
        return Ok((*known).clone());
    }
    let query = diesel::sql_query("SELECT products, by_sku, total FROM catalog_find($1, $2, $3, $4)")
        .bind::<SqlUuid, _>(tx.store_id())
        .bind::<Text, _>(typed)
        .bind::<Integer, _>(FEW)
        .bind::<BigInt, _>(COUNT_LIMIT);
    let FoundRow { products, by_sku, total } = query.get_result(tx.conn())?;
    let many = Found::Many {
        by_sku,
        total: total.map(i64::from),
    };
    let found = products.map_or(many, Found::Few);
    tx.store().keep_figure(figure, found.clone());
    Ok(found)
}

#[derive(QueryableByName)]
struct Answer {
    #[diesel(sql_type = Bool)]
    answer: bool,
}

/// The answer to a question about the store $1.
fn ask(tx: &mut StoreTx, question: &str) -> Result<bool, DbError> {
    let query = diesel::sql_query(format!("SELECT {question} AS answer")).bind::<SqlUuid, _>(tx.store_id());
    Ok(query.get_result::<Answer>(tx.conn())?.answer)
}

/// Whether in a long catalogue so little runs out that it is looked up by the index of what does. A variant that was never counted has run out
/// without being there; there is one only where stock was not kept when it was made, and that is remembered for a minute.
///
/// # Errors
/// When the database fails.
pub fn few_run_out(tx: &mut StoreTx) -> Result<bool, DbError> {
    let Some(levels) = tx.offered(|module| module.stock_levels) else {
        return Ok(false);
    };
    if !is_long_catalogue(tx)? {
        return Ok(false);
    }
    let few = format!(
        "(SELECT count(*) <= {FEW_LEVELS} FROM (SELECT FROM {levels} WHERE store_id = $1 AND low LIMIT {FEW_LEVELS} + 1) AS low_levels)"
    );
    if !ask(tx, &few)? {
        return Ok(false);
    }
    let figure = "variants that were never counted".to_owned();
    if let Some(known) = tx.store().figure::<bool>(&figure) {
        return Ok(!*known);
    }
    let uncounted = format!(
        "EXISTS (SELECT FROM product_variants v WHERE v.store_id = $1 AND v.deleted_at IS NULL AND v.track_inventory \
         AND NOT EXISTS (SELECT FROM {levels} l WHERE l.store_id = $1 AND l.variant_id = v.id))"
    );
    let uncounted = ask(tx, &uncounted)?;
    tx.store().keep_figure(figure, uncounted);
    Ok(!uncounted)
}

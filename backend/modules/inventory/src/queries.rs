//! SQL over levels and movements.

use std::collections::HashSet;

use diesel::dsl::{exists, select};
use diesel::prelude::*;
use diesel::sql_types::{Array, Text, Timestamptz, Uuid as SqlUuid};
use orion_framework::db::{DbError, Statement, StatementText, StoreTx};
use orion_schema::{inventory_levels, inventory_movements, product_variants, products};
use orion_types::inventory::LOW_STOCK;
use uuid::Uuid;

use crate::model::{LevelRow, MovementRow, StockRow};

diesel::define_sql_function! {
    /// Lower case and without accents, as the index on titles has it.
    fn search_text(input: Text) -> Text;
}

/// The levels of these variants.
pub fn find_levels(tx: &mut StoreTx, ids: &[Uuid]) -> Result<Vec<LevelRow>, DbError> {
    let store_id = tx.store_id();
    let query = inventory_levels::table
        .filter(inventory_levels::store_id.eq(store_id))
        .filter(inventory_levels::variant_id.eq_any(ids));
    Ok(query.select(LevelRow::as_select()).load(tx.conn())?)
}

/// The levels of these variants, locked in the order of variant ids.
pub fn lock_levels(tx: &mut StoreTx, ids: &[Uuid]) -> Result<Vec<LevelRow>, DbError> {
    let store_id = tx.store_id();
    let query = inventory_levels::table
        .filter(inventory_levels::store_id.eq(store_id))
        .filter(inventory_levels::variant_id.eq_any(ids))
        .order(inventory_levels::variant_id);
    Ok(query.select(LevelRow::as_select()).for_update().load(tx.conn())?)
}

/// Whether the store has the variant.
pub fn variant_exists(tx: &mut StoreTx, id: Uuid) -> Result<bool, DbError> {
    let variant = product_variants::table
        .filter(product_variants::store_id.eq(tx.store_id()))
        .filter(product_variants::id.eq(id))
        .filter(product_variants::deleted_at.is_null());
    Ok(select(exists(variant)).get_result(tx.conn())?)
}

struct CreateMissingLevels;

impl StatementText for CreateMissingLevels {
    const SQL: &'static str = ",
wanted AS (
    SELECT * FROM unnest($2, $3) AS w (variant_id, level_id)
),
place AS (
    INSERT INTO inventory_locations (store_id, id, name, is_default, created_at, updated_at)
    SELECT $1, $4, 'Main', true, $5, $5
    WHERE NOT EXISTS (SELECT 1 FROM inventory_locations WHERE store_id = $1 AND is_default)
    ON CONFLICT DO NOTHING
    RETURNING id
),
here AS (
    SELECT id FROM inventory_locations WHERE store_id = $1 AND is_default
    UNION ALL
    SELECT id FROM place
)
INSERT INTO inventory_levels (store_id, id, location_id, variant_id, on_hand, reserved, updated_at)
SELECT $1, w.level_id, here.id, w.variant_id, 0, 0, $5 FROM wanted w CROSS JOIN here ORDER BY w.variant_id
ON CONFLICT (store_id, variant_id, location_id) DO NOTHING
RETURNING variant_id";
    type Row = SqlUuid;
}

/// Gives every variant a level that has none, and returns which ones got it.
pub fn create_missing_levels(tx: &mut StoreTx, ids: &[Uuid]) -> Result<HashSet<Uuid>, DbError> {
    let level_ids: Vec<Uuid> = ids.iter().map(|_| tx.new_id()).collect();
    let statement = Statement::<CreateMissingLevels, _>::new((
        tx.store_id().into_sql::<SqlUuid>(),
        ids.to_vec().into_sql::<Array<SqlUuid>>(),
        level_ids.into_sql::<Array<SqlUuid>>(),
        tx.new_id().into_sql::<SqlUuid>(),
        tx.now().into_sql::<Timestamptz>(),
    ));
    Ok(statement.load::<Uuid>(tx.conn())?.into_iter().collect())
}

/// Which levels to list.
#[derive(Debug, Default)]
pub struct LevelFilter<'a> {
    pub words: &'a str,
    pub stock: Option<Stock>,
    /// The title and variant behind which the page starts.
    pub after: Option<(String, Uuid)>,
    pub limit: i64,
}

/// How much is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stock {
    Low,
    Out,
}

#[diesel::dsl::auto_type(no_type_alias)]
fn stock() -> _ {
    let same_product = products::store_id
        .eq(product_variants::store_id)
        .and(products::id.eq(product_variants::product_id));
    let same_variant = inventory_levels::store_id
        .eq(product_variants::store_id)
        .and(inventory_levels::variant_id.eq(product_variants::id));
    product_variants::table
        .inner_join(products::table.on(same_product))
        .left_join(inventory_levels::table.on(same_variant))
}

type StockColumns = (
    product_variants::id,
    product_variants::product_id,
    products::title,
    product_variants::title,
    product_variants::sku,
    diesel::dsl::Nullable<inventory_levels::on_hand>,
    diesel::dsl::Nullable<inventory_levels::reserved>,
    diesel::dsl::Nullable<inventory_levels::updated_at>,
    product_variants::updated_at,
);

fn columns() -> StockColumns {
    (
        product_variants::id,
        product_variants::product_id,
        products::title,
        product_variants::title,
        product_variants::sku,
        inventory_levels::on_hand.nullable(),
        inventory_levels::reserved.nullable(),
        inventory_levels::updated_at.nullable(),
        product_variants::updated_at,
    )
}

/// Variants of which stock is kept, by title; one more than `limit`.
pub fn list_levels(tx: &mut StoreTx, filter: &LevelFilter<'_>) -> Result<Vec<StockRow>, DbError> {
    let mut query = stock()
        .filter(product_variants::store_id.eq(tx.store_id()))
        .filter(product_variants::deleted_at.is_null())
        .filter(products::deleted_at.is_null())
        .filter(product_variants::track_inventory)
        .select(columns())
        .order((products::title, product_variants::id))
        .limit(filter.limit + 1)
        .into_boxed();
    if !filter.words.is_empty() {
        let pattern = format!("%{}%", escaped(filter.words));
        let in_title = search_text(products::title).like(search_text(pattern.clone()));
        query = query.filter(in_title.or(product_variants::sku.ilike(pattern).is_not_distinct_from(true)));
    }
    let available = (inventory_levels::on_hand - inventory_levels::reserved).nullable();
    query = match filter.stock {
        Some(Stock::Low) => query.filter(available.le(LOW_STOCK).or(inventory_levels::id.nullable().is_null())),
        Some(Stock::Out) => query.filter(available.le(0).or(inventory_levels::id.nullable().is_null())),
        None => query,
    };
    if let Some((title, id)) = &filter.after {
        let behind = products::title.eq(title.clone()).and(product_variants::id.gt(*id));
        query = query.filter(products::title.gt(title.clone()).or(behind));
    }
    Ok(query.load(tx.conn())?)
}

/// The level of one variant.
pub fn get_level(tx: &mut StoreTx, id: Uuid) -> Result<StockRow, DbError> {
    let query = stock()
        .filter(product_variants::store_id.eq(tx.store_id()))
        .filter(product_variants::id.eq(id));
    Ok(query.select(columns()).first(tx.conn())?)
}

/// Live variants of active products with few units left, fewest first.
pub fn list_low_stock(tx: &mut StoreTx, limit: i64) -> Result<(Vec<StockRow>, i64), DbError> {
    let store_id = tx.store_id();
    let low = || {
        stock()
            .filter(product_variants::store_id.eq(store_id))
            .filter(product_variants::deleted_at.is_null())
            .filter(products::deleted_at.is_null())
            .filter(products::status.eq("active"))
            .filter(product_variants::track_inventory)
            .filter((inventory_levels::on_hand - inventory_levels::reserved).nullable().le(LOW_STOCK))
    };
    let fewest = (inventory_levels::on_hand - inventory_levels::reserved).nullable();
    let rows = low()
        .select(columns())
        .order((fewest, products::title, product_variants::id))
        .limit(limit)
        .load(tx.conn())?;
    let total = low().count().get_result(tx.conn())?;
    Ok((rows, total))
}

/// Lines of the ledger, newest first; one more than `limit`.
pub fn list_movements(tx: &mut StoreTx, variant_id: Option<Uuid>, before: Option<Uuid>, limit: i64) -> Result<Vec<MovementRow>, DbError> {
    let store_id = tx.store_id();
    // The ids are made in the order of time.
    let mut query = inventory_movements::table
        .filter(inventory_movements::store_id.eq(store_id))
        .select(MovementRow::as_select())
        .order(inventory_movements::id.desc())
        .limit(limit + 1)
        .into_boxed();
    if let Some(id) = variant_id {
        let levels = inventory_levels::table
            .filter(inventory_levels::store_id.eq(store_id))
            .filter(inventory_levels::variant_id.eq(id));
        query = query.filter(inventory_movements::level_id.eq_any(levels.select(inventory_levels::id)));
    }
    if let Some(id) = before {
        query = query.filter(inventory_movements::id.lt(id));
    }
    Ok(query.load(tx.conn())?)
}

/// Text that `LIKE` takes literally.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

#[cfg(test)]
mod tests {
    #[test]
    fn wildcards_are_searched_for_and_not_obeyed() {
        assert_eq!(super::escaped(r"50%_\"), r"50\%\_\\");
    }
}

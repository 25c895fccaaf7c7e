//! SQL over levels and movements.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use diesel::dsl::{exists, select, sql};
use diesel::expression::{SqlLiteral, ValidGrouping, is_aggregate};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::QueryFragment;
use diesel::sql_types::{Array, Bool, Int4, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use orion_catalog::{Found, few_run_out, find_products, is_long_catalogue};
use orion_framework::db::{DbError, Statement, StatementText, StoreTx};
use orion_types::inventory::LOW_STOCK;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::foreign::{product_variants, products};
use crate::model::{LevelRow, MovementRow, StockRow};
use crate::schema::{inventory_levels, inventory_movements};

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
    /// What has been counted, or saved, since.
    pub since: Option<DateTime<Utc>>,
    pub sort: LevelSort,
    /// Z, or the most units, first.
    pub descending: bool,
    /// The variant behind which the page starts.
    pub after: Option<Behind>,
    pub limit: i64,
}

/// What levels are sorted by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LevelSort {
    #[default]
    Product,
    Available,
}

/// The place behind a variant, in one of the sortings.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Behind {
    Product(String, Uuid),
    Available(i32, Uuid),
}

impl LevelSort {
    /// Whether a place is one of this sorting.
    pub fn has(self, place: &Behind) -> bool {
        matches!(
            (self, place),
            (Self::Product, Behind::Product(..)) | (Self::Available, Behind::Available(..))
        )
    }

    /// The place behind a row.
    pub fn place(self, row: &StockRow) -> Behind {
        match self {
            Self::Product => Behind::Product(row.product_title.clone(), row.variant_id),
            Self::Available => Behind::Available(row.on_hand.unwrap_or(0) - row.reserved.unwrap_or(0), row.variant_id),
        }
    }
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

/// The picture to know a variant by: its own where it has one, else the product's first.
const PICTURE: &str = "(SELECT jsonb_build_object('id', i.id, 'alt', i.alt, 'position', i.position, 'status', i.status, 'width', i.width, \
     'height', i.height, 'placeholder', i.placeholder, 'variant_id', i.variant_id) FROM product_images i \
     WHERE i.store_id = product_variants.store_id AND i.product_id = product_variants.product_id AND i.status = 'ready' \
     ORDER BY (i.variant_id IS NOT DISTINCT FROM product_variants.id) DESC, (i.variant_id IS NULL) DESC, i.position, i.id LIMIT 1)";

/// Characters of a search that are looked at in a long catalogue, as in the list of products.
const MAX_TYPED: usize = 200;

/// What can be sold of a variant; one that was never counted has nothing.
const AVAILABLE: &str = "(coalesce(inventory_levels.on_hand, 0) - coalesce(inventory_levels.reserved, 0))";

fn units() -> SqlLiteral<Int4> {
    sql(AVAILABLE)
}

type StockColumns = (
    product_variants::id,
    product_variants::product_id,
    products::title,
    product_variants::title,
    product_variants::sku,
    SqlLiteral<Nullable<Jsonb>>,
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
        sql(PICTURE),
        inventory_levels::on_hand.nullable(),
        inventory_levels::reserved.nullable(),
        inventory_levels::updated_at.nullable(),
        product_variants::updated_at,
    )
}

/// In a long catalogue: whether the product has every word in its title, vendor or kind; one that is made of signs, in its title. What is asked
/// of the words alone is a query of its own, asked once.
fn has_words<Q>(
    typed: &str,
) -> impl AppearsOnTable<Q, SqlType = Bool> + ValidGrouping<(), IsAggregate = is_aggregate::Never> + QueryFragment<Pg> + Send + use<Q> {
    let typed = || typed.to_owned();
    sql::<Bool>("(products.search_vector @@ (SELECT catalog_query(")
        .bind::<Text, _>(typed())
        .sql(")) OR (SELECT catalog_query(")
        .bind::<Text, _>(typed())
        .sql(") IS NULL) AND strpos(search_text(products.title), (SELECT search_text(")
        .bind::<Text, _>(typed())
        .sql("))) > 0)")
}

/// Whether the variant has an SKU that begins with what was typed.
fn has_sku<Q>(
    typed: &str,
) -> impl AppearsOnTable<Q, SqlType = Bool> + ValidGrouping<(), IsAggregate = is_aggregate::Never> + QueryFragment<Pg> + Send + use<Q> {
    sql::<Bool>("coalesce(starts_with(product_variants.sku_folded, (SELECT lower(")
        .bind::<Text, _>(typed.to_owned())
        .sql("))), false)")
}

/// Whether little of the variant is left, by the index of those of which that is so.
fn runs_out<Q>(
    store_id: Uuid,
) -> impl AppearsOnTable<Q, SqlType = Bool> + ValidGrouping<(), IsAggregate = is_aggregate::Never> + QueryFragment<Pg> + Send + use<Q> {
    sql::<Bool>("product_variants.id = ANY(ARRAY(SELECT l.variant_id FROM inventory_levels l WHERE l.low AND l.store_id = ")
        .bind::<SqlUuid, _>(store_id)
        .sql("))")
}

/// Variants of which stock is kept; one more than `limit`.
pub fn list_levels(tx: &mut StoreTx, filter: &LevelFilter<'_>) -> Result<Vec<StockRow>, DbError> {
    let is_searched = !filter.words.is_empty() && is_long_catalogue(tx)?;
    // In a long catalogue every word is looked up: nobody types thousands. PostgreSQL has no text with a NUL.
    let typed: String = filter.words.replace('\0', " ").chars().take(MAX_TYPED).collect();
    let found = if is_searched { Some(find_products(tx, &typed)?) } else { None };
    let by_low = filter.stock.is_some() && few_run_out(tx)?;
    let page = page_name(tx, filter, found.as_ref());
    let known = page.as_deref().and_then(|page| tx.store().figure::<Vec<Uuid>>(page));
    let mut query = stock()
        .filter(product_variants::store_id.eq(tx.store_id()))
        .filter(product_variants::deleted_at.is_null())
        .filter(products::deleted_at.is_null())
        .filter(product_variants::track_inventory)
        .select(columns())
        .limit(filter.limit + 1)
        .into_boxed();
    let (id, title) = (product_variants::id, products::title);
    let order = tx.in_order("products.title");
    let by_title = || order.clone();
    query = match (filter.sort, filter.descending) {
        (LevelSort::Product, false) => query.order((by_title(), id)),
        (LevelSort::Product, true) => query.order((by_title().desc(), id.desc())),
        (LevelSort::Available, false) => query.order((units(), id)),
        (LevelSort::Available, true) => query.order((units().desc(), id.desc())),
    };
    if let Some(ids) = &known {
        query = query.filter(id.eq_any(ids.as_slice()));
    } else if !filter.words.is_empty() {
        query = match found {
            // Of products that it does not find, variants are not looked at.
            Some(Found::Many { by_sku: false, .. }) => query.filter(has_words(&typed)),
            Some(Found::Many { by_sku: true, .. }) => query.filter(has_words(&typed).or(has_sku(&typed))),
            Some(Found::Few(products)) => query
                .filter(product_variants::product_id.eq_any(products))
                .filter(has_words(&typed).or(has_sku(&typed))),
            None => {
                let pattern = format!("%{}%", escaped(filter.words));
                let in_title = search_text(products::title).like(search_text(pattern.clone()));
                query.filter(in_title.or(product_variants::sku.ilike(pattern).is_not_distinct_from(true)))
            }
        };
    }
    if by_low {
        query = query.filter(runs_out(tx.store_id()));
    }
    let available = (inventory_levels::on_hand - inventory_levels::reserved).nullable();
    query = match filter.stock {
        Some(Stock::Low) => query.filter(available.le(LOW_STOCK).or(inventory_levels::id.nullable().is_null())),
        Some(Stock::Out) => query.filter(available.le(0).or(inventory_levels::id.nullable().is_null())),
        None => query,
    };
    if let Some(since) = filter.since {
        let counted = inventory_levels::updated_at.nullable().ge(since).is_not_distinct_from(true);
        let saved = inventory_levels::id
            .nullable()
            .is_null()
            .and(product_variants::updated_at.ge(since));
        query = query.filter(counted.or(saved));
    }
    query = match (filter.after.clone(), filter.descending) {
        (None, _) => query,
        // The first condition is where the index begins to be read; without it the pages before would be read and thrown away.
        (Some(Behind::Product(text, last)), false) => query
            .filter(by_title().ge(text.clone()))
            .filter(by_title().gt(text.clone()).or(title.eq(text).and(id.gt(last)))),
        (Some(Behind::Product(text, last)), true) => query
            .filter(by_title().le(text.clone()))
            .filter(by_title().lt(text.clone()).or(title.eq(text).and(id.lt(last)))),
        (Some(Behind::Available(left, last)), false) => query.filter(units().gt(left).or(units().eq(left).and(id.gt(last)))),
        (Some(Behind::Available(left, last)), true) => query.filter(units().lt(left).or(units().eq(left).and(id.lt(last)))),
    };
    let rows: Vec<StockRow> = query.load(tx.conn())?;
    if let (Some(page), None) = (page, known) {
        tx.store()
            .keep_figure(page, rows.iter().map(|row| row.variant_id).collect::<Vec<_>>());
    }
    Ok(rows)
}

/// Under what name the variants of a page are remembered: of a search that finds many products, for whose page all titles before it are read.
/// Which they are follows from products alone, and so from the version of the catalogue; how many units there are is read each time.
fn page_name(tx: &StoreTx, filter: &LevelFilter<'_>, found: Option<&Found>) -> Option<String> {
    let LevelFilter {
        words,
        stock: None,
        since: None,
        sort: LevelSort::Product,
        descending,
        after,
        limit,
    } = filter
    else {
        return None;
    };
    let many = matches!(found, Some(Found::Many { .. }));
    many.then(|| format!("stock at {}: {descending} {limit} {after:?} {words}", tx.store().catalog_version()))
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
            // The column says "LOW_STOCK or fewer", and has an index of those for which it is true.
            .filter(sql::<Bool>("inventory_levels.low"))
    };
    let fewest = (inventory_levels::on_hand - inventory_levels::reserved).nullable();
    let rows = low()
        .select(columns())
        .order((fewest, tx.in_order("products.title"), product_variants::id))
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

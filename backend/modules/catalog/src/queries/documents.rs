//! What goes into the index of a store's lists, and what has changed since it was read.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Jsonb, Nullable, Text, Uuid as SqlUuid};
use orion_framework::catalog_version;
use orion_framework::db::{DbError, StoreTx, read_json, write_json_text};
use orion_search::{Category, ProductDocument, VariantDocument};
use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::ON_SALE;
use super::categories::MAX_CATEGORIES;
use super::shown::{CHEAPEST, Shown, shown_json};

/// What the database is at while it is read.
#[derive(Debug, Clone, QueryableByName)]
pub struct State {
    /// The catalogue version of the store.
    #[diesel(sql_type = BigInt)]
    pub version: i64,
    /// The transactions that are seen.
    #[diesel(sql_type = Text)]
    pub seen: String,
    /// The time, in seconds since 1970.
    #[diesel(sql_type = BigInt)]
    pub at: i64,
    /// Which database it is; moves when its tables are emptied or made anew, and when the program learns to keep stock.
    #[diesel(sql_type = Text)]
    pub database: String,
}

/// The state, which all that the transaction reads from here on belongs to: it must be the first thing that is asked.
pub fn begin(tx: &mut StoreTx) -> Result<State, DbError> {
    tx.conn().batch_execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")?;
    let store = tx.store_id();
    let state = concat!(
        "SELECT ",
        catalog_version!(),
        " AS version, pg_current_snapshot()::text AS seen, extract(epoch FROM now())::bigint AS at, \
         (SELECT system_identifier FROM pg_control_system()) || '/' || pg_relation_filenode('catalog_changes') AS database"
    );
    let mut state: State = diesel::sql_query(state).bind::<SqlUuid, _>(store).get_result(tx.conn())?;
    if stock_levels(tx).is_none() {
        state.database.push_str(" without stock");
    }
    Ok(state)
}

#[derive(QueryableByName)]
struct IdRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// At most `limit` products that transactions outside of a snapshot have changed; the nil id means all.
pub fn changed_since(tx: &mut StoreTx, seen: &str, limit: i64) -> Result<Vec<Uuid>, DbError> {
    let store = tx.store_id();
    let changed = "SELECT DISTINCT product_id AS id FROM catalog_changes WHERE store_id = $1 \
         AND changed_in >= pg_snapshot_xmin($2::pg_snapshot)::text::bigint \
         AND NOT pg_visible_in_snapshot(changed_in::text::xid8, $2::pg_snapshot) LIMIT $3";
    let query = diesel::sql_query(changed)
        .bind::<SqlUuid, _>(store)
        .bind::<Text, _>(seen)
        .bind::<BigInt, _>(limit);
    let rows: Vec<IdRow> = query.load(tx.conn())?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

#[derive(QueryableByName)]
struct CountRow {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// How many products are on sale, up to `limit`.
pub fn count_up_to(tx: &mut StoreTx, limit: i64) -> Result<i64, DbError> {
    let store = tx.store_id();
    let count = format!("SELECT count(*) AS count FROM (SELECT 1 FROM products p WHERE {ON_SALE} LIMIT $2) found");
    let query = diesel::sql_query(count).bind::<SqlUuid, _>(store).bind::<BigInt, _>(limit);
    Ok(query.get_result::<CountRow>(tx.conn())?.count)
}

#[derive(QueryableByName)]
struct TreeRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    parent_id: Option<Uuid>,
    #[diesel(sql_type = Text)]
    slug: String,
    #[diesel(sql_type = Text)]
    name: String,
}

/// All live categories in the order in which the shop shows them.
pub fn tree(tx: &mut StoreTx) -> Result<Vec<Category>, DbError> {
    let tree = format!(
        "SELECT c.id, c.parent_id, c.slug, c.name FROM product_categories c WHERE c.store_id = $1 AND c.deleted_at IS NULL \
         ORDER BY c.position, c.name COLLATE {}, c.id LIMIT $2",
        tx.collation()
    );
    let store = tx.store_id();
    let query = diesel::sql_query(tree).bind::<SqlUuid, _>(store).bind::<BigInt, _>(MAX_CATEGORIES);
    let rows: Vec<TreeRow> = query.load(tx.conn())?;
    let category = |TreeRow { id, parent_id, slug, name }| Category { id, parent_id, slug, name };
    Ok(rows.into_iter().map(category).collect())
}

#[derive(QueryableByName)]
struct DocumentRow {
    #[diesel(sql_type = Jsonb)]
    shown: Value,
    #[diesel(sql_type = Text)]
    product_type: String,
    #[diesel(sql_type = Array<Text>)]
    tags: Vec<String>,
    #[diesel(sql_type = Text)]
    description: String,
    #[diesel(sql_type = Array<SqlUuid>)]
    categories: Vec<Uuid>,
    #[diesel(sql_type = Jsonb)]
    variants: Value,
}

#[derive(Deserialize)]
struct VariantJson {
    sku: String,
    barcode: String,
    price: i64,
    available: bool,
    values: Vec<String>,
}

impl DocumentRow {
    fn document(self) -> Result<ProductDocument, DbError> {
        let variants: Vec<VariantJson> = read_json(self.variants)?;
        let variant = |variant: VariantJson| VariantDocument {
            sku: variant.sku,
            barcode: variant.barcode,
            price: variant.price,
            available: variant.available,
            values: variant.values,
        };
        let shown: Shown = read_json(self.shown)?;
        Ok(ProductDocument {
            id: shown.id,
            created: shown.created_at.timestamp_micros(),
            price: shown.min_price_minor,
            shown: write_json_text(&shown)?,
            option_names: shown.options.into_iter().map(|option| option.name).collect(),
            title: shown.title,
            vendor: shown.vendor,
            product_type: self.product_type,
            tags: self.tags,
            description: self.description,
            categories: self.categories,
            variants: variants.into_iter().map(variant).collect(),
        })
    }
}

/// Stock is looked at whether the module is on or not: what it means is asked when a list is made.
fn stock_levels(tx: &StoreTx) -> Option<&'static str> {
    tx.modules().offered(|module| module.stock_levels)
}

/// The products on sale that meet a condition, which is about $2; in the order of their ids.
fn documents(tx: &StoreTx, condition: &str) -> String {
    let available = match stock_levels(tx) {
        Some(levels) => format!(
            "NOT v.track_inventory OR (SELECT coalesce(sum(l.on_hand - l.reserved), 0) \
             FROM {levels} l WHERE l.store_id = $1 AND l.variant_id = v.id) > 0"
        ),
        None => "true".to_owned(),
    };
    format!(
        "SELECT {shown} AS shown, p.product_type, p.tags, \
         regexp_replace(p.description_html, '<[^>]*>', ' ', 'g') AS description, \
         ARRAY(SELECT k.category_id FROM product_category_links k WHERE k.store_id = $1 AND k.product_id = p.id) AS categories, \
         coalesce((SELECT jsonb_agg(jsonb_build_object('sku', coalesce(v.sku, ''), 'barcode', v.barcode, 'price', v.price_minor, \
             'values', v.option_values, 'available', {available}) ORDER BY v.position, v.id) \
             FROM product_variants v WHERE v.store_id = $1 AND v.product_id = p.id AND v.deleted_at IS NULL), '[]'::jsonb) AS variants \
         FROM (SELECT * FROM products p WHERE {ON_SALE} AND {condition} ORDER BY p.id LIMIT $3) p {CHEAPEST} ORDER BY p.id",
        shown = shown_json(),
    )
}

/// The next products behind an id.
pub fn documents_after(tx: &mut StoreTx, after: Uuid, limit: i64) -> Result<Vec<ProductDocument>, DbError> {
    let store = tx.store_id();
    let query = diesel::sql_query(documents(tx, "p.id > $2"))
        .bind::<SqlUuid, _>(store)
        .bind::<SqlUuid, _>(after)
        .bind::<BigInt, _>(limit);
    let rows: Vec<DocumentRow> = query.load(tx.conn())?;
    rows.into_iter().map(DocumentRow::document).collect()
}

/// Those of some products that are on sale.
pub fn documents_of(tx: &mut StoreTx, ids: &[Uuid]) -> Result<Vec<ProductDocument>, DbError> {
    let store = tx.store_id();
    let query = diesel::sql_query(documents(tx, "p.id = ANY($2)"))
        .bind::<SqlUuid, _>(store)
        .bind::<Array<SqlUuid>, _>(ids)
        .bind::<BigInt, _>(ids.len() as i64);
    let rows: Vec<DocumentRow> = query.load(tx.conn())?;
    rows.into_iter().map(DocumentRow::document).collect()
}

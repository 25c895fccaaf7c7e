//! Variants: read with their stock, and written as a set.

use diesel::prelude::*;
use diesel::sql_types::{Array, Text, Uuid as SqlUuid};
use diesel::upsert::excluded;
use orion_framework::db::{DbError, StoreTx};
use uuid::Uuid;

use crate::model::{StockedVariant, VariantRow};
use crate::schema::product_variants::{self, dsl};

/// The live variants of a product in their order, with their stock when it is kept.
pub fn list_variants(tx: &mut StoreTx, product: Uuid) -> Result<Vec<StockedVariant>, DbError> {
    list_variants_of(tx, &[product])
}

/// The live variants of these products, each product's in their order.
pub fn list_variants_of(tx: &mut StoreTx, products: &[Uuid]) -> Result<Vec<StockedVariant>, DbError> {
    let stock = match tx.offered(|module| module.stock_levels) {
        Some(levels) => format!(
            "SELECT sum(l.on_hand) AS on_hand, sum(l.reserved) AS reserved FROM {levels} l \
             WHERE l.store_id = v.store_id AND l.variant_id = v.id"
        ),
        None => "SELECT NULL::bigint AS on_hand, NULL::bigint AS reserved".to_owned(),
    };
    let query = format!(
        "SELECT v.*, s.on_hand, s.reserved FROM product_variants v CROSS JOIN LATERAL ({stock}) s \
         WHERE v.store_id = $1 AND v.product_id = ANY($2) AND v.deleted_at IS NULL ORDER BY v.product_id, v.position, v.id"
    );
    let store = tx.store_id();
    let query = diesel::sql_query(query)
        .bind::<SqlUuid, _>(store)
        .bind::<Array<SqlUuid>, _>(products);
    Ok(query.load(tx.conn())?)
}

/// The product of each of these variants; one that is no longer sold has none.
pub fn list_products_of(tx: &mut StoreTx, variants: &[Uuid]) -> Result<Vec<(Uuid, Uuid)>, DbError> {
    let query = dsl::product_variants
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::id.eq_any(variants))
        .filter(dsl::deleted_at.is_null())
        .select((dsl::id, dsl::product_id));
    Ok(query.load(tx.conn())?)
}

#[derive(QueryableByName)]
struct SkuRow {
    #[diesel(sql_type = Text)]
    sku: String,
}

/// Those SKUs of a product that more than one live variant of the store has.
pub fn shared_skus(tx: &mut StoreTx, product: Uuid) -> Result<Vec<String>, DbError> {
    let query = "SELECT v.sku FROM product_variants v WHERE v.store_id = $1 AND v.deleted_at IS NULL AND v.sku IN (\
         SELECT o.sku FROM product_variants o WHERE o.store_id = $1 AND o.product_id = $2 AND o.deleted_at IS NULL AND o.sku IS NOT NULL) \
         GROUP BY v.sku HAVING count(*) > 1 ORDER BY v.sku";
    let store = tx.store_id();
    let query = diesel::sql_query(query).bind::<SqlUuid, _>(store).bind::<SqlUuid, _>(product);
    Ok(query.load::<SkuRow>(tx.conn())?.into_iter().map(|row| row.sku).collect())
}

/// These variants, also those that are no longer sold.
pub fn list_rows(tx: &mut StoreTx, ids: &[Uuid]) -> Result<Vec<VariantRow>, DbError> {
    let query = dsl::product_variants
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::id.eq_any(ids))
        .select(VariantRow::as_select());
    Ok(query.load(tx.conn())?)
}

/// Puts variants that are no longer sold back on sale.
pub fn revive_variants(tx: &mut StoreTx, ids: &[Uuid]) -> Result<(), DbError> {
    if ids.is_empty() {
        return Ok(());
    }
    let target = dsl::product_variants
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::id.eq_any(ids));
    diesel::update(target)
        .set(dsl::deleted_at.eq(None::<chrono::DateTime<chrono::Utc>>))
        .execute(tx.conn())?;
    Ok(())
}

/// Takes variants off sale for good; orders that name them keep their own words.
pub fn delete_variants(tx: &mut StoreTx, ids: &[Uuid]) -> Result<(), DbError> {
    if ids.is_empty() {
        return Ok(());
    }
    let (store, now) = (tx.store_id(), tx.now());
    let target = dsl::product_variants.filter(dsl::store_id.eq(store)).filter(dsl::id.eq_any(ids));
    diesel::update(target)
        .set((dsl::deleted_at.eq(now), dsl::updated_at.eq(now)))
        .execute(tx.conn())?;
    Ok(())
}

/// Takes all live variants of a product off sale, and says which they were.
pub fn delete_variants_of(tx: &mut StoreTx, product: Uuid) -> Result<Vec<Uuid>, DbError> {
    let (store, now) = (tx.store_id(), tx.now());
    let target = dsl::product_variants
        .filter(dsl::store_id.eq(store))
        .filter(dsl::product_id.eq(product))
        .filter(dsl::deleted_at.is_null());
    let gone = diesel::update(target).set((dsl::deleted_at.eq(now), dsl::updated_at.eq(now)));
    Ok(gone.returning(dsl::id).get_results(tx.conn())?)
}

/// Frees the SKUs and values of variants that are about to get others: two that swap theirs would meet on the way.
pub fn park_variants(tx: &mut StoreTx, ids: &[Uuid]) -> Result<(), DbError> {
    if ids.is_empty() {
        return Ok(());
    }
    let query = "UPDATE product_variants SET sku = NULL, option_values = ARRAY['\u{1}', id::text] WHERE store_id = $1 AND id = ANY($2)";
    let store = tx.store_id();
    diesel::sql_query(query)
        .bind::<SqlUuid, _>(store)
        .bind::<Array<SqlUuid>, _>(ids)
        .execute(tx.conn())?;
    Ok(())
}

/// Inserts new variants and changes those that are there, in one statement.
pub fn upsert_variants(tx: &mut StoreTx, rows: &[VariantRow]) -> Result<(), DbError> {
    if rows.is_empty() {
        return Ok(());
    }
    let query = diesel::insert_into(product_variants::table)
        .values(rows)
        .on_conflict((dsl::store_id, dsl::id))
        .do_update()
        .set((
            dsl::title.eq(excluded(dsl::title)),
            dsl::option_values.eq(excluded(dsl::option_values)),
            dsl::sku.eq(excluded(dsl::sku)),
            dsl::barcode.eq(excluded(dsl::barcode)),
            dsl::price_minor.eq(excluded(dsl::price_minor)),
            dsl::compare_at_minor.eq(excluded(dsl::compare_at_minor)),
            dsl::weight_grams.eq(excluded(dsl::weight_grams)),
            dsl::taxable.eq(excluded(dsl::taxable)),
            dsl::requires_shipping.eq(excluded(dsl::requires_shipping)),
            dsl::track_inventory.eq(excluded(dsl::track_inventory)),
            dsl::position.eq(excluded(dsl::position)),
            dsl::updated_at.eq(excluded(dsl::updated_at)),
            dsl::version.eq(excluded(dsl::version)),
            dsl::external_id.eq(excluded(dsl::external_id)),
            dsl::metadata.eq(excluded(dsl::metadata)),
            dsl::cost_minor.eq(excluded(dsl::cost_minor)),
            dsl::content_milli.eq(excluded(dsl::content_milli)),
            dsl::content_unit.eq(excluded(dsl::content_unit)),
        ));
    query.execute(tx.conn())?;
    Ok(())
}

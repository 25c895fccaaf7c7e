//! Pictures of products.

use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text, Uuid as SqlUuid};
use orion_framework::db::{DbError, StoreTx};
use uuid::Uuid;

use crate::model::{Counted, ImageRow};
use crate::schema::product_images::{self, dsl};
use crate::schema::{product_variants as variants, products};

/// The pictures of a product in their order.
pub fn list_images(tx: &mut StoreTx, product: Uuid) -> Result<Vec<ImageRow>, DbError> {
    let store = tx.store_id();
    let query = dsl::product_images
        .filter(dsl::store_id.eq(store))
        .filter(dsl::product_id.eq(product))
        .order((dsl::position, dsl::id))
        .select(ImageRow::as_select());
    Ok(query.load(tx.conn())?)
}

/// The pictures of these products, each product's in their order.
pub fn list_images_of(tx: &mut StoreTx, products: &[Uuid]) -> Result<Vec<ImageRow>, DbError> {
    let query = dsl::product_images
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::product_id.eq_any(products))
        .order((dsl::product_id, dsl::position, dsl::id))
        .select(ImageRow::as_select());
    Ok(query.load(tx.conn())?)
}

/// The pictures of products that were not deleted, oldest first, from behind `after`; each with the slug of its product and the SKU of its
/// variant.
pub fn list_all(tx: &mut StoreTx, after: Option<Uuid>, limit: i64) -> Result<Vec<(ImageRow, String, Option<String>)>, DbError> {
    let its_product = products::store_id.eq(dsl::store_id).and(products::id.eq(dsl::product_id));
    let its_variant = variants::store_id
        .eq(dsl::store_id)
        .and(variants::id.nullable().eq(dsl::variant_id));
    let mut query = dsl::product_images
        .inner_join(products::table.on(its_product))
        .left_join(variants::table.on(its_variant))
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(products::deleted_at.is_null())
        .order(dsl::id)
        .limit(limit)
        .select((ImageRow::as_select(), products::slug, variants::sku.nullable()))
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(dsl::id.gt(after));
    }
    Ok(query.load(tx.conn())?)
}

/// Inserts pictures.
pub fn insert_images(tx: &mut StoreTx, rows: &[ImageRow]) -> Result<(), DbError> {
    if !rows.is_empty() {
        diesel::insert_into(product_images::table).values(rows).execute(tx.conn())?;
    }
    Ok(())
}

/// Writes what staff or a product file can change of a picture.
pub fn update_image(tx: &mut StoreTx, row: &ImageRow) -> Result<(), DbError> {
    let target = dsl::product_images
        .filter(dsl::store_id.eq(row.store_id))
        .filter(dsl::id.eq(row.id));
    let set = (
        dsl::alt.eq(&row.alt),
        dsl::position.eq(row.position),
        dsl::variant_id.eq(row.variant_id),
        dsl::updated_at.eq(row.updated_at),
    );
    diesel::update(target).set(set).execute(tx.conn())?;
    Ok(())
}

/// Forgets a picture. Its files stay for now: orders show what was bought.
pub fn delete_image(tx: &mut StoreTx, product: Uuid, id: Uuid) -> Result<bool, DbError> {
    let store = tx.store_id();
    let target = dsl::product_images
        .filter(dsl::store_id.eq(store))
        .filter(dsl::product_id.eq(product))
        .filter(dsl::id.eq(id));
    Ok(diesel::delete(target).execute(tx.conn())? > 0)
}

/// Whether a product that was not deleted has the picture.
pub fn is_of_live_product(tx: &mut StoreTx, id: Uuid) -> Result<bool, DbError> {
    let store = tx.store_id();
    let products = products::table
        .filter(products::store_id.eq(store))
        .filter(products::id.eq(dsl::product_id))
        .filter(products::deleted_at.is_null());
    let live = dsl::product_images
        .filter(dsl::store_id.eq(store))
        .filter(dsl::id.eq(id))
        .filter(exists(products));
    Ok(diesel::select(exists(live)).get_result(tx.conn())?)
}

/// Pictures of a product that wait to be fetched.
pub fn list_pending(tx: &mut StoreTx, product: Uuid) -> Result<Vec<ImageRow>, DbError> {
    let store = tx.store_id();
    let query = dsl::product_images
        .filter(dsl::store_id.eq(store))
        .filter(dsl::product_id.eq(product))
        .filter(dsl::status.eq("pending"))
        .filter(dsl::source_url.is_not_null())
        .order((dsl::position, dsl::id))
        .select(ImageRow::as_select());
    Ok(query.load(tx.conn())?)
}

/// A fetched picture is there. `false` when it was removed in the meantime.
pub fn mark_ready(tx: &mut StoreTx, id: Uuid, width: i32, height: i32, placeholder: &str) -> Result<bool, DbError> {
    let (store, now) = (tx.store_id(), tx.now());
    let target = dsl::product_images.filter(dsl::store_id.eq(store)).filter(dsl::id.eq(id));
    let set = (
        dsl::status.eq("ready"),
        dsl::width.eq(width),
        dsl::height.eq(height),
        dsl::placeholder.eq(placeholder),
        dsl::fetch_error.eq(None::<String>),
        dsl::updated_at.eq(now),
    );
    Ok(diesel::update(target).set(set).execute(tx.conn())? > 0)
}

/// A picture could not be fetched, and why.
pub fn mark_failed(tx: &mut StoreTx, id: Uuid, reason: &str) -> Result<bool, DbError> {
    let (store, now) = (tx.store_id(), tx.now());
    let target = dsl::product_images.filter(dsl::store_id.eq(store)).filter(dsl::id.eq(id));
    let set = (dsl::status.eq("failed"), dsl::fetch_error.eq(reason), dsl::updated_at.eq(now));
    Ok(diesel::update(target).set(set).execute(tx.conn())? > 0)
}

#[derive(QueryableByName)]
struct ProductOf {
    #[diesel(sql_type = SqlUuid)]
    product_id: Uuid,
}

/// Puts the failed pictures of an import back in line; returns the live products they belong to.
pub fn retry_failed(tx: &mut StoreTx, import: Uuid) -> Result<Vec<Uuid>, DbError> {
    let query = "WITH retried AS (\
         UPDATE product_images i SET status = 'pending', fetch_error = NULL, updated_at = $3 FROM products p \
         WHERE i.store_id = $1 AND i.import_id = $2 AND i.status = 'failed' \
         AND p.store_id = i.store_id AND p.id = i.product_id AND p.deleted_at IS NULL RETURNING i.product_id) \
         SELECT DISTINCT product_id FROM retried ORDER BY product_id";
    let (store, now) = (tx.store_id(), tx.now());
    let query = diesel::sql_query(query)
        .bind::<SqlUuid, _>(store)
        .bind::<SqlUuid, _>(import)
        .bind::<diesel::sql_types::Timestamptz, _>(now);
    Ok(query.load::<ProductOf>(tx.conn())?.into_iter().map(|row| row.product_id).collect())
}

/// A picture of an import that could not be fetched.
#[derive(Debug, QueryableByName)]
pub struct FailedImage {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub product_id: Uuid,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub source_url: String,
    #[diesel(sql_type = Text)]
    pub fetch_error: String,
}

/// The failed pictures of an import, oldest first, from behind `after`.
pub fn list_failed(tx: &mut StoreTx, import: Uuid, after: Uuid, limit: i64) -> Result<Vec<FailedImage>, DbError> {
    let query = "SELECT i.id, i.product_id, p.title, coalesce(i.source_url, '') AS source_url, coalesce(i.fetch_error, '') AS fetch_error \
         FROM product_images i JOIN products p ON p.store_id = i.store_id AND p.id = i.product_id AND p.deleted_at IS NULL \
         WHERE i.store_id = $1 AND i.import_id = $2 AND i.status = 'failed' AND i.id > $3 ORDER BY i.id LIMIT $4";
    let store = tx.store_id();
    let query = diesel::sql_query(query)
        .bind::<SqlUuid, _>(store)
        .bind::<SqlUuid, _>(import)
        .bind::<SqlUuid, _>(after)
        .bind::<BigInt, _>(limit);
    Ok(query.load(tx.conn())?)
}

/// How many pictures of an import could not be fetched.
pub fn count_failed(tx: &mut StoreTx, import: Uuid) -> Result<i64, DbError> {
    let query = "SELECT count(*) AS count FROM product_images i \
         JOIN products p ON p.store_id = i.store_id AND p.id = i.product_id AND p.deleted_at IS NULL \
         WHERE i.store_id = $1 AND i.import_id = $2 AND i.status = 'failed'";
    let store = tx.store_id();
    let query = diesel::sql_query(query).bind::<SqlUuid, _>(store).bind::<SqlUuid, _>(import);
    Ok(query.get_result::<Counted>(tx.conn())?.count)
}

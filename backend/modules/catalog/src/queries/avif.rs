//! Pictures that have no AVIF files yet.

use diesel::dsl::exists;
use diesel::prelude::*;
use orion_framework::db::{DbError, PlatformTx, StoreTx};
use uuid::Uuid;

use crate::foreign::stores;
use crate::schema::product_images::dsl;

/// Stores that have pictures without AVIF files.
pub fn stores_without_avif(tx: &mut PlatformTx) -> Result<Vec<Uuid>, DbError> {
    let missing = dsl::product_images
        .filter(dsl::store_id.eq(stores::id))
        .filter(dsl::avif_at.is_null())
        .filter(dsl::status.eq("ready"))
        .select(dsl::store_id);
    let found = stores::table.filter(exists(missing)).select(stores::id);
    Ok(found.load(tx.conn())?)
}

/// The first `limit` pictures whose AVIF files were not made yet.
pub fn list_without_avif(tx: &mut StoreTx, limit: i64) -> Result<Vec<Uuid>, DbError> {
    let query = dsl::product_images
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::avif_at.is_null())
        .filter(dsl::status.eq("ready"))
        .order(dsl::id)
        .limit(limit)
        .select(dsl::id);
    Ok(query.load(tx.conn())?)
}

/// The AVIF files of these pictures were looked after. Nothing that a shop or its staff read has changed.
pub fn mark_avif(tx: &mut StoreTx, ids: &[Uuid]) -> Result<(), DbError> {
    let (store, now) = (tx.store_id(), tx.now());
    let target = dsl::product_images.filter(dsl::store_id.eq(store)).filter(dsl::id.eq_any(ids));
    diesel::update(target).set(dsl::avif_at.eq(now)).execute(tx.conn())?;
    Ok(())
}

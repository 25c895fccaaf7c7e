//! Pictures that have no AVIF files yet.

use diesel::prelude::*;
use diesel::sql_types::{Array, Uuid as SqlUuid};
use orion_framework::db::{DbError, PlatformTx, StoreTx};
use orion_framework::tenancy::list_store_ids;
use uuid::Uuid;

use crate::schema::product_images::dsl;

#[derive(QueryableByName)]
struct StoreRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Stores that have pictures without AVIF files; one look into an index for each store.
pub fn stores_without_avif(tx: &mut PlatformTx) -> Result<Vec<Uuid>, DbError> {
    let all = list_store_ids(tx)?;
    let query = "SELECT s.id FROM unnest($1) AS s(id) CROSS JOIN LATERAL (\
         SELECT FROM product_images i WHERE i.store_id = s.id AND i.avif_at IS NULL AND i.status = 'ready' LIMIT 1) missing";
    let rows: Vec<StoreRow> = diesel::sql_query(query).bind::<Array<SqlUuid>, _>(all).load(tx.conn())?;
    Ok(rows.into_iter().map(|row| row.id).collect())
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

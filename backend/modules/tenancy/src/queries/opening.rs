//! Whether a store is open to the world, and who may see it before.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_framework::clock::Ids;
use orion_framework::db::StoreTx;

use crate::schema::stores;

/// What is kept about a store's opening.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = stores)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct OpeningRow {
    pub(crate) opened_at: Option<DateTime<Utc>>,
    pub(crate) guest_password_hash: Option<String>,
}

/// The row.
pub(crate) fn get(tx: &mut StoreTx) -> QueryResult<OpeningRow> {
    let store = tx.store_id();
    stores::table.find(store).select(OpeningRow::as_select()).first(tx.conn())
}

/// The row, held until the transaction ends.
pub(crate) fn lock(tx: &mut StoreTx) -> QueryResult<OpeningRow> {
    let store = tx.store_id();
    stores::table
        .find(store)
        .select(OpeningRow::as_select())
        .for_no_key_update()
        .first(tx.conn())
}

/// Opens it.
pub(crate) fn set_opened(tx: &mut StoreTx) -> QueryResult<()> {
    let (store, now) = (tx.store_id(), tx.now());
    diesel::update(stores::table.find(store))
        .set((stores::opened_at.eq(now), stores::updated_at.eq(now)))
        .execute(tx.conn())
        .map(|_| ())
}

/// Sets or removes the password of guests, and the key under everything that has let one in.
pub(crate) fn set_password(tx: &mut StoreTx, hash: Option<&str>) -> QueryResult<()> {
    let (store, now) = (tx.store_id(), tx.now());
    diesel::update(stores::table.find(store))
        .set((
            stores::guest_password_hash.eq(hash),
            stores::guest_key.eq(Ids::secret()),
            stores::updated_at.eq(now),
        ))
        .execute(tx.conn())
        .map(|_| ())
}

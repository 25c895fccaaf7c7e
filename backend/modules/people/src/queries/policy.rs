//! What the store at hand wants of its members.

use crate::foreign::stores;
use diesel::prelude::*;
use orion_framework::db::StoreTx;

/// Whether they need a second factor.
pub(crate) fn get(tx: &mut StoreTx) -> QueryResult<bool> {
    let store = stores::table.filter(stores::id.eq(tx.store_id()));
    store.select(stores::second_factor_required).first(tx.conn())
}

/// The same, held until the transaction ends.
pub(crate) fn lock(tx: &mut StoreTx) -> QueryResult<bool> {
    let store = stores::table.filter(stores::id.eq(tx.store_id()));
    store.select(stores::second_factor_required).for_no_key_update().first(tx.conn())
}

/// Sets it.
pub(crate) fn set(tx: &mut StoreTx, required: bool) -> QueryResult<()> {
    let store = stores::table.filter(stores::id.eq(tx.store_id()));
    diesel::update(store)
        .set(stores::second_factor_required.eq(required))
        .execute(tx.conn())
        .map(|_| ())
}

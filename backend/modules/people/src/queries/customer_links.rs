//! Links of a store's customers.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_framework::db::StoreTx;
use uuid::Uuid;

use crate::schema::customer_password_links::{self as links, dsl};

/// How many links somebody was sent since a time.
pub(crate) fn count_since(tx: &mut StoreTx, customer: Uuid, since: DateTime<Utc>) -> QueryResult<i64> {
    links::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::customer_id.eq(customer))
        .filter(dsl::created_at.gt(since))
        .count()
        .get_result(tx.conn())
}

/// Ends all links of somebody.
pub(crate) fn void(tx: &mut StoreTx, customer: Uuid) -> QueryResult<()> {
    let live = links::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::customer_id.eq(customer))
        .filter(dsl::token_hash.is_not_null());
    diesel::update(live)
        .set(dsl::token_hash.eq(None::<Vec<u8>>))
        .execute(tx.conn())
        .map(|_| ())
}

/// Adds a link.
pub(crate) fn insert(tx: &mut StoreTx, id: Uuid, customer: Uuid, hash: Vec<u8>, expires_at: DateTime<Utc>) -> QueryResult<()> {
    let (store, now) = (tx.store_id(), tx.now());
    diesel::insert_into(links::table)
        .values((
            dsl::store_id.eq(store),
            dsl::id.eq(id),
            dsl::customer_id.eq(customer),
            dsl::token_hash.eq(hash),
            dsl::created_at.eq(now),
            dsl::expires_at.eq(expires_at),
        ))
        .execute(tx.conn())
        .map(|_| ())
}

/// Whose link it is, while it works.
pub(crate) fn find(tx: &mut StoreTx, hash: &[u8]) -> QueryResult<Option<Uuid>> {
    links::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::token_hash.eq(hash))
        .filter(dsl::expires_at.gt(tx.now()))
        .select(dsl::customer_id)
        .first(tx.conn())
        .optional()
}

/// Uses a link up; of two who follow it at once one hears that it was.
pub(crate) fn take(tx: &mut StoreTx, hash: &[u8]) -> QueryResult<bool> {
    let live = links::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::token_hash.eq(hash))
        .filter(dsl::expires_at.gt(tx.now()));
    diesel::update(live)
        .set(dsl::token_hash.eq(None::<Vec<u8>>))
        .execute(tx.conn())
        .map(|used| used == 1)
}

//! Statements over keys.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use orion_framework::db::StoreTx;
use uuid::Uuid;

use crate::model::KeyRow;
use crate::schema::api_keys::{self, dsl};

/// What the gate needs of a key: id, name, prefix, scopes.
pub(crate) type Opened = (Uuid, String, String, Vec<String>);

/// The keys of the store.
macro_rules! own {
    ($tx:expr) => {
        api_keys::table.filter(dsl::store_id.eq($tx.store_id()))
    };
}

/// The key whose secret has this hash, or had it and is good beside its successor, if its time is not over.
pub(crate) fn find(tx: &mut StoreTx, hash: &[u8]) -> QueryResult<Option<Opened>> {
    let now = tx.now();
    let is_previous = dsl::previous_hash.eq(hash).and(dsl::previous_until.gt(now));
    own!(tx)
        .filter(dsl::secret_hash.nullable().eq(hash).or(is_previous))
        .filter(dsl::expires_at.is_null().or(dsl::expires_at.gt(now)))
        .select((dsl::id, dsl::name, dsl::prefix, dsl::scopes))
        .first(tx.conn())
        .optional()
}

/// Notes the use of a key, unless another server has done so since `before`.
pub(crate) fn note_use(tx: &mut StoreTx, id: Uuid, ip: &str, since_last: TimeDelta) -> QueryResult<()> {
    let now = tx.now();
    let is_due = dsl::last_used_at.is_null().or(dsl::last_used_at.le(now - since_last));
    diesel::update(own!(tx).filter(dsl::id.eq(id)).filter(is_due))
        .set((dsl::last_used_at.eq(now), dsl::last_used_ip.eq(ip)))
        .execute(tx.conn())
        .map(|_| ())
}

/// Adds a key.
pub(crate) fn insert(tx: &mut StoreTx, row: &KeyRow) -> QueryResult<()> {
    diesel::insert_into(api_keys::table).values(row).execute(tx.conn()).map(|_| ())
}

/// A key.
pub(crate) fn get(tx: &mut StoreTx, id: Uuid) -> QueryResult<KeyRow> {
    let query = own!(tx).filter(dsl::id.eq(id));
    query.select(KeyRow::as_select()).first(tx.conn())
}

/// A key, held until the transaction ends.
pub(crate) fn lock(tx: &mut StoreTx, id: Uuid) -> QueryResult<KeyRow> {
    let query = own!(tx).filter(dsl::id.eq(id));
    query.select(KeyRow::as_select()).for_no_key_update().first(tx.conn())
}

/// A page of keys, newest first.
pub(crate) fn list(tx: &mut StoreTx, (before, since): (Option<Uuid>, Option<DateTime<Utc>>), limit: i64) -> QueryResult<Vec<KeyRow>> {
    let query = own!(tx);
    let mut query = query.order(dsl::id.desc()).limit(limit).select(KeyRow::as_select()).into_boxed();
    if let Some(before) = before {
        query = query.filter(dsl::id.lt(before));
    }
    if let Some(since) = since {
        query = query.filter(dsl::updated_at.ge(since));
    }
    query.load(tx.conn())
}

/// How many keys there are.
pub(crate) fn count(tx: &mut StoreTx) -> QueryResult<i64> {
    own!(tx).count().get_result(tx.conn())
}

/// Writes a key's row anew, but for when it was last used.
pub(crate) fn update(tx: &mut StoreTx, row: &KeyRow) -> QueryResult<()> {
    diesel::update(own!(tx).filter(dsl::id.eq(row.id)))
        .set((
            dsl::name.eq(&row.name),
            dsl::scopes.eq(&row.scopes),
            dsl::prefix.eq(&row.prefix),
            dsl::secret_hash.eq(&row.secret_hash),
            dsl::previous_prefix.eq(&row.previous_prefix),
            dsl::previous_hash.eq(&row.previous_hash),
            dsl::previous_until.eq(row.previous_until),
            dsl::updated_at.eq(row.updated_at),
            dsl::version.eq(row.version),
        ))
        .execute(tx.conn())
        .map(|_| ())
}

/// Takes a key away; the next request with it finds nothing.
pub(crate) fn delete(tx: &mut StoreTx, id: Uuid) -> QueryResult<()> {
    diesel::delete(own!(tx).filter(dsl::id.eq(id))).execute(tx.conn()).map(|_| ())
}

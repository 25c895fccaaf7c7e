//! Statements over exports.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_framework::db::StoreTx;
use uuid::Uuid;

use crate::model::ExportRow;
use crate::schema::exports::{self, dsl};

/// Adds an export.
pub(crate) fn insert(tx: &mut StoreTx, row: &ExportRow) -> QueryResult<()> {
    diesel::insert_into(exports::table).values(row).execute(tx.conn()).map(|_| ())
}

/// An export.
pub(crate) fn get(tx: &mut StoreTx, id: Uuid) -> QueryResult<ExportRow> {
    let store = tx.store_id();
    let query = exports::table.filter(dsl::store_id.eq(store)).filter(dsl::id.eq(id));
    query.select(ExportRow::as_select()).first(tx.conn())
}

/// An export, held until the transaction ends.
pub(crate) fn lock(tx: &mut StoreTx, id: Uuid) -> QueryResult<ExportRow> {
    let store = tx.store_id();
    let query = exports::table.filter(dsl::store_id.eq(store)).filter(dsl::id.eq(id));
    query.select(ExportRow::as_select()).for_no_key_update().first(tx.conn())
}

/// Exports of these kinds, newest first.
pub(crate) fn list(
    tx: &mut StoreTx,
    kinds: &[&str],
    (before, since): (Option<Uuid>, Option<DateTime<Utc>>),
    limit: i64,
) -> QueryResult<Vec<ExportRow>> {
    let mut query = exports::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::kind.eq_any(kinds.to_vec()))
        .order(dsl::id.desc())
        .limit(limit)
        .select(ExportRow::as_select())
        .into_boxed();
    if let Some(before) = before {
        query = query.filter(dsl::id.lt(before));
    }
    if let Some(since) = since {
        query = query.filter(dsl::updated_at.ge(since));
    }
    query.load(tx.conn())
}

/// How many files are being written or wait for it.
pub(crate) fn count_open(tx: &mut StoreTx) -> QueryResult<i64> {
    let query = exports::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::status.eq_any(["queued", "running"]));
    query.count().get_result(tx.conn())
}

/// Writes an export's row anew.
pub(crate) fn update(tx: &mut StoreTx, row: &ExportRow) -> QueryResult<()> {
    let now = tx.now();
    let query = exports::table.filter(dsl::store_id.eq(tx.store_id())).filter(dsl::id.eq(row.id));
    diesel::update(query)
        .set((
            dsl::status.eq(&row.status),
            dsl::done_count.eq(row.done_count),
            dsl::total_count.eq(row.total_count),
            dsl::cut_count.eq(row.cut_count),
            dsl::size_bytes.eq(row.size_bytes),
            dsl::sha256.eq(&row.sha256),
            dsl::failure.eq(&row.failure),
            dsl::finished_at.eq(row.finished_at),
            dsl::expires_at.eq(row.expires_at),
            dsl::members.eq(&row.members),
            dsl::missing_count.eq(row.missing_count),
            dsl::updated_at.eq(now),
        ))
        .execute(tx.conn())
        .map(|_| ())
}

/// Notes how far a run is.
pub(crate) fn set_progress(tx: &mut StoreTx, id: Uuid, done: i64) -> QueryResult<()> {
    let now = tx.now();
    let query = exports::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::id.eq(id))
        .filter(dsl::status.eq("running"));
    diesel::update(query)
        .set((dsl::done_count.eq(done), dsl::updated_at.eq(now)))
        .execute(tx.conn())
        .map(|_| ())
}

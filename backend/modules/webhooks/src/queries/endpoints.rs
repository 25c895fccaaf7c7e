//! Statements over endpoints.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::dsl::count_star;
use diesel::prelude::*;
use orion_framework::db::StoreTx;
use uuid::Uuid;

use crate::model::EndpointRow;
use crate::schema::webhook_deliveries as deliveries;
use crate::schema::webhook_endpoints::{self as endpoints, dsl};

/// The store's endpoints that were not deleted.
macro_rules! live {
    ($store:expr) => {
        endpoints::table.filter(dsl::store_id.eq($store)).filter(dsl::deleted_at.is_null())
    };
}

/// Adds an endpoint.
pub(crate) fn insert(tx: &mut StoreTx, row: &EndpointRow) -> QueryResult<()> {
    diesel::insert_into(endpoints::table).values(row).execute(tx.conn()).map(|_| ())
}

/// An endpoint.
pub(crate) fn get(tx: &mut StoreTx, id: Uuid) -> QueryResult<EndpointRow> {
    let query = live!(tx.store_id()).filter(dsl::id.eq(id));
    query.select(EndpointRow::as_select()).first(tx.conn())
}

/// An endpoint, held until the transaction ends: what is told meanwhile waits, and so does what notes the end of deliveries.
pub(crate) fn lock(tx: &mut StoreTx, id: Uuid) -> QueryResult<EndpointRow> {
    let query = live!(tx.store_id()).filter(dsl::id.eq(id));
    query.select(EndpointRow::as_select()).for_no_key_update().first(tx.conn())
}

/// Likewise; `None` when it was deleted.
pub(crate) fn find_locked(tx: &mut StoreTx, id: Uuid) -> QueryResult<Option<EndpointRow>> {
    lock(tx, id).optional()
}

/// All endpoints, held until the transaction ends, always in the same order.
pub(crate) fn lock_all(tx: &mut StoreTx) -> QueryResult<Vec<EndpointRow>> {
    let query = live!(tx.store_id()).order(dsl::id).select(EndpointRow::as_select());
    query.for_no_key_update().load(tx.conn())
}

/// A page of endpoints, newest first.
pub(crate) fn list(tx: &mut StoreTx, (before, since): (Option<Uuid>, Option<DateTime<Utc>>), limit: i64) -> QueryResult<Vec<EndpointRow>> {
    let query = live!(tx.store_id());
    let mut query = query
        .order(dsl::id.desc())
        .limit(limit)
        .select(EndpointRow::as_select())
        .into_boxed();
    if let Some(before) = before {
        query = query.filter(dsl::id.lt(before));
    }
    if let Some(since) = since {
        query = query.filter(dsl::updated_at.ge(since));
    }
    query.load(tx.conn())
}

/// How many endpoints there are.
pub(crate) fn count(tx: &mut StoreTx) -> QueryResult<i64> {
    live!(tx.store_id()).count().get_result(tx.conn())
}

/// Writes an endpoint's row anew, but for its number, which listeners move.
pub(crate) fn update(tx: &mut StoreTx, row: &EndpointRow) -> QueryResult<()> {
    let query = endpoints::table.filter(dsl::store_id.eq(tx.store_id())).filter(dsl::id.eq(row.id));
    diesel::update(query)
        .set((
            (
                dsl::url.eq(&row.url),
                dsl::description.eq(&row.description),
                dsl::events.eq(&row.events),
                dsl::payload.eq(&row.payload),
                dsl::enabled.eq(row.enabled),
                dsl::off_reason.eq(&row.off_reason),
                dsl::off_at.eq(row.off_at),
            ),
            (
                dsl::secret.eq(&row.secret),
                dsl::previous_secret.eq(&row.previous_secret),
                dsl::previous_secret_until.eq(row.previous_secret_until),
                dsl::failures.eq(row.failures),
                dsl::failing_since.eq(row.failing_since),
                dsl::paused_until.eq(row.paused_until),
            ),
            dsl::updated_at.eq(row.updated_at),
            dsl::version.eq(row.version),
        ))
        .execute(tx.conn())
        .map(|_| ())
}

/// Notes the number of the newest event for an endpoint.
pub(crate) fn set_sequence(tx: &mut StoreTx, id: Uuid, last: i64) -> QueryResult<()> {
    let query = endpoints::table.filter(dsl::store_id.eq(tx.store_id())).filter(dsl::id.eq(id));
    diesel::update(query)
        .set(dsl::last_sequence.eq(last))
        .execute(tx.conn())
        .map(|_| ())
}

/// Takes an endpoint away; its secrets are gone at once, its deliveries go when the store is tidied.
pub(crate) fn delete(tx: &mut StoreTx, id: Uuid) -> QueryResult<()> {
    let now = tx.now();
    let query = endpoints::table.filter(dsl::store_id.eq(tx.store_id())).filter(dsl::id.eq(id));
    diesel::update(query)
        .set((
            dsl::deleted_at.eq(now),
            dsl::updated_at.eq(now),
            dsl::enabled.eq(false),
            dsl::off_reason.eq(None::<String>),
            dsl::secret.eq(Vec::<u8>::new()),
            dsl::previous_secret.eq(None::<Vec<u8>>),
            dsl::previous_secret_until.eq(None::<DateTime<Utc>>),
        ))
        .execute(tx.conn())
        .map(|_| ())
}

/// How many deliveries wait for each of these endpoints.
pub(crate) fn count_waiting(tx: &mut StoreTx, ids: &[Uuid]) -> QueryResult<HashMap<Uuid, i64>> {
    let query = deliveries::table
        .filter(deliveries::store_id.eq(tx.store_id()))
        .filter(deliveries::endpoint_id.eq_any(ids))
        .filter(deliveries::status.eq("pending"))
        .group_by(deliveries::endpoint_id)
        .select((deliveries::endpoint_id, count_star()));
    let rows: Vec<(Uuid, i64)> = query.load(tx.conn())?;
    Ok(rows.into_iter().collect())
}

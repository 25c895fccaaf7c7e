//! Statements over deliveries that people ask for.

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Uuid as SqlUuid};
use orion_framework::db::{Statement, StatementText, StoreTx};
use uuid::Uuid;

use crate::model::{Delivery, DeliveryRow, MessageRow};
use crate::schema::webhook_deliveries::{self as deliveries, dsl};
use crate::schema::webhook_messages as messages;

/// Which deliveries of an endpoint.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    pub(crate) status: Option<&'static str>,
    pub(crate) event: Option<String>,
    pub(crate) object_id: Option<String>,
    pub(crate) since: Option<DateTime<Utc>>,
    /// Only those with a smaller number.
    pub(crate) before: Option<i64>,
}

/// The store's deliveries with their messages.
macro_rules! of_store {
    ($store:expr) => {
        deliveries::table
            .inner_join(
                messages::table.on(messages::store_id
                    .eq(deliveries::store_id)
                    .and(messages::id.eq(deliveries::message_id))),
            )
            .filter(dsl::store_id.eq($store))
            .select((DeliveryRow::as_select(), MessageRow::as_select()))
    };
}

/// A page of an endpoint's deliveries, the highest number first.
pub(crate) fn list(tx: &mut StoreTx, endpoint: Uuid, wanted: &Wanted, limit: i64) -> QueryResult<Vec<Delivery>> {
    let query = of_store!(tx.store_id()).filter(dsl::endpoint_id.eq(endpoint));
    let mut query = query.order(dsl::sequence.desc()).limit(limit).into_boxed();
    if let Some(status) = wanted.status {
        query = query.filter(dsl::status.eq(status));
    }
    if let Some(event) = &wanted.event {
        query = query.filter(dsl::event.eq(event));
    }
    if let Some(object) = &wanted.object_id {
        query = query.filter(dsl::object_id.eq(object));
    }
    if let Some(since) = wanted.since {
        query = query.filter(dsl::updated_at.ge(since));
    }
    if let Some(before) = wanted.before {
        query = query.filter(dsl::sequence.lt(before));
    }
    query.load(tx.conn())
}

/// For each of these endpoints the delivery with the highest number.
pub(crate) fn newest(tx: &mut StoreTx, endpoints: &[Uuid]) -> QueryResult<Vec<Delivery>> {
    let store = tx.store_id();
    let parameters = (store.into_sql::<SqlUuid>(), endpoints.into_sql::<Array<SqlUuid>>());
    let ids: Vec<Uuid> = Statement::<Newest, _>::new(parameters).load(tx.conn())?;
    of_store!(store).filter(dsl::id.eq_any(ids)).load(tx.conn())
}

struct Newest;

impl StatementText for Newest {
    // One look into the index for each: a log may be long.
    const SQL: &'static str = "
SELECT newest.id FROM unnest($2) AS endpoint (id) CROSS JOIN LATERAL (
    SELECT d.id FROM webhook_deliveries AS d WHERE d.store_id = $1 AND d.endpoint_id = endpoint.id ORDER BY d.sequence DESC LIMIT 1
) AS newest";
    type Row = SqlUuid;
}

/// A delivery of an endpoint.
pub(crate) fn get(tx: &mut StoreTx, endpoint: Uuid, id: Uuid) -> QueryResult<Delivery> {
    let query = of_store!(tx.store_id())
        .filter(dsl::endpoint_id.eq(endpoint))
        .filter(dsl::id.eq(id));
    query.first(tx.conn())
}

/// Lets a delivery wait anew, whatever became of it.
pub(crate) fn again(tx: &mut StoreTx, id: Uuid) -> QueryResult<()> {
    let now = tx.now();
    let row = deliveries::table.filter(dsl::store_id.eq(tx.store_id())).filter(dsl::id.eq(id));
    diesel::update(row)
        .set((
            dsl::status.eq("pending"),
            dsl::attempts.eq(0),
            dsl::next_at.eq(Some(now)),
            dsl::updated_at.eq(now),
        ))
        .execute(tx.conn())
        .map(|_| ())
}

/// Likewise everything from a number on; tells how many that are.
pub(crate) fn replay(tx: &mut StoreTx, endpoint: Uuid, from: i64) -> QueryResult<usize> {
    let now = tx.now();
    let rows = deliveries::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::endpoint_id.eq(endpoint))
        .filter(dsl::sequence.ge(from));
    diesel::update(rows)
        .set((
            dsl::status.eq("pending"),
            dsl::attempts.eq(0),
            dsl::next_at.eq(Some(now)),
            dsl::updated_at.eq(now),
        ))
        .execute(tx.conn())
}

/// What waits is due at once: the endpoint is on again.
pub(crate) fn hurry(tx: &mut StoreTx, endpoint: Uuid) -> QueryResult<usize> {
    let now = tx.now();
    let rows = deliveries::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::endpoint_id.eq(endpoint))
        .filter(dsl::status.eq("pending"))
        .filter(dsl::next_at.gt(now));
    diesel::update(rows).set(dsl::next_at.eq(Some(now))).execute(tx.conn())
}

/// Whether anything waits for an endpoint.
pub(crate) fn is_waiting(tx: &mut StoreTx, endpoint: Uuid) -> QueryResult<bool> {
    let rows = deliveries::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::endpoint_id.eq(endpoint))
        .filter(dsl::status.eq("pending"));
    diesel::select(diesel::dsl::exists(rows)).get_result(tx.conn())
}

/// Removes up to so many deliveries that began before a time, or whose endpoint was deleted.
pub(crate) fn remove_old(tx: &mut StoreTx, before: DateTime<Utc>, limit: i64) -> QueryResult<usize> {
    use crate::schema::webhook_endpoints as endpoints;
    let store = tx.store_id();
    let deleted = endpoints::table
        .filter(endpoints::store_id.eq(store))
        .filter(endpoints::deleted_at.is_not_null())
        .select(endpoints::id);
    let old = deliveries::table
        .filter(dsl::store_id.eq(store))
        .filter(
            dsl::id
                .lt(first_id_at(before + TimeDelta::days(1)))
                .and(dsl::created_at.lt(before))
                .or(dsl::endpoint_id.eq_any(deleted)),
        )
        .select(dsl::id)
        .limit(limit);
    let ids: Vec<Uuid> = old.load(tx.conn())?;
    let rows = deliveries::table.filter(dsl::store_id.eq(store)).filter(dsl::id.eq_any(ids));
    diesel::delete(rows).execute(tx.conn())
}

/// Removes up to so many messages from before a time that nothing delivers any more.
pub(crate) fn remove_messages(tx: &mut StoreTx, before: DateTime<Utc>, limit: i64) -> QueryResult<usize> {
    let store = tx.store_id();
    let wanted = deliveries::table
        .filter(dsl::store_id.eq(store))
        .filter(dsl::message_id.eq(messages::id))
        .select(dsl::id);
    let old = messages::table
        .filter(messages::store_id.eq(store))
        .filter(messages::created_at.lt(before))
        .filter(diesel::dsl::not(diesel::dsl::exists(wanted)))
        .select(messages::id)
        .limit(limit);
    let ids: Vec<Uuid> = old.load(tx.conn())?;
    let rows = messages::table
        .filter(messages::store_id.eq(store))
        .filter(messages::id.eq_any(ids));
    diesel::delete(rows).execute(tx.conn())
}

/// Removes deleted endpoints of which no delivery is left.
pub(crate) fn remove_endpoints(tx: &mut StoreTx) -> QueryResult<usize> {
    use crate::schema::webhook_endpoints as endpoints;
    let store = tx.store_id();
    let wanted = deliveries::table
        .filter(dsl::store_id.eq(store))
        .filter(dsl::endpoint_id.eq(endpoints::id))
        .select(dsl::id);
    let rows = endpoints::table
        .filter(endpoints::store_id.eq(store))
        .filter(endpoints::deleted_at.is_not_null())
        .filter(diesel::dsl::not(diesel::dsl::exists(wanted)));
    diesel::delete(rows).execute(tx.conn())
}

/// The smallest id that is made at a time: ids begin with it, and their index is in its order, so that what is new is not looked at.
fn first_id_at(time: DateTime<Utc>) -> Uuid {
    let milliseconds = u128::try_from(time.timestamp_millis()).unwrap_or(0);
    Uuid::from_u128(milliseconds << 80)
}

//! What an endpoint is to be sent next, and what became of it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use orion_framework::db::{Statement, StatementText, StoreTx};
use serde_json::Value;
use uuid::Uuid;

/// A delivery that is due, with its message.
#[derive(Debug, Clone)]
pub(crate) struct Due {
    pub(crate) id: Uuid,
    pub(crate) message_id: Uuid,
    pub(crate) sequence: i64,
    /// How often it was tried already.
    pub(crate) attempts: i32,
    pub(crate) event: String,
    pub(crate) event_version: i32,
    pub(crate) at: DateTime<Utc>,
    pub(crate) test: bool,
    pub(crate) data: Value,
}

/// Events of one thing follow one another: one is ready when none of the same thing is ahead of it.
macro_rules! ready {
    () => {
        "d.store_id = $1 AND d.endpoint_id = $2 AND d.status = 'pending' AND NOT EXISTS ( \
            SELECT FROM webhook_deliveries AS ahead WHERE ahead.store_id = $1 AND ahead.endpoint_id = $2 AND ahead.status = 'pending' \
            AND ahead.object_id = d.object_id AND ahead.sequence < d.sequence)"
    };
}

struct Take;

impl StatementText for Take {
    const SQL: &'static str = concat!(
        ", due AS ( \
            SELECT d.id, d.message_id, d.sequence, d.attempts FROM webhook_deliveries AS d WHERE ",
        ready!(),
        " AND d.next_at <= $3 ORDER BY d.next_at, d.sequence LIMIT $4 \
         ) \
         SELECT due.id, due.message_id, due.sequence, due.attempts, \
            m.event, m.event_version, m.occurred_at, m.is_test, m.data \
         FROM due JOIN webhook_messages AS m ON m.store_id = $1 AND m.id = due.message_id ORDER BY due.sequence"
    );
    type Row = (
        SqlUuid,
        SqlUuid,
        BigInt,
        Integer,
        Text,
        Integer,
        Timestamptz,
        diesel::sql_types::Bool,
        Jsonb,
    );
}

type Taken = (Uuid, Uuid, i64, i32, String, i32, DateTime<Utc>, bool, Value);

/// Up to so many deliveries of an endpoint that are due at a time.
pub(crate) fn take(tx: &mut StoreTx, endpoint: Uuid, limit: i64) -> QueryResult<Vec<Due>> {
    let statement = Statement::<Take, _>::new((
        tx.store_id().into_sql::<SqlUuid>(),
        endpoint.into_sql::<SqlUuid>(),
        tx.now().into_sql::<Timestamptz>(),
        limit.into_sql::<BigInt>(),
    ));
    let rows: Vec<Taken> = statement.load(tx.conn())?;
    let due = |(id, message_id, sequence, attempts, event, event_version, at, test, data)| Due {
        id,
        message_id,
        sequence,
        attempts,
        event,
        event_version,
        at,
        test,
        data,
    };
    Ok(rows.into_iter().map(due).collect())
}

struct Next;

impl StatementText for Next {
    const SQL: &'static str = concat!(
        " SELECT d.next_at FROM webhook_deliveries AS d WHERE ",
        ready!(),
        " ORDER BY d.next_at LIMIT 1"
    );
    type Row = Nullable<Timestamptz>;
}

/// When the next delivery of an endpoint is due; `None` when nothing waits.
pub(crate) fn next(tx: &mut StoreTx, endpoint: Uuid) -> QueryResult<Option<DateTime<Utc>>> {
    let statement = Statement::<Next, _>::new((tx.store_id().into_sql::<SqlUuid>(), endpoint.into_sql::<SqlUuid>()));
    let next: Option<Option<DateTime<Utc>>> = statement.get_result(tx.conn()).optional()?;
    Ok(next.flatten())
}

/// What became of a delivery.
#[derive(Debug, Clone)]
pub(crate) struct Outcome {
    pub(crate) id: Uuid,
    pub(crate) status: &'static str,
    pub(crate) attempts: i32,
    /// When it is tried again.
    pub(crate) next_at: Option<DateTime<Utc>>,
    /// The attempt, in an array of its own.
    pub(crate) attempt: Value,
}

struct Record;

impl StatementText for Record {
    // What follows an event of the same thing waits as long as that one does, so that nobody looks at it in the meantime.
    const SQL: &'static str = ", ended AS ( \
            SELECT * FROM unnest($4, $5, $6, $7, $8) AS e (id, status, attempts, next_at, attempt) \
         ), noted AS ( \
            UPDATE webhook_deliveries AS d SET status = e.status, attempts = e.attempts, next_at = e.next_at, updated_at = $3, \
                tries = CASE WHEN jsonb_array_length(d.tries) >= 20 THEN d.tries - 0 ELSE d.tries END || e.attempt \
            FROM ended AS e WHERE d.store_id = $1 AND d.id = e.id AND d.status = 'pending' \
            RETURNING d.object_id, d.sequence, e.attempts, e.next_at \
         ) \
         UPDATE webhook_deliveries AS later SET next_at = coalesce(n.next_at, $3) FROM noted AS n \
         WHERE later.store_id = $1 AND later.endpoint_id = $2 AND later.status = 'pending' AND later.object_id = n.object_id \
            AND later.sequence > n.sequence AND (n.next_at IS NOT NULL OR n.attempts > 1) AND later.next_at <> coalesce(n.next_at, $3)";
    type Row = Integer;
}

/// Notes what became of deliveries.
pub(crate) fn record(tx: &mut StoreTx, endpoint: Uuid, outcomes: &[Outcome]) -> QueryResult<()> {
    let statement = Statement::<Record, _>::new((
        tx.store_id().into_sql::<SqlUuid>(),
        endpoint.into_sql::<SqlUuid>(),
        tx.now().into_sql::<Timestamptz>(),
        each(outcomes, |row| row.id).into_sql::<Array<SqlUuid>>(),
        each(outcomes, |row| row.status).into_sql::<Array<Text>>(),
        each(outcomes, |row| row.attempts).into_sql::<Array<Integer>>(),
        each(outcomes, |row| row.next_at).into_sql::<Array<Nullable<Timestamptz>>>(),
        each(outcomes, |row| &row.attempt).into_sql::<Array<Jsonb>>(),
    ));
    statement.execute(tx.conn()).map(|_| ())
}

fn each<'a, T, V>(rows: &'a [T], column: impl Fn(&'a T) -> V) -> Vec<V> {
    rows.iter().map(column).collect()
}

//! What has been told, written in bulk.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Jsonb, Text, Timestamptz, Uuid as SqlUuid};
use orion_framework::db::{Statement, StatementText, StoreTx};
use uuid::Uuid;

use crate::model::MessageRow;

/// A message with its number for an endpoint.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Numbered<'a> {
    pub(crate) id: Uuid,
    pub(crate) endpoint: Uuid,
    pub(crate) sequence: i64,
    pub(crate) message: &'a MessageRow,
}

struct Messages;

impl StatementText for Messages {
    const SQL: &'static str = "
INSERT INTO webhook_messages (store_id, created_at, id, event, event_version, object_id, occurred_at, data, is_test)
SELECT $1, $2, m.* FROM unnest($3, $4, $5, $6, $7, $8, $9) AS m
ON CONFLICT DO NOTHING";
    type Row = Integer;
}

struct Deliveries;

impl StatementText for Deliveries {
    const SQL: &'static str = "
INSERT INTO webhook_deliveries
    (store_id, created_at, updated_at, next_at, status, id, endpoint_id, message_id, sequence, event, object_id)
SELECT $1, $2, $2, $2, 'pending', d.* FROM unnest($3, $4, $5, $6, $7, $8) AS d";
    type Row = Integer;
}

/// Adds messages, and what delivers them.
pub(crate) fn insert(tx: &mut StoreTx, messages: &[&MessageRow], numbered: &[Numbered<'_>]) -> QueryResult<()> {
    let (store, now) = (tx.store_id(), tx.now());
    let statement = Statement::<Messages, _>::new((
        store.into_sql::<SqlUuid>(),
        now.into_sql::<Timestamptz>(),
        each(messages, |row| row.id).into_sql::<Array<SqlUuid>>(),
        each(messages, |row| row.event.as_str()).into_sql::<Array<Text>>(),
        each(messages, |row| row.event_version).into_sql::<Array<Integer>>(),
        each(messages, |row| row.object_id.as_str()).into_sql::<Array<Text>>(),
        each(messages, |row| row.occurred_at).into_sql::<Array<Timestamptz>>(),
        each(messages, |row| &row.data).into_sql::<Array<Jsonb>>(),
        each(messages, |row| row.is_test).into_sql::<Array<Bool>>(),
    ));
    statement.execute(tx.conn())?;
    let statement = Statement::<Deliveries, _>::new((
        store.into_sql::<SqlUuid>(),
        now.into_sql::<Timestamptz>(),
        each(numbered, |row| row.id).into_sql::<Array<SqlUuid>>(),
        each(numbered, |row| row.endpoint).into_sql::<Array<SqlUuid>>(),
        each(numbered, |row| row.message.id).into_sql::<Array<SqlUuid>>(),
        each(numbered, |row| row.sequence).into_sql::<Array<BigInt>>(),
        each(numbered, |row| row.message.event.as_str()).into_sql::<Array<Text>>(),
        each(numbered, |row| row.message.object_id.as_str()).into_sql::<Array<Text>>(),
    ));
    statement.execute(tx.conn()).map(|_| ())
}

fn each<'a, T, V>(rows: &'a [T], column: impl Fn(&'a T) -> V) -> Vec<V> {
    rows.iter().map(column).collect()
}

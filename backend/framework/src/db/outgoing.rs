//! What a store transaction leaves beside its rows when it commits: audit entries, events, jobs.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Binary, Integer, Jsonb, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid};
use serde_json::{Value, json};
use uuid::Uuid;

use super::audit::{self, Actor, AuditEntry, RequestMeta, insert_audit};
use super::{Statement, StatementText};
use crate::clock::Ids;
use crate::job::JobOptions;

pub(super) struct PendingJob {
    pub(super) kind: &'static str,
    pub(super) payload: Value,
    pub(super) options: JobOptions,
}

/// The answer that a request with an idempotency key got, for whoever sends it again.
pub struct KeptAnswer {
    pub(crate) principal: String,
    pub(crate) route: &'static str,
    pub(crate) key: String,
    pub(crate) status: i16,
    pub(crate) body: Vec<u8>,
}

/// When a transaction began, and the time that a test holds still.
#[derive(Clone, Copy)]
pub(super) struct Times {
    pub(super) now: DateTime<Utc>,
    pub(super) held: Option<DateTime<Utc>>,
}

/// What the transaction writes beside its rows when it commits.
#[derive(Default)]
pub(super) struct Outgoing {
    pub(super) audit: Vec<(Uuid, AuditEntry)>,
    pub(super) events: Vec<(&'static str, Value)>,
    pub(super) jobs: Vec<PendingJob>,
    pub(super) answer: Option<KeptAnswer>,
    pub(super) counts: Vec<&'static str>,
    pub(super) touched: bool,
    pub(super) tenant_changed: bool,
    pub(super) unaudited: bool,
}

struct WriteOutgoing;

impl StatementText for WriteOutgoing {
    // One round trip for four tables, since every order pays for it. Where no answer is kept, its key is NULL and matches nothing.
    // The payload of a type without fields is JSON's null, which a record takes for SQL's. A second job with the key of one that
    // waits or runs is the same job.
    const SQL: &'static str = concat!(
        ",\nlogged AS (",
        insert_audit!("$3", "$2"),
        "),
told AS (
    INSERT INTO outbox_events (store_id, id, event, payload, created_at, dispatched_at)
    SELECT $1, id, event, coalesce(payload, 'null'), $2, dispatched_at FROM jsonb_populate_recordset(NULL::outbox_events, $4)
),
queued AS (
    INSERT INTO jobs (store_id, id, kind, payload, priority, unique_key, max_attempts, retry_until, run_at, created_at)
    SELECT $1, id, kind, coalesce(payload, 'null'), priority, unique_key, max_attempts, retry_until, coalesce(run_at, $11, now()), $2
    FROM jsonb_populate_recordset(NULL::jobs, $5)
    ON CONFLICT DO NOTHING
),
answered AS (
    UPDATE idempotency_keys SET response_status = $9, response_body = $10
    WHERE store_id = $1 AND principal = $6 AND route = $7 AND key = $8
)
SELECT 1"
    );
    type Row = Integer;
}

impl Outgoing {
    /// Writes all of it with one statement; nothing when there is nothing. A job without a time of its own is due at once by the database's
    /// clock, which all workers go by: the clock of this server may be ahead of theirs. An event that nobody of this build `hears` is
    /// there for who looks back, and no worker has to hand it out.
    pub(super) fn write(
        &self,
        conn: &mut PgConnection,
        store: Uuid,
        who: (&Actor, &RequestMeta),
        clock: &Times,
        heard: impl Fn(&str) -> bool,
    ) -> QueryResult<()> {
        if self.audit.is_empty() && self.events.is_empty() && self.jobs.is_empty() && self.answer.is_none() {
            return Ok(());
        }
        let (actor, meta) = who;
        let Times { now, held } = *clock;
        let events: Vec<Value> = self.events.iter().map(|event| event_row(event, now, heard(event.0))).collect();
        let answer = self.answer.as_ref();
        let jobs: Vec<Value> = self.jobs.iter().map(|job| job_row(job, now)).collect();
        Statement::<WriteOutgoing, _>::new((
            store.into_sql::<SqlUuid>(),
            now.into_sql::<Timestamptz>(),
            audit::rows(&self.audit, actor, meta).into_sql::<Jsonb>(),
            Value::Array(events).into_sql::<Jsonb>(),
            Value::Array(jobs).into_sql::<Jsonb>(),
            answer.map(|answer| answer.principal.as_str()).into_sql::<Nullable<Text>>(),
            answer.map(|answer| answer.route).into_sql::<Nullable<Text>>(),
            answer.map(|answer| answer.key.as_str()).into_sql::<Nullable<Text>>(),
            answer.map(|answer| answer.status).into_sql::<Nullable<SmallInt>>(),
            answer.map(|answer| answer.body.as_slice()).into_sql::<Nullable<Binary>>(),
            held.into_sql::<Nullable<Timestamptz>>(),
        ))
        .execute(conn)
        .map(|_| ())
    }
}

fn event_row((name, payload): &(&'static str, Value), now: DateTime<Utc>, heard: bool) -> Value {
    json!({ "id": Ids::new_id(), "event": name, "payload": payload, "dispatched_at": (!heard).then_some(now) })
}

fn job_row(job: &PendingJob, now: DateTime<Utc>) -> Value {
    let JobOptions {
        priority,
        unique_key,
        max_attempts,
        retry_for,
        run_at,
    } = &job.options;
    let retry_until = retry_for.map(|retry_for| run_at.unwrap_or(now) + retry_for);
    json!({
        "id": Ids::new_id(), "kind": job.kind, "payload": job.payload, "priority": priority, "unique_key": unique_key,
        "max_attempts": max_attempts, "retry_until": retry_until, "run_at": run_at,
    })
}

/// A job's row with its store; `now` is when it was queued.
pub(super) fn job_of(store: Uuid, job: &PendingJob, now: DateTime<Utc>) -> Value {
    let mut row = job_row(job, now);
    row["store_id"] = json!(store);
    row
}

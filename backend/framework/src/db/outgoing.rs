//! What a store transaction leaves beside its rows when it commits: audit entries, events, jobs.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Binary, Bool, Integer, Jsonb, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid};
use serde_json::{Value, json};
use uuid::Uuid;

use super::audit::{self, Actor, AuditEntry, RequestMeta};
use super::{Statement, StatementText};
use crate::clock::Ids;
use crate::event::{Event, EventHandler};
use crate::job::{Job, JobOptions, Patience};

pub(super) struct PendingEvent {
    pub(super) name: &'static str,
    pub(super) version: i16,
    /// Whether it is written where nobody hears it.
    pub(super) kept: bool,
    pub(super) data: Value,
}

impl PendingEvent {
    pub(super) fn new<E: Event>(event: &E) -> Self {
        Self {
            name: E::NAME,
            version: const { column_of(E::VERSION) },
            kept: E::KEPT,
            data: serde_json::to_value(event).unwrap_or_default(),
        }
    }
}

/// A version as its column holds it.
const fn column_of(version: u16) -> i16 {
    assert!(version <= i16::MAX.unsigned_abs(), "a version that its column cannot hold");
    version.cast_signed()
}

/// Who hears an event in a store.
pub(super) struct Heard {
    /// Somebody does, whatever the store has asked for.
    pub(super) always: bool,
    /// The listeners that do where they are asked for.
    pub(super) asked: Vec<&'static str>,
}

impl Heard {
    /// Of these listeners, whose modules are on.
    pub(super) fn by(listeners: impl Iterator<Item = &'static EventHandler>) -> Self {
        let mut heard = Self {
            always: false,
            asked: Vec::new(),
        };
        for listener in listeners {
            if listener.hears.is_asked_for() {
                heard.asked.push(listener.name);
            } else {
                heard.always = true;
            }
        }
        heard
    }

    /// Whether it must be found out in the database who hears it.
    fn is_open(&self) -> bool {
        !self.always && !self.asked.is_empty()
    }
}

pub(super) struct PendingJob {
    pub(super) kind: &'static str,
    pub(super) payload: Value,
    pub(super) patience: Patience,
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
    pub(super) events: Vec<PendingEvent>,
    pub(super) jobs: Vec<PendingJob>,
    pub(super) answer: Option<KeptAnswer>,
    pub(super) counts: Vec<&'static str>,
    pub(super) touched: bool,
    pub(super) tenant_changed: bool,
    pub(super) unaudited: bool,
}

struct WriteOutgoing;

impl StatementText for WriteOutgoing {
    // One round trip for four tables, since every order pays for it; and every value with its type, since rows made of JSON by name cost
    // more than writing them. Where no answer is kept, its key is NULL and matches nothing. A second job with the key of one that waits or
    // runs is the same job. Who has asked for events is found out where the answer matters, in the same breath: what was known when the
    // transaction began could be wrong by now.
    const SQL: &'static str = ",
logged AS (
    INSERT INTO audit_log
        (store_id, created_at, actor_kind, actor_id, actor_label, request_id, ip, impersonation_id, id, action, entity, entity_id, changes)
    SELECT $1, $2, $9, $10, $11, $12, $13, $35, a.* FROM unnest($14, $15, $16, $17, $18) AS a
),
asked AS MATERIALIZED (
    SELECT CASE WHEN $34 THEN orion_listeners($1) END AS listeners
),
told AS (
    INSERT INTO outbox_events (store_id, created_at, id, event, version, payload, dispatched_at)
    SELECT $1, $2, e.id, e.event, e.version, e.payload, CASE WHEN e.heard THEN NULL ELSE $2 END
    FROM asked, LATERAL (
        SELECT o.id, o.event, o.version, o.payload, o.kept, o.heard OR coalesce(string_to_array(o.by, ' ') && asked.listeners, false) AS heard
        FROM unnest($19, $20, $21, $22, $23, $24, $25) AS o (id, event, version, payload, kept, heard, by)
    ) AS e
    WHERE e.kept OR e.heard
),
queued AS (
    INSERT INTO jobs (store_id, created_at, id, kind, payload, priority, unique_key, max_attempts, retry_until, run_at)
    SELECT $1, $2, j.id, j.kind, j.payload, j.priority, j.unique_key, j.max_attempts, j.retry_until, coalesce(j.run_at, $3, now())
    FROM unnest($26, $27, $28, $29, $30, $31, $32, $33)
        AS j (id, kind, payload, priority, unique_key, max_attempts, retry_until, run_at)
    ON CONFLICT DO NOTHING
),
answered AS (
    UPDATE idempotency_keys SET response_status = $7, response_body = $8
    WHERE store_id = $1 AND principal = $4 AND route = $5 AND key = $6
)
SELECT 1";
    type Row = Integer;
}

impl Outgoing {
    /// Writes all of it with one statement; nothing when there is nothing. A job without a time of its own is due at once by the database's
    /// clock, which all workers go by: the clock of this server may be ahead of theirs. An event that nobody hears (`heard` is that of each) is
    /// there for who looks back, and no worker has to hand it out; one that comes in numbers is not even there.
    pub(super) fn write(
        &self,
        conn: &mut PgConnection,
        store: Uuid,
        who: (&Actor, &RequestMeta),
        clock: &Times,
        heard: &[Heard],
    ) -> QueryResult<()> {
        if self.audit.is_empty() && self.events.is_empty() && self.jobs.is_empty() && self.answer.is_none() {
            return Ok(());
        }
        let Times { now, held } = *clock;
        let answer = self.answer.as_ref();
        let about = (
            store.into_sql::<SqlUuid>(),
            now.into_sql::<Timestamptz>(),
            held.into_sql::<Nullable<Timestamptz>>(),
            answer.map(|answer| answer.principal.as_str()).into_sql::<Nullable<Text>>(),
            answer.map(|answer| answer.route).into_sql::<Nullable<Text>>(),
            answer.map(|answer| answer.key.as_str()).into_sql::<Nullable<Text>>(),
            answer.map(|answer| answer.status).into_sql::<Nullable<SmallInt>>(),
            answer.map(|answer| answer.body.as_slice()).into_sql::<Nullable<Binary>>(),
        );
        let audit = audit::columns(&self.audit, who);
        let events = (
            each(&self.events, |_| Ids::new_id()).into_sql::<Array<SqlUuid>>(),
            each(&self.events, |event| event.name).into_sql::<Array<Text>>(),
            each(&self.events, |event| event.version).into_sql::<Array<SmallInt>>(),
            each(&self.events, |event| &event.data).into_sql::<Array<Jsonb>>(),
            each(&self.events, |event| event.kept).into_sql::<Array<Bool>>(),
            each(heard, |heard| heard.always).into_sql::<Array<Bool>>(),
            each(heard, |heard| heard.asked.join(" ")).into_sql::<Array<Text>>(),
        );
        let jobs = (
            each(&self.jobs, |_| Ids::new_id()).into_sql::<Array<SqlUuid>>(),
            each(&self.jobs, |job| job.kind).into_sql::<Array<Text>>(),
            each(&self.jobs, |job| &job.payload).into_sql::<Array<Jsonb>>(),
            each(&self.jobs, |job| job.options.priority).into_sql::<Array<SmallInt>>(),
            each(&self.jobs, |job| job.options.unique_key.as_deref()).into_sql::<Array<Nullable<Text>>>(),
            each(&self.jobs, |job| job.tried(now).0).into_sql::<Array<Integer>>(),
            each(&self.jobs, |job| job.tried(now).1).into_sql::<Array<Nullable<Timestamptz>>>(),
            each(&self.jobs, |job| job.options.run_at).into_sql::<Array<Nullable<Timestamptz>>>(),
        );
        let open = heard.iter().any(Heard::is_open).into_sql::<Bool>();
        let impersonation = who.0.impersonation.into_sql::<Nullable<SqlUuid>>();
        Statement::<WriteOutgoing, _>::new((about, audit, events, jobs, open, impersonation))
            .execute(conn)
            .map(|_| ())
    }
}

/// A column of rows.
pub(super) fn each<'a, T, V>(rows: &'a [T], column: impl Fn(&'a T) -> V) -> Vec<V> {
    rows.iter().map(column).collect()
}

impl PendingJob {
    pub(super) fn new<J: Job>(job: &J, options: JobOptions) -> Self {
        Self {
            kind: J::KIND,
            payload: serde_json::to_value(job).unwrap_or_default(),
            patience: J::PATIENCE,
            options,
        }
    }

    /// How often it is tried, and until when where that is a matter of time.
    fn tried(&self, now: DateTime<Utc>) -> (i32, Option<DateTime<Utc>>) {
        self.patience.columns(self.options.run_at.unwrap_or(now))
    }
}

/// A job's row with its store; `now` is when it was queued.
pub(super) fn job_of(store: Uuid, job: &PendingJob, now: DateTime<Utc>) -> Value {
    let JobOptions {
        priority,
        unique_key,
        run_at,
    } = &job.options;
    let (max_attempts, retry_until) = job.tried(now);
    json!({
        "store_id": store, "id": Ids::new_id(), "kind": job.kind, "payload": job.payload, "priority": priority, "unique_key": unique_key,
        "max_attempts": max_attempts, "retry_until": retry_until, "run_at": run_at,
    })
}

//! Background jobs of all stores, as the platform role sees them.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use diesel::dsl::{AsSelect, IntoBoxed, Select, sql};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use orion_framework::db::Families;
use orion_types::status::JobStatus;
use serde_json::Value;
use uuid::Uuid;

use crate::foreign::jobs;
use crate::model::Scope;
use crate::schema::stores;

/// A job. What it is about is in its payload, which is not shown: [`payload`] is for who works on it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = jobs)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct JobRow {
    pub(crate) store_id: Uuid,
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) status: String,
    pub(crate) attempts: i32,
    pub(crate) max_attempts: i32,
    pub(crate) last_error: Option<String>,
    pub(crate) run_at: DateTime<Utc>,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) finished_at: Option<DateTime<Utc>>,
    pub(crate) progress_done: Option<i32>,
    pub(crate) progress_total: Option<i32>,
    pub(crate) retry_until: Option<DateTime<Utc>>,
}

/// Which jobs are asked for.
#[derive(Debug, Clone)]
pub(crate) struct JobFilter {
    pub(crate) scope: Scope,
    pub(crate) status: Option<JobStatus>,
    pub(crate) kind: Option<String>,
    /// A store's code.
    pub(crate) store: Option<String>,
}

/// Jobs that are asked for.
type Jobs<'a> = IntoBoxed<'a, Select<jobs::table, AsSelect<JobRow, Pg>>, Pg>;

/// The jobs that an administrator may see.
fn visible<'a>(scope: &'a Scope) -> jobs::BoxedQuery<'a, Pg> {
    let query = jobs::table.into_boxed();
    match scope {
        Scope::All => query,
        Scope::Platforms(ids) => {
            let inside = stores::table.filter(stores::platform_id.eq_any(ids)).select(stores::id);
            query.filter(jobs::store_id.eq_any(inside))
        }
    }
}

/// Kinds of jobs, but for the mails of orders.
const KINDS: Families = Families {
    table: "jobs",
    column: "kind",
    frequent: "orders.send_mail",
};

/// Jobs, newest first, those before the job `after`.
pub(crate) fn list(conn: &mut PgConnection, filter: &JobFilter, after: Option<Uuid>, limit: i64) -> QueryResult<Vec<JobRow>> {
    let Some(family) = &filter.kind else {
        return narrowed(filter, after, limit).load(conn);
    };
    // `orders` also finds `orders.send_mail`.
    let mut rows: Vec<JobRow> = Vec::new();
    for kind in KINDS.rare(conn, None, family)? {
        let of_one = sql::<Bool>(&KINDS.rare_is()).bind::<Text, _>(kind);
        rows.extend(narrowed(filter, after, limit).filter(of_one).load(conn)?);
    }
    if KINDS.has_frequent(family) {
        rows.extend(narrowed(filter, after, limit).filter(jobs::kind.eq(KINDS.frequent)).load(conn)?);
    }
    rows.sort_by_key(|row| Reverse(row.id));
    rows.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(rows)
}

/// Jobs of any kind, newest first.
fn narrowed(filter: &JobFilter, after: Option<Uuid>, limit: i64) -> Jobs<'_> {
    let mut query: Jobs<'_> = jobs::table.select(JobRow::as_select()).into_boxed();
    query = query.order(jobs::id.desc()).limit(limit);
    if let Scope::Platforms(ids) = &filter.scope {
        let inside = stores::table.filter(stores::platform_id.eq_any(ids)).select(stores::id);
        query = query.filter(jobs::store_id.eq_any(inside));
    }
    if let Some(status) = filter.status {
        query = query.filter(jobs::status.eq(status.as_str()));
    }
    if let Some(code) = &filter.store {
        let named = stores::table.filter(stores::code.eq(code)).select(stores::id);
        query = query.filter(jobs::store_id.eq_any(named));
    }
    if let Some(after) = after {
        query = query.filter(jobs::id.lt(after));
    }
    query
}

/// The codes of stores.
pub(crate) fn store_codes(conn: &mut PgConnection, ids: &[Uuid]) -> QueryResult<Vec<(Uuid, String)>> {
    stores::table
        .filter(stores::id.eq_any(ids))
        .select((stores::id, stores::code))
        .load(conn)
}

/// One job that the administrator may see, held until the transaction ends: no worker takes it or gives it back meanwhile.
pub(crate) fn lock(conn: &mut PgConnection, scope: &Scope, id: Uuid) -> QueryResult<Option<JobRow>> {
    let seen: Option<(Uuid, Uuid)> = visible(scope)
        .filter(jobs::id.eq(id))
        .select((jobs::store_id, jobs::id))
        .first(conn)
        .optional()?;
    let Some(key) = seen else { return Ok(None) };
    jobs::table
        .find(key)
        .select(JobRow::as_select())
        .for_no_key_update()
        .first(conn)
        .optional()
}

/// What a job was given.
pub(crate) fn payload(conn: &mut PgConnection, store_id: Uuid, id: Uuid) -> QueryResult<Value> {
    jobs::table.find((store_id, id)).select(jobs::payload).first(conn)
}

/// What a person makes of a job; `Some(None)` empties a column.
#[derive(Debug, AsChangeset)]
#[diesel(table_name = jobs)]
struct Change {
    status: &'static str,
    attempts: Option<i32>,
    run_at: Option<DateTime<Utc>>,
    leased_by: Option<Option<String>>,
    lease_until: Option<Option<DateTime<Utc>>>,
    last_error: Option<Option<String>>,
    finished_at: Option<Option<DateTime<Utc>>>,
    progress_done: Option<Option<i32>>,
    progress_total: Option<Option<i32>>,
    retry_until: Option<DateTime<Utc>>,
}

/// Queues a job anew, as if it had never been tried.
pub(crate) fn requeue(conn: &mut PgConnection, job: &JobRow, now: DateTime<Utc>) -> QueryResult<JobRow> {
    let change = Change {
        status: JobStatus::Queued.as_str(),
        attempts: Some(0),
        run_at: Some(now),
        leased_by: None,
        lease_until: None,
        last_error: Some(None),
        finished_at: Some(None),
        progress_done: Some(None),
        progress_total: Some(None),
        retry_until: job.retry_until.map(|until| now + (until - job.created_at)),
    };
    write(conn, job, &change)
}

/// Calls a job off. A worker that runs it loses its lease, and with it the right to commit.
pub(crate) fn cancel(conn: &mut PgConnection, job: &JobRow, reason: String, now: DateTime<Utc>) -> QueryResult<JobRow> {
    let change = Change {
        status: JobStatus::Cancelled.as_str(),
        attempts: None,
        run_at: None,
        leased_by: Some(None),
        lease_until: Some(None),
        last_error: Some(Some(reason)),
        finished_at: Some(Some(now)),
        progress_done: None,
        progress_total: None,
        retry_until: None,
    };
    write(conn, job, &change)
}

fn write(conn: &mut PgConnection, job: &JobRow, change: &Change) -> QueryResult<JobRow> {
    diesel::update(jobs::table.find((job.store_id, job.id)))
        .set(change)
        .returning(JobRow::as_returning())
        .get_result(conn)
}

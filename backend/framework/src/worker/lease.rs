//! The right to run a job for a while. Every later write about the job checks that the right still holds.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Double, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use uuid::Uuid;

use super::claim::Claimed;
use crate::Backend;
use crate::db::{Actor, DbError, PlatformTx, RequestMeta, Statement, StatementText};
use crate::schema::jobs;

/// Seconds until another worker may take the job over.
pub(super) const LEASE: f64 = 60.0;

/// Longest error text that is kept, in characters.
const ERROR_LENGTH: usize = 2000;

/// A job that one attempt of one worker holds.
#[derive(Debug, Clone)]
pub struct Lease {
    pub(super) store_id: Uuid,
    pub(super) id: Uuid,
    worker: Arc<str>,
    pub(crate) kind: Arc<str>,
    pub(crate) attempt: i32,
    pub(crate) max_attempts: i32,
    retry_until: Option<DateTime<Utc>>,
    /// The transaction that did the work has noted that it is done.
    done: Arc<AtomicBool>,
}

struct Finish;

impl StatementText for Finish {
    const SQL: &'static str = "
UPDATE jobs SET status = 'done', leased_by = NULL, lease_until = NULL, last_error = NULL, finished_at = $5
WHERE store_id = $1 AND id = $2 AND status = 'running' AND leased_by = $3 AND attempts = $4";
    type Row = Integer;
}

struct FinishAll;

impl StatementText for FinishAll {
    const SQL: &'static str = ",
mine AS (SELECT * FROM unnest($2, $4) AS m (id, attempt))
UPDATE jobs SET status = 'done', leased_by = NULL, lease_until = NULL, last_error = NULL, finished_at = $5 FROM mine
WHERE store_id = $1 AND jobs.id = mine.id AND status = 'running' AND leased_by = $3 AND attempts = mine.attempt";
    type Row = Integer;
}

struct Renew;

impl StatementText for Renew {
    const SQL: &'static str = "
UPDATE jobs SET lease_until = coalesce($5, now()) + make_interval(secs => $6), progress_done = coalesce($7, progress_done),
    progress_total = coalesce($8, progress_total)
WHERE store_id = $1 AND id = $2 AND status = 'running' AND leased_by = $3 AND attempts = $4";
    type Row = Integer;
}

struct Fail;

impl StatementText for Fail {
    // Without a pause the job is dead. It waits by the database's clock, by which it is due.
    const SQL: &'static str = "
UPDATE jobs SET leased_by = NULL, lease_until = NULL, last_error = $6,
    status = CASE WHEN $7 IS NULL THEN 'dead' ELSE 'queued' END,
    run_at = coalesce(coalesce($5, now()) + make_interval(secs => $7), run_at),
    finished_at = CASE WHEN $7 IS NULL THEN coalesce($5, now()) END
WHERE store_id = $1 AND id = $2 AND status = 'running' AND leased_by = $3 AND attempts = $4";
    type Row = Integer;
}

/// What becomes of a job after a failed attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Tried again after this time.
    Later(TimeDelta),
    /// Not tried again.
    Dead,
}

impl Lease {
    pub(super) fn new(job: &Claimed, worker: &Arc<str>) -> Self {
        Self {
            store_id: job.store_id,
            id: job.id,
            worker: worker.clone(),
            kind: job.kind.as_str().into(),
            attempt: job.attempts,
            max_attempts: job.max_attempts,
            retry_until: job.retry_until,
            done: Arc::default(),
        }
    }

    /// Whether the job has ended with its own last transaction.
    pub(super) fn is_done(&self) -> bool {
        self.done.load(Ordering::SeqCst)
    }

    /// Says that the transaction which marked the job as done has committed.
    pub(crate) fn set_done(&self) {
        self.done.store(true, Ordering::SeqCst);
    }

    /// Whether the job waits again if this attempt fails now.
    pub(crate) fn may_be_tried_again(&self, now: DateTime<Utc>) -> bool {
        match self.retry_until {
            Some(until) => now < until,
            None => self.attempt < self.max_attempts,
        }
    }

    /// Whether this attempt is one too many: its worker went away in the middle of the last one.
    pub(super) fn is_beyond_the_last(&self) -> bool {
        self.retry_until.is_none() && self.attempt > self.max_attempts
    }

    /// How long the job waits when it should wait for `pause`; the last attempt is at the end of its time and not before.
    pub(super) fn pause(&self, now: DateTime<Utc>, pause: TimeDelta) -> TimeDelta {
        self.retry_until.map_or(pause, |until| pause.min(until - now))
    }

    /// Extends the lease; false when it is no longer ours. `progress` is what is done of how much.
    pub(crate) async fn renew(&self, backend: &Backend, progress: Option<(i32, i32)>) -> Result<bool, DbError> {
        let lease = self.clone();
        let work = move |tx: &mut PlatformTx| {
            tx.no_audit("a lease");
            let held = tx.clock().held();
            let renew = Statement::<Renew, _>::new((
                lease.store_id.into_sql::<SqlUuid>(),
                lease.id.into_sql::<SqlUuid>(),
                lease.worker.as_ref().into_sql::<Text>(),
                lease.attempt.into_sql::<Integer>(),
                held.into_sql::<Nullable<Timestamptz>>(),
                LEASE.into_sql::<Double>(),
                progress.map(|(done, _)| done).into_sql::<Nullable<Integer>>(),
                progress.map(|(_, total)| total).into_sql::<Nullable<Integer>>(),
            ));
            Ok(renew.execute(tx.conn())? == 1)
        };
        backend.platform_tx(Actor::system("worker"), RequestMeta::default(), work).await
    }

    /// Marks the job as done, inside the transaction that did the work; false when the lease is no longer ours.
    pub(crate) fn finish(&self, conn: &mut PgConnection, now: DateTime<Utc>) -> Result<bool, DbError> {
        let finish = Statement::<Finish, _>::new((
            self.store_id.into_sql::<SqlUuid>(),
            self.id.into_sql::<SqlUuid>(),
            self.worker.as_ref().into_sql::<Text>(),
            self.attempt.into_sql::<Integer>(),
            now.into_sql::<Timestamptz>(),
        ));
        Ok(finish.execute(conn)? == 1)
    }

    /// Likewise for jobs of one store that one worker holds; false when the lease of any is no longer ours.
    pub(super) fn finish_all(leases: &[Self], conn: &mut PgConnection, now: DateTime<Utc>) -> Result<bool, DbError> {
        let Some(first) = leases.first() else { return Ok(true) };
        let ids: Vec<Uuid> = leases.iter().map(|lease| lease.id).collect();
        let attempts: Vec<i32> = leases.iter().map(|lease| lease.attempt).collect();
        let finish = Statement::<FinishAll, _>::new((
            first.store_id.into_sql::<SqlUuid>(),
            ids.into_sql::<Array<SqlUuid>>(),
            first.worker.as_ref().into_sql::<Text>(),
            attempts.into_sql::<Array<Integer>>(),
            now.into_sql::<Timestamptz>(),
        ));
        Ok(finish.execute(conn)? == leases.len())
    }

    /// Notes a failed attempt and what follows; false when the lease is no longer ours.
    pub(super) async fn fail(&self, backend: &Backend, error: String, fate: Fate) -> Result<bool, DbError> {
        let lease = self.clone();
        let error: String = error.chars().take(ERROR_LENGTH).collect();
        let pause = match fate {
            Fate::Later(pause) => Some(pause.as_seconds_f64()),
            Fate::Dead => None,
        };
        let work = move |tx: &mut PlatformTx| {
            tx.no_audit("the job's own row");
            let held = tx.clock().held();
            let fail = Statement::<Fail, _>::new((
                lease.store_id.into_sql::<SqlUuid>(),
                lease.id.into_sql::<SqlUuid>(),
                lease.worker.as_ref().into_sql::<Text>(),
                lease.attempt.into_sql::<Integer>(),
                held.into_sql::<Nullable<Timestamptz>>(),
                error.into_sql::<Text>(),
                pause.into_sql::<Nullable<Double>>(),
            ));
            Ok(fail.execute(tx.conn())? == 1)
        };
        backend.platform_tx(Actor::system("worker"), RequestMeta::default(), work).await
    }
}

/// Gives back every job that `worker` still holds, as if it had not been taken.
pub(super) async fn give_back(backend: &Backend, worker: &str) -> Result<usize, DbError> {
    let worker = worker.to_owned();
    let work = move |tx: &mut PlatformTx| -> Result<usize, DbError> {
        tx.no_audit("a lease");
        let mine = jobs::table.filter(jobs::leased_by.eq(worker)).filter(jobs::status.eq("running"));
        let returned = (
            jobs::status.eq("queued"),
            jobs::attempts.eq(jobs::attempts - 1),
            jobs::leased_by.eq(None::<String>),
            jobs::lease_until.eq(None::<DateTime<Utc>>),
        );
        Ok(diesel::update(mine).set(returned).execute(tx.conn())?)
    };
    backend.platform_tx(Actor::system("worker"), RequestMeta::default(), work).await
}

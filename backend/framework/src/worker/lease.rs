//! The right to run a job for a while. Every later write about the job checks that the right still holds.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Integer, Text, Timestamptz, Uuid as SqlUuid};
use orion_schema::jobs;
use uuid::Uuid;

use super::claim::Claimed;
use crate::Services;
use crate::db::{Actor, DbError, PlatformTx, RequestMeta, Statement, StatementText};

/// Seconds until another worker may take the job over.
pub(super) const LEASE: i64 = 60;

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
}

/// What changes about a job; `None` leaves a column, `Some(None)` empties it.
#[derive(Default, AsChangeset)]
#[diesel(table_name = jobs)]
struct Change {
    status: Option<&'static str>,
    run_at: Option<DateTime<Utc>>,
    leased_by: Option<Option<String>>,
    lease_until: Option<Option<DateTime<Utc>>>,
    last_error: Option<Option<String>>,
    finished_at: Option<Option<DateTime<Utc>>>,
    progress_done: Option<i32>,
    progress_total: Option<i32>,
}

impl Change {
    /// The end of an attempt, and with it of the lease.
    fn end(status: &'static str, error: Option<String>) -> Self {
        Self {
            status: Some(status),
            leased_by: Some(None),
            lease_until: Some(None),
            last_error: Some(error),
            ..Self::default()
        }
    }
}

struct Finish;

impl StatementText for Finish {
    // What `Lease::held` and `Change::end` do, planned once: every job ends like this.
    const SQL: &'static str = "
UPDATE jobs SET status = 'done', leased_by = NULL, lease_until = NULL, last_error = NULL, finished_at = $5
WHERE store_id = $1 AND id = $2 AND status = 'running' AND leased_by = $3 AND attempts = $4";
    type Row = Integer;
}

/// What becomes of a job after a failed attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// Tried again at this time.
    Later(DateTime<Utc>),
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
        }
    }

    /// Extends the lease; false when it is no longer ours. `progress` is what is done of how much.
    pub(crate) async fn renew(&self, services: &Services, progress: Option<(i32, i32)>) -> Result<bool, DbError> {
        let lease = self.clone();
        let work = move |tx: &mut PlatformTx| {
            let until = tx.now() + TimeDelta::seconds(LEASE);
            tx.no_audit("a lease");
            lease.held(
                &Change {
                    lease_until: Some(Some(until)),
                    progress_done: progress.map(|(done, _)| done),
                    progress_total: progress.map(|(_, total)| total),
                    ..Change::default()
                },
                tx.conn(),
            )
        };
        services.platform_tx(Actor::system("worker"), RequestMeta::default(), work).await
    }

    /// Marks the job as done, inside the transaction that did the work; false when the lease is no longer ours.
    pub(super) fn finish(&self, conn: &mut PgConnection, now: DateTime<Utc>) -> Result<bool, DbError> {
        let finish = Statement::<Finish, _>::new((
            self.store_id.into_sql::<SqlUuid>(),
            self.id.into_sql::<SqlUuid>(),
            self.worker.as_ref().into_sql::<Text>(),
            self.attempt.into_sql::<Integer>(),
            now.into_sql::<Timestamptz>(),
        ));
        Ok(finish.execute(conn)? == 1)
    }

    /// Notes a failed attempt and what follows; false when the lease is no longer ours.
    pub(super) async fn fail(&self, services: &Services, error: String, fate: Fate) -> Result<bool, DbError> {
        let lease = self.clone();
        let error: String = error.chars().take(ERROR_LENGTH).collect();
        let work = move |tx: &mut PlatformTx| {
            tx.no_audit("the job's own row");
            let change = match fate {
                Fate::Later(time) => Change {
                    run_at: Some(time),
                    ..Change::end("queued", Some(error))
                },
                Fate::Dead => Change {
                    finished_at: Some(Some(tx.now())),
                    ..Change::end("dead", Some(error))
                },
            };
            lease.held(&change, tx.conn())
        };
        services.platform_tx(Actor::system("worker"), RequestMeta::default(), work).await
    }

    /// Updates the job only while this attempt holds it.
    fn held(&self, change: &Change, conn: &mut PgConnection) -> Result<bool, DbError> {
        let held = jobs::table
            .filter(jobs::store_id.eq(self.store_id))
            .filter(jobs::id.eq(self.id))
            .filter(jobs::status.eq("running"))
            .filter(jobs::leased_by.eq(self.worker.as_ref()))
            .filter(jobs::attempts.eq(self.attempt));
        Ok(diesel::update(held).set(change).execute(conn)? == 1)
    }
}

/// Gives back every job that `worker` still holds, as if it had not been taken.
pub(super) async fn give_back(services: &Services, worker: &str) -> Result<usize, DbError> {
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
    services.platform_tx(Actor::system("worker"), RequestMeta::default(), work).await
}

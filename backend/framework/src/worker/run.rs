//! One attempt of one job, from its lease to its end.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use diesel::prelude::*;
use futures_util::FutureExt;
use orion_types::{NO_STORE, StoreId};
use serde_json::Value;
use tokio::time::MissedTickBehavior;

use super::backoff::{Jitter, pause};
use super::claim::Claimed;
use super::deliver::deliver;
use super::handlers::{Handlers, Registered, Run};
use super::lease::{Fate, LEASE, Lease};
use super::together::run_together;
use crate::Backend;
use crate::db::{Actor, DbError, PlatformTx, RequestMeta, StoreTx};
use crate::job::{DEAD_JOBS, JobContext, JobError, JobRun};
use crate::tenancy::StoreContext;

/// Longest an asynchronous job may take; one that hangs would hold its place for ever.
const LONGEST: Duration = Duration::from_secs(30 * 60);

/// How an attempt ended.
#[derive(Debug)]
pub(super) enum Outcome {
    /// The work is done.
    Done,
    /// Another worker has taken the job over; nothing of this attempt remains in the database.
    Lost,
    /// It failed; the job is queued again or dead.
    Failed(JobError),
}

/// Why an attempt stopped early.
pub(super) enum Stop {
    Lost,
    Failed(JobError),
}

impl From<JobError> for Stop {
    fn from(error: JobError) -> Self {
        Self::Failed(error)
    }
}

impl From<DbError> for Stop {
    fn from(error: DbError) -> Self {
        Self::Failed(error.into())
    }
}

/// There is nobody to work for at this moment.
pub(super) fn gone() -> JobError {
    JobError::Retry("the store is gone or its platform is not active".to_owned())
}

/// Runs the job and notes how it ended.
pub(super) async fn attempt(backend: &Arc<Backend>, handlers: &Handlers, worker: &Arc<str>, job: Claimed, jitter: Jitter) -> Outcome {
    let lease = Lease::new(&job, worker);
    let started = std::time::Instant::now();
    let result = match handlers.get(&job.kind) {
        Some(registered) if !lease.is_beyond_the_last() => {
            // A panic ends the job and not the worker. Nothing half-changed survives it: transactions roll back when they unwind.
            let work = AssertUnwindSafe(execute(backend.clone(), registered, lease.clone(), job.payload)).catch_unwind();
            work.await
                .unwrap_or_else(|panic| Err(JobError::Retry(format!("the job panicked: {}", panic_text(&*panic))).into()))
        }
        Some(_) => Err(JobError::Fail("the worker went away in the middle of the last attempt".to_owned()).into()),
        None => Err(JobError::Retry("this build does not know the job".to_owned()).into()),
    };
    let outcome = match result {
        Ok(()) => Outcome::Done,
        Err(Stop::Lost) => Outcome::Lost,
        Err(Stop::Failed(error)) => record(backend, &lease, error, jitter).await,
    };
    report(&lease, &outcome, started.elapsed());
    outcome
}

async fn execute(backend: Arc<Backend>, registered: Registered, lease: Lease, payload: Value) -> Result<(), Stop> {
    let store = match StoreId(lease.store_id) {
        NO_STORE => None,
        id => match backend.directory.store_by_id(id).await? {
            Some(store) => Some(store),
            None => {
                return Err(gone().into());
            }
        },
    };
    match (registered.run, store) {
        (Run::Event(handle), Some(store)) => {
            let work = move |tx: &mut StoreTx, lease: &Lease| deliver(tx, handle, lease, &payload);
            run_in_store(&backend, &store, work, lease).await
        }
        (Run::Job(JobRun::Store(work)), Some(store)) => {
            let work = move |tx: &mut StoreTx, _: &Lease| Ok(work(tx, &payload)?);
            run_in_store(&backend, &store, work, lease).await
        }
        (Run::Job(JobRun::Together(work)), Some(_)) => run_together(&backend, work, vec![lease], vec![payload]).await,
        (Run::Event(_) | Run::Job(JobRun::Store(_) | JobRun::Together(_)), None) => {
            Err(JobError::Fail("this kind of job needs a store".to_owned()).into())
        }
        (Run::Job(JobRun::Platform(work)), _) => run_on_platform(&backend, work, lease, payload).await,
        (Run::Job(JobRun::Async(work) | JobRun::Bulk(work) | JobRun::Outbound(work) | JobRun::Idle(work)), store) => {
            let context = JobContext::new(backend.clone(), store, lease.clone());
            keep_alive(&backend, &lease, work(context, payload)).await?;
            if lease.is_done() {
                return Ok(());
            }
            let finish = move |tx: &mut PlatformTx| finish(&lease, tx);
            backend.platform_tx(Actor::system("worker"), RequestMeta::default(), finish).await
        }
    }
}

async fn run_in_store(
    backend: &Backend,
    store: &StoreContext,
    work: impl FnOnce(&mut StoreTx, &Lease) -> Result<(), Stop> + Send + 'static,
    lease: Lease,
) -> Result<(), Stop> {
    let actor = Actor::system(format!("job {}", lease.kind));
    let work = move |tx: &mut StoreTx| {
        work(tx, &lease)?;
        // Only what the job itself wrote needs an audit entry; its own row is machinery.
        if cfg!(debug_assertions) && !has_written(tx)? {
            tx.no_audit("the job's own row");
        }
        let now = tx.now();
        if lease.finish(tx.conn(), now)? { Ok(()) } else { Err(Stop::Lost) }
    };
    backend.store_tx(store, actor, RequestMeta::default(), work).await
}

pub(super) fn has_written(tx: &mut StoreTx) -> Result<bool, DbError> {
    let written = diesel::dsl::sql::<diesel::sql_types::Bool>("pg_current_xact_id_if_assigned() IS NOT NULL");
    Ok(diesel::select(written).get_result(tx.conn())?)
}

async fn run_on_platform(
    backend: &Backend,
    work: fn(&mut PlatformTx, &Value) -> Result<(), JobError>,
    lease: Lease,
    payload: Value,
) -> Result<(), Stop> {
    let actor = Actor::system(format!("job {}", lease.kind));
    let work = move |tx: &mut PlatformTx| {
        work(tx, &payload)?;
        finish(&lease, tx)
    };
    backend.platform_tx(actor, RequestMeta::default(), work).await
}

fn finish(lease: &Lease, tx: &mut PlatformTx) -> Result<(), Stop> {
    tx.no_audit("the job's own row");
    let now = tx.now();
    if lease.finish(tx.conn(), now)? { Ok(()) } else { Err(Stop::Lost) }
}

/// Renews the lease while the work goes on, and drops the work when the lease is lost.
async fn keep_alive(backend: &Backend, lease: &Lease, work: impl Future<Output = Result<(), JobError>>) -> Result<(), Stop> {
    let mut beat = tokio::time::interval(Duration::from_secs_f64(LEASE / 3.0));
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    beat.reset();
    let work = tokio::time::timeout(LONGEST, work);
    tokio::pin!(work);
    loop {
        tokio::select! {
            result = &mut work => {
                let late = |_| JobError::Retry(format!("the job took longer than {} s", LONGEST.as_secs()));
                return result.map_err(late)?.map_err(Stop::from);
            }
            _ = beat.tick() => match lease.renew(backend, None).await {
                Ok(true) => {}
                Ok(false) => return Err(Stop::Lost),
                // While the database is away nobody else can take the job either.
                Err(error) => tracing::warn!(kind = %lease.kind, job = %lease.id, %error, "a lease was not renewed"),
            },
        }
    }
}

async fn record(backend: &Backend, lease: &Lease, error: JobError, jitter: Jitter) -> Outcome {
    let now = backend.clock.now();
    let fate = match &error {
        JobError::Retry(_) if lease.may_be_tried_again(now) => Fate::Later(lease.pause(now, pause(lease.attempt, jitter))),
        _ => Fate::Dead,
    };
    if fate == Fate::Dead {
        tracing::error!(kind = %lease.kind, job = %lease.id, store = %lease.store_id, attempt = lease.attempt, %error, "a job is dead");
    } else {
        tracing::warn!(kind = %lease.kind, job = %lease.id, store = %lease.store_id, attempt = lease.attempt, %error, "a job failed and is tried again");
    }
    match lease.fail(backend, error.to_string(), fate).await {
        Ok(true) => {
            if fate == Fate::Dead {
                ::metrics::counter!(DEAD_JOBS, "kind" => lease.kind.to_string()).increment(1);
            }
            Outcome::Failed(error)
        }
        Ok(false) => Outcome::Lost,
        // The lease runs out and the job is taken again, so nothing is lost but the error's text.
        Err(failure) => {
            tracing::warn!(kind = %lease.kind, job = %lease.id, error = %failure, "the end of a job could not be noted");
            Outcome::Failed(error)
        }
    }
}

fn panic_text(panic: &(dyn Any + Send)) -> &str {
    match (panic.downcast_ref::<&str>(), panic.downcast_ref::<String>()) {
        (Some(text), _) => text,
        (None, Some(text)) => text,
        (None, None) => "without a message",
    }
}

pub(super) fn report(lease: &Lease, outcome: &Outcome, took: Duration) {
    let label = match outcome {
        Outcome::Done => "done",
        Outcome::Lost => "lost",
        Outcome::Failed(_) => "failed",
    };
    let kind = lease.kind.to_string();
    ::metrics::counter!("orion_jobs_total", "kind" => kind.clone(), "outcome" => label).increment(1);
    ::metrics::histogram!("orion_job_duration_seconds", "kind" => kind).record(took.as_secs_f64());
    tracing::debug!(kind = %lease.kind, job = %lease.id, outcome = label, "a job ended");
}

//! Jobs of one store in one transaction: begin, settings, commit and the wait for the disk are paid once for all of them.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures_util::FutureExt;
use orion_types::StoreId;
use serde_json::Value;

use super::backoff::Jitter;
use super::claim::Claimed;
use super::handlers::{Handlers, Run};
use super::lease::Lease;
use super::run::{Outcome, Stop, attempt, gone, has_written, report};
use crate::db::{Actor, Plans, RequestMeta, StoreTx, TxContext};
use crate::job::{JobError, JobRun};
use crate::{Backend, Services};

/// What [`JobRun::Together`] does.
type TogetherWork = fn(&Services, &mut StoreTx, &[Value]) -> Result<(), JobError>;

/// Runs jobs of one store, which [`super::claim`] took together, and notes how each ended, beside its kind.
pub(super) async fn attempt_all(
    backend: &Arc<Backend>,
    handlers: &Handlers,
    worker: &Arc<str>,
    jobs: Vec<Claimed>,
    jitter: Jitter,
) -> Vec<(String, Outcome)> {
    let work = match handlers.get(&jobs[0].kind).map(|registered| registered.run) {
        Some(Run::Job(JobRun::Together(work))) if jobs.len() > 1 => Some(work),
        _ => None,
    };
    let mut outcomes = Vec::with_capacity(jobs.len());
    if let Some(work) = work
        && done_together(backend, worker, work, &jobs).await
    {
        outcomes.extend(jobs.into_iter().map(|job| (job.kind, Outcome::Done)));
        return outcomes;
    }
    for job in jobs {
        let kind = job.kind.clone();
        outcomes.push((kind, attempt(backend, handlers, worker, job, jitter).await));
    }
    outcomes
}

/// Whether all of the jobs were done in one transaction; otherwise nothing of it remains, and each is tried alone, which tells what is wrong.
async fn done_together(backend: &Arc<Backend>, worker: &Arc<str>, work: TogetherWork, jobs: &[Claimed]) -> bool {
    let leases: Vec<Lease> = jobs.iter().map(|job| Lease::new(job, worker)).collect();
    if leases.iter().any(Lease::is_beyond_the_last) {
        return false;
    }
    let payloads = jobs.iter().map(|job| job.payload.clone()).collect();
    let started = std::time::Instant::now();
    let run = AssertUnwindSafe(run_together(backend, work, leases.clone(), payloads)).catch_unwind();
    let done = matches!(run.await, Ok(Ok(())));
    if done {
        let share = started.elapsed() / u32::try_from(leases.len()).unwrap_or(u32::MAX);
        leases.iter().for_each(|lease| report(lease, &Outcome::Done, share));
    } else {
        tracing::debug!(kind = %jobs[0].kind, jobs = jobs.len(), "jobs are tried one by one, since together they failed");
    }
    done
}

/// Runs the work in one transaction of the store, which also notes that all of the jobs are done.
pub(super) async fn run_together(backend: &Arc<Backend>, work: TogetherWork, leases: Vec<Lease>, payloads: Vec<Value>) -> Result<(), Stop> {
    let Some(store) = backend.directory.store_by_id(StoreId(leases[0].store_id)).await? else {
        return Err(gone().into());
    };
    // Statements of such work go by keys.
    let context = TxContext {
        plans: Plans::Kept,
        ..backend.tx_context(store, Actor::system(format!("job {}", leases[0].kind)), RequestMeta::default())
    };
    let parts = backend.clone();
    let work = move |tx: &mut StoreTx| {
        work(&parts, tx, &payloads)?;
        if cfg!(debug_assertions) && !has_written(tx)? {
            tx.no_audit("the jobs' own rows");
        }
        let now = tx.now();
        if Lease::finish_all(&leases, tx.conn(), now)? {
            Ok(())
        } else {
            Err(Stop::Lost)
        }
    };
    backend.store_tx_in(context, work).await
}

//! The worker: delivers events to their handlers and runs jobs, fairly over the stores.
//!
//! ```text
//! commit → outbox_events → dispatch: one job per listener → claim: stores take turns → run → done | later | dead
//! ```
//!
//! All of it is rows with leases, so that any number of workers share the load and a killed one loses nothing.

mod backoff;
mod claim;
mod deliver;
mod dispatch;
mod handlers;
mod housekeeping;
mod lease;
mod periodic;
mod run;
mod schedule;
#[cfg(test)]
pub(crate) mod testbed;
#[cfg(test)]
mod tests;
mod together;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use handlers::{HandlerError, Handlers};
pub use housekeeping::{JOBS, retention};
pub use lease::Lease;
pub use periodic::all as all_periodic;

use crate::Backend;
use crate::clock::Ids;
use crate::db::DbError;
use crate::job::JobHandler;
use backoff::Jitter;
use claim::{Claim, Claimed};
use run::Outcome;
use schedule::Schedule;

/// How much a worker does at once, and how it waits.
#[derive(Debug, Clone, Copy)]
pub struct WorkerOptions {
    /// Jobs at the same time; one store has at most half of them, rounded up. Half as many places again, rounded up, are there for bulk work,
    /// at most one of them for each store.
    pub concurrency: usize,
    /// How long to wait after work was announced, so that one look finds what several requests leave behind.
    pub gather: Duration,
    /// How long a store rests whose jobs of a kind that is done together were all taken, so that the next transaction has more than one of them.
    pub rest: Duration,
    /// How often to look for work that nobody announced.
    pub poll: Duration,
    /// How long running jobs may go on after the stop; the rest is given back.
    pub drain: Duration,
}

impl Default for WorkerOptions {
    fn default() -> Self {
        Self {
            concurrency: 4,
            gather: Duration::from_millis(25),
            rest: Duration::from_millis(200),
            poll: Duration::from_secs(1),
            drain: Duration::from_secs(20),
        }
    }
}

/// Runs what waits in the tables.
#[derive(Clone)]
pub struct Worker {
    backend: Arc<Backend>,
    handlers: Arc<Handlers>,
    options: WorkerOptions,
    id: Arc<str>,
}

/// A worker that was started; see [`Worker::spawn`].
pub struct WorkerHandle {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

/// What [`Worker::run_jobs_until_idle`] has done.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Drained {
    /// Events that were handed to their handlers.
    pub events: usize,
    /// Jobs that succeeded, deliveries included.
    pub succeeded: usize,
    /// Kind and error of each attempt that failed.
    pub failed: Vec<(String, String)>,
}

impl Worker {
    /// A worker for the modules of `backend` and the framework's own jobs.
    ///
    /// # Errors
    /// When two handlers share a name.
    pub fn new(backend: Arc<Backend>, framework_jobs: &[JobHandler], options: WorkerOptions) -> Result<Self, HandlerError> {
        let handlers = Arc::new(Handlers::new(backend.modules.all(), framework_jobs)?);
        let id = format!("{}-{}", std::process::id(), Ids::new_id()).into();
        Ok(Self {
            backend,
            handlers,
            options,
            id,
        })
    }

    /// Starts to work on the current tokio runtime.
    pub fn spawn(self) -> WorkerHandle {
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(Schedule::new(self).run(stopped));
        WorkerHandle { stop, task }
    }

    /// Delivers events and runs due jobs, one after the other, until none is left; for tests and command-line tasks.
    ///
    /// A job that fails waits for its next attempt, which is not due before the clock moves.
    ///
    /// # Errors
    /// When the database fails, not when a job does.
    pub async fn run_jobs_until_idle(&self) -> Result<Drained, DbError> {
        let mut drained = Drained::default();
        loop {
            let events = dispatch::dispatch(&self.backend, &self.handlers).await?;
            let jobs = self
                .claim(Claim {
                    limit: 64,
                    reclaim: true,
                    ..Claim::default()
                })
                .await?;
            if events == 0 && jobs.is_empty() {
                return Ok(drained);
            }
            drained.events += events;
            for group in claim::groups(jobs) {
                for (kind, outcome) in self.attempt_all(group, Jitter::None).await {
                    match outcome {
                        Outcome::Done => drained.succeeded += 1,
                        Outcome::Lost => drained.failed.push((kind, "the lease was lost".to_owned())),
                        Outcome::Failed(error) => drained.failed.push((kind, error.to_string())),
                    }
                }
            }
        }
    }

    /// Does what is done again and again and is due, as far as no other server does it; its names. For tests and command-line tasks.
    ///
    /// # Errors
    /// When the database fails, not when something that was due does.
    pub async fn run_due(&self) -> Result<Vec<&'static str>, DbError> {
        periodic::run_due(&self.backend).await
    }

    async fn claim(&self, claim: Claim) -> Result<Vec<Claimed>, DbError> {
        claim::claim(&self.backend, &self.handlers, &self.id, claim).await
    }

    async fn attempt_all(&self, jobs: Vec<Claimed>, jitter: Jitter) -> Vec<(String, Outcome)> {
        together::attempt_all(&self.backend, &self.handlers, &self.id, jobs, jitter).await
    }
}

impl WorkerHandle {
    /// Takes no more jobs, waits for the running ones and gives back what does not end in time.
    pub async fn stop(self) {
        let _gone = self.stop.send(true);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the worker ended badly");
        }
    }
}

//! The loop: hand out events, take jobs, wait.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;
use tokio::task::{Id, JoinSet};
use uuid::Uuid;

use super::backoff::Jitter;
use super::claim::Claim;
use super::lease::LEASE;
use super::{Worker, dispatch, housekeeping, lease};
use crate::db::DbError;

/// A worker at work.
pub(super) struct Schedule {
    worker: Worker,
    tasks: JoinSet<()>,
    /// Which store each running task works for.
    stores: HashMap<Id, Uuid>,
    /// The store whose turn is next.
    next: Uuid,
    tidy_at: DateTime<Utc>,
    /// When to look again for jobs whose worker died; their leases are much longer than that.
    reclaim_at: DateTime<Utc>,
    /// Set while the database does not answer, so that an outage is one line in the log.
    down: bool,
}

impl Schedule {
    pub(super) fn new(worker: Worker) -> Self {
        let now = worker.services.clock.now();
        Self {
            worker,
            tasks: JoinSet::new(),
            stores: HashMap::new(),
            next: Uuid::nil(),
            tidy_at: now,
            reclaim_at: now,
            down: false,
        }
    }

    /// Works until told to stop, then drains.
    pub(super) async fn run(mut self, mut stopped: watch::Receiver<bool>) {
        while !*stopped.borrow() {
            match self.turn().await {
                Ok(true) => self.down = false,
                Ok(false) => {
                    self.down = false;
                    self.wait(&mut stopped).await;
                }
                Err(error) => {
                    if !std::mem::replace(&mut self.down, true) {
                        tracing::error!(%error, "the worker cannot reach its tables and tries again");
                    }
                    self.wait(&mut stopped).await;
                }
            }
        }
        self.drain().await;
    }

    /// One round; true when there may be more to do at once.
    async fn turn(&mut self) -> Result<bool, DbError> {
        while let Some(ended) = self.tasks.try_join_next_with_id() {
            self.ended(ended);
        }
        let services = &self.worker.services;
        let events = dispatch::dispatch(services, &self.worker.handlers).await?;
        let now = services.clock.now();
        if now >= self.tidy_at {
            self.tidy_at = now + TimeDelta::hours(1);
            housekeeping::tidy(services).await?;
        }
        let free = self.worker.options.concurrency.saturating_sub(self.tasks.len());
        let jobs = if free == 0 { 0 } else { self.take(free).await? };
        Ok(events > 0 || jobs > 0)
    }

    /// Takes up to `free` jobs of the stores whose turn it is, and starts them.
    async fn take(&mut self, free: usize) -> Result<usize, DbError> {
        let limit = i32::try_from(free).unwrap_or(i32::MAX);
        let from = std::mem::take(&mut self.next);
        let now = self.worker.services.clock.now();
        let reclaim = now >= self.reclaim_at;
        if reclaim {
            self.reclaim_at = now + TimeDelta::seconds(LEASE / 12);
        }
        let mut jobs = self
            .worker
            .claim(Claim {
                from,
                limit,
                busy: self.busy(),
                reclaim,
            })
            .await?;
        if jobs.is_empty() && !from.is_nil() {
            jobs = self
                .worker
                .claim(Claim {
                    from: Uuid::nil(),
                    limit,
                    busy: self.busy(),
                    reclaim: false,
                })
                .await?;
        }
        if let Some(last) = jobs.last() {
            self.next = Uuid::from_u128(last.store_id.as_u128().wrapping_add(1));
        }
        let taken = jobs.len();
        for job in jobs {
            let (worker, store) = (self.worker.clone(), job.store_id);
            let task = self.tasks.spawn(async move {
                worker.attempt(job, Jitter::Full).await;
            });
            self.stores.insert(task.id(), store);
        }
        Ok(taken)
    }

    /// Stores that have their share of this worker, so that slow jobs of one leave places for the others.
    fn busy(&self) -> Vec<Uuid> {
        let share = self.worker.options.concurrency.div_ceil(2);
        let mut running: HashMap<Uuid, usize> = HashMap::new();
        for store in self.stores.values() {
            *running.entry(*store).or_default() += 1;
        }
        running
            .into_iter()
            .filter(|(_, count)| *count >= share)
            .map(|(store, _)| store)
            .collect()
    }

    async fn wait(&mut self, stopped: &mut watch::Receiver<bool>) {
        let services = &self.worker.services;
        tokio::select! {
            () = services.work.notified() => tokio::time::sleep(self.worker.options.gather).await,
            () = tokio::time::sleep(self.worker.options.poll) => {}
            _ = stopped.changed() => {}
            Some(ended) = self.tasks.join_next_with_id(), if !self.tasks.is_empty() => self.ended(ended),
        }
    }

    fn ended(&mut self, ended: Result<(Id, ()), tokio::task::JoinError>) {
        let id = match ended {
            Ok((id, ())) => id,
            Err(error) => error.id(),
        };
        self.stores.remove(&id);
    }

    async fn drain(mut self) {
        let all = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(self.worker.options.drain, all).await.is_err() {
            tracing::warn!(jobs = self.tasks.len(), "jobs did not end in time and are given back");
        }
        self.tasks.shutdown().await;
        if let Err(error) = lease::give_back(&self.worker.services, &self.worker.id).await {
            tracing::warn!(%error, "leases were not given back; they run out by themselves");
        }
    }
}

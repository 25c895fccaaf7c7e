//! The loop: hand out events, take jobs, wait.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::task::{Id, JoinSet};
use uuid::Uuid;

use super::backoff::Jitter;
use super::claim::{Claim, Claimed, TOGETHER, groups};
use super::handlers::Lane;
use super::lease::LEASE;
use super::{Worker, dispatch, lease, periodic};
use crate::db::DbError;

/// How often it is looked for what is due again; cron counts in minutes.
const PERIODIC_LOOK: Duration = Duration::from_secs(10);

/// How often work that may take minutes is looked for; nobody notices whether it begins a moment later.
const BULK_LOOK: Duration = Duration::from_millis(250);

/// How often work is looked for that nobody waits for.
const IDLE_LOOK: Duration = Duration::from_secs(5);
/// Jobs at the same time that wait for servers of strangers, in all and of one store. They cost little while they wait.
const OUTBOUND: (usize, usize) = (64, 4);

/// How often they are looked for: nobody notices the moment, and every look is a question to the database.
const OUTBOUND_LOOK: Duration = Duration::from_millis(100);

/// How long other stores wait at most while one rests that goes on announcing work.
const REST_LOOK: Duration = Duration::from_millis(100);

/// A worker at work.
pub(super) struct Schedule {
    worker: Worker,
    tasks: JoinSet<()>,
    prompt: Places,
    bulk: Places,
    outbound: Places,
    /// One place, whatever the server has: the work is heavy. None in a build without such work, which need not be looked for, then.
    idle: Places,
    periodic_at: Instant,
    /// When to look again for jobs whose worker died; their leases are much longer than that.
    reclaim_at: Instant,
    /// Set while the database does not answer, so that an outage is one line in the log.
    down: bool,
}

/// The places of a lane and who has them.
struct Places {
    lanes: &'static [Lane],
    /// Jobs at the same time.
    size: usize,
    /// Jobs of one store at the same time, so that slow ones leave places for the others.
    share: usize,
    /// Which store each running task works for.
    stores: HashMap<Id, Uuid>,
    /// The store whose turn is next.
    next: Uuid,
    /// Stores that rest, and until when.
    rests: HashMap<Uuid, Instant>,
    /// When to look again.
    look_at: Instant,
    /// Whether that was later than the last turn: what was announced since then may be for these places.
    skipped: bool,
}

impl Places {
    fn new(lanes: &'static [Lane], size: usize, share: usize) -> Self {
        Self {
            lanes,
            size,
            share,
            stores: HashMap::new(),
            next: Uuid::nil(),
            rests: HashMap::new(),
            look_at: Instant::now(),
            skipped: false,
        }
    }

    fn free(&self) -> usize {
        self.size.saturating_sub(self.stores.len())
    }

    /// Stores that have their share, and those that rest.
    fn busy(&self) -> Vec<Uuid> {
        let mut running: HashMap<Uuid, usize> = HashMap::new();
        for store in self.stores.values() {
            *running.entry(*store).or_default() += 1;
        }
        let full = running.into_iter().filter(|(_, count)| *count >= self.share);
        full.map(|(store, _)| store).chain(self.rests.keys().copied()).collect()
    }

    /// Wakes the stores that have rested, and says when the next one wakes.
    fn wake(&mut self, now: Instant) -> Option<Instant> {
        self.rests.retain(|_, until| *until > now);
        self.rests.values().min().copied()
    }

    /// A store whose short jobs were all taken rests; one with more of them, or with other jobs, does not.
    fn rest(&mut self, worker: &Worker, jobs: &[Claimed]) {
        if jobs.len() < TOGETHER && worker.handlers.are_done_together(&jobs[0].kind) {
            self.rests.insert(jobs[0].store_id, Instant::now() + worker.options.rest);
        }
    }

    /// Takes jobs for the free places, of the stores whose turn it is, and starts them.
    async fn take(&mut self, worker: &Worker, tasks: &mut JoinSet<()>, reclaim: bool) -> Result<usize, DbError> {
        if self.free() == 0 {
            return Ok(0);
        }
        let from = std::mem::take(&mut self.next);
        let claim = Claim {
            lanes: self.lanes,
            from,
            limit: i32::try_from(self.free()).unwrap_or(i32::MAX),
            busy: self.busy(),
            reclaim,
        };
        let around = Claim {
            from: Uuid::nil(),
            reclaim: false,
            ..claim.clone()
        };
        let mut jobs = worker.claim(claim).await?;
        if jobs.is_empty() && !from.is_nil() {
            jobs = worker.claim(around).await?;
        }
        if let Some(last) = jobs.last() {
            self.next = Uuid::from_u128(last.store_id.as_u128().wrapping_add(1));
        }
        let taken = jobs.len();
        for group in groups(jobs) {
            self.rest(worker, &group);
            let (worker, store) = (worker.clone(), group[0].store_id);
            let task = tasks.spawn(async move {
                worker.attempt_all(group, Jitter::Full).await;
            });
            self.stores.insert(task.id(), store);
        }
        Ok(taken)
    }
}

impl Schedule {
    pub(super) fn new(worker: Worker) -> Self {
        let now = Instant::now();
        let places = worker.options.concurrency;
        let idle = usize::from(worker.handlers.kinds(&[Lane::Idle]).next().is_some());
        Self {
            worker,
            tasks: JoinSet::new(),
            prompt: Places::new(&[Lane::Prompt], places, places.div_ceil(2)),
            bulk: Places::new(&[Lane::Bulk], places.div_ceil(2), 1),
            outbound: Places::new(&[Lane::Outbound], OUTBOUND.0, OUTBOUND.1),
            idle: Places::new(&[Lane::Idle], idle, 1),
            periodic_at: now,
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
        let backend = &self.worker.backend;
        let events = dispatch::dispatch(backend, &self.worker.handlers).await?;
        let now = Instant::now();
        if now >= self.periodic_at {
            self.periodic_at = now + PERIODIC_LOOK;
            periodic::run_due(backend).await?;
        }
        let reclaim = now >= self.reclaim_at;
        if reclaim {
            self.reclaim_at = now + Duration::from_secs_f64(LEASE / 12.0);
        }
        // Whoever has a free place looks, or a worker that is busy would leave them lying.
        self.prompt.wake(now);
        let full = self.prompt.free() == 0;
        let mut jobs = self.prompt.take(&self.worker, &mut self.tasks, reclaim).await?;
        for (places, pause) in [(&mut self.bulk, BULK_LOOK), (&mut self.outbound, OUTBOUND_LOOK)] {
            places.skipped = now < places.look_at;
            if !places.skipped {
                let taken = places.take(&self.worker, &mut self.tasks, reclaim && full).await?;
                // What there was may not have been all.
                places.look_at = if taken > 0 { now } else { now + pause };
                jobs += taken;
            }
        }
        if now >= self.idle.look_at {
            self.idle.look_at = now + IDLE_LOOK;
            jobs += self.idle.take(&self.worker, &mut self.tasks, false).await?;
        }
        Ok(events > 0 || jobs > 0)
    }

    async fn wait(&mut self, stopped: &mut watch::Receiver<bool>) {
        let options = self.worker.options;
        let now = Instant::now();
        let wakes = self.prompt.wake(now).map(|at| at.saturating_duration_since(now));
        let looks = self.outbound.skipped.then(|| self.outbound.look_at.saturating_duration_since(now));
        let sleep = wakes.into_iter().chain(looks).fold(options.poll, Duration::min);
        let announced = tokio::select! {
            () = self.worker.backend.work.notified() => true,
            () = tokio::time::sleep(sleep) => false,
            _ = stopped.changed() => false,
            Some(ended) = self.tasks.join_next_with_id(), if !self.tasks.is_empty() => {
                self.ended(ended);
                false
            }
        };
        if announced {
            // It may be the store that rests; a place that becomes free in the meantime is not left empty.
            let pause = wakes.unwrap_or_default().min(REST_LOOK).max(options.gather);
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                _ = stopped.changed() => {}
                Some(ended) = self.tasks.join_next_with_id(), if !self.tasks.is_empty() => self.ended(ended),
            }
        }
    }

    fn ended(&mut self, ended: Result<(Id, ()), tokio::task::JoinError>) {
        let id = match ended {
            Ok((id, ())) => id,
            Err(error) => error.id(),
        };
        self.prompt.stores.remove(&id);
        for places in [&mut self.bulk, &mut self.outbound, &mut self.idle] {
            if places.stores.remove(&id).is_some() {
                places.look_at = Instant::now();
            }
        }
    }

    async fn drain(mut self) {
        let all = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(self.worker.options.drain, all).await.is_err() {
            tracing::warn!(jobs = self.tasks.len(), "jobs did not end in time and are given back");
        }
        self.tasks.shutdown().await;
        if let Err(error) = lease::give_back(&self.worker.backend, &self.worker.id).await {
            tracing::warn!(%error, "leases were not given back; they run out by themselves");
        }
    }
}

//! What this server remembers of hosts and stores, and since which news.
//!
//! All news are counted. A store carries the count of the last news about it, so that a change of one store leaves what is remembered of the
//! others as it is, their answers in memory included.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use chrono::{DateTime, Utc};
use moka::sync::Cache;
use orion_types::StoreId;

use super::context::StoreContext;
use super::figures::Figures;

/// How long something is believed without news: news of a change comes at once, unless it is lost on the way.
pub(super) const KEPT: Duration = Duration::from_secs(60);

/// How long a host that has led to a store is known as one of ours.
const OURS: Duration = Duration::from_secs(24 * 3600);

/// Hosts at most, of each sort.
const HOSTS: u64 = 100_000;

/// What was found out about a host that leads to a store.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) store: StoreContext,
    pub(super) redirect_to: Option<String>,
    /// Until when a former label leads here.
    pub(super) until: Option<DateTime<Utc>>,
}

/// What moves about a store while the server runs.
#[derive(Debug, Default)]
pub(super) struct StoreState {
    /// The catalogue's version.
    pub(super) version: AtomicI64,
    /// The count of the last news about it.
    pub(super) news: AtomicU64,
    /// What is known of its large lists.
    pub(super) figures: Figures,
}

/// Hosts (and codes, as `#code`), stores, and the count of news.
pub(super) struct Memory {
    stores: Cache<String, Known>,
    /// Hosts of nobody: apart from the others, so that noise does not push them out.
    strangers: Cache<String, ()>,
    /// Hosts that have led to a store, which are looked up again without standing in line with strangers.
    ours: Cache<String, ()>,
    states: RwLock<HashMap<StoreId, Arc<StoreState>>>,
    news: AtomicU64,
    /// The count of the last news about everything.
    all: AtomicU64,
}

impl Memory {
    pub(super) fn new() -> Self {
        let hosts = || Cache::builder().max_capacity(HOSTS).time_to_live(KEPT);
        Self {
            stores: hosts().build(),
            strangers: Cache::builder().max_capacity(HOSTS).time_to_live(KEPT).build(),
            ours: Cache::builder().max_capacity(HOSTS).time_to_live(OURS).build(),
            states: RwLock::default(),
            news: AtomicU64::new(0),
            all: AtomicU64::new(0),
        }
    }

    /// The count of news; read before the database is, so that what is made of the answer does not pass for younger than it is.
    pub(super) fn news(&self) -> u64 {
        self.news.load(Ordering::Acquire)
    }

    fn next(&self) -> u64 {
        self.news.fetch_add(1, Ordering::AcqRel) + 1
    }

    /// Something about any store has changed.
    pub(super) fn forget(&self) {
        self.all.fetch_max(self.next(), Ordering::AcqRel);
        self.stores.invalidate_all();
        self.strangers.invalidate_all();
    }

    /// Something about one store has changed; a host that was nobody's may be its own now.
    pub(super) fn forget_store(&self, store: StoreId) {
        let news = self.next();
        self.state(store).news.fetch_max(news, Ordering::AcqRel);
        self.strangers.invalidate_all();
    }

    /// The catalogue's versions are not to be trusted any more.
    pub(super) fn forget_versions(&self) {
        self.states.write().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Moves a store's catalogue version forward, never back.
    pub(super) fn catalog_moved(&self, store: StoreId, version: i64) {
        let states = self.states.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(state) = states.get(&store) {
            state.version.fetch_max(version, Ordering::AcqRel);
        }
    }

    fn state(&self, store: StoreId) -> Arc<StoreState> {
        let mut states = self.states.write().unwrap_or_else(PoisonError::into_inner);
        states.entry(store).or_default().clone()
    }

    /// What moves about a store, brought up to a version that was read after `before` news, and the count that its context carries: that of
    /// the last news about it, or an older one if news came while it was read.
    pub(super) fn read(&self, store: StoreId, version: i64, before: u64) -> (Arc<StoreState>, u64) {
        let state = self.state(store);
        state.version.fetch_max(version, Ordering::AcqRel);
        let epoch = self.last_news(&state).min(before);
        (state, epoch)
    }

    fn last_news(&self, state: &StoreState) -> u64 {
        state.news.load(Ordering::Acquire).max(self.all.load(Ordering::Acquire))
    }

    /// The store behind a host; nothing when it is not known, news came since, or the time of a former label has passed.
    pub(super) fn recall(&self, host: &str, now: DateTime<Utc>) -> Option<Known> {
        let known = self.stores.get(host)?;
        let over = known.until.is_some_and(|until| until <= now);
        let stale = known.store.epoch() != self.last_news(known.store.state());
        (!over && !stale).then_some(known)
    }

    pub(super) fn is_stranger(&self, host: &str) -> bool {
        self.strangers.contains_key(host)
    }

    pub(super) fn is_ours(&self, host: &str) -> bool {
        self.ours.contains_key(host)
    }

    /// Keeps what was found out about a host after `before` news.
    pub(super) fn keep(&self, host: &str, found: Option<&Known>, before: u64) {
        match found {
            Some(known) => {
                self.stores.insert(host.to_owned(), known.clone());
                self.ours.insert(host.to_owned(), ());
            }
            // It may have become somebody's while it was looked up.
            None if self.news() == before => self.strangers.insert(host.to_owned(), ()),
            None => {}
        }
    }
}

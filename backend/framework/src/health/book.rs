//! What a server remembers of its checks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::report::{HealthReport, LastError};

/// How long a finding counts: anybody may ask, so asking must not be a way to keep the server busy.
const FRESH: Duration = Duration::from_secs(1);

/// Since when a server runs, what its checks found last, and which of them have not returned.
pub struct Health {
    started: Instant,
    last: tokio::sync::Mutex<Option<Last>>,
    running: Arc<Mutex<BTreeSet<&'static str>>>,
    errors: Mutex<BTreeMap<&'static str, LastError>>,
}

struct Last {
    enabled: BTreeSet<String>,
    at: Instant,
    report: HealthReport,
}

impl Default for Health {
    fn default() -> Self {
        Self {
            started: Instant::now(),
            last: tokio::sync::Mutex::default(),
            running: Arc::default(),
            errors: Mutex::default(),
        }
    }
}

impl Health {
    /// How long the server has been running.
    pub fn uptime(&self) -> Duration {
        self.started.elapsed()
    }

    /// The last report while it is fresh and about the same modules, else a new one; who comes while it is made waits for it.
    pub(super) async fn fresh<F: Future<Output = HealthReport>>(
        &self,
        enabled: &BTreeSet<String>,
        run: impl FnOnce() -> F,
    ) -> HealthReport {
        let mut last = self.last.lock().await;
        if let Some(last) = last.as_ref()
            && last.at.elapsed() < FRESH
            && last.enabled == *enabled
        {
            return last.report.clone();
        }
        let report = run().await;
        *last = Some(Last {
            enabled: enabled.clone(),
            at: Instant::now(),
            report: report.clone(),
        });
        report
    }

    /// Says that a check begins; `None` while it is still at it.
    pub(super) fn begin(&self, check: &'static str) -> Option<Running> {
        let begun = lock(&self.running).insert(check);
        begun.then(|| Running {
            running: self.running.clone(),
            check,
        })
    }

    pub(super) fn remember(&self, check: &'static str, error: LastError) {
        lock(&self.errors).insert(check, error);
    }

    pub(super) fn last_error(&self, check: &'static str) -> Option<LastError> {
        lock(&self.errors).get(check).cloned()
    }
}

/// A check that has not returned.
pub(super) struct Running {
    running: Arc<Mutex<BTreeSet<&'static str>>>,
    check: &'static str,
}

impl Drop for Running {
    fn drop(&mut self) {
        lock(&self.running).remove(self.check);
    }
}

/// What a thread that panicked has left behind is whole: every change here is a single call.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

//! Checks run side by side, each with its own time limit; one that hangs or panics is a failed check and nothing more.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, join_all};
use orion_types::status::ModuleTier;
use serde::Serialize;

use crate::Services;

/// How a module feels.
#[derive(Clone, Copy)]
pub struct HealthCheck {
    /// What is looked at, such as `payments.provider`.
    pub name: &'static str,
    /// How long it may take.
    pub timeout: Duration,
    /// Looks; the error is for operators.
    pub run: fn(Arc<Services>) -> BoxFuture<'static, Result<(), String>>,
}

/// The overall state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Everything works.
    Healthy,
    /// An optional module does not; the rest does.
    Degraded,
    /// The database or a core module does not.
    Unhealthy,
}

/// What one check has found.
#[derive(Debug, Clone, Serialize)]
pub struct CheckReport {
    /// What was looked at.
    pub name: String,
    /// The module's tier; absent for the server's own checks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<ModuleTier>,
    /// Whether it works.
    pub ok: bool,
    /// Milliseconds it took.
    pub latency_ms: u64,
    /// What is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// What all checks together have found.
#[derive(Debug, Clone, Serialize)]
pub struct HealthReport {
    /// The overall state.
    pub status: Verdict,
    /// Each check; only for those who may see it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<CheckReport>,
}

const DATABASE_TIMEOUT: Duration = Duration::from_secs(2);

/// Runs the database's check and those of all modules that are on for some platform.
pub async fn report(services: &Arc<Services>) -> HealthReport {
    let database = services.clone();
    let mut running: Vec<BoxFuture<'_, CheckReport>> =
        vec![check("database", None, DATABASE_TIMEOUT, async move { database.db.ping().await.map_err(|error| error.to_string()) }.boxed()).boxed()];
    let enabled = match services.directory.platforms().await {
        Ok(platforms) => platforms.iter().flat_map(|platform| platform.modules.clone()).collect(),
        Err(_) => std::collections::BTreeSet::new(),
    };
    for module in services.modules.all().iter().filter(|module| enabled.contains(module.id)) {
        if let Some(health) = module.health {
            running.push(check(health.name, Some(module.tier), health.timeout, (health.run)(services.clone())).boxed());
        }
    }
    let checks = join_all(running).await;
    HealthReport { status: judge(&checks), checks }
}

async fn check(name: &str, tier: Option<ModuleTier>, limit: Duration, run: BoxFuture<'static, Result<(), String>>) -> CheckReport {
    let start = Instant::now();
    let error = match tokio::time::timeout(limit, AssertUnwindSafe(run).catch_unwind()).await {
        Ok(Ok(Ok(()))) => None,
        Ok(Ok(Err(error))) => Some(error),
        Ok(Err(_)) => Some("the check panicked".to_owned()),
        Err(_) => Some("the check took too long".to_owned()),
    };
    let latency_ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    CheckReport { name: name.to_owned(), tier, ok: error.is_none(), latency_ms, error }
}

fn judge(checks: &[CheckReport]) -> Verdict {
    let failed = |optional: bool| checks.iter().any(|check| !check.ok && (check.tier == Some(ModuleTier::Optional)) == optional);
    if failed(false) {
        Verdict::Unhealthy
    } else if failed(true) {
        Verdict::Degraded
    } else {
        Verdict::Healthy
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_check_that_hangs_or_panics_is_a_failed_check() {
        let hangs = check("hangs", None, Duration::from_millis(5), std::future::pending().boxed()).await;
        assert_eq!(hangs.error.as_deref(), Some("the check took too long"));
        let panics = check("panics", None, Duration::from_secs(1), async { panic!("oh") }.boxed()).await;
        assert_eq!(panics.error.as_deref(), Some("the check panicked"));
    }

    #[test]
    fn an_optional_module_degrades_and_a_core_one_breaks() {
        let check = |tier, ok| CheckReport { name: String::new(), tier, ok, latency_ms: 0, error: None };
        assert_eq!(judge(&[check(None, true)]), Verdict::Healthy);
        assert_eq!(judge(&[check(None, true), check(Some(ModuleTier::Optional), false)]), Verdict::Degraded);
        assert_eq!(judge(&[check(None, false), check(Some(ModuleTier::Optional), false)]), Verdict::Unhealthy);
        assert_eq!(judge(&[check(Some(ModuleTier::Core), false)]), Verdict::Unhealthy);
    }
}

//! Checks run side by side, each with its own time limit; one that hangs or panics is a failed check and nothing more.

use std::collections::BTreeSet;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, join_all};
use orion_types::status::ModuleTier;
use serde::Serialize;
use tokio::sync::Mutex;

use crate::Services;
use crate::config::Environment;

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

/// How long a finding counts: anybody may ask, so asking must not be a way to keep the server busy.
const FRESH: Duration = Duration::from_secs(1);

/// The last finding of a server.
struct Last {
    /// Keeps the address from being given to another server of this process.
    server: Weak<Services>,
    enabled: BTreeSet<String>,
    at: Instant,
    report: HealthReport,
}

/// Who comes while the checks run waits here and takes what they have found.
static LAST: Mutex<Option<Last>> = Mutex::const_new(None);

/// What the database's check and those of all modules that are on for some platform have found within the last second.
pub async fn report(services: &Arc<Services>) -> HealthReport {
    let enabled: BTreeSet<String> = match services.directory.platforms().await {
        Ok(platforms) => platforms.iter().flat_map(|platform| platform.modules.iter().cloned()).collect(),
        Err(_) => BTreeSet::new(),
    };
    // A test breaks something and looks at once.
    if services.config.env == Environment::Test {
        return run(services, &enabled).await;
    }
    let mut last = LAST.lock().await;
    match last.as_ref() {
        Some(last) if last.at.elapsed() < FRESH && last.enabled == enabled && std::ptr::eq(last.server.as_ptr(), Arc::as_ptr(services)) => {
            last.report.clone()
        }
        _ => {
            let report = run(services, &enabled).await;
            *last = Some(Last {
                server: Arc::downgrade(services),
                enabled,
                at: Instant::now(),
                report: report.clone(),
            });
            report
        }
    }
}

async fn run(services: &Arc<Services>, enabled: &BTreeSet<String>) -> HealthReport {
    let database = services.clone();
    let mut running: Vec<BoxFuture<'_, CheckReport>> = vec![
        check(
            "database",
            None,
            DATABASE_TIMEOUT,
            async move { database.db.ping().await.map_err(|error| error.to_string()) }.boxed(),
        )
        .boxed(),
    ];
    for module in services.modules.all().iter().filter(|module| enabled.contains(module.id)) {
        if let Some(health) = module.health {
            let services = services.clone();
            // Begun inside the future: a check may panic before it gives one back.
            let begun = async move { (health.run)(services).await }.boxed();
            running.push(check(health.name, Some(module.tier), health.timeout, begun).boxed());
        }
    }
    let checks = join_all(running).await;
    HealthReport {
        status: judge(&checks),
        checks,
    }
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
    CheckReport {
        name: name.to_owned(),
        tier,
        ok: error.is_none(),
        latency_ms,
        error,
    }
}

fn judge(checks: &[CheckReport]) -> Verdict {
    let failed = |optional: bool| {
        checks
            .iter()
            .any(|check| !check.ok && (check.tier == Some(ModuleTier::Optional)) == optional)
    };
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

    #[tokio::test]
    async fn a_module_that_panics_degrades_and_its_absence_heals() {
        use crate::module::Module;
        use crate::worker::testbed::Testbed;
        static SHAKY: Module = Module {
            id: "shaky",
            health: Some(HealthCheck {
                name: "shaky.mood",
                timeout: Duration::from_secs(1),
                run: |_| panic!("at once"),
            }),
            ..Module::EMPTY
        };
        let bed = Testbed::new(&[&SHAKY]);
        let found = report(&bed.services).await;
        assert_eq!(found.status, Verdict::Degraded);
        let names: Vec<_> = found.checks.iter().map(|check| (check.name.as_str(), check.ok)).collect();
        assert_eq!(names, [("database", true), ("shaky.mood", false)]);
        bed.switch("shaky", false);
        let found = report(&bed.services).await;
        assert_eq!((found.status, found.checks.len()), (Verdict::Healthy, 1));
    }

    #[tokio::test]
    async fn who_asks_at_the_same_time_shares_a_finding_until_a_module_is_switched() {
        use crate::module::Module;
        use crate::worker::testbed::Testbed;
        use std::sync::atomic::{AtomicUsize, Ordering};
        static RUNS: AtomicUsize = AtomicUsize::new(0);
        static COUNTED: Module = Module {
            id: "counted",
            health: Some(HealthCheck {
                name: "counted",
                timeout: Duration::from_secs(1),
                run: |_| {
                    RUNS.fetch_add(1, Ordering::Relaxed);
                    async { Ok(()) }.boxed()
                },
            }),
            ..Module::EMPTY
        };
        let mut bed = Testbed::new(&[&COUNTED]);
        let services = Arc::get_mut(&mut bed.services).unwrap();
        let mut config = (*services.config).clone();
        config.env = Environment::Development;
        services.config = Arc::new(config);
        let found = join_all((0..20).map(|_| report(&bed.services))).await;
        assert!(found.iter().all(|report| report.checks.len() == 2));
        assert_eq!(RUNS.load(Ordering::Relaxed), 1);
        bed.switch("counted", false);
        assert_eq!(report(&bed.services).await.checks.len(), 1);
    }

    #[test]
    fn an_optional_module_degrades_and_a_core_one_breaks() {
        let check = |tier, ok| CheckReport {
            name: String::new(),
            tier,
            ok,
            latency_ms: 0,
            error: None,
        };
        assert_eq!(judge(&[check(None, true)]), Verdict::Healthy);
        assert_eq!(
            judge(&[check(None, true), check(Some(ModuleTier::Optional), false)]),
            Verdict::Degraded
        );
        assert_eq!(
            judge(&[check(None, false), check(Some(ModuleTier::Optional), false)]),
            Verdict::Unhealthy
        );
        assert_eq!(judge(&[check(Some(ModuleTier::Core), false)]), Verdict::Unhealthy);
    }
}

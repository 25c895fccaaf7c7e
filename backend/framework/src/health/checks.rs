//! Checks run side by side, each on a thread of its own and with its own time limit; one that hangs or panics is a failed check and
//! nothing more.

use std::collections::BTreeSet;
use std::ops::Deref;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use futures_util::future::{BoxFuture, join_all};
use orion_types::status::ModuleTier;
use tokio::runtime::Handle;
use tokio::sync::oneshot;

use super::book::Running;
use super::report::{CheckReport, HealthReport, LastError, judge};
use crate::config::Environment;
use crate::db::{Actor, DbError, PlatformTx, RequestMeta};
use crate::{Backend, Services, job, mail};

/// How a module feels.
#[derive(Clone, Copy)]
pub struct HealthCheck {
    /// What is looked at, such as `payments.unresolved`.
    pub name: &'static str,
    /// How long it may take.
    pub timeout: Duration,
    /// Whether the server is degraded when it fails and not unhealthy, as for any check of an optional module.
    pub only_degrades: bool,
    /// Looks; the error is for operators.
    pub run: fn(HealthContext) -> BoxFuture<'static, Result<(), String>>,
}

/// What a check looks with: the server's parts, and the database across stores.
#[derive(Clone)]
pub struct HealthContext(Arc<Backend>);

impl HealthContext {
    #[cfg(test)]
    pub(crate) fn new(backend: &Arc<Backend>) -> Self {
        Self(backend.clone())
    }

    /// A look across stores in one transaction.
    ///
    /// # Errors
    /// Those of the look.
    pub async fn look<T: Send + 'static>(
        &self,
        look: impl FnOnce(&mut PlatformTx) -> Result<T, DbError> + Send + 'static,
    ) -> Result<T, DbError> {
        self.0.platform_tx(Actor::system("health"), RequestMeta::default(), look).await
    }
}

impl Deref for HealthContext {
    type Target = Services;

    fn deref(&self) -> &Services {
        &self.0
    }
}

/// The check of what everything stands on.
const DATABASE: HealthCheck = HealthCheck {
    name: "database",
    timeout: Duration::from_secs(2),
    only_degrades: false,
    run: |context| Box::pin(async move { context.0.db.ping().await.map_err(|error| error.to_string()) }),
};

/// Servers agree by the database's clock; what they write themselves carries their own, and one that is off dates orders wrongly and lets
/// sessions end early or late.
const CLOCK: HealthCheck = HealthCheck {
    name: "clock",
    timeout: Duration::from_secs(2),
    only_degrades: false,
    run: |context| Box::pin(async move { compare_clocks(&context.0).await }),
};

/// How far the clock of a server may be from the database's.
const CLOCKS_APART: TimeDelta = TimeDelta::seconds(5);

async fn compare_clocks(backend: &Backend) -> Result<(), String> {
    let before = backend.clock.now();
    let theirs = backend.db.time().await.map_err(|error| error.to_string())?;
    let after = backend.clock.now();
    // What a test holds still is nobody's clock.
    if backend.clock.held().is_some() {
        return Ok(());
    }
    let off = if theirs < before { before - theirs } else { theirs - after };
    if off > CLOCKS_APART {
        let (direction, seconds) = (if theirs < before { "ahead of" } else { "behind" }, off.num_seconds());
        return Err(format!("the clock of this server is {seconds} s {direction} the database's"));
    }
    Ok(())
}

/// Mail that only goes into a table is what a developer wants, and a shop's customers do not.
const MAIL: HealthCheck = HealthCheck {
    name: "mail",
    timeout: Duration::from_secs(2),
    only_degrades: false,
    run: |backend| {
        let mute = backend.config.is_production() && backend.config.mail.smtp_url.is_none();
        let found = if mute {
            Err("ORION_MAIL_SMTP_URL is not set: no mail leaves".to_owned())
        } else {
            Ok(())
        };
        Box::pin(std::future::ready(found))
    },
};

/// What the database's check and those of all modules that are on for some platform have found within the last second.
pub async fn report(backend: &Arc<Backend>) -> HealthReport {
    let enabled: BTreeSet<String> = match backend.directory.platforms().await {
        Ok(platforms) => platforms.iter().flat_map(|platform| platform.modules.iter().cloned()).collect(),
        Err(_) => BTreeSet::new(),
    };
    // A test breaks something and looks at once.
    if backend.config.env == Environment::Test {
        return run(backend, &enabled).await;
    }
    backend.health.fresh(&enabled, || run(backend, &enabled)).await
}

async fn run(backend: &Arc<Backend>, enabled: &BTreeSet<String>) -> HealthReport {
    let modules = backend.modules.all().iter().filter(|module| enabled.contains(module.id));
    let of_modules = modules.flat_map(|module| module.health.iter().map(|check| (*check, Some(module.id), Some(module.tier))));
    // A mail server that is away is told, as is a job that was given up; neither is a reason to stop selling.
    let own = [
        (DATABASE, None, None),
        (CLOCK, None, None),
        (MAIL, None, None),
        (mail::DELIVERY, None, None),
        (job::DEAD, None, None),
    ];
    let all = own.into_iter().chain(of_modules);
    let checks = join_all(all.map(|(check, module, tier)| look(backend, check, module, tier))).await;
    HealthReport {
        status: judge(&checks),
        checks,
    }
}

/// Runs one check and notes what it says.
async fn look(backend: &Arc<Backend>, check: HealthCheck, module: Option<&'static str>, tier: Option<ModuleTier>) -> CheckReport {
    let start = Instant::now();
    let error = ask(backend, check).await.err();
    let latency_ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    if let Some(error) = &error {
        let error = error.clone();
        let at = backend.clock.now().into();
        backend.health.remember(check.name, LastError { error, at });
    }
    CheckReport {
        name: check.name,
        module,
        tier,
        degrades: check.only_degrades || tier == Some(ModuleTier::Optional),
        ok: error.is_none(),
        latency_ms,
        error,
        last_error: backend.health.last_error(check.name),
    }
}

async fn ask(backend: &Arc<Backend>, check: HealthCheck) -> Result<(), String> {
    // One that hangs keeps its thread until it returns. It does not get a second one, or asking would be a way to use up the machine.
    let Some(running) = backend.health.begin(check.name) else {
        return Err("an earlier run of the check has not ended".to_owned());
    };
    let finding = start(backend.clone(), check, running).map_err(|error| format!("no thread for the check: {error}"))?;
    match tokio::time::timeout(check.timeout, finding).await {
        Ok(Ok(found)) => found,
        Ok(Err(_)) => Err("the check panicked".to_owned()),
        Err(_) => Err("the check took too long".to_owned()),
    }
}

/// A plain thread and none of the runtime's: a runtime that stops waits for its own, and a check that hangs would keep it for ever.
fn start(backend: Arc<Backend>, check: HealthCheck, running: Running) -> std::io::Result<oneshot::Receiver<Result<(), String>>> {
    let (tell, finding) = oneshot::channel();
    let runtime = Handle::current();
    let work = move || {
        // Nobody may be waiting any more; and when it panics, nobody is told, which tells it all.
        let found = std::panic::catch_unwind(AssertUnwindSafe(|| runtime.block_on((check.run)(HealthContext(backend)))));
        drop(running);
        if let Ok(found) = found {
            let _gave_up = tell.send(found);
        }
    };
    std::thread::Builder::new().name("health-check".to_owned()).spawn(work)?;
    Ok(finding)
}

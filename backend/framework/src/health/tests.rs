use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::join_all;
use orion_types::status::ModuleTier;

use super::*;
use crate::config::Environment;
use crate::module::Module;
use crate::worker::testbed::Testbed;

/// Checks of the server itself: database, clock, mail and its delivery.
const OWN: usize = 5;

type Gate = (Mutex<Sender<()>>, Mutex<Receiver<()>>);

/// A check that blocks its thread until the test lets it go.
static GATE: LazyLock<Gate> = LazyLock::new(|| {
    let (open, opened) = channel();
    (Mutex::new(open), Mutex::new(opened))
});

static STUCK: Module = Module {
    id: "stuck",
    health: &[HealthCheck {
        name: "stuck.thread",
        timeout: Duration::from_millis(5),
        only_degrades: false,
        run: |_| {
            let opened = GATE.1.lock().unwrap_or_else(PoisonError::into_inner).recv();
            async move { opened.map_err(|error| error.to_string()) }.boxed()
        },
    }],
    ..Module::EMPTY
};

static SHAKY: Module = Module {
    id: "shaky",
    health: &[HealthCheck {
        name: "shaky.mood",
        timeout: Duration::from_secs(1),
        only_degrades: false,
        run: |_| panic!("at once"),
    }],
    ..Module::EMPTY
};

static BROKEN: Module = Module {
    id: "broken",
    tier: ModuleTier::Core,
    health: &[HealthCheck {
        name: "broken.heart",
        timeout: Duration::from_secs(1),
        only_degrades: false,
        run: |_| async { Err("it aches".to_owned()) }.boxed(),
    }],
    ..Module::EMPTY
};

static RUNS: AtomicUsize = AtomicUsize::new(0);
static COUNTED: Module = Module {
    id: "counted",
    health: &[HealthCheck {
        name: "counted",
        timeout: Duration::from_secs(1),
        only_degrades: false,
        run: |_| {
            RUNS.fetch_add(1, Ordering::Relaxed);
            async { Ok(()) }.boxed()
        },
    }],
    ..Module::EMPTY
};

fn find<'a>(report: &'a HealthReport, name: &str) -> &'a CheckReport {
    report.checks.iter().find(|check| check.name == name).unwrap()
}

#[tokio::test]
async fn a_check_that_blocks_its_thread_holds_up_nobody_and_is_not_begun_twice() {
    let bed = Testbed::new(&[&STUCK]);
    let found = report(&bed.backend).await;
    assert_eq!(found.status, Verdict::Degraded);
    assert_eq!(find(&found, "stuck.thread").error.as_deref(), Some("the check took too long"));
    let again = report(&bed.backend).await;
    assert_eq!(
        find(&again, "stuck.thread").error.as_deref(),
        Some("an earlier run of the check has not ended")
    );
    // Once for the run that hangs, once for the next: it finds the gate open.
    for _ in 0..2 {
        GATE.0.lock().unwrap().send(()).unwrap();
    }
    let mut healed = report(&bed.backend).await;
    while !find(&healed, "stuck.thread").ok {
        tokio::task::yield_now().await;
        healed = report(&bed.backend).await;
    }
    let healed = find(&healed, "stuck.thread");
    assert_eq!((healed.module, healed.tier), (Some("stuck"), Some(ModuleTier::Optional)));
    let last = healed.last_error.as_ref().map(|last| last.error.as_str());
    assert_eq!(last, Some("an earlier run of the check has not ended"));
}

#[tokio::test]
async fn a_module_that_panics_degrades_and_its_absence_heals() {
    let bed = Testbed::new(&[&SHAKY]);
    let found = report(&bed.backend).await;
    assert_eq!(found.status, Verdict::Degraded);
    assert_eq!(find(&found, "shaky.mood").error.as_deref(), Some("the check panicked"));
    assert!(find(&found, "database").ok);
    bed.switch("shaky", false);
    let found = report(&bed.backend).await;
    assert_eq!((found.status, found.checks.len()), (Verdict::Healthy, OWN));
}

#[tokio::test]
async fn a_core_module_that_fails_makes_the_server_unhealthy() {
    let bed = Testbed::new(&[&BROKEN]);
    let found = report(&bed.backend).await;
    assert_eq!(found.status, Verdict::Unhealthy);
    let check = find(&found, "broken.heart");
    assert_eq!((check.tier, check.error.as_deref()), (Some(ModuleTier::Core), Some("it aches")));
}

#[tokio::test]
async fn who_asks_at_the_same_time_shares_a_finding_until_a_module_is_switched() {
    let mut bed = Testbed::new(&[&COUNTED]);
    let services = Arc::get_mut(&mut bed.backend).unwrap().services_mut();
    let mut config = (*services.config).clone();
    config.env = Environment::Development;
    services.config = Arc::new(config);
    let found = join_all((0..20).map(|_| report(&bed.backend))).await;
    assert!(found.iter().all(|report| report.checks.len() == OWN + 1));
    assert_eq!(RUNS.load(Ordering::Relaxed), 1);
    bed.switch("counted", false);
    assert_eq!(report(&bed.backend).await.checks.len(), OWN);
}

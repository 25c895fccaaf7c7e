//! Prometheus metrics. Labels are bounded: route templates, never paths, hosts or stores.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::OnceLock;
use std::time::Duration;

use metrics::{Counter, Histogram, Unit, describe_counter, describe_gauge, describe_histogram};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};

use crate::db::Db;

/// From half a millisecond to ten seconds.
const BUCKETS: &[f64] = &[0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();

/// Starts to count; a second call changes nothing.
pub fn init() -> Result<(), BuildError> {
    if HANDLE.get().is_some() {
        return Ok(());
    }
    let recorder = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), BUCKETS)?
        .build_recorder();
    let handle = recorder.handle();
    if metrics::set_global_recorder(recorder).is_ok() {
        describe();
        let _first = HANDLE.set(handle);
    }
    Ok(())
}

fn describe() {
    describe_histogram!("http_request_duration_seconds", Unit::Seconds, "Time from the first byte read to the answer.");
    describe_counter!("http_requests_total", "Requests by method, route and status class.");
    describe_counter!("logins_failed_total", "Sign-ins that were refused, by area.");
    describe_counter!("orders_created_total", "Orders that were placed.");
    describe_counter!("orion_jobs_total", "Jobs by kind and outcome.");
    describe_histogram!("orion_job_duration_seconds", Unit::Seconds, "Time a job took.");
    describe_gauge!("db_pool_connections", "Connections by pool and state.");
}

/// Everything that was counted, in Prometheus' text format.
pub fn render(db: &Db) -> String {
    let (app, platform) = db.status();
    for (pool, status) in [("app", app), ("platform", platform)] {
        for (state, count) in [("idle", status.idle), ("open", status.open), ("size", status.size)] {
            metrics::gauge!("db_pool_connections", "pool" => pool, "state" => state).set(f64::from(count));
        }
    }
    let Some(handle) = HANDLE.get() else { return String::new() };
    handle.run_upkeep();
    handle.render()
}

struct Series {
    requests: Counter,
    duration: Histogram,
}

/// Method, status class and route; a thread meets few of them, and looks them up without a lock.
type Key = (&'static str, u16, String);

thread_local! {
    static SERIES: RefCell<HashMap<(&'static str, u16), HashMap<String, Series>>> = RefCell::default();
}

/// Counts a request and how long it took.
pub fn observe_request(method: &str, route: &str, status: u16, took: Duration) {
    let (method, class) = (known_method(method), status / 100);
    SERIES.with_borrow_mut(|series| {
        let routes = series.entry((method, class)).or_default();
        if let Some(known) = routes.get(route) {
            known.requests.increment(1);
            known.duration.record(took.as_secs_f64());
            return;
        }
        let new = register((method, class, route.to_owned()));
        new.requests.increment(1);
        new.duration.record(took.as_secs_f64());
        routes.insert(route.to_owned(), new);
    });
}

fn register((method, class, route): Key) -> Series {
    let class = match class {
        1 => "1xx",
        2 => "2xx",
        3 => "3xx",
        4 => "4xx",
        _ => "5xx",
    };
    Series {
        requests: metrics::counter!("http_requests_total", "method" => method, "route" => route.clone(), "status" => class),
        duration: metrics::histogram!("http_request_duration_seconds", "method" => method, "route" => route, "status" => class),
    }
}

/// A client may invent methods; they share one label.
fn known_method(method: &str) -> &'static str {
    match method {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}

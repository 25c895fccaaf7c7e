//! Prometheus metrics. Labels are bounded: route templates, never paths, hosts or stores.

mod gauges;
mod process;

pub use gauges::refresh;

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::OnceLock;
use std::time::Duration;

use metrics::{Counter, Gauge, Histogram, Unit, describe_counter, describe_gauge, describe_histogram};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};

use crate::db::Db;
use crate::module::CounterInfo;

/// From half a millisecond to ten seconds.
const BUCKETS: &[f64] = &[0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// How often what was recorded is folded into the buckets.
const UPKEEP: Duration = Duration::from_secs(5);

static HANDLE: OnceLock<PrometheusHandle> = OnceLock::new();

/// Starts to count; a second call changes nothing.
///
/// # Errors
/// When the buckets or the recorder's settings do not fit.
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
        keep_up(handle.clone());
        let _first = HANDLE.set(handle);
    }
    Ok(())
}

/// Every duration is kept until it is folded into its bucket. Without this, a server that nobody scrapes would fill its memory.
fn keep_up(handle: PrometheusHandle) {
    let work = move || {
        loop {
            std::thread::sleep(UPKEEP);
            handle.run_upkeep();
        }
    };
    if let Err(error) = std::thread::Builder::new().name("metrics-upkeep".to_owned()).spawn(work) {
        tracing::error!(%error, "metrics are only folded when they are read: no thread could be started");
    }
}

fn describe() {
    describe_histogram!(
        "http_request_duration_seconds",
        Unit::Seconds,
        "Time from the first byte read to the answer."
    );
    describe_counter!(RATE_LIMITED_REQUESTS, "Requests that a rate limit turned away, by its policy.");
    describe_counter!("http_requests_total", "Requests by method, route and status class.");
    describe_gauge!("http_requests_in_flight", "Requests that have begun and not ended.");
    describe_counter!("orion_sign_ins_total", "Sign-ins by area and outcome.");
    describe_counter!("logins_failed_total", "Sign-ins that were refused or braked, by area.");
    describe_counter!("orion_jobs_total", "Jobs by kind and outcome.");
    describe_counter!(crate::job::DEAD_JOBS, "Jobs that were given up, by kind.");
    describe_histogram!("orion_job_duration_seconds", Unit::Seconds, "Time a job took.");
    describe_gauge!("jobs_by_state", "Jobs that wait, run or are dead.");
    describe_gauge!("module_enabled", "1 where a platform has an optional module switched on, else 0.");
    describe_gauge!("database_up", "1 when the database answered while the metrics were read, else 0.");
    describe_gauge!("db_pool_connections", "Connections by pool and state.");
    describe_counter!("log_lines_dropped_total", "Lines that the log could not take.");
    process::describe();
}

/// Everything that was counted, in Prometheus' text format.
pub fn render(db: &Db) -> String {
    let (app, platform) = db.status();
    for (pool, status) in [("app", app), ("platform", platform)] {
        for (state, count) in [("idle", status.idle), ("open", status.open), ("size", status.size)] {
            metrics::gauge!("db_pool_connections", "pool" => pool, "state" => state).set(f64::from(count));
        }
    }
    process::look();
    metrics::counter!("log_lines_dropped_total").absolute(crate::telemetry::dropped_lines());
    exposition()
}

fn exposition() -> String {
    let Some(handle) = HANDLE.get() else {
        return String::new();
    };
    handle.run_upkeep();
    handle.render()
}

/// Requests that a rate limit turned away.
pub(crate) const RATE_LIMITED_REQUESTS: &str = "orion_rate_limited_requests_total";

/// Announces the counters of modules; they stand at zero until something happens.
pub fn announce(counters: impl IntoIterator<Item = CounterInfo>) {
    for CounterInfo { name, help } in counters {
        describe_counter!(name, help);
        metrics::counter!(name).increment(0);
    }
}

/// Adds one to each counter, by its name.
pub(crate) fn add_one(counters: &[&'static str]) {
    for name in counters {
        metrics::counter!(*name).increment(1);
    }
}

/// Tells how many jobs are in each state.
pub(crate) fn jobs_by_state(counts: &[(&'static str, i64)]) {
    for (state, count) in counts {
        // A gauge is a float; counts beyond 2^53 do not occur.
        metrics::gauge!("jobs_by_state", "state" => *state).set(*count as f64);
    }
}

/// Tells whether a platform has a module switched on; there are few of both.
pub(crate) fn module_enabled(platform: &str, module: &'static str, enabled: bool) {
    let state = if enabled { 1.0 } else { 0.0 };
    metrics::gauge!("module_enabled", "platform" => platform.to_owned(), "module" => module).set(state);
}

/// Tells whether the database answered.
pub(crate) fn database_up(up: bool) {
    metrics::gauge!("database_up").set(if up { 1.0 } else { 0.0 });
}

/// A request that is being answered; it counts until it is dropped.
#[derive(Debug)]
pub struct InFlight(());

impl InFlight {
    /// A request has begun.
    #[expect(clippy::new_without_default, reason = "it has an effect, which a default should not")]
    pub fn new() -> Self {
        IN_FLIGHT.with(|gauge| gauge.increment(1.0));
        Self(())
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        // A thread that ends takes its handle along; then nobody reads the gauge any more.
        let _ended = IN_FLIGHT.try_with(|gauge| gauge.decrement(1.0));
    }
}

struct Series {
    requests: Counter,
    duration: Histogram,
}

/// Method, status class and route.
type Key = (&'static str, u16, String);

/// Routes below method and status class, so that a known one is found by its borrowed name.
type Known = HashMap<(&'static str, u16), HashMap<String, Series>>;

thread_local! {
    /// A thread meets few of them, and looks them up without a lock.
    static SERIES: RefCell<Known> = RefCell::default();
    static IN_FLIGHT: Gauge = metrics::gauge!("http_requests_in_flight");
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

#[cfg(test)]
mod tests {
    use super::*;

    const TOOK: Duration = Duration::from_millis(3);

    fn lines(part: &str) -> Vec<String> {
        exposition()
            .lines()
            .filter(|line| !line.starts_with('#') && line.contains(part))
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn a_request_is_counted_with_help_type_and_buckets() {
        init().unwrap();
        observe_request("GET", "/counted/{id}", 200, TOOK);
        observe_request("GET", "/counted/{id}", 204, TOOK);
        observe_request("GET", "/counted/{id}", 503, TOOK);
        let text = exposition();
        for line in [
            "# HELP http_request_duration_seconds ",
            "# TYPE http_request_duration_seconds histogram",
            "# TYPE http_requests_total counter",
        ] {
            assert!(text.contains(line), "{line} is missing in\n{text}");
        }
        let counted = r#"http_requests_total{method="GET",route="/counted/{id}",status="2xx"} 2"#;
        assert!(text.contains(counted), "{text}");
        let bucket = |limit: &str| {
            format!(r#"http_request_duration_seconds_bucket{{method="GET",route="/counted/{{id}}",status="2xx",le="{limit}"}}"#)
        };
        assert!(
            text.contains(&format!("{} 0", bucket("0.0025"))) && text.contains(&format!("{} 2", bucket("0.005"))),
            "{text}"
        );
    }

    #[test]
    fn a_thousand_invented_methods_are_one_series() {
        init().unwrap();
        for number in 0..1_000 {
            observe_request(&format!("INVENTED{number}"), "/invented", 404, TOOK);
        }
        assert_eq!(
            lines("http_requests_total{method=\"other\",route=\"/invented\""),
            [r#"http_requests_total{method="other",route="/invented",status="4xx"} 1000"#]
        );
        assert!(lines("INVENTED").is_empty());
    }

    #[test]
    fn a_request_in_flight_counts_until_it_ends() {
        init().unwrap();
        let (first, second) = (InFlight::new(), InFlight::new());
        drop(first);
        assert_eq!(lines("http_requests_in_flight "), ["http_requests_in_flight 1"]);
        drop(second);
    }

    #[test]
    fn jobs_are_told_by_state() {
        init().unwrap();
        jobs_by_state(&[("queued", 7), ("dead", 1)]);
        assert_eq!(lines("jobs_by_state{state=\"queued\"}"), [r#"jobs_by_state{state="queued"} 7"#]);
    }
}

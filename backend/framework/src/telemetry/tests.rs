use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use super::access::{AccessLine, record};
use super::log;

/// What a test's log has written.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Lines {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

fn written(json: bool, level: &str, line: &AccessLine<'_>) -> String {
    let lines = Lines::default();
    tracing::dispatcher::with_default(&log(json, EnvFilter::new(level), lines.clone(), false), || record(line));
    lines.text()
}

fn line() -> AccessLine<'static> {
    AccessLine {
        method: "GET",
        route: "/api/v1/store/products/{id}",
        path: "/api/v1/store/products/1",
        status: 200,
        duration: Duration::from_micros(1_500),
        bytes: 42,
        ip: "192.0.2.1",
        request_id: "0193",
        store: Some("acme"),
        user: Some(uuid::Uuid::from_u128(7)),
        probe: false,
        slow: false,
        closed: false,
        cause: None,
    }
}

#[test]
fn a_request_is_one_json_object() {
    let text = written(true, "info", &line());
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    for (name, expected) in [
        ("level", "INFO"),
        ("method", "GET"),
        ("route", "/api/v1/store/products/{id}"),
        ("store", "acme"),
        ("user", "00000000-0000-0000-0000-000000000007"),
        ("request_id", "0193"),
        ("path", "/api/v1/store/products/1"),
    ] {
        assert_eq!(value[name], expected, "{text}");
    }
    assert_eq!(
        (value["status"].as_u64(), value["duration_us"].as_u64(), value["bytes"].as_u64()),
        (Some(200), Some(1_500), Some(42))
    );
}

#[test]
fn a_guest_has_no_user() {
    let text = written(true, "info", &AccessLine { user: None, ..line() });
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(value.get("user"), None, "{text}");
}

#[test]
fn every_kind_of_value_is_json() {
    let lines = Lines::default();
    let text: String = (0..0x200).filter_map(char::from_u32).collect();
    tracing::dispatcher::with_default(&log(true, EnvFilter::new("trace"), lines.clone(), false), || {
        tracing::trace!(
            target: "a \"target\"", text, debug = ?Some(&text), shown = %text, whole = -7_i64, count = 7_u64, yes = true, half = 0.5,
            endless = f64::INFINITY, level = "its own", absent = None::<&str>, "said {text}"
        );
    });
    assert_eq!(lines.text().matches('\n').count(), 1);
    let value: serde_json::Value = serde_json::from_str(&lines.text()).unwrap();
    let expected = serde_json::json!({
        "timestamp": value["timestamp"], "level": "TRACE", "target": "a \"target\"", "message": format!("said {text}"), "text": text,
        "debug": format!("{:?}", Some(&text)), "shown": text, "whole": -7, "count": 7, "yes": true, "half": 0.5, "endless": null, "_level": "its own"
    });
    assert_eq!(value, expected);
    assert!(
        value["timestamp"]
            .as_str()
            .is_some_and(|time| chrono::DateTime::parse_from_rfc3339(time).is_ok())
    );
}

#[test]
fn nothing_that_a_client_sends_starts_a_line_of_its_own() {
    let evil = "x\n{\"level\":\"ERROR\"}\r\n\u{1b}[2J";
    let line = AccessLine {
        method: evil,
        route: evil,
        path: evil,
        ip: evil,
        request_id: evil,
        store: Some(evil),
        cause: Some(evil),
        ..line()
    };
    for json in [true, false] {
        let text = written(json, "info", &line);
        assert_eq!(text.matches('\n').count(), 1, "{text}");
        assert!(!text.contains('\r') && !text.contains("\u{1b}[2J"), "{text}");
    }
}

#[test]
fn probes_are_silent_and_what_is_slow_or_failed_is_loud() {
    assert_eq!(written(true, "info", &AccessLine { probe: true, ..line() }), "");
    assert!(written(true, "debug", &AccessLine { probe: true, ..line() }).contains("DEBUG"));
    assert!(written(true, "warn", &AccessLine { slow: true, ..line() }).contains("slow request"));
    let failed = AccessLine { status: 500, ..line() };
    assert!(written(true, "error", &failed).contains("request failed"));
    // Asked every few seconds: what a probe has found is in its answer and in the metrics.
    let probe = AccessLine {
        status: 503,
        probe: true,
        slow: true,
        ..line()
    };
    assert_eq!(written(true, "info", &probe), "");
    // Closed by whoever hosts it.
    let closed = AccessLine {
        status: 503,
        closed: true,
        ..line()
    };
    assert_eq!(written(true, "warn", &closed), "");
    assert_eq!(written(true, "warn", &line()), "");
}

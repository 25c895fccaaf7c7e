//! Many people who sign in at once, and a shop that goes on beside them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::future::join_all;
use orion_tests::{TestApp, TestOptions};
use serde_json::json;

/// Each with an account and an address of their own: one address has only a few attempts under way at a time.
const PEOPLE: usize = 16;
/// Requests beside them, one after the other.
const PROBES: usize = 12;
const TOKEN: &str = "a token for whoever watches the shops";

/// The server has one thread for requests. Were passwords hashed on it, each request beside them would have to wait for at least one.
#[tokio::test]
async fn a_storm_of_sign_ins_does_not_hold_up_the_shop() {
    let app = TestApp::start_with(TestOptions {
        // Half a second each, on all cores but one: far longer than it takes to answer what needs no password.
        variables: vec![
            ("ORION_AUTH_BCRYPT_COST", "13".to_owned()),
            ("ORION_TENANCY_TRUSTED_PROXIES", "127.0.0.1".to_owned()),
            ("ORION_METRICS_TOKEN", TOKEN.to_owned()),
        ],
        ..TestOptions::default()
    })
    .await;
    let (door, done) = (app.dashboard("acme"), Arc::new(AtomicUsize::new(0)));
    let storm = (0..PEOPLE).map(|number| {
        let (door, done) = (door.with("x-forwarded-for", &format!("198.51.100.{number}")), done.clone());
        tokio::spawn(async move {
            let request = json!({ "email": format!("nobody-{number}@example.test"), "password": "not the password" });
            let answer = door.post("/auth/login", request).await;
            done.fetch_add(1, Ordering::SeqCst);
            answer.status
        })
    });
    let storm: Vec<_> = storm.collect();
    let shop = app.host("acme.orion.localhost");
    // All of them have arrived: most of them wait for their turn at hashing.
    while in_flight(&app).await < PEOPLE / 2 {
        assert!(
            done.load(Ordering::SeqCst) < PEOPLE / 2,
            "the sign-ins were answered before they were in flight together"
        );
    }
    let before = done.load(Ordering::SeqCst);
    for number in 0..PROBES {
        shop.get(["/", "/health/live", "/api/v1/storefront/products"][number % 3])
            .await
            .is(200);
    }
    let meanwhile = done.load(Ordering::SeqCst) - before;
    assert!(
        meanwhile < PROBES / 2,
        "{meanwhile} passwords were hashed while {PROBES} requests were answered"
    );
    for status in join_all(storm).await {
        // Whoever would wait too long for a turn is told to come back.
        let status = status.expect("a sign-in ends");
        assert!(matches!(status, 401 | 503), "{status}");
    }
}

async fn in_flight(app: &TestApp) -> usize {
    let text = app.host("localhost").bearer(TOKEN).get("/metrics").await.is(200).text();
    let line = text.lines().find_map(|line| line.strip_prefix("http_requests_in_flight "));
    line.and_then(|value| value.parse().ok()).unwrap_or(0)
}

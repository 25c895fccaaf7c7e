//! Many people who sign in at once, and a shop that goes on beside them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::future::join_all;
use orion_tests::{TestApp, TestOptions};
use serde_json::json;

/// One address may try thirty times before the brake is on; each of these is another account.
const PEOPLE: usize = 28;

/// The server has one thread for requests. Were passwords hashed on it, whoever asks last would be answered last.
#[tokio::test]
async fn a_storm_of_sign_ins_does_not_hold_up_the_shop() {
    let app = TestApp::start_with(TestOptions {
        // A tenth of a second each, one after the other on all cores but one.
        variables: vec![("ORION_AUTH_BCRYPT_COST", "11".to_owned())],
        ..TestOptions::default()
    })
    .await;
    let (door, done) = (app.dashboard("acme"), Arc::new(AtomicUsize::new(0)));
    let storm = (0..PEOPLE).map(|number| {
        let (door, done) = (door.clone(), done.clone());
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
    for path in ["/", "/health/live", "/api/v1/storefront/products"] {
        shop.get(path).await.is(200);
    }
    assert!(done.load(Ordering::SeqCst) < PEOPLE, "the shop was answered after all the sign-ins");
    for status in join_all(storm).await {
        // Whoever would wait too long for a turn is told to come back.
        let status = status.expect("a sign-in ends");
        assert!(matches!(status, 401 | 503), "{status}");
    }
}

async fn in_flight(app: &TestApp) -> usize {
    let text = app.host("localhost").get("/metrics").await.is(200).text();
    let line = text.lines().find_map(|line| line.strip_prefix("http_requests_in_flight "));
    line.and_then(|value| value.parse().ok()).unwrap_or(0)
}

//! `/api/v1/store/webhook-endpoints`: endpoints and their secrets.

use chrono::TimeDelta;
use orion_framework::clock::Clock;
use orion_tests::{Client, Receiver, TestApp, TestOptions};
use orion_types::Page;
use orion_types::status::WebhookPayload;
use orion_types::webhook::{WebhookEndpoint, WebhookEvent, WebhookSecret};
use serde_json::json;

/// An endpoint that leads to a receiver, and its secret.
pub(super) async fn endpoint(owner: &Client, receiver: &Receiver) -> WebhookSecret {
    owner
        .post("/webhook-endpoints", json!({ "url": receiver.url() }))
        .await
        .is(201)
        .json()
}

fn of(id: impl std::fmt::Display) -> String {
    format!("/webhook-endpoints/{id}")
}

#[tokio::test]
async fn an_endpoint_is_made_with_a_secret_that_is_shown_once() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let asked = json!({ "url": "https://example.com/hooks", "description": " Ours ", "events": ["order.placed", "order.placed"], "payload": "thin" });
    let answer = owner
        .with("idempotency-key", "one")
        .post("/webhook-endpoints", &asked)
        .await
        .is(201);
    let made: WebhookSecret = answer.json();
    assert!(made.secret.starts_with("whsec_") && made.secret.len() > 40, "{}", made.secret);
    assert_eq!(
        answer.header("location"),
        Some(format!("/api/v1/store/webhook-endpoints/{}", made.id).as_str())
    );
    let again: WebhookSecret = owner
        .with("idempotency-key", "one")
        .post("/webhook-endpoints", &asked)
        .await
        .is(201)
        .json();
    assert_eq!(again, made, "a repeat gets the same answer");

    let answer = owner.get(&of(made.id)).await.is(200);
    assert!(!answer.text().contains("whsec"), "{}", answer.text());
    let read: WebhookEndpoint = answer.json();
    assert_eq!(read, made.endpoint);
    assert_eq!(
        (read.description.as_str(), read.events.as_slice()),
        ("Ours", ["order.placed".to_owned()].as_slice())
    );
    assert_eq!((read.payload, read.enabled, read.last_sequence), (WebhookPayload::Thin, true, 0));
    let listed: Page<WebhookEndpoint> = owner.get("/webhook-endpoints").await.is(200).json();
    assert_eq!(listed.data, [read]);

    // Neither the table nor the answer that is kept for a repeat holds it in the clear.
    let key = made.secret.strip_prefix("whsec_").expect("a secret");
    let kept = app.text("SELECT string_agg(t::text, ' ') FROM idempotency_keys AS t")
        + &app.text("SELECT string_agg(t::text, ' ') FROM webhook_endpoints AS t");
    assert!(!kept.contains(key) && !kept.contains("whsec_"));
    let decoded = app.count(&format!(
        "SELECT count(*) FROM webhook_endpoints WHERE position(decode('{key}', 'base64') IN secret) > 0"
    ));
    assert_eq!(decoded, 0);
}

#[tokio::test]
async fn an_endpoint_is_changed_under_its_version_and_taken_away() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let made = endpoint(&owner, &Receiver::start()).await;
    let change = json!({ "enabled": false, "description": "Off for now" });
    owner
        .patch(&of(made.id), &change)
        .await
        .refused(428, "framework.precondition_required");
    let old = owner.with("if-match", "\"7\"");
    old.patch(&of(made.id), &change).await.refused(412, "framework.stale");
    let answer = owner.with("if-match", "\"1\"").patch(&of(made.id), &change).await.is(200);
    assert_eq!(answer.header("etag"), Some("\"2\""));
    let changed: WebhookEndpoint = answer.json();
    assert!(!changed.enabled && changed.off_at.is_some() && changed.off_reason.is_none());
    let same = owner.with("if-match", "\"2\"").patch(&of(made.id), json!({})).await.is(200);
    assert_eq!(same.header("etag"), Some("\"2\""), "a change of nothing is none");
    let test = json!({ "event": "order.placed" });
    owner
        .post(&format!("{}/test", of(made.id)), test)
        .await
        .refused(409, "webhooks.endpoint_off");
    owner.delete(&of(made.id)).await.is(204);
    owner.get(&of(made.id)).await.is(404);
    owner.delete(&of(made.id)).await.is(404);
}

#[tokio::test]
async fn what_is_no_endpoint_is_refused_by_field() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    for (body, pointer) in [
        (json!({ "url": "https://10.0.0.8/x" }), "/url"),
        (json!({ "url": "https://[fd12::1]/x" }), "/url"),
        (json!({ "url": "https://169.254.169.254/latest/meta-data" }), "/url"),
        (json!({ "url": "ftp://example.com/" }), "/url"),
        (json!({ "url": "https://me:secret@example.com/" }), "/url"),
        (
            json!({ "url": "https://example.com/", "events": ["order.placed", "order.eaten"] }),
            "/events/1",
        ),
        (json!({ "url": "https://example.com/", "events": ["job.cancelled"] }), "/events/0"),
        (
            json!({ "url": "https://example.com/", "description": "x".repeat(501) }),
            "/description",
        ),
        (json!({ "url": "https://example.com/", "payload": "fat" }), "/payload"),
        (json!({}), "/url"),
    ] {
        owner
            .post("/webhook-endpoints", body)
            .await
            .refused(422, "framework.invalid")
            .at(pointer);
    }
    for _ in 0..20 {
        owner
            .post("/webhook-endpoints", json!({ "url": "https://example.com/" }))
            .await
            .is(201);
    }
    let more = json!({ "url": "https://example.com/" });
    owner
        .post("/webhook-endpoints", &more)
        .await
        .refused(409, "webhooks.too_many_endpoints");
    app.owner("globex").await.post("/webhook-endpoints", more).await.is(201);
}

#[tokio::test]
async fn whoever_may_not_see_webhooks_does_not() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let made = endpoint(&owner, &Receiver::start()).await;
    let manager = app.staff("acme", "manager@acme.test").await;
    manager.get(&of(made.id)).await.is(200);
    let more = json!({ "url": "https://example.com/" });
    manager.post("/webhook-endpoints", &more).await.refused(403, "framework.forbidden");
    let viewer = app.staff("acme", "viewer@acme.test").await;
    viewer.get("/webhook-endpoints").await.refused(403, "framework.forbidden");
    // Where the module is off there is nothing.
    let plain = app.owner("plain").await;
    plain.get("/webhook-events").await.refused(404, "framework.module_disabled");
    plain
        .post("/webhook-endpoints", more)
        .await
        .refused(404, "framework.module_disabled");
}

#[tokio::test]
async fn what_can_be_chosen_is_what_happens_here() {
    let app = TestApp::start().await;
    let events: Page<WebhookEvent> = app.owner("acme").await.get("/webhook-events").await.is(200).json();
    let placed = events.data.iter().find(|event| event.name == "order.placed").expect("an event");
    assert_eq!((placed.version, placed.object.as_str()), (1, "order_id"));
    assert!(events.data.iter().all(|event| !event.summary.is_empty()));
    assert!(
        events.data.iter().all(|event| event.name != "job.cancelled"),
        "machinery stays inside"
    );
}

#[tokio::test]
async fn two_secrets_sign_for_a_day_after_a_rotation() {
    let clock = Clock::fixed(Clock::default().now());
    let options = TestOptions {
        clock: clock.clone(),
        ..TestOptions::default()
    };
    let app = TestApp::start_with(options).await;
    let owner = app.owner("acme").await;
    let receiver = Receiver::start();
    let made = endpoint(&owner, &receiver).await;
    let test = format!("{}/test", of(made.id));
    let signatures = async || {
        owner.post(&test, json!({ "event": "order.placed" })).await.is(202);
        app.run_jobs().await;
        let got = receiver.take().pop().expect("a delivery");
        got.headers["webhook-signature"].split(' ').map(str::to_owned).collect::<Vec<_>>()
    };
    let one = signatures().await;
    assert!(one.len() == 1 && one[0].starts_with("v1,"), "{one:?}");
    let rotated: WebhookSecret = owner
        .post(&format!("{}/secret/rotate", of(made.id)), json!({}))
        .await
        .is(200)
        .json();
    assert_ne!(rotated.secret, made.secret);
    let until = rotated.endpoint.previous_secret_until.expect("the end of the old one");
    assert_eq!(until, (clock.now() + TimeDelta::hours(24)).into());
    let both = signatures().await;
    assert!(both.len() == 2 && both[0] != both[1], "{both:?}");
    clock.advance(TimeDelta::hours(25));
    let owner = app.owner("acme").await;
    owner.post(&test, json!({ "event": "order.placed" })).await.is(202);
    app.run_jobs().await;
    let got = receiver.take().pop().expect("a delivery");
    assert!(!got.headers["webhook-signature"].contains(' '), "the old secret has ended");
    let read: WebhookEndpoint = owner.get(&of(made.id)).await.is(200).json();
    assert_eq!(read.previous_secret_until, None);
}

#[tokio::test]
async fn the_query_of_an_address_is_seen_by_who_may_change_it() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let receiver = Receiver::start();
    let url = format!("{}?token=hunter2", receiver.url());
    let made: WebhookSecret = owner.post("/webhook-endpoints", json!({ "url": url })).await.is(201).json();
    let test = json!({ "event": "order.placed" });
    let sent = owner.post(&format!("{}/test", of(made.id)), test).await.is(202);
    app.run_jobs().await;
    let delivery = format!("{}/deliveries/{}", of(made.id), sent.json["id"].as_str().expect("an id"));
    let paths = ["/webhook-endpoints".to_owned(), of(made.id), delivery];
    let manager = app.staff("acme", "manager@acme.test").await;
    for path in &paths {
        assert!(owner.get(path).await.is(200).text().contains(&url), "{path}");
        let seen = manager.get(path).await.is(200).text();
        assert!(!seen.contains("hunter2") && seen.contains("/hooks?…"), "{path}: {seen}");
    }
    let other = format!("{}?token=hunter3", receiver.url());
    let changed = owner
        .with("if-match", "\"1\"")
        .patch(&of(made.id), json!({ "url": other }))
        .await
        .is(200);
    assert_eq!(changed.json["url"], json!(other));
    owner.post(&format!("{}/secret/rotate", of(made.id)), json!({})).await.is(200);
    owner.delete(&of(made.id)).await.is(204);
    let log = app.text("SELECT string_agg(changes::text, ' ') FROM audit_log WHERE entity = 'webhook_endpoints'");
    assert!(!log.contains("hunter") && log.contains("url_query"), "{log}");
    app.run_jobs().await;
}

#[tokio::test]
async fn what_another_server_does_right_after_an_endpoint_was_made_is_told() {
    let app = TestApp::start().await;
    let second = app.second_server().await;
    let owner = app.owner("acme").await;
    let elsewhere = owner.at(second.address, "acme.orion.localhost");
    let product = |title: &str| json!({ "title": title, "variants": [{ "price_minor": 100 }] });
    // The other server knows the store, and that nobody listens.
    elsewhere.post("/products", product("Mug")).await.is(201);
    let receiver = Receiver::start();
    endpoint(&owner, &receiver).await;
    elsewhere.post("/products", product("Jug")).await.is(201);
    app.run_jobs().await;
    let got = receiver.take();
    let titles: Vec<_> = got.iter().map(|got| &got.body["data"]["title"]).collect();
    assert_eq!(titles, ["Jug"]);
}

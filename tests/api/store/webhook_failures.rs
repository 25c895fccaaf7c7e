//! Receivers that fail, are slow, lead elsewhere or are gone.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use diesel::connection::SimpleConnection;
use orion::server;
use orion_framework::clock::Clock;
use orion_tests::{Client, Receiver, Reply, TestApp, TestOptions};
use orion_types::Page;
use orion_types::status::{WebhookDeliveryStatus, WebhookOff};
use orion_types::webhook::{WebhookDelivery, WebhookDeliveryDetail, WebhookEndpoint, WebhookSecret};
use serde_json::json;

use super::webhooks::endpoint;

/// A shop with an endpoint, and a clock that stands still.
struct World {
    app: TestApp,
    clock: Clock,
    receiver: Receiver,
    made: WebhookSecret,
}

impl World {
    async fn start() -> Self {
        let clock = Clock::fixed(Clock::default().now());
        let options = TestOptions {
            clock: clock.clone(),
            ..TestOptions::default()
        };
        let app = TestApp::start_with(options).await;
        let receiver = Receiver::start();
        let made = endpoint(&app.owner("acme").await, &receiver).await;
        Self {
            app,
            clock,
            receiver,
            made,
        }
    }

    /// Signed in at the time of the clock.
    async fn owner(&self) -> Client {
        self.app.owner("acme").await
    }

    fn path(&self) -> String {
        format!("/webhook-endpoints/{}", self.made.id)
    }

    async fn endpoint(&self) -> WebhookEndpoint {
        self.owner().await.get(&self.path()).await.is(200).json()
    }

    async fn deliveries(&self) -> Vec<WebhookDelivery> {
        let page: Page<WebhookDelivery> = self.owner().await.get(&format!("{}/deliveries", self.path())).await.is(200).json();
        page.data
    }

    /// Makes a product and changes it, both times with an event.
    async fn make_and_change(&self, title: &str) {
        let owner = self.owner().await;
        let made = owner
            .post("/products", json!({ "title": title, "variants": [{ "price_minor": 100 }] }))
            .await
            .is(201);
        let path = format!("/products/{}", made.json["id"].as_str().expect("an id"));
        owner
            .with("if-match", "\"1\"")
            .patch(&path, json!({ "title": format!("{title} again") }))
            .await
            .is(200);
    }

    async fn pass(&self, time: TimeDelta) {
        self.clock.advance(time);
        self.app.run_jobs().await;
    }

    fn mails(&self) -> String {
        self.app.text(
            "SELECT string_agg(recipient || ': ' || text_body, ' ') FROM mail_messages WHERE message_key LIKE 'webhook-endpoint-off:%'",
        )
    }
}

#[tokio::test]
async fn what_fails_is_tried_again_and_holds_up_only_what_follows_of_the_same_thing() {
    let world = World::start().await;
    world.receiver.reply(Reply::status(500).saying("try later"));
    world.make_and_change("Mug").await;
    world.make_and_change("Cup").await;
    world.app.run_jobs().await;
    // The first ones of mug and cup are sent side by side: whichever came first has failed, and what follows of it waits.
    let came = world.receiver.events();
    let failed = came[0].1;
    let other = 4 - failed;
    let created = |sequence| ("product.created".to_owned(), sequence);
    let updated = |sequence| ("product.updated".to_owned(), sequence);
    assert_eq!(came, [created(failed), created(other), updated(other + 1)]);
    let waiting = world.endpoint().await;
    assert_eq!(waiting.waiting_count, 2);
    world.pass(TimeDelta::seconds(4)).await;
    assert_eq!(world.receiver.count(), 0, "not before its time");
    world.pass(TimeDelta::seconds(2)).await;
    assert_eq!(world.receiver.events(), [created(failed), updated(failed + 1)]);
    let log = world.deliveries().await;
    assert!(log.iter().all(|delivery| delivery.status == WebhookDeliveryStatus::Delivered));
    let first = log.iter().find(|delivery| delivery.sequence == failed).expect("the first");
    let path = format!("{}/deliveries/{}", world.path(), first.id);
    let detail: WebhookDeliveryDetail = world.owner().await.get(&path).await.is(200).json();
    let told: Vec<_> = detail
        .attempts
        .iter()
        .map(|attempt| (attempt.status, attempt.error.as_deref(), attempt.answer.as_deref()))
        .collect();
    let failed = (
        Some(500),
        Some("The receiver answered 500 Internal Server Error."),
        Some("try later"),
    );
    assert_eq!(told, [failed, (Some(204), None, None)]);
    assert_eq!(world.endpoint().await.failing_since, None);
}

#[tokio::test]
async fn an_endpoint_that_fails_for_three_days_is_switched_off_with_a_mail_and_goes_on_when_it_is_on_again() {
    let world = World::start().await;
    world.receiver.always(503);
    world.make_and_change("Mug").await;
    world.app.run_jobs().await;
    for hours in [0, 1, 2, 5, 10, 14, 20] {
        world.pass(TimeDelta::hours(hours) + TimeDelta::minutes(6)).await;
        assert!(world.endpoint().await.enabled, "after {hours} hours more");
    }
    let failing = world.endpoint().await;
    assert!(failing.failing_since.is_some() && failing.waiting_count == 2, "{failing:?}");
    world.pass(TimeDelta::hours(26)).await;
    let off = world.endpoint().await;
    assert_eq!((off.enabled, off.off_reason), (false, Some(WebhookOff::Failing)));
    let mail = world.mails();
    assert!(
        mail.starts_with("owner@acme.test: The webhook endpoint") && mail.contains("three days"),
        "{mail}"
    );
    let tried = world.receiver.take().len();
    world.pass(TimeDelta::days(1)).await;
    assert_eq!((tried > 5, world.receiver.count()), (true, 0), "nothing more is sent");

    world.receiver.always(204);
    let on = world.owner().await.with("if-match", "*");
    on.patch(&world.path(), json!({ "enabled": true })).await.is(200);
    world.app.run_jobs().await;
    let events: Vec<String> = world.receiver.events().into_iter().map(|(event, _)| event).collect();
    assert_eq!(events, ["product.created", "product.updated"], "what waited is sent, in its order");
    let well = world.endpoint().await;
    assert_eq!((well.off_reason, well.failing_since, well.waiting_count), (None, None, 0));
}

#[tokio::test]
async fn one_event_that_is_never_taken_is_given_up_alone() {
    let world = World::start().await;
    world.receiver.reply(Reply::status(500));
    world.make_and_change("Mug").await;
    world.app.run_jobs().await;
    for hours in [0, 1, 3, 6, 11, 15, 21, 25, 26] {
        // Something else is delivered in the meantime, so that the endpoint is not at fault.
        world.receiver.take();
        world.clock.advance(TimeDelta::hours(hours) + TimeDelta::minutes(6));
        world.receiver.reply(Reply::status(500));
        world.app.run_jobs().await;
        world.make_and_change(&format!("After {hours}")).await;
        world.clock.advance(TimeDelta::minutes(1));
        world.app.run_jobs().await;
    }
    let first = world.deliveries_of(1).await;
    assert_eq!((first.status, first.attempt_count), (WebhookDeliveryStatus::Failed, 10));
    assert_eq!(
        world.deliveries_of(2).await.status,
        WebhookDeliveryStatus::Delivered,
        "what followed goes on"
    );
    assert!(world.endpoint().await.enabled);
}

impl World {
    async fn deliveries_of(&self, sequence: i64) -> WebhookDelivery {
        let path = format!("{}/deliveries?limit=100", self.path());
        let page: Page<WebhookDelivery> = self.owner().await.get(&path).await.is(200).json();
        page.data
            .into_iter()
            .find(|delivery| delivery.sequence == sequence)
            .expect("the delivery")
    }
}

#[tokio::test]
async fn a_receiver_that_is_gone_gets_nothing_more() {
    let world = World::start().await;
    world.receiver.reply(Reply::status(410));
    world.make_and_change("Mug").await;
    world.app.run_jobs().await;
    assert_eq!(world.receiver.count(), 1);
    let off = world.endpoint().await;
    assert_eq!((off.enabled, off.off_reason), (false, Some(WebhookOff::Gone)));
    assert!(world.mails().contains("410 Gone"), "{}", world.mails());
    assert_eq!(off.waiting_count, 2);
}

#[tokio::test]
async fn a_receiver_that_asks_for_patience_gets_it() {
    let world = World::start().await;
    world.receiver.reply(Reply::status(429).with("retry-after", "120"));
    world.make_and_change("Mug").await;
    world.app.run_jobs().await;
    world.receiver.take();
    world.pass(TimeDelta::seconds(119)).await;
    assert_eq!(world.receiver.count(), 0);
    world.pass(TimeDelta::seconds(2)).await;
    assert_eq!(world.receiver.count(), 2);
}

#[tokio::test]
async fn no_redirect_is_followed_and_no_secret_stays_in_the_log() {
    let world = World::start().await;
    let elsewhere = Receiver::start();
    let redirect = Reply::status(307).with("location", &elsewhere.url());
    world.receiver.reply(
        redirect
            .with("content-type", "text/plain")
            .saying("you sent {signature} and whsec_c2VjcmV0"),
    );
    world.make_and_change("Mug").await;
    world.app.run_jobs().await;
    assert_eq!(elsewhere.count(), 0);
    let first = world.deliveries_of(1).await.last_attempt.expect("an attempt");
    assert_eq!(
        first.error.as_deref(),
        Some("The receiver redirects (307 Temporary Redirect), which is not followed.")
    );
    assert_eq!(first.answer.as_deref(), Some("you sent v1,*** and whsec_***"));
}

#[tokio::test]
async fn no_address_of_our_own_house_is_connected_to() {
    // Loopback is not allowed here, and something else is, so that names may be plain http.
    let options = TestOptions {
        variables: vec![("ORION_OUTBOUND_ALLOWED", "192.0.2.1".to_owned())],
        ..TestOptions::default()
    };
    let app = TestApp::start_with(options).await;
    let owner = app.owner("acme").await;
    let receiver = Receiver::start();
    owner
        .post("/webhook-endpoints", json!({ "url": receiver.url() }))
        .await
        .refused(422, "framework.invalid")
        .at("/url");
    // A name is looked up when something is sent: it leads to loopback, and nothing is.
    let by_name = receiver.url().replace("127.0.0.1", "localhost");
    let made: WebhookSecret = owner.post("/webhook-endpoints", json!({ "url": by_name })).await.is(201).json();
    // Nor does a row help that came there in another way.
    let other: WebhookSecret = owner
        .post("/webhook-endpoints", json!({ "url": "https://example.com/" }))
        .await
        .is(201)
        .json();
    let moved = format!("UPDATE webhook_endpoints SET url = '{}' WHERE id = '{}'", receiver.url(), other.id);
    app.owner_of_database().batch_execute(&moved).expect("the row is moved");
    for id in [made.id, other.id] {
        let path = format!("/webhook-endpoints/{id}");
        owner
            .post(&format!("{path}/test"), json!({ "event": "order.placed" }))
            .await
            .is(202);
        app.run_jobs().await;
        let page: Page<WebhookDelivery> = owner.get(&format!("{path}/deliveries")).await.is(200).json();
        let attempt = page.data[0].last_attempt.clone().expect("an attempt");
        assert_eq!(attempt.error.as_deref(), Some("The address is not on the public internet."));
    }
    assert_eq!(receiver.count(), 0);
}

/// Waits for what a worker does beside the test.
async fn until(what: &str, done: impl Fn() -> bool) {
    let began = Instant::now();
    while !done() {
        assert!(began.elapsed() < Duration::from_secs(30), "{what}");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_receiver_that_does_not_answer_holds_up_nobody_else() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let (slow, fast) = (Receiver::start(), Receiver::start());
    let (silent, release) = Reply::status(204).held();
    slow.reply(silent);
    let (first, second) = (endpoint(&owner, &slow).await, endpoint(&owner, &fast).await);
    let worker = server::worker(app.services.clone()).expect("the worker").spawn();
    let test = async |id| {
        let path = format!("/webhook-endpoints/{id}/test");
        owner.post(&path, json!({ "event": "order.placed" })).await.is(202)
    };
    test(first.id).await;
    until("the slow one is asked", || slow.count() == 1).await;
    test(second.id).await;
    until("the fast one is told meanwhile", || fast.count() == 1).await;
    // What comes for the slow one in the meantime is not lost when its job ends.
    test(first.id).await;
    drop(release);
    until("the slow one is told the rest", || slow.count() == 2).await;
    worker.stop().await;
    app.run_jobs().await;
}

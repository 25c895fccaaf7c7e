//! What is sent to an endpoint, in what order, and how it is looked at and sent again.

use chrono::TimeDelta;
use orion_framework::clock::Clock;
use orion_tests::{Buyer, Client, Receiver, TestApp, TestOptions};
use orion_types::Page;
use orion_types::status::WebhookDeliveryStatus;
use orion_types::webhook::{WebhookDelivery, WebhookDeliveryDetail, WebhookEndpoint, WebhookReplay};
use serde_json::{Value, json};

use super::webhooks::endpoint;

async fn deliveries(owner: &Client, id: impl std::fmt::Display, query: &str) -> Vec<WebhookDelivery> {
    let page: Page<WebhookDelivery> = owner
        .get(&format!("/webhook-endpoints/{id}/deliveries{query}"))
        .await
        .is(200)
        .json();
    page.data
}

/// A product that was made; its id.
async fn make(owner: &Client, title: &str) -> String {
    let made = owner
        .post("/products", json!({ "title": title, "variants": [{ "price_minor": 100 }] }))
        .await
        .is(201);
    made.json["id"].as_str().expect("an id").to_owned()
}

#[tokio::test]
async fn what_happens_is_sent_once_with_its_facts_and_a_number() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let mug = app.sell_one("acme", "Mug", 1_200, 5).await;
    app.run_jobs().await;
    let (all, orders) = (Receiver::start(), Receiver::start());
    let everything = endpoint(&owner, &all).await;
    let asked = json!({ "url": orders.url(), "events": ["order.placed"], "payload": "thin" });
    owner.post("/webhook-endpoints", asked).await.is(201);
    let others = Receiver::start();
    endpoint(&app.owner("globex").await, &others).await;

    let placed = Buyer::fill(&app.shop("acme"), &[(mug, 1)]).await.buy().await.is(201);
    let order = &placed.json["order_id"];
    app.run_jobs().await;

    let got = all.take();
    let first = got.iter().find(|got| got.body["type"] == "order.placed").expect("the order");
    assert_eq!(first.body["data"]["order_id"], *order);
    assert_eq!(first.body["store_id"], app.store_id("acme").await.to_string());
    assert_eq!(first.body["version"], json!(1));
    assert!(first.body.get("test").is_none());
    assert_eq!(first.headers["webhook-id"], first.body["id"].as_str().expect("an id"));
    assert_eq!(first.headers["content-type"], "application/json");
    assert_eq!(first.headers["orion-event"], "order.placed");
    let timestamp: i64 = first.headers["webhook-timestamp"].parse().expect("seconds");
    assert!((Clock::default().now().timestamp() - timestamp).abs() < 60);
    // Events of different things are sent side by side.
    let mut numbers: Vec<i64> = got.iter().filter_map(|got| got.body["sequence"].as_i64()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=got.len() as i64).collect::<Vec<_>>(), "without gaps");

    let thin = orders.take();
    assert_eq!(thin.len(), 1, "the one event that was chosen");
    let fields: Vec<&String> = thin[0].body["data"].as_object().expect("data").keys().collect();
    assert!(fields.iter().all(|field| field.ends_with("_id")), "{fields:?}");
    assert_eq!(thin[0].body["id"], first.body["id"], "the same event has the same id everywhere");
    assert_eq!(others.count(), 0, "what happens in one store is nothing to another");

    let log = deliveries(&owner, everything.id, "?event=order.placed").await;
    assert_eq!(log[0].status, WebhookDeliveryStatus::Delivered);
    assert_eq!(log[0].last_attempt.as_ref().and_then(|attempt| attempt.status), Some(204));
}

#[tokio::test]
async fn the_log_shows_what_was_sent_and_is_paged_and_narrowed() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let receiver = Receiver::start();
    let made = endpoint(&owner, &receiver).await;
    let (first, _) = (make(&owner, "One").await, make(&owner, "Two").await);
    app.run_jobs().await;
    let path = format!("/webhook-endpoints/{}/deliveries", made.id);
    let page: Page<WebhookDelivery> = owner.get(&format!("{path}?limit=1")).await.is(200).json();
    assert_eq!((page.data.len(), page.has_more, page.data[0].sequence), (1, true, 2));
    let next = page.next_cursor.expect("a cursor");
    let page: Page<WebhookDelivery> = owner.get(&format!("{path}?limit=1&cursor={next}")).await.is(200).json();
    assert_eq!((page.data[0].sequence, page.has_more), (1, false));
    let narrowed = deliveries(&owner, made.id, &format!("?object_id={first}&status=delivered")).await;
    assert_eq!(narrowed.len(), 1);
    assert!(deliveries(&owner, made.id, "?status=failed").await.is_empty());
    owner.get(&format!("{path}?status=lost")).await.refused(400, "framework.bad_query");

    let detail: WebhookDeliveryDetail = owner.get(&format!("{path}/{}", narrowed[0].id)).await.is(200).json();
    let sent = receiver
        .take()
        .into_iter()
        .find(|got| got.body["sequence"] == 1)
        .expect("the first");
    assert_eq!(detail.body, sent.text, "to the byte");
    assert!(detail.headers.iter().all(|header| sent.headers[&header.name] == header.value));
    assert_eq!((detail.attempts.len(), detail.url), (1, receiver.url()));
    let other = endpoint(&owner, &receiver).await;
    owner
        .get(&format!("/webhook-endpoints/{}/deliveries/{}", other.id, narrowed[0].id))
        .await
        .is(404);
}

#[tokio::test]
async fn what_was_sent_can_be_sent_again_alone_or_from_a_number_on() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let receiver = Receiver::start();
    let made = endpoint(&owner, &receiver).await;
    for title in ["One", "Two", "Three"] {
        make(&owner, title).await;
    }
    app.run_jobs().await;
    let before = receiver.take();
    assert_eq!(before.len(), 3);
    let path = format!("/webhook-endpoints/{}", made.id);
    let second = &deliveries(&owner, made.id, "").await[1];
    let again: WebhookDelivery = owner
        .post(&format!("{path}/deliveries/{}/redeliver", second.id), json!({}))
        .await
        .is(202)
        .json();
    assert_eq!((again.status, again.attempt_count), (WebhookDeliveryStatus::Pending, 0));
    app.run_jobs().await;
    let got = receiver.take();
    let same = before.iter().find(|got| got.body["sequence"] == 2).expect("the second");
    assert_eq!((got.len(), &got[0].text), (1, &same.text), "the same, to the byte");

    let replay: WebhookReplay = owner
        .post(&format!("{path}/replay"), json!({ "from_sequence": 2 }))
        .await
        .is(202)
        .json();
    assert_eq!(replay.queued_count, 2);
    app.run_jobs().await;
    let mut numbers: Vec<Value> = receiver.take().into_iter().map(|got| got.body["sequence"].clone()).collect();
    numbers.sort_by_key(Value::as_i64);
    assert_eq!(numbers, [json!(2), json!(3)]);
    for from in [0, 4] {
        let refused = owner.post(&format!("{path}/replay"), json!({ "from_sequence": from })).await;
        refused.refused(422, "framework.invalid").at("/from_sequence");
    }
}

#[tokio::test]
async fn a_test_says_that_it_is_one() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let receiver = Receiver::start();
    let made = endpoint(&owner, &receiver).await;
    let path = format!("/webhook-endpoints/{}/test", made.id);
    let sent: WebhookDelivery = owner.post(&path, json!({ "event": "order.placed" })).await.is(202).json();
    assert!(sent.test);
    app.run_jobs().await;
    let got = receiver.take().pop().expect("a delivery");
    assert_eq!((&got.body["test"], &got.body["type"]), (&json!(true), &json!("order.placed")));
    owner
        .post(&path, json!({ "event": "order.eaten" }))
        .await
        .refused(422, "framework.invalid")
        .at("/event");
}

#[tokio::test]
async fn what_happens_while_an_endpoint_is_off_leaves_a_gap_in_its_numbers() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let receiver = Receiver::start();
    let made = endpoint(&owner, &receiver).await;
    make(&owner, "One").await;
    app.run_jobs().await;
    let path = format!("/webhook-endpoints/{}", made.id);
    owner.with("if-match", "*").patch(&path, json!({ "enabled": false })).await.is(200);
    make(&owner, "Two").await;
    app.run_jobs().await;
    let off: WebhookEndpoint = owner.get(&path).await.is(200).json();
    assert_eq!((off.last_sequence, off.waiting_count), (2, 0));
    owner.with("if-match", "*").patch(&path, json!({ "enabled": true })).await.is(200);
    make(&owner, "Three").await;
    app.run_jobs().await;
    let numbers: Vec<i64> = receiver.events().into_iter().map(|(_, number)| number).collect();
    assert_eq!(numbers, [1, 3]);
}

#[tokio::test]
async fn nothing_is_told_while_the_module_is_off() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let receiver = Receiver::start();
    endpoint(&owner, &receiver).await;
    let admin = app.admin().await;
    let platforms = admin.get("/platforms").await.is(200);
    let main = platforms.json["data"].as_array().expect("platforms");
    let main = main.iter().find(|platform| platform["code"] == "main").expect("the platform")["id"]
        .as_str()
        .expect("an id");
    let switch = format!("/platforms/{main}/modules/webhooks");
    admin.post(&format!("{switch}/disable"), json!({})).await.is(200);
    make(&owner, "Unheard").await;
    app.run_jobs().await;
    owner.get("/webhook-endpoints").await.refused(404, "framework.module_disabled");
    admin.post(&format!("{switch}/enable"), json!({})).await.is(200);
    make(&owner, "Heard").await;
    app.run_jobs().await;
    assert_eq!(receiver.events(), [("product.created".to_owned(), 1)]);
}

#[tokio::test]
async fn the_log_ends_after_thirty_days_and_a_deleted_endpoint_leaves_nothing() {
    let clock = Clock::fixed(Clock::default().now());
    let options = TestOptions {
        clock: clock.clone(),
        ..TestOptions::default()
    };
    let app = TestApp::start_with(options).await;
    let owner = app.owner("acme").await;
    let receiver = Receiver::start();
    let (kept, deleted) = (endpoint(&owner, &receiver).await, endpoint(&owner, &receiver).await);
    make(&owner, "Old").await;
    app.run_jobs().await;
    let rows = |table: &str| app.count(&format!("SELECT count(*) FROM {table}"));
    assert_eq!((rows("webhook_deliveries"), rows("webhook_messages")), (2, 1));
    owner.delete(&format!("/webhook-endpoints/{}", deleted.id)).await.is(204);
    app.tidy().await;
    app.run_jobs().await;
    assert_eq!((rows("webhook_deliveries"), rows("webhook_endpoints")), (1, 1));
    clock.advance(TimeDelta::days(31));
    app.tidy().await;
    app.run_jobs().await;
    assert_eq!(
        (rows("webhook_deliveries"), rows("webhook_messages"), rows("webhook_endpoints")),
        (0, 0, 1)
    );
    let owner = app.owner("acme").await;
    owner.get(&format!("/webhook-endpoints/{}", kept.id)).await.is(200);
}

#[tokio::test]
async fn an_endpoint_says_what_became_of_its_newest_delivery() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let (receiver, other) = (Receiver::start(), Receiver::start());
    let made = endpoint(&owner, &receiver).await;
    let quiet = json!({ "url": other.url(), "events": ["order.placed"] });
    owner.post("/webhook-endpoints", quiet).await.is(201);
    make(&owner, "Mug").await;
    make(&owner, "Jug").await;
    app.run_jobs().await;
    let newest = deliveries(&owner, made.id, "?limit=1").await;
    let listed: Page<WebhookEndpoint> = owner.get("/webhook-endpoints").await.is(200).json();
    let of = |place: usize| listed.data[place].last_delivery.clone();
    assert_eq!(of(0), None, "nothing was for the newer one");
    assert_eq!(of(1).as_slice(), newest);
    assert_eq!((newest[0].sequence, newest[0].status), (2, WebhookDeliveryStatus::Delivered));
    let read: WebhookEndpoint = owner.get(&format!("/webhook-endpoints/{}", made.id)).await.is(200).json();
    assert_eq!(read.last_delivery.as_slice(), newest);
}

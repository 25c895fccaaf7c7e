//! What providers tell by themselves: `/api/v1/incoming/{source}`

use chrono::{DateTime, TimeDelta};
use diesel::connection::SimpleConnection;
use orion_framework::clock::Clock;
use orion_framework::standard_webhooks::sign;
use orion_tests::{Answer, Client, TestApp, TestOptions};
use orion_types::checkout::{CheckoutOutcome, CheckoutResult};
use reqwest::Method;
use serde_json::{Value, json};

const KEY: &[u8] = b"orion: test cards have no secret";
const HANGS_APPROVED: &str = "4000000000000119";
const CALLS: &str = "/api/v1/incoming/test-card";

/// A message as the provider of test cards sends it.
struct Message {
    id: &'static str,
    at: i64,
    body: String,
}

impl Message {
    fn about(id: &'static str, app: &TestApp, charge: &str) -> Self {
        let body = json!({ "type": "charge.updated", "data": { "key": charge } }).to_string();
        let at = app.services.clock.now().timestamp();
        Self { id, at, body }
    }

    async fn send_to(&self, client: &Client) -> Answer {
        self.send_signed(client, &sign(KEY, self.id, self.at, self.body.as_bytes())).await
    }

    async fn send_signed(&self, client: &Client, signature: &str) -> Answer {
        let client = client
            .with("webhook-id", self.id)
            .with("webhook-timestamp", &self.at.to_string())
            .with("webhook-signature", signature);
        client.send_bytes(Method::POST, CALLS, "application/json", self.body.clone()).await
    }
}

fn provider(app: &TestApp, store: &str) -> Client {
    app.shop(store).at_root()
}

/// An order whose card has not answered, and its payment.
async fn hanging(app: &TestApp) -> (CheckoutResult, String) {
    let mug = app.sell_one("acme", "Mug", 1200, 5).await;
    let result: CheckoutResult = app
        .buyer("acme", &[(mug, 1)])
        .await
        .buy_by_card(HANGS_APPROVED)
        .await
        .is(201)
        .json();
    assert_eq!(result.outcome, CheckoutOutcome::Processing);
    let payment = app.text(&format!("SELECT id::text FROM payments WHERE order_id = '{}'", result.order_id));
    (result, payment)
}

fn status(app: &TestApp, order: &CheckoutResult) -> String {
    app.text(&format!("SELECT status FROM orders WHERE id = '{}'", order.order_id))
}

fn outcomes(app: &TestApp) -> String {
    app.text("SELECT coalesce(string_agg(event_id || ' ' || coalesce(outcome, 'waits'), ', ' ORDER BY id), '') FROM incoming_webhooks")
}

#[tokio::test]
async fn a_charge_is_settled_as_soon_as_its_provider_calls_and_once() {
    let clock = Clock::fixed(DateTime::from_timestamp(1_790_000_000, 0).expect("a time"));
    let options = TestOptions {
        clock: clock.clone(),
        ..TestOptions::default()
    };
    let app = TestApp::start_with(options).await;
    let (order, payment) = hanging(&app).await;
    app.run_jobs().await;
    assert_eq!(status(&app, &order), "pending", "nobody has called, and the next look is later");
    let (message, provider) = (Message::about("evt_1", &app, &payment), provider(&app, "acme"));
    assert_eq!(message.send_to(&provider).await.is(200).json, json!({ "duplicate": false }));
    assert_eq!(outcomes(&app), "evt_1 waits", "the answer waits for nothing");
    app.run_jobs().await;
    assert_eq!(
        (status(&app, &order).as_str(), outcomes(&app).as_str()),
        ("confirmed", "evt_1 done")
    );
    assert_eq!(message.send_to(&provider).await.is(200).json, json!({ "duplicate": true }));
    app.run_jobs().await;
    assert_eq!(outcomes(&app), "evt_1 done");
    assert_eq!(app.count("SELECT count(*) FROM payment_ledger WHERE entry = 'captured'"), 1);
    // The looks that were planned anyway find nothing more to do.
    clock.advance(TimeDelta::minutes(1));
    app.run_jobs().await;
    assert_eq!(app.count("SELECT count(*) FROM payment_ledger"), 1);
}

#[tokio::test]
async fn of_many_calls_about_one_event_at_once_one_counts() {
    let app = TestApp::start().await;
    let (order, payment) = hanging(&app).await;
    let (message, provider) = (Message::about("evt_1", &app, &payment), provider(&app, "acme"));
    let calls = (0..8).map(|_| message.send_to(&provider));
    let answers = futures_util::future::join_all(calls).await;
    let new = answers.iter().filter(|answer| answer.json == json!({ "duplicate": false })).count();
    let old = answers.iter().filter(|answer| answer.json == json!({ "duplicate": true })).count();
    assert_eq!((new, old), (1, 7));
    app.run_jobs().await;
    assert_eq!(
        (status(&app, &order).as_str(), outcomes(&app).as_str()),
        ("confirmed", "evt_1 done")
    );
}

#[tokio::test]
async fn events_may_come_in_any_order_and_about_nothing() {
    let app = TestApp::start().await;
    let provider = provider(&app, "acme");
    let nobody = "01900000-0000-7000-8000-000000000001";
    Message::about("evt_before", &app, nobody).send_to(&provider).await.is(200);
    let other = Message {
        body: json!({ "type": "payout.paid", "data": { "note": "\u{0} is no reason to send it again" } }).to_string(),
        ..Message::about("evt_other", &app, nobody)
    };
    other.send_to(&provider).await.is(200);
    app.run_jobs().await;
    assert_eq!(outcomes(&app), "evt_before ignored, evt_other ignored");
    let (order, payment) = hanging(&app).await;
    Message::about("evt_new", &app, &payment).send_to(&provider).await.is(200);
    app.run_jobs().await;
    // Told once more what is known long since.
    Message::about("evt_late", &app, &payment).send_to(&provider).await.is(200);
    app.run_jobs().await;
    assert_eq!(status(&app, &order), "confirmed");
    assert_eq!(
        outcomes(&app),
        "evt_before ignored, evt_other ignored, evt_new done, evt_late ignored"
    );
}

#[tokio::test]
async fn what_the_provider_has_not_signed_is_kept_nowhere() {
    let app = TestApp::start().await;
    let (order, payment) = hanging(&app).await;
    let (message, provider) = (Message::about("evt_1", &app, &payment), provider(&app, "acme"));
    let forged = sign(b"a key that somebody has guessed!", message.id, message.at, message.body.as_bytes());
    message.send_signed(&provider, &forged).await.refused(400, "incoming.not_verified");
    message.send_signed(&provider, "").await.refused(400, "incoming.not_verified");
    let bare = provider.send_bytes(Method::POST, CALLS, "application/json", message.body.clone());
    bare.await.refused(400, "incoming.not_verified");
    let good = sign(KEY, message.id, message.at, message.body.as_bytes());
    let changed = Message {
        body: message.body.replace("updated", "refused"),
        ..Message::about("evt_1", &app, &payment)
    };
    changed.send_signed(&provider, &good).await.refused(400, "incoming.not_verified");
    let old = Message {
        at: message.at - 301,
        ..Message::about("evt_1", &app, &payment)
    };
    old.send_to(&provider).await.refused(400, "incoming.not_verified");
    for body in ["", "{", "[]", r#"{"type":7}"#, r#"{"type":""}"#] {
        let broken = Message {
            body: body.to_owned(),
            ..Message::about("evt_1", &app, &payment)
        };
        broken.send_to(&provider).await.refused(400, "framework.bad_request");
    }
    let large = Message {
        body: format!(r#"{{"type":"charge.updated","data":"{}"}}"#, "x".repeat(2 << 20)),
        ..Message::about("evt_1", &app, &payment)
    };
    large.send_to(&provider).await.refused(413, "framework.too_large");
    app.run_jobs().await;
    assert_eq!((status(&app, &order).as_str(), outcomes(&app).as_str()), ("pending", ""));
}

#[tokio::test]
async fn a_store_listens_for_itself_and_to_whom_it_has() {
    let app = TestApp::start().await;
    let (order, payment) = hanging(&app).await;
    let message = Message::about("evt_1", &app, &payment);
    // Another store is told of it, and knows nothing of such a charge.
    message.send_to(&provider(&app, "globex")).await.is(200);
    app.run_jobs().await;
    assert_eq!(
        (status(&app, &order).as_str(), outcomes(&app).as_str()),
        ("pending", "evt_1 ignored")
    );
    let unknown = provider(&app, "acme").post("/api/v1/incoming/nobody", json!({})).await;
    unknown.refused(404, "framework.not_found");
    let nowhere = app.host("localhost").post(CALLS, json!({})).await;
    nowhere.refused(404, "framework.not_found");
    // The same event is news to the store that it is about, and a shop that is closed listens as well.
    let admin = app.admin().await;
    let suspend = format!("/stores/{}/suspend", app.store_id("acme").await);
    admin.post(&suspend, json!({ "reason": "unpaid bills" })).await.is(200);
    message.send_to(&provider(&app, "acme")).await.is(200);
    app.run_jobs().await;
    assert_eq!(status(&app, &order), "confirmed");
}

#[tokio::test]
async fn where_payments_are_off_nobody_is_listened_to() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let main = app.text("SELECT id::text FROM platforms WHERE code = 'main'");
    let off = format!("/platforms/{main}/modules/payments/disable");
    admin.post(&off, json!({ "cascade": true })).await.is(200);
    let message = Message::about("evt_1", &app, "01900000-0000-7000-8000-000000000001");
    message.send_to(&provider(&app, "acme")).await.refused(404, "framework.not_found");
}

#[tokio::test]
async fn test_cards_call_nobody_in_production() {
    let production = [("ORION_ENV", "production"), ("ORION_AUTH_BCRYPT_COST", "10")];
    let options = TestOptions {
        variables: production.map(|(name, value)| (name, value.to_owned())).into(),
        ..TestOptions::default()
    };
    let app = TestApp::start_with(options).await;
    let message = Message::about("evt_1", &app, "01900000-0000-7000-8000-000000000001");
    let refused: Value = message
        .send_to(&provider(&app, "acme"))
        .await
        .refused(404, "framework.not_found")
        .json
        .clone();
    assert_eq!(refused["detail"], "This store listens to no such provider.");
}

#[tokio::test]
async fn an_event_whose_job_has_given_up_is_taken_up_again_when_it_comes_again() {
    let app = TestApp::start().await;
    let (_, payment) = hanging(&app).await;
    let (message, provider) = (Message::about("evt_1", &app, &payment), provider(&app, "acme"));
    let first = message.send_to(&provider).await.is(200);
    assert_eq!(first.json, json!({ "duplicate": false }));
    // While its job waits a second one is not queued.
    let again = message.send_to(&provider).await.is(200);
    assert_eq!(again.json, json!({ "duplicate": true }));
    let waiting = "SELECT count(*) FROM jobs WHERE kind = 'incoming.handle' AND status = 'queued'";
    assert_eq!(app.count(waiting), 1);
    app.owner_of_database()
        .batch_execute("UPDATE jobs SET status = 'dead', finished_at = now() WHERE kind = 'incoming.handle'")
        .expect("a job that has given up");
    assert_eq!(outcomes(&app), "evt_1 waits");
    message.send_to(&provider).await.is(200);
    assert_eq!(app.count(waiting), 1);
    app.run_jobs().await;
    assert_eq!(outcomes(&app), "evt_1 done");
    // And not once something was done about it.
    message.send_to(&provider).await.is(200);
    assert_eq!(app.count(waiting), 0);
    app.leave_jobs("a dead one is what this is about");
}

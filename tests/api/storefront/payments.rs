//! Paying by card: `/api/v1/storefront/checkouts` and `…/confirm`

use chrono::{DateTime, TimeDelta};
use orion_framework::clock::Clock;
use orion_tests::{TestApp, TestOptions};
use orion_types::checkout::{CheckoutOutcome, CheckoutResult};
use orion_types::status::{OrderStatus, PaymentStatus};
use serde_json::json;

const APPROVES: &str = "4242 4242 4242 4242";
const DECLINES: &str = "4000000000000002";
const ASKS: &str = "4000002500003155";
const HANGS_APPROVED: &str = "4000000000000119";
const HANGS_DECLINED: &str = "4000000000000127";

fn stock(app: &TestApp) -> String {
    app.text("SELECT on_hand || '/' || reserved FROM inventory_levels")
}

#[tokio::test]
async fn a_card_that_is_approved_pays_the_order_and_its_number_is_kept_nowhere() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 5).await;
    let result: CheckoutResult = app.buyer("acme", &[(mug, 1)]).await.buy_by_card(APPROVES).await.is(201).json();
    let confirmation = result.confirmation.expect("a confirmation");
    assert_eq!(
        (confirmation.status, confirmation.payment_status),
        (OrderStatus::Confirmed, PaymentStatus::Paid)
    );
    app.run_jobs().await;
    for table in [
        "orders",
        "payments",
        "payment_ledger",
        "test_card_charges",
        "idempotency_keys",
        "audit_log",
        "jobs",
        "outbox_events",
        "mail_messages",
    ] {
        assert_eq!(
            app.count(&format!("SELECT count(*) FROM {table} AS t WHERE t::text LIKE '%424242424242%'")),
            0,
            "{table}"
        );
    }
}

#[tokio::test]
async fn a_declined_card_leaves_the_cart_and_the_stock_as_they_were() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 5).await;
    let buyer = app.buyer("acme", &[(mug, 2)]).await;
    buyer
        .buy_by_card(DECLINES)
        .await
        .refused(402, "orders.payment_declined")
        .at("/payment");
    assert_eq!((buyer.cart().await.item_count, stock(&app).as_str()), (2, "5/0"));
    // Another card, another try.
    buyer.place("second", 2400, &orion_tests::card(APPROVES)).await.is(201);
    assert_eq!(stock(&app), "5/2");
    assert_eq!(app.count("SELECT count(*) FROM orders WHERE number IS NOT NULL"), 1);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_card_that_asks_is_paid_when_its_owner_agrees_and_only_once() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 5).await;
    let buyer = app.buyer("acme", &[(mug, 1)]).await;
    let asked: CheckoutResult = buyer.buy_by_card(ASKS).await.is(201).json();
    assert_eq!(
        (asked.outcome, asked.confirmation.is_none()),
        (CheckoutOutcome::RequiresConfirmation, true)
    );
    let path = format!("/checkouts/{}/confirm", asked.order_id);
    buyer
        .client
        .post(&path, json!({ "access_token": "a guess", "accept": true }))
        .await
        .refused(404, "framework.not_found");
    let yes = json!({ "access_token": asked.access_token, "accept": true });
    let done = buyer.client.post(&path, &yes).await.is(200);
    assert_eq!(done.json::<CheckoutResult>().outcome, CheckoutOutcome::Completed);
    assert_eq!(
        buyer.client.post(&path, &yes).await.is(200).json,
        done.json,
        "the same answer again"
    );
    assert_eq!(app.count("SELECT count(*) FROM payments WHERE status = 'captured'"), 1);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_card_that_asks_is_declined_when_its_owner_does_not_agree() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 5).await;
    let buyer = app.buyer("acme", &[(mug, 1)]).await;
    let asked: CheckoutResult = buyer.buy_by_card(ASKS).await.is(201).json();
    let no = json!({ "access_token": asked.access_token, "accept": false });
    buyer
        .client
        .post(&format!("/checkouts/{}/confirm", asked.order_id), no)
        .await
        .refused(402, "orders.payment_declined");
    assert_eq!((buyer.cart().await.item_count, stock(&app).as_str()), (1, "5/0"));
    app.run_jobs().await;
}

#[tokio::test]
async fn a_question_that_nobody_answers_gives_the_goods_back() {
    let clock = Clock::fixed(DateTime::from_timestamp(1_790_000_000, 0).expect("a time"));
    let app = TestApp::start_with(TestOptions {
        clock: clock.clone(),
        ..TestOptions::default()
    })
    .await;
    let mug = app.sell_one("acme", "Mug", 1200, 5).await;
    let buyer = app.buyer("acme", &[(mug, 1)]).await;
    buyer.buy_by_card(ASKS).await.is(201);
    app.run_jobs().await;
    assert_eq!(stock(&app), "5/1");
    for _ in 0..20 {
        clock.advance(TimeDelta::minutes(1));
        app.run_jobs().await;
    }
    assert_eq!((buyer.cart().await.item_count, stock(&app).as_str()), (1, "5/0"));
}

#[tokio::test]
async fn a_provider_that_does_not_answer_is_asked_again_later() {
    let clock = Clock::fixed(DateTime::from_timestamp(1_790_000_000, 0).expect("a time"));
    let app = TestApp::start_with(TestOptions {
        clock: clock.clone(),
        ..TestOptions::default()
    })
    .await;
    let mug = app.sell_one("acme", "Mug", 1200, 5).await;
    for (number, status, found) in [(HANGS_APPROVED, "confirmed", true), (HANGS_DECLINED, "cancelled", false)] {
        let buyer = app.buyer("acme", &[(mug, 1)]).await;
        let result: CheckoutResult = buyer.buy_by_card(number).await.is(201).json();
        assert_eq!(result.outcome, CheckoutOutcome::Processing, "{number}");
        for _ in 0..3 {
            clock.advance(TimeDelta::minutes(1));
            app.run_jobs().await;
        }
        assert_eq!(
            app.text(&format!("SELECT status FROM orders WHERE id = '{}'", result.order_id)),
            status,
            "{number}"
        );
        let body = json!({ "order_id": result.order_id, "access_token": result.access_token });
        let looked_up = buyer.client.post("/orders/lookup", body).await;
        assert_eq!(looked_up.is(200).json["number"].is_i64(), found, "{number}");
    }
    assert_eq!(stock(&app), "5/1");
}

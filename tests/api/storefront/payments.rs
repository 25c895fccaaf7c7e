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
async fn the_secret_of_an_order_is_kept_nowhere_and_given_again() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 5).await;
    for (key, payment) in [("k1", json!({ "provider": "manual" })), ("k2", orion_tests::card(APPROVES))] {
        let buyer = app.buyer("acme", &[(mug, 1)]).await;
        let first = buyer.place(key, 1200, &payment).await.is(201);
        let secret = first.json["access_token"].as_str().expect("a secret").to_owned();
        assert!(!secret.is_empty());
        assert_eq!(buyer.place(key, 1200, &payment).await.is(201).body, first.body);
        let found = format!("SELECT count(*) FROM idempotency_keys WHERE position('{secret}'::bytea IN response_body) > 0");
        assert_eq!(app.count(&found), 0, "{payment}");
    }
    assert_eq!(
        app.count("SELECT count(*) FROM idempotency_keys WHERE response_body IS NOT NULL"),
        2
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn an_order_that_a_card_pays_is_told_as_paid() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 5).await;
    app.buyer("acme", &[(mug, 1)]).await.buy_by_card(APPROVES).await.is(201);
    assert_eq!(
        app.text("SELECT string_agg(event, ' ' ORDER BY id) FROM outbox_events WHERE event LIKE 'order.%'"),
        "order.placed order.paid"
    );
    app.run_jobs().await;
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

#[tokio::test]
async fn a_question_is_found_again_from_the_cart_and_can_still_be_answered() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 5).await;
    let buyer = app.buyer("acme", &[(mug, 2)]).await;
    let open = async |client: &orion_tests::Client| client.get("/checkouts/open").await.is(200).json["data"].clone();
    assert_eq!(open(&buyer.client).await, json!([]));
    let asked: CheckoutResult = buyer.buy_by_card(ASKS).await.is(201).json();
    let found = open(&buyer.client).await;
    assert_eq!(found[0]["outcome"], "requires_confirmation");
    assert_eq!(
        (&found[0]["order_id"], &found[0]["total"]["amount_minor"]),
        (&json!(asked.order_id), &json!(2400))
    );
    assert_eq!(open(&app.shop("acme")).await, json!([]), "nobody else sees it");
    let yes = json!({ "access_token": found[0]["access_token"], "accept": true });
    let done = buyer
        .client
        .post(&format!("/checkouts/{}/confirm", asked.order_id), yes)
        .await
        .is(200);
    assert_eq!(done.json::<CheckoutResult>().outcome, CheckoutOutcome::Completed);
    assert_eq!(open(&buyer.client).await, json!([]));
    app.run_jobs().await;
}

#[tokio::test]
async fn a_customer_finds_the_open_checkout_in_another_browser() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 5).await;
    let customer = app.customer("acme", "ada@example.test").await;
    let buyer = orion_tests::Buyer::fill(&customer, &[(mug, 1)]).await;
    let asked: CheckoutResult = buyer.buy_by_card(HANGS_APPROVED).await.is(201).json();
    let found = customer.get("/checkouts/open").await.is(200).json["data"].clone();
    assert_eq!(
        (&found[0]["order_id"], &found[0]["outcome"]),
        (&json!(asked.order_id), &json!("processing"))
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn a_declined_cart_joins_the_one_that_was_begun_meanwhile() {
    let app = TestApp::start().await;
    let (mug, bowl) = (
        app.sell_one("acme", "Mug", 1200, 5).await,
        app.sell_one("acme", "Bowl", 900, 5).await,
    );
    let buyer = app.buyer("acme", &[(mug, 2)]).await;
    let asked: CheckoutResult = buyer.buy_by_card(ASKS).await.is(201).json();
    let begun = buyer
        .client
        .post("/cart/items", json!({ "variant_id": bowl, "quantity": 1 }))
        .await
        .is(200);
    // A browser puts the cookie of the new cart in place of the old one.
    let later = app.shop("acme").with("orion-cart", begun.header("orion-cart").expect("a secret"));
    assert_eq!(begun.json["item_count"], 1);
    let found = later.get("/checkouts/open").await.is(200).json["data"].clone();
    assert_eq!(found[0]["order_id"], json!(asked.order_id), "found from the cart that follows");
    let no = json!({ "access_token": asked.access_token, "accept": false });
    later
        .post(&format!("/checkouts/{}/confirm", asked.order_id), no)
        .await
        .refused(402, "orders.payment_declined");
    let cart: orion_types::cart::Cart = later.get("/cart").await.is(200).json();
    let mut titles: Vec<String> = cart.items.iter().map(|item| format!("{} {}", item.quantity, item.title)).collect();
    titles.sort();
    assert_eq!(titles, ["1 Bowl", "2 Mug"]);
    assert_eq!(app.count("SELECT sum(reserved)::bigint FROM inventory_levels"), 0);
    app.run_jobs().await;
}

//! `/api/v1/storefront/checkouts`

use diesel::connection::SimpleConnection;
use orion_tests::{TestApp, card};
use orion_types::checkout::{CheckoutOutcome, CheckoutResult};
use orion_types::status::{OrderStatus, PaymentStatus};
use serde_json::json;

#[tokio::test]
async fn a_guest_buys_by_bank_transfer_and_gets_a_mail() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 10).await;
    let buyer = app.buyer("acme", &[(mug, 2)]).await;
    let answer = buyer.buy().await.is(201);
    let result: CheckoutResult = answer.json();
    let confirmation = result.confirmation.expect("a confirmation");
    assert_eq!(
        (result.outcome, confirmation.status, confirmation.payment_status),
        (CheckoutOutcome::Completed, OrderStatus::Pending, PaymentStatus::Pending)
    );
    assert!(confirmation.number.is_some() && !confirmation.payment_instructions.is_empty());
    assert_eq!((confirmation.items.len(), confirmation.totals.total.amount_minor), (1, 2400));
    assert_eq!(buyer.cart().await.items.len(), 0);
    app.run_jobs().await;
    assert_eq!(
        app.text("SELECT recipient || ' ' || status FROM mail_messages"),
        "ada@example.test sent"
    );
    assert_eq!(app.text("SELECT on_hand || '/' || reserved FROM inventory_levels"), "10/2");
}

#[tokio::test]
async fn order_numbers_count_up_per_store_without_gaps() {
    let app = TestApp::start().await;
    let mut numbers = Vec::new();
    for store in ["acme", "acme", "globex", "acme"] {
        let variant = app.sell_one(store, "Thing", 100, 5).await;
        let placed = app.buyer(store, &[(variant, 1)]).await.buy().await.is(201);
        numbers.push(placed.json["confirmation"]["number"].as_i64().expect("a number"));
    }
    let first = numbers[0];
    assert_eq!(numbers, [first, first + 1, first, first + 2]);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_price_that_another_server_changes_after_the_quote_is_the_price_of_the_order() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 10).await;
    let (first, second) = (app.buyer("acme", &[(mug, 1)]).await, app.buyer("acme", &[(mug, 1)]).await);
    first.place("k1", 1200, &json!({ "provider": "manual" })).await.is(201);
    // One commit of a server that this one has heard nothing of yet.
    app.owner_of_database()
        .batch_execute(
            "BEGIN; UPDATE product_variants SET price_minor = 1500; UPDATE stores SET catalog_version = catalog_version + 1; COMMIT",
        )
        .expect("the change");
    second
        .place("k2", 1200, &json!({ "provider": "manual" }))
        .await
        .refused(409, "orders.total_changed");
    second.place("k2", 1500, &json!({ "provider": "manual" })).await.is(201);
    app.run_jobs().await;
}

#[tokio::test]
async fn the_customer_pays_what_they_saw_or_is_asked_again() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 10).await;
    let buyer = app.buyer("acme", &[(mug, 1)]).await;
    buyer
        .place("k", 1, &json!({ "provider": "manual" }))
        .await
        .refused(409, "orders.total_changed");
    assert_eq!(app.count("SELECT count(*) FROM orders"), 0);
    assert_eq!(app.count("SELECT sum(reserved) FROM inventory_levels"), 0);
    buyer.place("k", 1200, &json!({ "provider": "manual" })).await.is(201);
    app.run_jobs().await;
}

#[tokio::test]
async fn goods_that_went_away_are_told_by_name() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 1).await;
    let (first, second) = (app.buyer("acme", &[(mug, 1)]).await, app.buyer("acme", &[(mug, 1)]).await);
    let total = second.total().await;
    first.buy().await.is(201);
    let refused = second
        .place("k", total, &json!({ "provider": "manual" }))
        .await
        .refused(409, "orders.not_enough_stock");
    assert!(refused.problem().detail.is_some_and(|detail| detail.contains("Mug")));
    assert_eq!(second.cart().await.items.len(), 1, "the cart is still there");
    app.run_jobs().await;
}

#[tokio::test]
async fn everything_wrong_with_a_checkout_is_told_at_once() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 1).await;
    let buyer = app.buyer("acme", &[(mug, 1)]).await;
    let mut order = buyer.order(1200, &json!({ "provider": "manual" }));
    order["email"] = json!("nobody");
    order["shipping_address"]["city"] = json!("");
    order["shipping_address"]["country"] = json!("ZZ");
    let refused = buyer
        .client
        .with("idempotency-key", "k")
        .post("/checkouts", &order)
        .await
        .refused(422, "framework.invalid");
    refused.at("/email").at("/shipping_address/city").at("/shipping_address/country");
    let mut more = buyer.order(1200, &json!({ "provider": "manual" }));
    more["discount"] = json!("100 %");
    buyer
        .client
        .with("idempotency-key", "k")
        .post("/checkouts", more)
        .await
        .refused(422, "framework.invalid")
        .at("/discount");
    buyer
        .place("k", 1200, &json!({ "provider": "gold" }))
        .await
        .refused(422, "framework.invalid");
    buyer
        .place("k", 1200, &card("4111111111111111"))
        .await
        .refused(422, "framework.invalid")
        .at("/payment/card_number");
    assert_eq!(app.count("SELECT count(*) FROM orders"), 0);
    app.run_jobs().await;
}

#[tokio::test]
async fn an_order_keeps_its_words_and_prices_whatever_happens_to_the_product() {
    let app = TestApp::start().await;
    let product = app.sell("acme", "Mug", 1200, 5).await;
    let placed = app.buyer("acme", &[(product.variants[0].id, 1)]).await.buy().await.is(201);
    let owner = app.owner("acme").await;
    owner.delete(&format!("/products/{}", product.id)).await.is(204);
    let order = owner
        .get(&format!("/orders/{}", placed.json["order_id"].as_str().unwrap()))
        .await
        .is(200);
    assert_eq!(
        (&order.json["items"][0]["title"], &order.json["totals"]["total"]["amount_minor"]),
        (&json!("Mug"), &json!(1200))
    );
    app.run_jobs().await;
}

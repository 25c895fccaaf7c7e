//! A checkout that is sent twice.

use orion_tests::{Buyer, TestApp};
use serde_json::json;

#[tokio::test]
async fn a_checkout_needs_a_key_that_can_be_one() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 5).await;
    let buyer = app.buyer("acme", &[(mug, 1)]).await;
    let order = buyer.order(1200, &json!({ "provider": "manual" }));
    buyer
        .client
        .post("/checkouts", &order)
        .await
        .refused(400, "framework.idempotency_key_required");
    for key in ["", &"k".repeat(256)] {
        let answer = buyer.client.with("idempotency-key", key).post("/checkouts", &order).await;
        answer.problem();
        assert_eq!(answer.status, 400, "{}", answer.text());
    }
    assert_eq!(app.count("SELECT count(*) FROM orders"), 0);
    app.run_jobs().await;
}

#[tokio::test]
async fn the_same_request_twice_is_one_order_with_the_same_answer() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 5).await;
    let buyer = app.buyer("acme", &[(mug, 1)]).await;
    let pay = json!({ "provider": "manual" });
    let first = buyer.place("k", 1200, &pay).await.is(201);
    let again = buyer.place("k", 1200, &pay).await.is(201);
    assert_eq!(again.body, first.body);
    assert_eq!(
        (first.header("idempotent-replayed"), again.header("idempotent-replayed")),
        (None, Some("true"))
    );
    assert_eq!(app.count("SELECT count(*) FROM orders"), 1);
    app.run_jobs().await;
}

#[tokio::test]
async fn the_order_is_where_the_answer_says_and_says_so_again() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 5).await;
    let pay = json!({ "provider": "manual" });
    let guest = app.buyer("acme", &[(mug, 1)]).await;
    let customer = app.customer("acme", "ada@example.test").await;
    let customer = Buyer::fill(&customer, &[(mug, 1)]).await;
    for buyer in [&guest, &customer] {
        let first = buyer.place("k", 1200, &pay).await.is(201);
        let location = first.header("location").expect("a place").to_owned();
        let again = buyer.place("k", 1200, &pay).await.is(201);
        assert_eq!(again.header("location"), Some(location.as_str()), "a repetition says the same");
        assert!(location.ends_with(first.json["order_id"].as_str().expect("an order")), "{location}");
        buyer.client.at_root().get(&location).await.is(200);
    }
    app.run_jobs().await;
}

#[tokio::test]
async fn the_same_key_for_another_request_is_refused() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 5).await;
    let buyer = app.buyer("acme", &[(mug, 1)]).await;
    buyer.place("k", 1200, &json!({ "provider": "manual" })).await.is(201);
    buyer
        .place("k", 1201, &json!({ "provider": "manual" }))
        .await
        .refused(422, "framework.idempotency_mismatch");
    buyer
        .place("k", 1200, &orion_tests::card("4242424242424242"))
        .await
        .refused(422, "framework.idempotency_mismatch");
    // A new key finds a cart that was ordered already.
    buyer
        .place("other", 1200, &json!({ "provider": "manual" }))
        .await
        .refused(409, "orders.cart_empty");
    assert_eq!(app.count("SELECT count(*) FROM orders"), 1);
    app.run_jobs().await;
}

#[tokio::test]
async fn the_key_of_one_buyer_means_nothing_for_another() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 5).await;
    let pay = json!({ "provider": "manual" });
    let first = app.buyer("acme", &[(mug, 1)]).await.place("k", 1200, &pay).await.is(201);
    let second = app.buyer("acme", &[(mug, 1)]).await.place("k", 1200, &pay).await.is(201);
    assert_ne!(first.json["order_id"], second.json["order_id"]);
    app.run_jobs().await;
}

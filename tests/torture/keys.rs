//! The same checkout twenty times at once.

use futures_util::future::join_all;
use orion_tests::{TestApp, card};
use serde_json::json;

use super::assert_books_balance;

#[tokio::test]
async fn twenty_times_the_same_key_at_once_is_one_order_with_one_answer() {
    let app = TestApp::start().await;
    let other = app.second_server().await;
    let variant = app.sell_one("acme", "Mug", 1200, 50).await;
    for pay in [json!({ "provider": "manual" }), card("4242424242424242")] {
        let buyer = app.buyer("acme", &[(variant, 1)]).await;
        let mut there = buyer.clone();
        there.client = buyer.client.at(other.address, "acme.orion.localhost");
        let orders = app.count("SELECT count(*) FROM orders");
        let answers = join_all((0..20).map(|number| {
            if number % 2 == 0 {
                buyer.place("same", 1200, &pay)
            } else {
                there.place("same", 1200, &pay)
            }
        }))
        .await;
        for answer in &answers {
            assert_eq!((answer.status, &answer.body), (201, &answers[0].body), "{}", answer.text());
        }
        assert_eq!(app.count("SELECT count(*) FROM orders"), orders + 1);
        buyer.place("same", 1199, &pay).await.refused(422, "framework.idempotency_mismatch");
    }
    assert_eq!(app.count("SELECT count(*) FROM payments WHERE provider = 'test-card'"), 1);
    assert_books_balance(&app);
    app.run_jobs().await;
}

#[tokio::test]
async fn one_cart_under_many_keys_at_once_is_one_order() {
    let app = TestApp::start().await;
    let variant = app.sell_one("acme", "Mug", 1200, 50).await;
    let buyer = app.buyer("acme", &[(variant, 1)]).await;
    let pay = json!({ "provider": "manual" });
    let keys: Vec<String> = (0..20).map(|number| format!("key-{number}")).collect();
    let answers = join_all(keys.iter().map(|key| buyer.place(key, 1200, &pay))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
    assert_eq!(app.count("SELECT count(*) FROM orders"), 1);
    assert_books_balance(&app);
    app.run_jobs().await;
}

#[tokio::test]
async fn orders_of_one_new_guest_at_once_belong_to_one_guest() {
    let app = TestApp::start().await;
    let (mug, cup) = (
        app.sell_one("acme", "Mug", 1200, 50).await,
        app.sell_one("acme", "Cup", 800, 50).await,
    );
    // Carts in either order, so that whoever waits for the guest and whoever waits for stock would meet in a circle.
    let lines = |number: usize| {
        if number.is_multiple_of(2) {
            [(mug, 1), (cup, 1)]
        } else {
            [(cup, 1), (mug, 1)]
        }
    };
    let mut buyers = Vec::new();
    for number in 0..12 {
        buyers.push(app.buyer("acme", &lines(number)).await);
    }
    let pay = json!({ "provider": "manual" });
    for answer in join_all(buyers.iter().map(|buyer| buyer.place("one", 2000, &pay))).await {
        answer.is(201);
    }
    assert_eq!(app.count("SELECT count(*) FROM customers WHERE email = 'ada@example.test'"), 1);
    assert_eq!(
        app.count("SELECT count(*) FROM orders o JOIN customers c ON c.store_id = o.store_id AND c.id = o.customer_id"),
        12
    );
    assert_eq!(
        app.count("SELECT count(*) FROM audit_log WHERE action = 'customer.created' AND changes ->> 'guest' = 'true'"),
        1
    );
    assert_books_balance(&app);
    app.run_jobs().await;
}

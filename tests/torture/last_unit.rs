//! One unit, fifty buyers.

use futures_util::future::join_all;
use orion_tests::TestApp;
use serde_json::json;

use super::assert_books_balance;

#[tokio::test]
async fn of_fifty_buyers_of_the_last_unit_exactly_one_gets_it() {
    let app = TestApp::start().await;
    let variant = app.sell_one("acme", "The last one", 1200, 1).await;
    let mut buyers = Vec::new();
    for _ in 0..50 {
        buyers.push(app.buyer("acme", &[(variant, 1)]).await);
    }
    let pay = json!({ "provider": "manual" });
    let answers = join_all(buyers.iter().map(|buyer| buyer.place("k", 1200, &pay))).await;
    let (won, lost): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 201);
    assert_eq!(won.len(), 1);
    for answer in lost {
        answer.refused(409, "orders.not_enough_stock");
    }
    assert_eq!(app.text("SELECT count(*) || ' ' || count(number) FROM orders"), "1 1");
    assert_books_balance(&app);
    app.run_jobs().await;
}

#[tokio::test]
async fn orders_of_several_things_at_once_never_wait_for_each_other_in_a_circle() {
    let app = TestApp::start().await;
    let one = app.sell_one("acme", "One", 100, 20).await;
    let two = app.sell_one("acme", "Two", 100, 20).await;
    let mut buyers = Vec::new();
    for number in 0..30 {
        let lines = if number % 2 == 0 {
            [(one, 1), (two, 1)]
        } else {
            [(two, 1), (one, 1)]
        };
        buyers.push(app.buyer("acme", &lines).await);
    }
    let pay = json!({ "provider": "manual" });
    let answers = join_all(buyers.iter().map(|buyer| buyer.place("k", 200, &pay))).await;
    let placed = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(
        placed,
        20,
        "{:?}",
        answers
            .iter()
            .map(|answer| answer.text())
            .filter(|text| !text.starts_with("201"))
            .collect::<Vec<_>>()
    );
    assert_books_balance(&app);
    app.run_jobs().await;
}

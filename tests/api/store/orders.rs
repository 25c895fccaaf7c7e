//! `/api/v1/store/orders`

use diesel::connection::SimpleConnection;
use orion_tests::{Client, TestApp};
use orion_types::Page;
use orion_types::order::{Order, OrderSummary};
use orion_types::status::{FulfilmentStatus, OrderStatus, PaymentStatus};
use serde_json::{Value, json};

/// An order of 3 mugs and 1 bowl that waits for its money, its path, and the owner.
async fn ordered(app: &TestApp) -> (Client, String) {
    let mug = app.sell_one("acme", "Mug", 1200, 10).await;
    let bowl = app.sell_one("acme", "Bowl", 2000, 10).await;
    let placed = app.buyer("acme", &[(mug, 3), (bowl, 1)]).await.buy().await.is(201);
    (
        app.owner("acme").await,
        format!("/orders/{}", placed.json["order_id"].as_str().expect("an id")),
    )
}

fn states(order: &Order) -> (OrderStatus, PaymentStatus, FulfilmentStatus) {
    (order.status, order.payment_status, order.fulfilment_status)
}

/// Changes what no request can, such as the past.
fn execute(app: &TestApp, sql: &str) {
    app.owner_of_database().batch_execute(sql).expect("the change");
}

#[tokio::test]
async fn an_order_is_paid_shipped_in_parts_and_done() {
    let app = TestApp::start().await;
    let (owner, path) = ordered(&app).await;
    let order: Order = owner.get(&path).await.is(200).json();
    assert_eq!(
        states(&order),
        (OrderStatus::Pending, PaymentStatus::Pending, FulfilmentStatus::Unfulfilled)
    );
    let paid: Order = owner
        .post(&format!("{path}/mark-paid"), json!({ "note": "seen on the account" }))
        .await
        .is(200)
        .json();
    assert_eq!(
        states(&paid),
        (OrderStatus::Confirmed, PaymentStatus::Paid, FulfilmentStatus::Unfulfilled)
    );
    let two_mugs = json!({ "items": [{ "order_item_id": order.items[0].id, "quantity": 2 }], "carrier": "Post", "tracking_number": "LU1" });
    let partly: Order = owner.post(&format!("{path}/fulfilments"), two_mugs).await.is(201).json();
    assert_eq!(states(&partly).2, FulfilmentStatus::PartiallyFulfilled);
    let done: Order = owner.post(&format!("{path}/fulfilments"), json!({})).await.is(201).json();
    assert_eq!(
        states(&done),
        (OrderStatus::Completed, PaymentStatus::Paid, FulfilmentStatus::Fulfilled)
    );
    assert_eq!(done.items.iter().map(|item| item.fulfilled_quantity).collect::<Vec<_>>(), [3, 1]);
    assert_eq!(
        app.text("SELECT string_agg(on_hand || '/' || reserved, ',' ORDER BY on_hand) FROM inventory_levels"),
        "7/0,9/0"
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn a_cancelled_order_gives_its_goods_back() {
    let app = TestApp::start().await;
    let (owner, path) = ordered(&app).await;
    assert_eq!(app.count("SELECT sum(reserved) FROM inventory_levels"), 4);
    let cancelled: Order = owner
        .post(&format!("{path}/cancel"), json!({ "reason": "never paid" }))
        .await
        .is(200)
        .json();
    assert_eq!(cancelled.status, OrderStatus::Cancelled);
    assert_eq!(
        app.text("SELECT sum(on_hand) || '/' || sum(reserved) FROM inventory_levels"),
        "20/0"
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn what_the_state_of_an_order_does_not_allow_is_refused_and_changes_nothing() {
    let app = TestApp::start().await;
    let (owner, path) = ordered(&app).await;
    let (pay, ship, cancel) = (format!("{path}/mark-paid"), format!("{path}/fulfilments"), format!("{path}/cancel"));
    owner.post(&pay, json!({})).await.is(200);
    owner.post(&pay, json!({})).await.refused(409, "orders.illegal_transition");
    owner.post(&ship, json!({})).await.is(201);
    let before: Value = owner.get(&path).await.is(200).json;
    owner.post(&ship, json!({})).await.refused(409, "orders.illegal_transition");
    owner.post(&cancel, json!({})).await.refused(409, "orders.illegal_transition");
    owner.post(&pay, json!({})).await.refused(409, "orders.illegal_transition");
    assert_eq!(owner.get(&path).await.is(200).json, before);
    app.run_jobs().await;
}

#[tokio::test]
async fn more_than_was_ordered_is_never_shipped() {
    let app = TestApp::start().await;
    let (owner, path) = ordered(&app).await;
    let order: Order = owner.get(&path).await.is(200).json();
    owner.post(&format!("{path}/mark-paid"), json!({})).await.is(200);
    for quantity in [4, 0, -1, 1_000_000_000] {
        let body = json!({ "items": [{ "order_item_id": order.items[0].id, "quantity": quantity }] });
        let refused = owner.post(&format!("{path}/fulfilments"), body).await;
        assert!(matches!(refused.status, 409 | 422), "{quantity}: {}", refused.text());
        refused.problem();
    }
    assert_eq!(app.count("SELECT count(*) FROM fulfilments"), 0);
    app.run_jobs().await;
}

#[tokio::test]
async fn an_empty_list_ships_nothing() {
    let app = TestApp::start().await;
    let (owner, path) = ordered(&app).await;
    let ship = format!("{path}/fulfilments");
    owner.post(&format!("{path}/mark-paid"), json!({})).await.is(200);
    owner
        .post(&ship, json!({ "items": [] }))
        .await
        .refused(422, "framework.invalid")
        .at("/items");
    owner
        .post(&ship, json!({ "items": [], "all": true }))
        .await
        .refused(422, "framework.invalid")
        .at("/all");
    assert_eq!(app.count("SELECT count(*) FROM fulfilments"), 0);
    owner.post(&ship, json!({ "all": true })).await.is(201);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_shipment_that_is_sent_twice_leaves_once() {
    let app = TestApp::start().await;
    let (owner, path) = ordered(&app).await;
    let ship = format!("{path}/fulfilments");
    owner.post(&format!("{path}/mark-paid"), json!({})).await.is(200);
    let order: Order = owner.get(&path).await.is(200).json();
    let body = |quantity: i32| json!({ "items": [{ "order_item_id": order.items[0].id, "quantity": quantity }] });
    let keyed = owner.with("idempotency-key", "parcel-1");
    let first = keyed.post(&ship, body(1)).await.is(201);
    let again = keyed.post(&ship, body(1)).await.is(201);
    assert_eq!(first.header("idempotent-replayed"), None);
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    assert_eq!((&first.json, first.header("location")), (&again.json, again.header("location")));
    assert_eq!(app.count("SELECT sum(quantity) FROM fulfilment_items"), 1);
    // Another parcel is another key, and one that was refused may be tried anew.
    keyed.post(&ship, body(2)).await.refused(422, "framework.idempotency_mismatch");
    let next = owner.with("idempotency-key", "parcel-2");
    next.post(&ship, body(9)).await.refused(422, "framework.invalid");
    next.post(&ship, body(1)).await.is(201);
    assert_eq!(app.count("SELECT sum(quantity) FROM fulfilment_items"), 2);
    app.run_jobs().await;
}

#[tokio::test]
async fn orders_are_found_by_number_and_address_and_counted_for_the_dashboard() {
    let app = TestApp::start().await;
    let (owner, _) = ordered(&app).await;
    let all: Page<OrderSummary> = owner.get("/orders").await.is(200).json();
    let number = all.data[0].number.expect("a number");
    for (query, found) in [
        (format!("?q={number}"), 1),
        ("?q=ada%40example".to_owned(), 1),
        ("?q=nobody".to_owned(), 0),
        ("?status=cancelled".to_owned(), 0),
    ] {
        let page: Page<OrderSummary> = owner.get(&format!("/orders{query}")).await.is(200).json();
        assert_eq!(page.data.len(), found, "{query}");
    }
    let sales = owner.get("/dashboard/sales").await.is(200);
    assert_eq!(
        (&sales.json["orders_today"], &sales.json["awaiting_payment"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(sales.json["days"].as_array().unwrap().len(), 30);
    app.run_jobs().await;
}

#[tokio::test]
async fn orders_are_sorted_by_sum_and_time_page_by_page() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 50).await;
    for units in [2, 5, 1, 5] {
        app.buyer("acme", &[(mug, units)]).await.buy().await.is(201);
    }
    let owner = app.owner("acme").await;
    let walk = async |sort: &str| {
        let (mut sums, mut numbers, mut cursor) = (Vec::new(), Vec::new(), String::new());
        loop {
            let page: Page<OrderSummary> = owner.get(&format!("/orders?limit=1&sort={sort}{cursor}")).await.is(200).json();
            sums.extend(page.data.iter().map(|order| order.total.amount_minor));
            numbers.extend(page.data.iter().filter_map(|order| order.number));
            match page.next_cursor {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return (sums, numbers),
            }
        }
    };
    let (descending, _) = walk("-total").await;
    let (ascending, _) = walk("total").await;
    assert_eq!(descending.len(), 4);
    assert!(descending.is_sorted_by(|a, b| a >= b), "{descending:?}");
    assert!(ascending.is_sorted(), "{ascending:?}");
    let (_, oldest_first) = walk("placed_at").await;
    let (_, newest_first) = walk("-placed_at").await;
    assert!(oldest_first.len() == 4 && oldest_first.is_sorted(), "{oldest_first:?}");
    assert!(newest_first.iter().rev().eq(&oldest_first), "{newest_first:?}");
    owner.get("/orders?sort=email").await.refused(400, "framework.bad_query").at("sort");
    let page: Page<OrderSummary> = owner.get("/orders?limit=1&sort=total").await.is(200).json();
    let elsewhere = format!("/orders?sort=placed_at&cursor={}", page.next_cursor.expect("a cursor"));
    owner.get(&elsewhere).await.refused(400, "framework.invalid_cursor");
    app.run_jobs().await;
}

#[tokio::test]
async fn the_dashboard_compares_seven_days_with_the_seven_before() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 50).await;
    for units in [2, 4, 3, 1] {
        app.buyer("acme", &[(mug, units)]).await.buy().await.is(201);
    }
    // By number: today, the first of these seven days, the last and the first of the seven before.
    for (number, days) in [(1001, 0), (1002, 6), (1003, 7), (1004, 13)] {
        execute(
            &app,
            &format!("UPDATE orders SET placed_at = placed_at - interval '{days} days' WHERE number = {number}"),
        );
    }
    let cancelled = app.buyer("acme", &[(mug, 9)]).await.buy().await.is(201);
    let owner = app.owner("acme").await;
    let path = format!("/orders/{}/cancel", cancelled.json["order_id"].as_str().expect("an id"));
    owner.post(&path, json!({})).await.is(200);
    let sales: orion_types::order::SalesOverview = owner.get("/dashboard/sales").await.is(200).json();
    assert_eq!((sales.this_week.orders, sales.this_week.units), (2, 6));
    assert_eq!((sales.last_week.orders, sales.last_week.units), (2, 4));
    let total = |number: &str| app.count(&format!("SELECT sum(total_minor)::bigint FROM orders WHERE number IN ({number})"));
    assert_eq!(sales.this_week.revenue.amount_minor, total("1001, 1002"));
    assert_eq!(sales.last_week.revenue.amount_minor, total("1003, 1004"));
    assert_eq!(sales.this_week.average_order.amount_minor, total("1001, 1002") / 2);
    assert_eq!(sales.failed_payments, 0);
    execute(&app, "UPDATE orders SET payment_status = 'failed' WHERE number IN (1002, 1003)");
    let sales: orion_types::order::SalesOverview = owner.get("/dashboard/sales").await.is(200).json();
    assert_eq!(sales.failed_payments, 1, "of the last seven days");
    app.run_jobs().await;
}

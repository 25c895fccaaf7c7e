//! A server that is killed in the middle of a checkout.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use orion_tests::{Buyer, Client, ServerProcess, TestApp};
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn a_checkout_whose_server_is_killed_happens_once_or_not_at_all() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 5).await;
    let mut process = ServerProcess::start(app.services.db.url(), &[]).await;
    let buyer = Buyer::fill(
        &Client::new(process.address(), "acme.orion.localhost", "/api/v1/storefront"),
        &[(mug, 2)],
    )
    .await;
    let order = buyer.order(2400, &json!({ "provider": "manual" }));
    // The row that is reserved is held, so that the server dies with its transaction open.
    let mut holder = PgConnection::establish(app.services.db.url()).expect("a connection");
    holder
        .batch_execute("BEGIN; SELECT FROM inventory_levels FOR UPDATE")
        .expect("the lock");
    let (client, body) = (buyer.client.with("idempotency-key", "once"), order.clone());
    let lost = tokio::spawn(async move { client.try_send(Method::POST, "/checkouts", Some(body)).await });
    let waits = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let started = Instant::now();
    while app.count(waits) == 0 {
        assert!(started.elapsed() < Duration::from_secs(10), "the checkout never began");
        tokio::task::yield_now().await;
    }
    process.kill();
    assert!(lost.await.expect("the request ends").is_err(), "a dead server answered");
    holder.batch_execute("ROLLBACK").expect("the lock is given back");
    // The other server answers the second try with the same key; the first has left nothing behind.
    let again = app.shop("acme");
    let mut second = buyer.clone();
    second.client = buyer.client.at(again.address(), "acme.orion.localhost");
    second
        .client
        .with("idempotency-key", "once")
        .post("/checkouts", &order)
        .await
        .is(201);
    assert_eq!(app.text("SELECT count(*) || ' ' || count(number) FROM orders"), "1 1");
    assert_eq!(app.text("SELECT on_hand || '/' || reserved FROM inventory_levels"), "5/2");
    assert_eq!(app.count("SELECT sum(reserved_delta) FROM inventory_movements"), 2);
    app.run_jobs().await;
}

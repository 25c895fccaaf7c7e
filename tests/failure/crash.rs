//! A server that is killed in the middle of a checkout, and a PostgreSQL that is killed after many.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use futures_util::future::join_all;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use orion_tests::{Buyer, Client, DataDir, ServerProcess, TestApp, TestOptions, durable_cluster};
use reqwest::Method;
use serde_json::json;
use tokio::sync::mpsc;

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

/// How many orders are acknowledged before PostgreSQL is killed, and how many people buy one after the other.
const ACKNOWLEDGED: usize = 20;
const BUYERS: usize = 60;

#[tokio::test]
async fn an_order_that_was_acknowledged_outlives_postgresql() {
    let folder = DataDir::create();
    let postgres = durable_cluster(folder.path().to_owned(), 60);
    orion::server::migrate_database(postgres.url()).expect("the migrations run");
    let app = TestApp::start_with(TestOptions {
        url: Some(postgres.url().to_owned()),
        ..TestOptions::default()
    })
    .await;
    app.leave_jobs("the mails are not what is looked at");
    let mug = app.sell_one("acme", "Mug", 1200, 1000).await;
    let buyers = join_all((0..BUYERS).map(|_| async { app.buyer("acme", &[(mug, 1)]).await })).await;

    let (told, mut numbers) = mpsc::unbounded_channel();
    let buying = tokio::spawn(async move {
        for buyer in buyers {
            let order = buyer.order(1200, &json!({ "provider": "manual" }));
            let client = buyer.client.with("idempotency-key", "once");
            let answer = client.try_send(Method::POST, "/checkouts", Some(order)).await;
            let Some(placed) = answer.ok().filter(|answer| answer.status == 201) else {
                return;
            };
            let number = placed.json["confirmation"]["number"].as_i64();
            told.send(number.expect("a number")).expect("somebody listens");
        }
    });
    let mut acknowledged = Vec::new();
    while acknowledged.len() < ACKNOWLEDGED {
        acknowledged.push(numbers.recv().await.expect("the orders are placed"));
    }
    // What `pg_ctl stop -m immediate` sends: nothing is written any more, as when the power fails.
    kill(Pid::from_raw(postgres.pid().cast_signed()), Signal::SIGQUIT).expect("PostgreSQL is killed");
    buying.await.expect("the buyers give up");
    while let Some(number) = numbers.recv().await {
        acknowledged.push(number);
    }
    assert!(acknowledged.len() < BUYERS, "everybody had bought before PostgreSQL was gone");
    postgres.stop().expect("PostgreSQL is gone");

    let back = durable_cluster(folder.path().to_owned(), 60);
    let numbers = acknowledged.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
    let kept = app.count(&format!("SELECT count(*) FROM orders WHERE number IN ({numbers})"));
    assert_eq!(kept, i64::try_from(acknowledged.len()).expect("a number"), "orders were forgotten");
    // One that nobody was told of may be there as well; each has its stock, and nothing else has.
    let reserved = app.count("SELECT reserved FROM inventory_levels");
    assert_eq!(reserved, app.count("SELECT sum(quantity) FROM order_items"));
    assert_eq!(reserved, app.count("SELECT sum(reserved_delta) FROM inventory_movements"));
    drop(app);
    back.stop().expect("PostgreSQL stops");
}

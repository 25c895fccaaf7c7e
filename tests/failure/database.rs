//! A PostgreSQL that is gone, and one whose connections are all taken.

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use orion_tests::{DataDir, TestApp, TestOptions, private_cluster};
use serde_json::json;

/// What a request may take while the database is away.
const PATIENCE: Duration = Duration::from_millis(2_900);

#[tokio::test]
async fn without_its_database_a_server_says_so_and_goes_on_when_it_is_back() {
    let folder = DataDir::create();
    let postgres = private_cluster(folder.path().to_owned(), 60);
    let url = postgres.url().to_owned();
    orion::server::migrate_database(&url).expect("the migrations run");
    let options = TestOptions {
        url: Some(url),
        variables: vec![("ORION_HTTP_CACHE_BYTES", "0".to_owned())],
        ..TestOptions::default()
    };
    let app = TestApp::start_with(options).await;
    app.leave_jobs("the database goes away");
    let mug = app.sell_one("acme", "Mug", 1200, 5).await;
    let buyer = app.buyer("acme", &[(mug, 1)]).await;
    app.host("localhost").get("/health/ready").await.is(200);

    postgres.stop().expect("PostgreSQL stops");
    for client in [&buyer.client, &app.shop("globex")] {
        let started = Instant::now();
        let answer = client.get("/cart").await.refused(503, "framework.unavailable");
        assert!(started.elapsed() < PATIENCE, "the answer took {:?}", started.elapsed());
        assert!(answer.header("retry-after").is_some());
        assert!(
            !answer.text().contains("postgres") && !answer.text().contains("/tmp"),
            "{}",
            answer.text()
        );
    }
    let refused = buyer.place("during", 1200, &json!({ "provider": "manual" })).await;
    refused.refused(503, "framework.unavailable");
    let page = app.host("acme.orion.localhost").get("/products/mug").await.is(503);
    assert!(
        page.header("retry-after").is_some() && page.text().contains("orion-start"),
        "the app says what is wrong"
    );
    app.host("localhost").get("/health/live").await.is(200);
    app.host("localhost").get("/health/ready").await.is(503);

    let back = private_cluster(folder.path().to_owned(), 60);
    app.host("localhost").get("/health/ready").await.is(200);
    assert_eq!(buyer.cart().await.item_count, 1, "the cart survived");
    buyer.place("during", 1200, &json!({ "provider": "manual" })).await.is(201);
    assert_eq!(app.count("SELECT count(*) FROM orders"), 1);
    drop(app);
    back.stop().expect("PostgreSQL stops");
}

#[tokio::test]
async fn when_every_connection_is_busy_a_request_is_told_to_come_back() {
    let variables = vec![
        ("ORION_DATABASE_APP_POOL_SIZE", "1".to_owned()),
        ("ORION_DATABASE_CONNECT_TIMEOUT_MS", "200".to_owned()),
        ("ORION_HTTP_CACHE_BYTES", "0".to_owned()),
    ];
    let app = TestApp::start_with(TestOptions {
        variables,
        ..TestOptions::default()
    })
    .await;
    let mug = app.sell_one("acme", "Mug", 1200, 5).await;
    let buyer = app.buyer("acme", &[(mug, 1)]).await;
    // Somebody holds the row that the next checkout needs, and with it the only connection.
    let mut holder = PgConnection::establish(app.services.db.url()).expect("a connection");
    holder
        .batch_execute("BEGIN; SELECT FROM inventory_levels FOR UPDATE")
        .expect("the lock");
    let (waiting, turned_away) = (buyer.clone(), buyer.clone());
    let checkout = tokio::spawn(async move { waiting.place("k", 1200, &json!({ "provider": "manual" })).await });
    let busy = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let started = Instant::now();
    while app.count(busy) == 0 {
        assert!(started.elapsed() < Duration::from_secs(10), "the checkout never waited");
        tokio::task::yield_now().await;
    }
    let answer = turned_away.client.get("/cart").await.refused(503, "framework.unavailable");
    assert!(answer.header("retry-after").is_some_and(|seconds| seconds.parse::<u32>().is_ok()));
    holder.batch_execute("ROLLBACK").expect("the lock is given back");
    checkout.await.expect("the checkout ends").is(201);
    assert_eq!(buyer.cart().await.items.len(), 0);
    app.run_jobs().await;
}

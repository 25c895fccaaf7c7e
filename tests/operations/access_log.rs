//! One line per request.

use std::io::Write;
use std::net::TcpStream;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use orion_tests::{Client, ServerProcess, TestApp};
use serde_json::{Value, json};

/// Asks under an id of our own and reads the line about it.
async fn line(process: &ServerProcess, client: &Client, id: &str, path: &str) -> Value {
    client.with("x-request-id", id).get(path).await;
    let mut lines = process.log_lines(id).await;
    assert_eq!(lines.len(), 1, "{lines:?}");
    lines.remove(0)
}

fn id_in(app: &TestApp, sql: &str) -> Value {
    json!(app.text(sql))
}

#[tokio::test]
async fn a_line_names_store_route_and_who_asked() {
    let app = TestApp::start().await;
    app.leave_jobs("the process does what it likes");
    let customer = app.customer("acme", "ada@example.test").await;
    let (owner, admin) = (app.owner("acme").await, app.admin().await);
    let process = ServerProcess::start(app.services.db.url(), &[("ORION_LOG_LEVEL", "info")]).await;
    let there = |client: &Client, host: &str| client.at(process.address(), host);

    let staff = line(&process, &there(&owner, "acme.orion.localhost"), "line-of-staff", "/products").await;
    assert_eq!(staff["user"], id_in(&app, "SELECT id FROM users WHERE email = 'owner@acme.test'"));
    assert_eq!(
        (&staff["store"], &staff["route"]),
        (&json!("acme"), &json!("/api/v1/store/products"))
    );

    let buyer = line(&process, &there(&customer, "acme.orion.localhost"), "line-of-buyer", "/cart").await;
    assert_eq!(
        buyer["user"],
        id_in(&app, "SELECT id FROM customers WHERE email = 'ada@example.test'")
    );

    let boss = line(&process, &there(&admin, "admin.orion.localhost"), "line-of-admin", "/stores").await;
    assert_eq!(boss["user"], id_in(&app, "SELECT id FROM users WHERE email = 'admin@orion.test'"));

    let guest = line(
        &process,
        &there(&app.shop("acme"), "acme.orion.localhost"),
        "line-of-guest",
        "/products",
    )
    .await;
    assert_eq!((guest.get("user"), &guest["store"]), (None, &json!("acme")));

    let door = there(&app.administration(), "admin.orion.localhost").with("x-request-id", "line-of-login");
    let body = json!({ "email": "admin@orion.test", "password": orion_tests::PASSWORD });
    door.post("/auth/login", body).await.is(200);
    assert_eq!(process.log_lines("line-of-login").await[0]["user"], boss["user"]);
}

#[tokio::test]
async fn a_shop_that_was_closed_is_no_failure_of_ours() {
    let app = TestApp::start().await;
    app.leave_jobs("the process does what it likes");
    let id = app.store_id("acme").await;
    let body = json!({ "reason": "unpaid bills" });
    app.admin().await.post(&format!("/stores/{id}/suspend"), body).await.is(200);
    let process = ServerProcess::start(app.services.db.url(), &[("ORION_LOG_LEVEL", "info")]).await;
    for (number, path) in ["/", "/api/v1/storefront/products"].into_iter().enumerate() {
        let shop = Client::new(process.address(), "acme.orion.localhost", "");
        let told = line(&process, &shop, &format!("line-of-closed-{number}"), path).await;
        assert_eq!((&told["status"], &told["level"]), (&json!(503), &json!("INFO")), "{path}: {told}");
    }
}

#[tokio::test]
async fn the_route_of_a_page_is_its_kind_and_never_its_path() {
    let app = TestApp::start().await;
    app.leave_jobs("the process does what it likes");
    let process = ServerProcess::start(app.services.db.url(), &[("ORION_LOG_LEVEL", "info")]).await;
    for (host, path, route) in [
        ("acme.orion.localhost", "/products/no-such-thing", "page:storefront"),
        ("acme.orion.localhost", "/store/orders", "page:store"),
        ("admin.orion.localhost", "/stores", "page:admin"),
        ("orion.localhost", "/invented", "page:platform"),
        ("nobody.orion.localhost", "/invented", "unmatched"),
        ("acme.orion.localhost", "/api/v1/invented", "unmatched"),
    ] {
        let id = format!("line-{}", app.services.clock.now().timestamp_micros());
        let told = line(&process, &Client::new(process.address(), host, ""), &id, path).await;
        assert_eq!((&told["route"], &told["path"]), (&json!(route), &json!(path)), "{host}{path}");
    }
    let metrics = Client::new(process.address(), "localhost", "").get("/metrics").await.is(200).text();
    assert!(
        metrics.contains(r#"http_requests_total{method="GET",route="page:storefront",status="4xx"} 1"#),
        "{metrics}"
    );
    assert!(!metrics.contains("invented") && !metrics.contains("no-such-thing"), "{metrics}");
}

#[tokio::test]
async fn a_handler_that_panics_has_its_template_in_the_log() {
    let app = TestApp::start().await;
    app.leave_jobs("the process does what it likes");
    let admin = app.admin().await;
    let process = ServerProcess::start(app.services.db.url(), &[("ORION_FAULT", "handler"), ("ORION_LOG_LEVEL", "info")]).await;
    let told = line(
        &process,
        &admin.at(process.address(), "admin.orion.localhost"),
        "line-of-panic",
        "/modules/orders",
    )
    .await;
    assert_eq!(
        (&told["level"], &told["status"], &told["route"]),
        (&json!("ERROR"), &json!(500), &json!("/api/v1/admin/modules/{code}")),
        "{told}"
    );
}

#[tokio::test]
async fn a_client_that_does_not_wait_for_its_answer_has_a_line_too() {
    let app = TestApp::start().await;
    app.leave_jobs("the process does what it likes");
    let process = ServerProcess::start(app.services.db.url(), &[("ORION_LOG_LEVEL", "info")]).await;
    let mut holder = app.owner_of_database();
    holder
        .batch_execute("BEGIN; LOCK TABLE products IN ACCESS EXCLUSIVE MODE")
        .expect("the lock");
    let mut stream = TcpStream::connect(process.address()).expect("the server listens");
    let ask = |path: &str, id: &str| format!("GET {path} HTTP/1.1\r\nHost: acme.orion.localhost\r\nX-Request-Id: {id}\r\n\r\n");
    stream
        .write_all(ask("/health/live", "line-of-patience").as_bytes())
        .expect("the request leaves");
    // The answer arrives and is never read, so that closing the connection resets it: the other side hears at once that nobody listens.
    stream.peek(&mut [0; 16]).expect("the answer arrives");
    let path = "/api/v1/storefront/products/blue-mug";
    stream
        .write_all(ask(path, "line-of-impatience").as_bytes())
        .expect("the request leaves");
    let waits = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let started = Instant::now();
    while app.count(waits) == 0 {
        assert!(started.elapsed() < Duration::from_secs(10), "the request never began");
        tokio::task::yield_now().await;
    }
    drop(stream);
    let told = process.log_lines("line-of-impatience").await.remove(0);
    assert_eq!(
        (&told["status"], &told["route"], &told["store"]),
        (&json!(499), &json!("/api/v1/storefront/products/{slug}"), &json!("acme")),
        "{told}"
    );
    holder.batch_execute("ROLLBACK").expect("the lock is given back");
}

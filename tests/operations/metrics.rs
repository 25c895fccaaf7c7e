//! `/metrics`

use orion_framework::clock::Ids;
use orion_tests::{TestApp, card};
use serde_json::json;

/// The value of a series; zero when it is not there.
async fn value(app: &TestApp, series: &str) -> f64 {
    let text = app.host("localhost").get("/metrics").await.is(200).text();
    let line = text.lines().find_map(|line| line.strip_prefix(series)?.strip_prefix(' '));
    line.map_or(0.0, |value| value.parse().expect("a number"))
}

#[tokio::test]
async fn an_order_that_is_placed_is_counted_once_it_is_there() {
    let app = TestApp::start().await;
    let text = app.host("localhost").get("/metrics").await.is(200).text();
    assert!(text.contains("# TYPE orders_created_total counter"), "{text}");
    let mug = app.sell_one("acme", "Mug", 1200, 9).await;
    let buyer = app.buyer("acme", &[(mug, 1)]).await;
    let before = value(&app, "orders_created_total").await;
    let order = json!({ "provider": "manual" });
    buyer.place("once", 1, &order).await.refused(409, "orders.total_changed");
    assert_eq!(value(&app, "orders_created_total").await, before, "a checkout that was rolled back");
    buyer.place("once", 1200, &order).await.is(201);
    assert_eq!(value(&app, "orders_created_total").await, before + 1.0);
    buyer.place("once", 1200, &order).await;
    assert_eq!(value(&app, "orders_created_total").await, before + 1.0, "the same key again");
    app.run_jobs().await;
}

#[tokio::test]
async fn a_cart_counts_with_its_first_line_only() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 9).await;
    let before = value(&app, "carts_created_total").await;
    app.buyer("acme", &[(mug, 1), (mug, 2)]).await;
    assert_eq!(value(&app, "carts_created_total").await, before + 1.0);
    app.buyer("acme", &[(mug, 1)]).await;
    assert_eq!(value(&app, "carts_created_total").await, before + 2.0);
    app.run_jobs().await;
}

#[tokio::test]
async fn an_order_by_card_counts_when_it_is_paid_and_not_when_it_is_declined() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 9).await;
    let before = value(&app, "orders_created_total").await;
    let buyer = app.buyer("acme", &[(mug, 1)]).await;
    buyer.place("declined", 1200, &card("4000000000000002")).await.is(402);
    assert_eq!(value(&app, "orders_created_total").await, before);
    buyer.place("approved", 1200, &card("4242424242424242")).await.is(201);
    assert_eq!(value(&app, "orders_created_total").await, before + 1.0);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_login_that_fails_is_counted_where_it_failed() {
    let app = TestApp::start().await;
    let (store, admin) = (r#"logins_failed_total{area="store"}"#, r#"logins_failed_total{area="admin"}"#);
    let before = (value(&app, store).await, value(&app, admin).await);
    let wrong = json!({ "email": "owner@acme.test", "password": "wrong" });
    app.dashboard("acme").post("/auth/login", wrong).await.is(401);
    app.owner("acme").await;
    assert_eq!((value(&app, store).await, value(&app, admin).await), (before.0 + 1.0, before.1));
}

#[tokio::test]
async fn gauges_tell_of_jobs_switches_pools_and_requests_in_flight() {
    let app = TestApp::start().await;
    let waiting = value(&app, r#"jobs_by_state{state="queued"}"#).await;
    let mug = app.sell_one("acme", "Mug", 1200, 9).await;
    app.run_jobs().await;
    app.buyer("acme", &[(mug, 1)]).await.buy().await.is(201);
    assert!(
        value(&app, r#"jobs_by_state{state="queued"}"#).await > waiting,
        "the mail of the order waits"
    );
    app.run_jobs().await;
    let of = |platform: &str| format!(r#"module_enabled{{platform="{platform}",module="orders"}}"#);
    assert_eq!((value(&app, &of("main")).await, value(&app, &of("lite")).await), (1.0, 0.0));
    assert_eq!(value(&app, "database_up").await, 1.0);
    // The one that asks is in flight itself.
    assert_eq!(value(&app, "http_requests_in_flight").await, 1.0);
    assert!(value(&app, r#"db_pool_connections{pool="app",state="size"}"#).await > 0.0);
}

/// The series of requests.
async fn series(app: &TestApp) -> Vec<String> {
    let text = app.host("localhost").get("/metrics").await.is(200).text();
    let of_requests = text.lines().filter(|line| line.starts_with("http_request"));
    of_requests
        .filter_map(|line| line.rsplit_once(' '))
        .map(|(name, _)| name.to_owned())
        .collect()
}

#[tokio::test]
async fn a_thousand_random_paths_and_methods_add_no_series() {
    let app = TestApp::start().await;
    let hosts = [
        "acme.orion.localhost",
        "admin.orion.localhost",
        "orion.localhost",
        "nobody.orion.localhost",
        "a.b.test",
    ]
    .map(|host| app.host(host));
    let starts = [
        "",
        "/api/v1/storefront",
        "/api/v1/admin",
        "/api/v1/store/products",
        "/store",
        "/storefront/acme",
        "/assets",
        "/media",
    ];
    let methods = ["GET", "POST", "HEAD", "OPTIONS", "BREW", "DELETE"];
    // Every kind of request once, so that what is counted is there.
    let ask = async |number: usize, tail: &str| {
        let (host, rest) = (&hosts[number % hosts.len()], number / hosts.len());
        let (start, rest) = (starts[rest % starts.len()], rest / starts.len());
        let method = methods[rest % methods.len()].parse().expect("a method");
        host.send(method, &format!("{start}/{tail}"), None).await
    };
    let kinds = hosts.len() * starts.len() * methods.len();
    for number in 0..kinds {
        ask(number, "known").await;
    }
    // Asking is counted after it was answered.
    series(&app).await;
    let before = series(&app).await;
    assert!(before.len() > 20, "{before:?}");
    for number in 0..1_000 {
        ask(number, &Ids::new_id().to_string()).await;
        let method = format!("X{number}").parse().expect("a method");
        hosts[0].send(method, "/", None).await;
    }
    let after = series(&app).await;
    let new: Vec<&String> = after.iter().filter(|name| !before.contains(name)).collect();
    // Invented methods share one label on the front page.
    let expected = |name: &&String| name.contains(r#"method="other""#) && name.contains(r#"route="page:storefront""#);
    assert!(new.iter().all(expected), "{new:?}");
    assert!(
        !after.iter().any(|name| name.contains("nobody") || name.contains("orion.localhost")),
        "a host is a label"
    );
}

#[tokio::test]
async fn the_metrics_are_not_there_for_who_comes_by_a_shop() {
    let app = TestApp::start().await;
    app.host("127.0.0.1").get("/metrics").await.is(200);
    for host in ["acme.orion.localhost", "shop.acme.test", "admin.orion.localhost", "unknown.test"] {
        app.host(host).get("/metrics").await.refused(404, "framework.not_found");
    }
}

//! Logging, store, context, theme: each is wrapped by the one before it, so that whatever fails inside is answered well and written down.

use orion_tests::{Answer, Client, ServerProcess, TestApp};

fn protected(answer: &Answer, id: &str) {
    assert_eq!(answer.header("x-request-id"), Some(id), "{}", answer.request);
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{}", answer.request);
    assert_eq!(answer.header("x-frame-options"), Some("DENY"), "{}", answer.request);
    assert!(answer.header("referrer-policy").is_some(), "{}", answer.request);
}

#[tokio::test]
async fn what_fails_while_the_store_is_looked_for_is_answered_and_logged() {
    let app = TestApp::start().await;
    app.leave_jobs("the process does what it likes");
    let process = ServerProcess::start(app.services.db.url(), &[("ORION_FAULT", "tenancy"), ("ORION_LOG_LEVEL", "info")]).await;
    let shop = Client::new(process.address(), "acme.orion.localhost", "");
    let api = shop.with("x-request-id", "detection-api").get("/api/v1/storefront/products").await;
    protected(&api, "detection-api");
    api.refused(500, "framework.internal");
    let page = shop.with("x-request-id", "detection-page").get("/").await.is(500);
    protected(&page, "detection-page");
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(
        page.text().contains("detection-page"),
        "the page does not say under which id to ask: {}",
        page.text()
    );
    for id in ["detection-api", "detection-page"] {
        let line = &process.log_lines(id).await[0];
        assert_eq!((&line["level"], &line["status"]), (&"ERROR".into(), &500.into()), "{line}");
        assert_eq!(line.get("store"), None, "the store was not found yet: {line}");
    }
    // Probes need no store, and the server goes on.
    shop.get("/health/live").await.is(200);
}

#[tokio::test]
async fn a_database_that_fails_while_the_store_is_looked_for_says_why_in_the_log_only() {
    let app = TestApp::start().await;
    app.leave_jobs("the process does what it likes");
    let process = ServerProcess::start(app.services.db.url(), &[("ORION_LOG_LEVEL", "info")]).await;
    let mut owner = app.owner_of_database();
    diesel::RunQueryDsl::execute(diesel::sql_query("ALTER TABLE store_subdomains RENAME TO gone"), &mut owner).expect("a table is gone");
    let shop = Client::new(process.address(), "acme.orion.localhost", "");
    let answer = shop.with("x-request-id", "lookup-fails").get("/api/v1/storefront/products").await;
    protected(&answer, "lookup-fails");
    assert!(
        answer.status >= 500 && !answer.text().contains("store_subdomains"),
        "{}",
        answer.text()
    );
    answer.problem();
    let line = &process.log_lines("lookup-fails").await[0];
    assert!(
        line["cause"].as_str().is_some_and(|cause| cause.contains("store_subdomains")),
        "{line}"
    );
}

#[tokio::test]
async fn the_theme_is_loaded_for_shops_only_and_after_the_store_is_known() {
    let app = TestApp::start().await;
    app.leave_jobs("the process does what it likes");
    let process = ServerProcess::start(app.services.db.url(), &[("ORION_FAULT", "theme"), ("ORION_LOG_LEVEL", "info")]).await;
    let ask = async |host: &str, path: &str, id: &str| {
        let answer = Client::new(process.address(), host, "").with("x-request-id", id).get(path).await;
        protected(&answer, id);
        answer.status
    };
    // None of these has a theme; the last one does, so its warning is the first of the log.
    assert_eq!(ask("nobody.orion.localhost", "/", "order-nobody").await, 404);
    assert_eq!(ask("admin.orion.localhost", "/login", "order-admin").await, 200);
    assert_eq!(ask("globex.orion.localhost", "/store/login", "order-staff").await, 200);
    assert_eq!(ask("acme.orion.localhost", "/", "order-shop").await, 200);
    process.log_lines("order-shop").await;
    let themes = process.log_lines("the theme cannot be read").await;
    assert_eq!((themes.len(), &themes[0]["store"]), (1, &"acme".into()), "{themes:?}");
    assert_eq!(process.log_lines("order-shop").await[0]["store"], "acme");
}

#[tokio::test]
async fn redirects_and_refusals_before_any_route_are_protected_and_logged_too() {
    let app = TestApp::start().await;
    app.leave_jobs("the process does what it likes");
    let process = ServerProcess::start(app.services.db.url(), &[("ORION_LOG_LEVEL", "info")]).await;
    for (host, path, id, status) in [
        ("acme.orion.localhost", "/storefront/acme", "early-redirect", 308),
        ("acme.orion.localhost", "/a%2fb", "early-path", 404),
        ("nobody.orion.localhost", "/", "early-host", 404),
    ] {
        let answer = Client::new(process.address(), host, "")
            .with("x-request-id", id)
            .get(path)
            .await
            .is(status);
        protected(&answer, id);
        assert_eq!(process.log_lines(id).await[0]["status"], status, "{id}");
    }
}

//! `/api/v1/admin/log-level` and `orion serve --log`.

use orion_tests::{Client, ServerProcess, TestApp};
use serde_json::json;

#[tokio::test]
async fn what_is_logged_can_be_changed_while_the_server_runs() {
    let app = TestApp::start().await;
    app.leave_jobs("the process does what it likes");
    let process = ServerProcess::start(app.services.db.url(), &[("ORION_LOG_LEVEL", "warn")]).await;
    let admin = Client::new(process.address(), "admin.orion.localhost", "/api/v1/admin")
        .signed_in("admin@orion.test")
        .await;
    let named = |id: &str| admin.with("x-request-id", id);
    assert_eq!(admin.get("/log-level").await.is(200).json["filter"], "warn");
    named("while-at-warn").get("/stores").await.is(200);
    admin.put("/log-level", json!({ "filter": "error,access=info" })).await.is(200);
    named("while-at-info").get("/stores").await.is(200);
    admin.put("/log-level", json!({ "filter": "off" })).await.is(200);
    named("while-at-off").get("/stores").await.is(200);
    let back = admin.put("/log-level", json!({ "filter": "info" })).await.is(200);
    assert_eq!(back.json["filter"], "info");
    named("back-at-info").get("/stores").await.is(200);
    // Lines are written in the order of their events, so what is not there by now never comes.
    process.log_lines("back-at-info").await;
    process.log_lines("while-at-info").await;
    for silent in ["while-at-warn", "while-at-off"] {
        assert_eq!(process.log_now(silent), [] as [serde_json::Value; 0], "{silent}");
    }
    assert_eq!(
        app.text("SELECT string_agg(changes ->> 'after', ' ' ORDER BY id) FROM audit_log WHERE action = 'log_level.changed'"),
        "error,access=info off info"
    );
}

#[tokio::test]
async fn a_filter_that_is_none_is_refused_and_changes_nothing() {
    let app = TestApp::start().await;
    app.leave_jobs("the process does what it likes");
    let process = ServerProcess::start(app.services.db.url(), &[("ORION_LOG_LEVEL", "warn")]).await;
    let door = Client::new(process.address(), "admin.orion.localhost", "/api/v1/admin");
    let admin = door.signed_in("admin@orion.test").await;
    for filter in ["", "orion=loudly", "a=b=c", "info,[", &"x".repeat(5_000)] {
        admin
            .put("/log-level", json!({ "filter": filter }))
            .await
            .refused(422, "framework.invalid")
            .at("/filter");
    }
    assert_eq!(admin.get("/log-level").await.is(200).json["filter"], "warn");
    assert_eq!(app.count("SELECT count(*) FROM audit_log WHERE action = 'log_level.changed'"), 0);
    let lite = door.signed_in("lite-admin@orion.test").await;
    lite.put("/log-level", json!({ "filter": "info" }))
        .await
        .refused(403, "framework.forbidden");
}

#[tokio::test]
async fn the_format_can_be_said_on_the_command_line() {
    let app = TestApp::start().await;
    app.leave_jobs("the process does what it likes");
    let told = [("ORION_LOG_FORMAT", "pretty"), ("ORION_LOG_LEVEL", "info")];
    let process = ServerProcess::start_with(app.services.db.url(), &["--log", "json"], &told).await;
    let shop = Client::new(process.address(), "acme.orion.localhost", "");
    shop.with("x-request-id", "told-as-json").get("/").await.is(200);
    // Every line is read as JSON, or reading fails.
    assert_eq!(process.log_lines("told-as-json").await[0]["status"], 200);
}

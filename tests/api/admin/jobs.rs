//! `/api/v1/admin/jobs`

use diesel::RunQueryDsl;
use orion_tests::{Answer, Client, TestApp};
use serde_json::{Value, json};

/// A shop with one job that waits: the mail about an order.
async fn with_mail_waiting(app: &TestApp) -> (Client, String) {
    let mug = app.sell_one("acme", "Mug", 1200, 5).await;
    app.buyer("acme", &[(mug, 1)]).await.buy().await.is(201);
    let admin = app.admin().await;
    let found = admin.get("/jobs?kind=orders.send_mail&status=queued").await.is(200);
    assert_eq!(found.json["data"].as_array().map(Vec::len), Some(1), "{}", found.text());
    (admin, found.json["data"][0]["id"].as_str().expect("an id").to_owned())
}

async fn job(admin: &Client, id: &str) -> Value {
    let all = admin.get("/jobs?limit=100").await.is(200);
    let rows = all.json["data"].as_array().expect("jobs").clone();
    rows.into_iter().find(|job| job["id"] == id).expect("the job is listed")
}

async fn act(admin: &Client, id: &str, action: &str) -> Answer {
    admin.post(&format!("/jobs/{id}/{action}"), json!({})).await
}

fn execute(app: &TestApp, sql: &str) {
    diesel::sql_query(sql).execute(&mut app.owner_of_database()).expect("the statement");
}

#[tokio::test]
async fn a_job_that_was_called_off_does_nothing_until_it_is_queued_anew() {
    let app = TestApp::start().await;
    let (admin, id) = with_mail_waiting(&app).await;
    let cancelled = act(&admin, &id, "cancel").await.is(200);
    assert_eq!(
        (&cancelled.json["status"], &cancelled.json["store"]),
        (&json!("cancelled"), &json!("acme"))
    );
    let by = cancelled.json["last_error"].as_str().expect("a reason");
    assert!(by.starts_with("called off by "), "{by}");
    act(&admin, &id, "cancel").await.refused(409, "tenancy.job_refused");
    app.run_jobs().await;
    assert_eq!(app.count("SELECT count(*) FROM mail_messages"), 0);

    let queued = act(&admin, &id, "retry").await.is(200);
    assert_eq!((&queued.json["status"], &queued.json["attempts"]), (&json!("queued"), &json!(0)));
    app.run_jobs().await;
    assert_eq!(app.count("SELECT count(*) FROM mail_messages WHERE status = 'sent'"), 1);
    assert_eq!(job(&admin, &id).await["status"], "done");
    act(&admin, &id, "retry").await.refused(409, "tenancy.job_refused");
    let audited = "SELECT string_agg(action, ' ' ORDER BY id) FROM audit_log WHERE entity = 'jobs'";
    assert_eq!(app.text(audited), "job.cancelled job.retried");
}

#[tokio::test]
async fn a_dead_job_says_why_and_gets_all_of_its_attempts_again() {
    let app = TestApp::start().await;
    let (admin, id) = with_mail_waiting(&app).await;
    let died = "UPDATE jobs SET status = 'dead', attempts = 8, last_error = 'the mail server said no', finished_at = now()";
    execute(&app, &format!("{died} WHERE id = '{id}'"));
    let dead = admin.get("/jobs?status=dead&store=acme&kind=orders").await.is(200);
    assert_eq!(dead.json["data"][0]["last_error"], "the mail server said no");
    // Called off it is no alarm any more, and may still be queued anew.
    assert_eq!(act(&admin, &id, "cancel").await.is(200).json["status"], "cancelled");
    assert_eq!(admin.get("/jobs?status=dead").await.is(200).json["data"], json!([]));
    act(&admin, &id, "retry").await.is(200);
    app.run_jobs().await;
    let done = job(&admin, &id).await;
    assert_eq!((&done["status"], &done["attempts"]), (&json!("done"), &json!(1)));
}

#[tokio::test]
async fn a_running_job_loses_its_lease_when_it_is_called_off() {
    let app = TestApp::start().await;
    let (admin, id) = with_mail_waiting(&app).await;
    let taken = "UPDATE jobs SET status = 'running', attempts = 1, leased_by = 'somebody', lease_until = now() + interval '1 minute'";
    execute(&app, &format!("{taken} WHERE id = '{id}'"));
    act(&admin, &id, "retry").await.refused(409, "tenancy.job_refused");
    act(&admin, &id, "cancel").await.is(200);
    assert_eq!(
        app.count(&format!("SELECT count(*) FROM jobs WHERE id = '{id}' AND leased_by IS NULL")),
        1
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn a_job_whose_place_is_taken_is_not_queued_beside_the_other() {
    let app = TestApp::start().await;
    let (admin, id) = with_mail_waiting(&app).await;
    execute(&app, &format!("UPDATE jobs SET unique_key = 'once' WHERE id = '{id}'"));
    act(&admin, &id, "cancel").await.is(200);
    execute(
        &app,
        &format!(
            "INSERT INTO jobs (store_id, id, kind, payload, unique_key, run_at, created_at) \
             SELECT store_id, gen_random_uuid(), kind, payload, unique_key, run_at, created_at FROM jobs WHERE id = '{id}'"
        ),
    );
    act(&admin, &id, "retry").await.refused(409, "tenancy.job_refused");
    assert_eq!(job(&admin, &id).await["status"], "cancelled");
    app.run_jobs().await;
}

#[tokio::test]
async fn the_administrator_of_another_platform_knows_nothing_of_the_jobs() {
    let app = TestApp::start().await;
    let (admin, id) = with_mail_waiting(&app).await;
    let lite = app.administration().signed_in("lite-admin@orion.test").await;
    assert_eq!(lite.get("/jobs").await.is(200).json["data"], json!([]));
    for action in ["retry", "cancel"] {
        act(&lite, &id, action).await.refused(404, "framework.not_found");
    }
    assert_eq!(job(&admin, &id).await["status"], "queued");
    admin
        .get("/jobs?status=lost")
        .await
        .refused(400, "framework.bad_query")
        .at("status");
    app.run_jobs().await;
}

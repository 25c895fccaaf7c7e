//! `/health`

use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta};
use diesel::connection::SimpleConnection;
use orion_framework::clock::Clock;
use orion_tests::{Answer, Client, ServerProcess, TestApp, TestDatabase, TestOptions, card};
use serde_json::{Value, json};

async fn health(app: &TestApp) -> Answer {
    app.host("localhost").get("/health").await
}

fn check<'a>(answer: &'a Answer, name: &str) -> Option<&'a Value> {
    let checks = answer.json["checks"].as_array().expect("the checks");
    checks.iter().find(|check| check["name"] == name)
}

#[tokio::test]
async fn modules_say_how_they_feel_and_strangers_hear_only_the_sum() {
    let app = TestApp::start().await;
    let told = health(&app).await.is(200);
    assert_eq!(told.json["status"], "healthy", "{}", told.text());
    for (name, module, tier) in [
        ("catalog.storage", "catalog", "core"),
        ("payments.unresolved", "payments", "optional"),
        ("orders.given_up", "orders", "optional"),
    ] {
        let found = check(&told, name).unwrap_or_else(|| panic!("{name} is not there: {}", told.text()));
        assert_eq!(
            (&found["module"], &found["tier"], &found["ok"]),
            (&json!(module), &json!(tier), &json!(true))
        );
        assert!(found["latency_ms"].is_u64());
    }
    assert!(told.json["uptime_s"].is_u64());
    let stranger = app
        .host("localhost")
        .with("x-forwarded-for", "203.0.113.9")
        .get("/health")
        .await
        .is(200);
    let names: Vec<&String> = stranger.json.as_object().expect("an object").keys().collect();
    assert_eq!(names, ["status", "version"]);
}

#[tokio::test]
async fn details_are_for_who_shows_the_token_where_there_is_one() {
    let variables = vec![("ORION_METRICS_TOKEN", "a token for whoever watches".to_owned())];
    let app = TestApp::start_with(TestOptions {
        variables,
        ..TestOptions::default()
    })
    .await;
    let door = app.host("localhost");
    for wrong in ["a token for whoever watcheS", "a token", ""] {
        door.bearer(wrong).get("/metrics").await.is(404);
        assert_eq!(door.bearer(wrong).get("/health").await.is(200).json.get("checks"), None);
    }
    let shown = door.bearer("a token for whoever watches");
    shown.get("/metrics").await.is(200);
    assert!(shown.get("/health").await.is(200).json["uptime_s"].is_u64());
}

#[tokio::test]
async fn switching_a_module_off_everywhere_takes_its_check_away_and_on_brings_it_back() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let platforms = admin.get("/platforms").await.is(200);
    let main = platforms.json["data"]
        .as_array()
        .expect("platforms")
        .iter()
        .find(|platform| platform["code"] == "main");
    let path = format!("/platforms/{}/modules/payments", main.expect("main")["id"].as_str().expect("an id"));
    admin.post(&format!("{path}/disable"), json!({ "cascade": true })).await.is(200);
    let without = health(&app).await;
    assert!(check(&without, "payments.unresolved").is_none() && check(&without, "catalog.storage").is_some());
    admin.post(&format!("{path}/enable"), json!({})).await.is(200);
    assert!(check(&health(&app).await, "payments.unresolved").is_some());
    app.run_jobs().await;
}

#[tokio::test]
async fn storage_that_keeps_nothing_is_unhealthy() {
    let app = TestApp::start().await;
    let folder = app.data_dir().join("storage");
    std::fs::remove_dir_all(&folder).expect("the folder goes");
    std::fs::write(&folder, "a file where the folder was").expect("a file");
    let told = health(&app).await.is(503);
    assert_eq!(told.json["status"], "unhealthy");
    assert_eq!(check(&told, "catalog.storage").expect("the check")["ok"], false);
}

#[tokio::test]
async fn a_payment_that_nobody_knows_the_end_of_degrades_and_the_server_stays_ready() {
    let clock = Clock::fixed(DateTime::from_timestamp(1_800_000_000, 0).expect("a time"));
    let app = TestApp::start_with(TestOptions {
        clock: clock.clone(),
        ..TestOptions::default()
    })
    .await;
    app.leave_jobs("the provider never answers");
    let mug = app.sell_one("acme", "Mug", 1200, 9).await;
    let buyer = app.buyer("acme", &[(mug, 1)]).await;
    buyer.place("silent", 1200, &card("4000000000000119")).await.is(201);
    assert_eq!(health(&app).await.json["status"], "healthy", "it may still answer");
    clock.advance(TimeDelta::minutes(61));
    let told = health(&app).await.is(200);
    assert_eq!(told.json["status"], "degraded", "{}", told.text());
    let found = check(&told, "payments.unresolved").expect("the check");
    assert!(
        found["error"].as_str().is_some_and(|error| error.contains("2027-01-15T")),
        "{found}"
    );
    app.host("localhost").get("/health/ready").await.is(200);
    app.owner_of_database()
        .batch_execute("UPDATE payments SET status = 'captured'")
        .expect("the payment is settled");
    let healed = health(&app).await.is(200);
    assert_eq!(healed.json["status"], "healthy");
    assert!(check(&healed, "payments.unresolved").expect("the check")["last_error"]["error"].is_string());
}

#[tokio::test]
async fn a_job_that_was_given_up_on_a_payment_is_told() {
    let app = TestApp::start().await;
    app.leave_jobs("one is dead on purpose");
    let acme = app.store_id("acme").await;
    let dead = format!(
        "INSERT INTO jobs (store_id, id, kind, payload, status, run_at, created_at) \
         VALUES ('{acme}', gen_random_uuid(), 'orders.resolve_payment', '{{}}', 'dead', now(), now())"
    );
    app.owner_of_database().batch_execute(&dead).expect("a dead job");
    let told = health(&app).await.is(200);
    assert_eq!(told.json["status"], "degraded");
    assert_eq!(check(&told, "orders.given_up").expect("the check")["ok"], false);
}

/// A server that answers one request with a status, and its address.
fn answers_once(status: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("its address");
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a request");
        let _head = stream.read(&mut [0; 4096]).expect("its head");
        write!(stream, "HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n").expect("the answer leaves");
    });
    format!("http://{address}/")
}

#[tokio::test]
async fn administrators_see_which_tools_answer() {
    let gone = TcpListener::bind("127.0.0.1:0")
        .expect("a free port")
        .local_addr()
        .expect("its address");
    let links = format!(
        "grafana={},broken={},gone=http://{gone}/",
        answers_once("302 Found"),
        answers_once("502 Bad Gateway")
    );
    let variables = vec![("ORION_TOOLS", links)];
    let app = TestApp::start_with(TestOptions {
        variables,
        ..TestOptions::default()
    })
    .await;
    app.host("localhost")
        .get("/health/tools")
        .await
        .refused(401, "framework.unauthenticated");
    app.owner("acme")
        .await
        .at_root()
        .get("/health/tools")
        .await
        .refused(403, "framework.forbidden");
    let told = app.admin().await.at_root().get("/health/tools").await.is(200);
    let tools = told.json.as_array().expect("the tools");
    let found: Vec<_> = tools
        .iter()
        .map(|tool| (tool["name"].as_str(), tool["reachable"].as_bool(), tool["status"].as_u64()))
        .collect();
    assert_eq!(
        found,
        [
            (Some("grafana"), Some(true), Some(302)),
            (Some("broken"), Some(false), Some(502)),
            (Some("gone"), Some(false), None)
        ]
    );
    assert!(tools[2]["error"].is_string(), "{}", told.text());
}

#[tokio::test]
async fn an_administrator_sees_what_every_check_has_found() {
    let app = TestApp::start().await;
    let told = app.admin().await.get("/health").await.is(200);
    assert_eq!(told.json["status"], "healthy", "{}", told.text());
    let storage = check(&told, "catalog.storage").expect("the check of the storage");
    assert_eq!((&storage["module"], &storage["ok"]), (&json!("catalog"), &json!(true)));
    app.administration().get("/health").await.refused(401, "framework.unauthenticated");
    app.run_jobs().await;
}

#[tokio::test]
async fn a_server_that_stops_says_so_before_it_closes_the_door() {
    let app = TestApp::start().await;
    app.leave_jobs("the process does what it likes");
    // Longer than the test takes: it must not be over before it was looked at.
    let mut process = ServerProcess::start(app.services.db.url(), &[("ORION_HTTP_DRAIN_S", "600")]).await;
    let door = Client::new(process.address(), "acme.orion.localhost", "");
    door.get("/health/ready").await.is(200);
    process.terminate();
    let started = Instant::now();
    let draining = loop {
        let answer = door.get("/health/ready").await;
        if answer.status == 503 {
            break answer;
        }
        assert!(started.elapsed() < Duration::from_secs(20), "the server is ready for ever");
    };
    assert_eq!(draining.json["status"], "draining");
    door.get("/api/v1/storefront/products").await.is(200);
    door.get("/health/live").await.is(200);
    // Whoever asks twice does not want to wait.
    process.terminate();
    assert!(process.ended().await.success());
}

#[tokio::test]
async fn a_worker_of_its_own_says_how_it_is() {
    let database = TestDatabase::create();
    let mut worker = ServerProcess::worker(database.url()).await;
    let door = worker.client("localhost");
    assert_eq!(door.get("/health").await.is(200).json["status"], "healthy");
    let metrics = door.get("/metrics").await.is(200).text();
    assert!(metrics.contains("process_open_fds"), "{metrics}");
    door.get("/api/v1/storefront/store").await.is(404);
    worker.terminate();
    assert!(worker.ended().await.success());
}

#[tokio::test]
async fn a_clock_that_is_off_is_told() {
    for (off, status) in [(0, "healthy"), (90, "unhealthy"), (-90, "unhealthy")] {
        let app = TestApp::start_with(TestOptions {
            clock: Clock::wrong_by(TimeDelta::seconds(off)),
            ..TestOptions::default()
        })
        .await;
        let told = health(&app).await;
        assert_eq!(told.json["status"], status, "{}", told.text());
        let error = check(&told, "clock").expect("a check")["error"].clone();
        assert_eq!(error.is_null(), off == 0, "{error}");
    }
}

#[tokio::test]
async fn production_without_a_way_for_mail_is_not_healthy() {
    let production = [("ORION_ENV", "production"), ("ORION_AUTH_BCRYPT_COST", "10")];
    let app = TestApp::start_with(TestOptions {
        variables: production.map(|(name, value)| (name, value.to_owned())).to_vec(),
        ..TestOptions::default()
    })
    .await;
    let told = health(&app).await.is(503);
    let error = check(&told, "mail").expect("a check")["error"].clone();
    assert!(error.as_str().is_some_and(|error| error.contains("ORION_MAIL_SMTP_URL")), "{error}");
    app.host("localhost").get("/health/ready").await.is(200);
}

#[tokio::test]
async fn a_dead_job_is_an_alarm_until_somebody_decides_about_it() {
    let app = TestApp::start().await;
    let kinds = "INSERT INTO jobs (store_id, id, kind, payload, max_attempts, run_at, created_at) \
        SELECT id, gen_random_uuid(), 'orders.send_mail', '{\"order_id\": 7}', 1, now(), now() FROM stores WHERE code = 'acme'";
    app.owner_of_database().batch_execute(kinds).expect("a job that cannot be done");
    assert_eq!(app.attempt_jobs().await.failed.len(), 1);
    let told = health(&app).await.is(200);
    assert_eq!(told.json["status"], "degraded");
    let alarm = check(&told, "jobs.dead").expect("the check");
    assert_eq!(alarm["error"], "jobs that are dead and wait for a person: 1 (1 orders.send_mail)");
    let metrics = app.host("localhost").get("/metrics").await.is(200).text();
    let counted = metrics
        .lines()
        .find(|line| line.starts_with("orion_jobs_dead_total{kind=\"orders.send_mail\"}"));
    assert!(counted.is_some(), "{metrics}");

    let admin = app.admin().await;
    let dead = admin.get("/jobs?status=dead").await.is(200);
    let id = dead.json["data"][0]["id"].as_str().expect("an id");
    admin.post(&format!("/jobs/{id}/cancel"), json!({})).await.is(200);
    assert_eq!(health(&app).await.is(200).json["status"], "healthy");
    app.run_jobs().await;
}

//! What a program may do with an API key.

use orion_tests::{Client, TestApp, TestOptions};
use orion_types::api_key::{ApiKey, ApiKeySecret};
use orion_types::permission::Permission;
use serde_json::json;

use super::api_keys::{at_noon, key, of, rotation};

/// A program with a key of the store.
fn program(app: &TestApp, store: &str, key: &ApiKeySecret) -> Client {
    app.dashboard(store).bearer(&key.secret)
}

/// Every right that a key can hold.
fn everything() -> Vec<&'static str> {
    let all = Permission::ALL.iter().filter(|right| !right.is_personal());
    all.map(|right| right.key()).collect()
}

#[tokio::test]
async fn a_key_does_what_its_rights_say_and_nothing_else() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let made = key(&owner, &["products.write"]).await;
    let program = program(&app, "acme", &made);
    let product = json!({ "title": "Mug", "variants": [{ "price_minor": 100 }] });
    let mug = program.post("/products", product).await.is(201);
    let path = format!("/products/{}", mug.json["id"].as_str().expect("an id"));
    program.get(&path).await.is(200);
    let refused = program.get("/orders").await.refused(403, "framework.forbidden");
    assert_eq!(refused.json["detail"], "This API key lacks the right orders.read.");
    program.get("/customers").await.refused(403, "framework.forbidden");
    // What a right lets in is not told by the first gate alone: an export needs the right to what is in it.
    let export = json!({ "kind": "orders", "format": "csv" });
    program.post("/exports", &export).await.refused(403, "framework.forbidden");
    let reader = key(&owner, &["dashboard.read", "products.read"]).await;
    let reader = app.dashboard("acme").bearer(&reader.secret);
    reader.post("/exports", &export).await.refused(403, "framework.forbidden");
    reader
        .post("/exports", json!({ "kind": "products", "format": "csv" }))
        .await
        .is(202);
    reader
        .post("/exports", json!({ "kind": "store", "format": "zip" }))
        .await
        .refused(403, "framework.forbidden");
    app.run_jobs().await;
}

#[tokio::test]
async fn a_change_of_rights_counts_with_the_next_request() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let made = key(&owner, &["orders.read"]).await;
    let program = program(&app, "acme", &made);
    program.get("/orders").await.is(200);
    let change = json!({ "scopes": ["products.read"] });
    owner.with("if-match", "*").patch(&of(&made), change).await.is(200);
    program.get("/orders").await.refused(403, "framework.forbidden");
    program.get("/products").await.is(200);
}

#[tokio::test]
async fn a_key_opens_the_dashboards_api_of_its_own_store_alone() {
    let app = TestApp::start().await;
    let made = key(&app.owner("acme").await, &everything()).await;
    program(&app, "globex", &made)
        .get("/orders")
        .await
        .refused(401, "framework.invalid_api_key");
    // On another platform, too, and on a host that names no store.
    program(&app, "plain", &made)
        .get("/products")
        .await
        .refused(401, "framework.invalid_api_key");
    let nowhere = app.host("orion.localhost").bearer(&made.secret);
    nowhere.get("/api/v1/store/orders").await.refused(401, "framework.invalid_api_key");
    let shop = app.shop("acme").bearer(&made.secret);
    shop.get("/account").await.refused(401, "framework.unauthenticated");
    let administration = app.administration().bearer(&made.secret);
    administration.get("/stores").await.refused(401, "framework.unauthenticated");
    program(&app, "acme", &made).get("/orders").await.is(200);
}

#[tokio::test]
async fn a_key_that_was_taken_away_is_refused_at_once_on_every_server() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let made = key(&owner, &["orders.read"]).await;
    let here = program(&app, "acme", &made);
    let other = app.second_server().await;
    let there = here.at(other.address, "acme.orion.localhost");
    here.get("/orders").await.is(200);
    there.get("/orders").await.is(200);
    owner.delete(&of(&made)).await.is(204);
    there.get("/orders").await.refused(401, "framework.invalid_api_key");
    here.get("/orders").await.refused(401, "framework.invalid_api_key");
}

#[tokio::test]
async fn a_mistyped_key_is_refused_without_the_database_and_in_the_same_words() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let made = key(&owner, &["orders.read"]).await;
    let told = |answer: &orion_tests::Answer| {
        let problem = answer.problem();
        (answer.status, problem.code, problem.title, problem.detail)
    };
    let last = made.secret.chars().last().expect("a character");
    let other = if last == 'a' { 'b' } else { 'a' };
    let mistyped = format!("{}{other}", &made.secret[..made.secret.len() - 1]);
    let mistyped = app.dashboard("acme").bearer(&mistyped);
    let words = told(&mistyped.get("/orders").await);
    assert_eq!((words.0, words.1.as_str()), (401, "framework.invalid_api_key"));
    owner.delete(&of(&made)).await.is(204);
    assert_eq!(told(&program(&app, "acme", &made).get("/orders").await), words);
    let challenge = r#"Bearer resource_metadata="http://acme.orion.localhost/.well-known/oauth-protected-resource""#;
    assert_eq!(mistyped.get("/orders").await.header("www-authenticate"), Some(challenge));
    diesel::connection::SimpleConnection::batch_execute(&mut app.owner_of_database(), "ALTER TABLE api_keys RENAME TO lost_keys")
        .expect("the table is away");
    assert_eq!(
        program(&app, "acme", &made).get("/orders").await.status,
        500,
        "this one is looked for"
    );
    assert_eq!(told(&mistyped.get("/orders").await), words);
}

#[tokio::test]
async fn a_key_makes_no_keys_and_has_no_account() {
    let app = TestApp::start().await;
    let made = key(&app.owner("acme").await, &everything()).await;
    let program = program(&app, "acme", &made);
    let more = json!({ "name": "Child", "scopes": ["orders.read"] });
    program.post("/api-keys", more).await.refused(403, "framework.person_needed");
    program.get("/api-keys").await.refused(403, "framework.person_needed");
    program
        .post(&rotation(&made), json!({}))
        .await
        .refused(403, "framework.person_needed");
    for account in ["/me", "/me/sessions", "/me/permissions", "/menu"] {
        program.get(account).await.refused(403, "framework.person_needed");
    }
    let password = json!({ "current_password": orion_tests::PASSWORD, "new_password": "Another-password-2026!" });
    program.post("/me/password", password).await.refused(403, "framework.person_needed");
    program.delete("/me/sessions").await.refused(403, "framework.person_needed");
    assert_eq!(app.count("SELECT count(*) FROM api_keys"), 1);
}

#[tokio::test]
async fn the_log_names_the_key() {
    let app = TestApp::start().await;
    let made = key(&app.owner("acme").await, &["products.write"]).await;
    let product = json!({ "title": "Mug", "variants": [{ "price_minor": 100 }] });
    program(&app, "acme", &made).post("/products", product).await.is(201);
    let line = app.text(
        "SELECT actor_kind || ' ' || actor_id || ' ' || actor_label FROM audit_log WHERE action = 'product.created' ORDER BY created_at DESC LIMIT 1",
    );
    assert_eq!(line, format!("key {} ERP ({}…)", made.id, made.api_key.prefix));
    let shown = app.admin().await.get("/audit?action=product.created").await.is(200);
    assert_eq!(shown.json["data"][0]["actor_kind"], "key");
    app.run_jobs().await;
}

#[tokio::test]
async fn what_a_program_has_done_once_it_has_done_once_also_with_its_new_secret() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let (made, other) = (key(&owner, &["products.write"]).await, key(&owner, &["products.write"]).await);
    let product = json!({ "title": "Mug", "variants": [{ "price_minor": 100 }] });
    let asks = |key: &ApiKeySecret| program(&app, "acme", key).with("idempotency-key", "mug");
    let first = asks(&made).post("/products", &product).await.is(201);
    let rotated: ApiKeySecret = owner.post(&rotation(&made), json!({})).await.is(200).json();
    let again = asks(&rotated).post("/products", &product).await.is(201);
    assert_eq!((again.header("idempotent-replayed"), &again.json), (Some("true"), &first.json));
    let another = asks(&other).post("/products", &product).await.is(201);
    assert_ne!(another.json["id"], first.json["id"], "the key of another program is another key");
    let holder = app.text("SELECT principal FROM idempotency_keys WHERE route = 'create_product' ORDER BY created_at LIMIT 1");
    assert_eq!(holder, format!("key:{}", made.id));
    app.run_jobs().await;
}

#[tokio::test]
async fn each_key_has_a_limit_of_its_own() {
    let app = TestApp::start_with(TestOptions {
        variables: vec![("ORION_HTTP_KEY_REQUESTS_PER_MINUTE", "3".to_owned())],
        ..TestOptions::default()
    })
    .await;
    let owner = app.owner("acme").await;
    let (busy, quiet) = (key(&owner, &["orders.read"]).await, key(&owner, &["orders.read"]).await);
    for _ in 0..3 {
        program(&app, "acme", &busy).get("/orders").await.is(200);
    }
    let refused = program(&app, "acme", &busy)
        .get("/orders")
        .await
        .refused(429, "framework.rate_limited");
    let wait: u32 = refused.header("retry-after").and_then(|wait| wait.parse().ok()).expect("seconds");
    assert!((1..=20).contains(&wait), "{wait}");
    program(&app, "acme", &quiet).get("/orders").await.is(200);
    owner.get("/orders").await.is(200);
}

#[tokio::test]
async fn the_use_of_a_key_is_noted_beside_its_request() {
    let (app, clock) = at_noon().await;
    let owner = app.owner("acme").await;
    let made = key(&owner, &["orders.read"]).await;
    let used = async |expected: &str| {
        while app.text("SELECT to_char(last_used_at AT TIME ZONE 'UTC', 'HH24:MI') FROM api_keys") != expected {
            tokio::task::yield_now().await;
        }
    };
    program(&app, "acme", &made).get("/orders").await.is(200);
    used(&clock.now().format("%H:%M").to_string()).await;
    let read: ApiKey = owner.get(&of(&made)).await.is(200).json();
    assert_eq!(read.last_used_ip.as_deref(), Some("127.0.0.1"));
    assert_eq!(read.version, 1, "to be used is no change");
    clock.advance(chrono::TimeDelta::seconds(61));
    program(&app, "acme", &made).get("/orders").await.is(200);
    used(&clock.now().format("%H:%M").to_string()).await;
}

#[tokio::test]
async fn a_key_reads_a_store_that_is_suspended_and_changes_nothing_there() {
    let app = TestApp::start().await;
    let made = key(&app.owner("acme").await, &["products.write"]).await;
    let store = app.store_id("acme").await;
    let suspend = json!({ "reason": "On request" });
    app.admin().await.post(&format!("/stores/{store}/suspend"), suspend).await.is(200);
    let program = program(&app, "acme", &made);
    program.get("/products").await.is(200);
    let product = json!({ "title": "Mug", "variants": [{ "price_minor": 100 }] });
    program.post("/products", product).await.refused(503, "framework.store_suspended");
}

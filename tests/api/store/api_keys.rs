//! `/api/v1/store/api-keys`: keys and their secrets.

use chrono::{DateTime, TimeDelta};
use orion_framework::clock::Clock;
use orion_tests::{Client, TestApp, TestOptions};
use orion_types::Page;
use orion_types::api_key::{ApiKey, ApiKeySecret, MAX_API_KEYS};
use orion_types::permission::Permission;
use serde_json::{Value, json};

/// A key with these rights.
pub(super) async fn key(owner: &Client, scopes: &[&str]) -> ApiKeySecret {
    let asked = json!({ "name": "ERP", "scopes": scopes });
    owner.post("/api-keys", asked).await.is(201).json()
}

pub(super) fn of(key: &ApiKeySecret) -> String {
    format!("/api-keys/{}", key.id)
}

/// Where it gets another secret.
pub(super) fn rotation(key: &ApiKeySecret) -> String {
    format!("/api-keys/{}/rotate", key.id)
}

/// A server whose time stands still.
pub(super) async fn at_noon() -> (TestApp, Clock) {
    let clock = Clock::fixed(DateTime::from_timestamp(1_790_000_000, 0).expect("a time"));
    let options = TestOptions {
        clock: clock.clone(),
        ..TestOptions::default()
    };
    (TestApp::start_with(options).await, clock)
}

#[tokio::test]
async fn a_key_is_made_with_a_secret_that_is_shown_once() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let asked = json!({ "name": " ERP ", "scopes": ["orders.write", "products.read"], "expires_at": "2999-01-01T00:00:00Z" });
    let once = owner.with("idempotency-key", "one");
    let answer = once.post("/api-keys", &asked).await.is(201);
    let made: ApiKeySecret = answer.json();
    assert!(
        made.secret.starts_with(&made.api_key.prefix) && made.secret.len() == 58,
        "{}",
        made.secret
    );
    assert_eq!(
        answer.header("location"),
        Some(format!("/api/v1/store/api-keys/{}", made.id).as_str())
    );
    let again: ApiKeySecret = once.post("/api-keys", &asked).await.is(201).json();
    assert_eq!(again, made, "a repeat gets the same answer");

    let answer = owner.get(&of(&made)).await.is(200);
    assert!(!answer.text().contains(&made.secret), "{}", answer.text());
    let read: ApiKey = answer.json();
    assert_eq!(read, made.api_key);
    assert_eq!((read.name.as_str(), read.created_by.as_str()), ("ERP", "owner@acme.test"));
    let scopes = [Permission::ProductsRead, Permission::OrdersRead, Permission::OrdersWrite];
    assert_eq!(read.scopes, scopes, "who may change orders may see them");
    assert!(!read.expired && read.last_used_at.is_none());
    let listed: Page<ApiKey> = owner.get("/api-keys").await.is(200).json();
    assert_eq!(listed.data, [read]);

    // Neither a table nor the answer that is kept for a repeat holds it in the clear.
    let random = &made.secret["orion_sk_".len() + 6..];
    for table in ["api_keys", "idempotency_keys", "audit_log", "jobs", "outbox_events"] {
        let rows = app.text(&format!("SELECT string_agg(t::text, ' ') FROM {table} AS t"));
        assert!(!rows.contains(random), "{table}");
    }
    let kept = app.text("SELECT string_agg(convert_from(response_body, 'UTF8'), ' ') FROM idempotency_keys");
    assert!(kept.contains("\"secret\"") && !kept.contains(random), "{kept}");
}

#[tokio::test]
async fn a_key_is_changed_under_its_version_and_taken_away() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let made = key(&owner, &["orders.read"]).await;
    let change = json!({ "name": "Warehouse", "scopes": ["inventory.write"] });
    owner
        .patch(&of(&made), &change)
        .await
        .refused(428, "framework.precondition_required");
    let old = owner.with("if-match", "\"7\"");
    old.patch(&of(&made), &change).await.refused(412, "framework.stale");
    let answer = owner.with("if-match", "\"1\"").patch(&of(&made), &change).await.is(200);
    assert_eq!(answer.header("etag"), Some("\"2\""));
    let changed: ApiKey = answer.json();
    assert_eq!(changed.name, "Warehouse");
    assert_eq!(changed.scopes, [Permission::InventoryRead, Permission::InventoryWrite]);
    let same = owner.with("if-match", "\"2\"").patch(&of(&made), json!({})).await.is(200);
    assert_eq!(same.header("etag"), Some("\"2\""), "a change of nothing is none");
    owner.delete(&of(&made)).await.is(204);
    owner.get(&of(&made)).await.is(404);
    owner.delete(&of(&made)).await.is(404);
}

#[tokio::test]
async fn what_is_no_key_is_refused_by_field() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let orders = json!(["orders.read"]);
    for (body, pointer) in [
        (json!({ "name": " ", "scopes": orders }), "/name"),
        (json!({ "name": "x".repeat(300), "scopes": orders }), "/name"),
        (json!({ "name": "ERP", "scopes": [] }), "/scopes"),
        (json!({ "name": "ERP" }), "/scopes"),
        (json!({ "name": "ERP", "scopes": ["orders.read", "orders.eat"] }), "/scopes/1"),
        (json!({ "name": "ERP", "scopes": ["keys.write"] }), "/scopes/0"),
        (json!({ "name": "ERP", "scopes": orders, "expires_at": "tomorrow" }), "/expires_at"),
        (
            json!({ "name": "ERP", "scopes": orders, "expires_at": "2020-01-01T00:00:00Z" }),
            "/expires_at",
        ),
    ] {
        owner.post("/api-keys", body).await.refused(422, "framework.invalid").at(pointer);
    }
    let made = key(&owner, &["orders.read"]).await;
    let rotate = json!({ "overlap_hours": 169 });
    owner
        .post(&rotation(&made), rotate)
        .await
        .refused(422, "framework.invalid")
        .at("/overlap_hours");
    let personal = json!({ "scopes": ["keys.read"] });
    let refused = owner.with("if-match", "*").patch(&of(&made), personal).await;
    refused.refused(422, "framework.invalid").at("/scopes/0");
}

#[tokio::test]
async fn a_store_has_as_many_keys_as_it_may_have() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    for _ in 0..MAX_API_KEYS {
        key(&owner, &["orders.read"]).await;
    }
    let more = json!({ "name": "One more", "scopes": ["orders.read"] });
    owner.post("/api-keys", &more).await.refused(409, "keys.too_many_keys");
    app.owner("globex").await.post("/api-keys", more).await.is(201);
    let first: Page<ApiKey> = owner.get("/api-keys?limit=30").await.is(200).json();
    let cursor = first.next_cursor.expect("more of them");
    let rest: Page<ApiKey> = owner.get(&format!("/api-keys?limit=30&cursor={cursor}")).await.is(200).json();
    assert_eq!((first.data.len(), rest.data.len(), rest.has_more), (30, 20, false));
}

#[tokio::test]
async fn owners_make_keys_managers_see_them_and_nobody_else_does() {
    let app = TestApp::start().await;
    let made = key(&app.owner("acme").await, &["orders.read"]).await;
    let manager = app.staff("acme", "manager@acme.test").await;
    manager.get(&of(&made)).await.is(200);
    let more = json!({ "name": "Mine", "scopes": ["orders.read"] });
    manager.post("/api-keys", &more).await.refused(403, "framework.forbidden");
    let refused = manager.post(&rotation(&made), json!({})).await;
    refused.refused(403, "framework.forbidden");
    manager.delete(&of(&made)).await.refused(403, "framework.forbidden");
    let viewer = app.staff("acme", "viewer@acme.test").await;
    viewer.get("/api-keys").await.refused(403, "framework.forbidden");
    app.owner("globex").await.get(&of(&made)).await.refused(404, "framework.not_found");
}

#[tokio::test]
async fn a_new_secret_and_the_one_before_are_good_for_a_day() {
    let (app, clock) = at_noon().await;
    let made = key(&app.owner("acme").await, &["orders.read"]).await;
    let rotated: ApiKeySecret = app.owner("acme").await.post(&rotation(&made), json!({})).await.is(200).json();
    assert_ne!(rotated.secret, made.secret);
    assert_eq!((rotated.id, rotated.api_key.version), (made.id, 2));
    assert_eq!(rotated.api_key.previous_prefix.as_deref(), Some(made.api_key.prefix.as_str()));
    let by = |secret: &ApiKeySecret| app.dashboard("acme").bearer(&secret.secret);
    by(&made).get("/orders").await.is(200);
    by(&rotated).get("/orders").await.is(200);
    clock.advance(TimeDelta::hours(24));
    by(&made).get("/orders").await.refused(401, "framework.invalid_api_key");
    by(&rotated).get("/orders").await.is(200);
    let read: ApiKey = app.owner("acme").await.get(&of(&made)).await.is(200).json();
    assert_eq!((read.previous_prefix, read.previous_secret_until), (None, None));
}

#[tokio::test]
async fn the_secret_before_ends_when_it_was_told_to_or_at_a_second_change() {
    let (app, clock) = at_noon().await;
    let owner = app.owner("acme").await;
    let first = key(&owner, &["orders.read"]).await;
    let path = rotation(&first);
    let by = |secret: &ApiKeySecret| app.dashboard("acme").bearer(&secret.secret);
    let second: ApiKeySecret = owner.post(&path, json!({ "overlap_hours": 1 })).await.is(200).json();
    let third: ApiKeySecret = owner.post(&path, json!({ "overlap_hours": 1 })).await.is(200).json();
    by(&first).get("/orders").await.refused(401, "framework.invalid_api_key");
    by(&second).get("/orders").await.is(200);
    clock.advance(TimeDelta::hours(1));
    by(&second).get("/orders").await.refused(401, "framework.invalid_api_key");
    let owner = app.owner("acme").await;
    let fourth: ApiKeySecret = owner.post(&path, json!({ "overlap_hours": 0 })).await.is(200).json();
    by(&third).get("/orders").await.refused(401, "framework.invalid_api_key");
    by(&fourth).get("/orders").await.is(200);
}

#[tokio::test]
async fn a_key_ends_when_its_time_is_over_and_is_not_brought_back() {
    let (app, clock) = at_noon().await;
    let end = (clock.now() + TimeDelta::days(30)).to_rfc3339();
    let asked = json!({ "name": "Fair", "scopes": ["orders.read"], "expires_at": end });
    let made: ApiKeySecret = app.owner("acme").await.post("/api-keys", asked).await.is(201).json();
    let program = app.dashboard("acme").bearer(&made.secret);
    clock.advance(TimeDelta::days(30) - TimeDelta::seconds(1));
    program.get("/orders").await.is(200);
    clock.advance(TimeDelta::seconds(1));
    program.get("/orders").await.refused(401, "framework.invalid_api_key");
    let owner = app.owner("acme").await;
    let read: ApiKey = owner.get(&of(&made)).await.is(200).json();
    assert!(read.expired);
    owner.post(&rotation(&made), json!({})).await.refused(409, "keys.expired");
}

#[tokio::test]
async fn what_is_done_to_keys_is_in_the_log_without_their_secrets() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let made = key(&owner, &["orders.read"]).await;
    let change = json!({ "scopes": ["orders.write"] });
    owner.with("if-match", "*").patch(&of(&made), change).await.is(200);
    owner.post(&rotation(&made), json!({})).await.is(200);
    owner.delete(&of(&made)).await.is(204);
    let audited = "SELECT string_agg(action, ' ' ORDER BY id) FROM audit_log WHERE entity = 'api_keys'";
    assert_eq!(app.text(audited), "api_key.created api_key.updated api_key.rotated api_key.revoked");
    let updated: Value = app
        .text("SELECT changes -> 'scopes' FROM audit_log WHERE action = 'api_key.updated'")
        .parse()
        .expect("JSON");
    assert_eq!(
        updated,
        json!({ "before": ["orders.read"], "after": ["orders.read", "orders.write"] })
    );
    let prefix = app.text("SELECT changes ->> 'prefix' FROM audit_log WHERE action = 'api_key.created'");
    assert_eq!(prefix, made.api_key.prefix);
}

//! The team of a store.

use orion_tests::{Client, TestApp};
use serde_json::{Value, json};

/// A member as the owner sees them.
async fn member(owner: &Client, email: &str) -> Value {
    let team = owner.get("/team").await.is(200).json;
    let members = team["data"].as_array().expect("members");
    let found = members.iter().find(|member| member["email"] == email);
    found.unwrap_or_else(|| panic!("{email} is not in {team}")).clone()
}

fn path(member: &Value) -> String {
    format!("/team/{}", member["id"].as_str().expect("an id"))
}

#[tokio::test]
async fn the_team_is_shown_to_those_who_may_see_it() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let shown = member(&owner, "owner@acme.test").await;
    assert_eq!((&shown["role"], &shown["active"]), (&json!("owner"), &json!(true)));
    assert!(shown["last_seen_at"].is_string() && shown["joined_at"].is_string(), "{shown}");
    assert!(member(&owner, "viewer@acme.test").await["last_seen_at"].is_null());
    let manager = app.staff("acme", "manager@acme.test").await;
    assert_eq!(manager.get("/team").await.is(200).json["data"].as_array().map(Vec::len), Some(3));
    let one = manager.get(&path(&shown)).await.is(200);
    assert_eq!((one.header("etag"), &one.json["email"]), (Some("\"1\""), &json!("owner@acme.test")));
    let viewer = app.staff("acme", "viewer@acme.test").await;
    viewer.get("/team").await.refused(403, "framework.forbidden");
}

#[tokio::test]
async fn what_a_member_may_do_changes_with_their_next_request_on_every_server() {
    let app = TestApp::start().await;
    let second = app.second_server().await;
    let owner = app.owner("acme").await;
    let viewer = app.staff("acme", "viewer@acme.test").await;
    let elsewhere = viewer.at(second.address, "acme.orion.localhost");
    let shown = member(&owner, "viewer@acme.test").await;
    let mut version = 1;
    let mut change = async |body: Value| {
        let owner = owner.with("if-match", &format!("\"{version}\""));
        version += 1;
        owner.patch(&path(&shown), body).await.is(200).json
    };
    elsewhere.get("/customers").await.refused(403, "framework.forbidden");
    assert_eq!(change(json!({ "role": "manager" })).await["role"], "manager");
    for server in [&viewer, &elsewhere] {
        server.get("/customers").await.is(200);
    }
    assert_eq!(change(json!({ "active": false })).await["active"], false);
    for server in [&viewer, &elsewhere] {
        server.get("/customers").await.refused(403, "framework.forbidden");
    }
    change(json!({ "active": true })).await;
    elsewhere.get("/customers").await.is(200);
    owner
        .with("if-match", "\"1\"")
        .patch(&path(&shown), json!({ "role": "viewer" }))
        .await
        .refused(412, "framework.stale");
    owner
        .patch(&path(&shown), json!({ "role": "viewer" }))
        .await
        .refused(428, "framework.precondition_required");
    owner.delete(&path(&shown)).await.is(204);
    for server in [&viewer, &elsewhere] {
        server.get("/customers").await.refused(404, "framework.not_found");
    }
    owner.delete(&path(&shown)).await.refused(404, "framework.not_found");
    let told =
        app.text("SELECT string_agg(event, ',' ORDER BY id) FROM outbox_events WHERE event LIKE 'member.%' AND event <> 'member.added'");
    assert_eq!(told, "member.role_changed,member.suspended,member.resumed,member.removed");
    let audit = app.text("SELECT changes::text FROM audit_log WHERE action = 'membership.updated' ORDER BY id LIMIT 1");
    assert!(
        audit.contains(r#""before": "viewer""#) && audit.contains(r#""after": "manager""#),
        "{audit}"
    );
}

#[tokio::test]
async fn the_owner_stays() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let any = owner.with("if-match", "*");
    let shown = path(&member(&owner, "owner@acme.test").await);
    for body in [json!({ "role": "viewer" }), json!({ "active": false })] {
        any.patch(&shown, body).await.refused(409, "people.owner_stays");
    }
    let (one, other) = tokio::join!(owner.delete(&shown), owner.delete("/me/membership"));
    one.refused(409, "people.owner_stays");
    other.refused(409, "people.owner_stays");
    let manager = app.staff("acme", "manager@acme.test").await;
    manager.delete(&shown).await.refused(403, "framework.forbidden");
    let viewer = path(&member(&owner, "viewer@acme.test").await);
    any.patch(&viewer, json!({ "role": "owner" }))
        .await
        .refused(422, "framework.invalid")
        .at("/role");
    owner.get("/team").await.is(200);
}

#[tokio::test]
async fn who_leaves_is_out_and_keeps_the_account() {
    let app = TestApp::start().await;
    let manager = app.staff("acme", "manager@acme.test").await;
    manager.delete("/me/membership").await.is(204);
    manager.get("/products").await.refused(404, "framework.not_found");
    manager.delete("/me/membership").await.refused(404, "framework.not_found");
    assert_eq!(manager.get("/me").await.is(200).json["stores"], json!([]));
}

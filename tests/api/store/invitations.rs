//! Invitations to the team of a store.

use chrono::{DateTime, TimeDelta};
use orion_framework::clock::Clock;
use orion_tests::{Answer, Client, PASSWORD, TestApp, TestOptions};
use serde_json::{Value, json};

use crate::api::passwords::newest_link;

const NEW: &str = "new@example.test";

async fn invite(owner: &Client, email: &str, role: &str) -> Value {
    owner
        .post("/invitations", json!({ "email": email, "role": role }))
        .await
        .is(201)
        .json
}

fn id(value: &Value) -> &str {
    value["id"].as_str().expect("an id")
}

async fn accept(door: &Client, token: &str) -> Answer {
    let body = json!({ "token": token, "name": "Nora New", "password": "Tramway-quince-4417" });
    door.post("/invitations/accept", body).await
}

async fn look(door: &Client, token: &str) -> Answer {
    door.post("/invitations/look-up", json!({ "token": token })).await
}

#[tokio::test]
async fn who_has_no_account_makes_one_at_the_link_and_is_in() {
    let app = TestApp::start().await;
    let (owner, door) = (app.owner("acme").await, app.dashboard("acme"));
    let made = invite(&owner, "New@Example.test", "editor").await;
    assert_eq!((&made["email"], &made["role"]), (&json!(NEW), &json!("editor")));
    assert_eq!(owner.get("/invitations").await.is(200).json["data"][0]["id"], made["id"]);
    let (address, token) = newest_link(&app, NEW).await;
    assert_eq!(address, "http://acme.orion.localhost/store/invitation");
    let offer = look(&door, &token).await.is(200).json;
    assert_eq!(
        offer,
        json!({ "store": "Acme", "email": NEW, "role": "editor", "has_account": false })
    );
    let weak = json!({ "token": token, "name": "Nora New", "password": "new@example" });
    door.post("/invitations/accept", weak)
        .await
        .refused(422, "framework.invalid")
        .at("/password");
    let entered = accept(&door, &token).await.is(200);
    assert!(entered.cookie("orion_store").is_some());
    let nora = door.bearer(entered.json["access_token"].as_str().expect("a token"));
    let profile = nora.get("/me").await.is(200).json;
    assert_eq!(
        (&profile["name"], &profile["current"]["role"]),
        (&json!("Nora New"), &json!("editor"))
    );
    nora.get("/products").await.is(200);
    nora.get("/team").await.refused(403, "framework.forbidden");
    assert_eq!(owner.get("/invitations").await.is(200).json["data"], json!([]));
    let team = owner.get("/team").await.is(200).json;
    let names: Vec<&str> = team["data"]
        .as_array()
        .expect("members")
        .iter()
        .map(|member| member["email"].as_str().expect("a text"))
        .collect();
    assert_eq!(names, ["owner@acme.test", "manager@acme.test", "viewer@acme.test", NEW]);
    for again in [look(&door, &token).await, accept(&door, &token).await] {
        again.refused(410, "people.link_ended");
    }
    let told = app
        .text("SELECT string_agg(event, ',' ORDER BY id) FROM outbox_events WHERE event LIKE 'member.%' AND payload::text LIKE '%editor%'");
    assert_eq!(told, "member.invited,member.added");
    assert_eq!(
        app.text("SELECT string_agg(action, ',' ORDER BY action) FROM audit_log WHERE action LIKE 'invitation.%'"),
        "invitation.accepted,invitation.created"
    );
}

#[tokio::test]
async fn who_has_an_account_joins_with_it_and_nobody_sets_their_password() {
    let app = TestApp::start().await;
    let (owner, door) = (app.owner("acme").await, app.dashboard("acme"));
    invite(&owner, "owner@globex.test", "manager").await;
    let (_, token) = newest_link(&app, "owner@globex.test").await;
    assert_eq!(look(&door, &token).await.is(200).json["has_account"], true);
    accept(&door, &token).await.refused(409, "people.account_exists");
    let join = async |who: &Client| who.post("/invitations/join", json!({ "token": token })).await;
    join(&door).await.refused(401, "framework.unauthenticated");
    let other = app.staff("acme", "owner@tokyo.test").await;
    join(&other).await.refused(403, "people.other_account");
    let invited = app.staff("acme", "owner@globex.test").await;
    invited.get("/products").await.refused(404, "framework.not_found");
    join(&invited).await.is(204);
    invited.get("/products").await.is(200);
    join(&invited).await.refused(410, "people.link_ended");
    // Their password is what it was.
    let body = json!({ "email": "owner@globex.test", "password": PASSWORD });
    door.post("/auth/login", body).await.is(200);
}

#[tokio::test]
async fn an_invitation_is_worth_nothing_in_another_store() {
    let app = TestApp::start().await;
    invite(&app.owner("acme").await, NEW, "manager").await;
    let (_, token) = newest_link(&app, NEW).await;
    look(&app.dashboard("globex"), &token).await.refused(410, "people.link_ended");
    accept(&app.dashboard("globex"), &token).await.refused(410, "people.link_ended");
    look(&app.dashboard("acme"), &token).await.is(200);
}

#[tokio::test]
async fn of_two_who_accept_at_once_one_comes_in() {
    let app = TestApp::start().await;
    let door = app.dashboard("acme");
    invite(&app.owner("acme").await, NEW, "viewer").await;
    let (_, token) = newest_link(&app, NEW).await;
    let (one, other) = tokio::join!(accept(&door, &token), accept(&door, &token));
    let statuses = [one.status, other.status];
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert_eq!(app.count(&format!("SELECT count(*) FROM users WHERE email = '{NEW}'")), 1);
}

#[tokio::test]
async fn a_link_ends_after_a_week_with_the_next_mail_and_when_it_is_taken_back() {
    let clock = Clock::fixed(DateTime::from_timestamp(1_790_000_000, 0).expect("a time"));
    let options = TestOptions {
        clock: clock.clone(),
        ..TestOptions::default()
    };
    let app = TestApp::start_with(options).await;
    let door = app.dashboard("acme");
    let owner = async || app.owner("acme").await;
    let made = invite(&owner().await, NEW, "viewer").await;
    let again = format!("/invitations/{}/resend", id(&made));
    let (_, first) = newest_link(&app, NEW).await;
    let soon = owner().await.post(&again, json!({})).await.refused(429, "framework.rate_limited");
    assert_eq!(soon.header("retry-after"), Some("60"));
    clock.advance(TimeDelta::days(6));
    owner().await.post(&again, json!({})).await.is(200);
    let (_, second) = newest_link(&app, NEW).await;
    look(&door, &first).await.refused(410, "people.link_ended");
    clock.advance(TimeDelta::days(6));
    look(&door, &second).await.is(200);
    clock.advance(TimeDelta::days(2));
    look(&door, &second).await.refused(410, "people.link_ended");
    // It is shown, and another may take its place.
    assert_eq!(owner().await.get("/invitations").await.is(200).json["data"][0]["id"], made["id"]);
    let made = invite(&owner().await, NEW, "editor").await;
    let (_, third) = newest_link(&app, NEW).await;
    owner().await.delete(&format!("/invitations/{}", id(&made))).await.is(204);
    look(&door, &third).await.refused(410, "people.link_ended");
    invite(&owner().await, NEW, "editor").await;
    clock.advance(TimeDelta::days(40));
    app.tidy().await;
    app.run_jobs().await;
    assert_eq!(app.count("SELECT count(*) FROM team_invitations"), 0);
}

#[tokio::test]
async fn who_may_invite_whom_is_a_matter_of_rights() {
    let app = TestApp::start().await;
    let body = json!({ "email": NEW, "role": "viewer" });
    for email in ["manager@acme.test", "viewer@acme.test"] {
        let staff = app.staff("acme", email).await;
        staff.post("/invitations", &body).await.refused(403, "framework.forbidden");
    }
    app.staff("acme", "manager@acme.test").await.get("/invitations").await.is(200);
    let owner = app.owner("acme").await;
    owner
        .post("/invitations", json!({ "email": NEW, "role": "owner" }))
        .await
        .refused(422, "framework.invalid")
        .at("/role");
    owner
        .post("/invitations", json!({ "email": "viewer@acme.test", "role": "editor" }))
        .await
        .refused(409, "people.already_member")
        .at("/email");
    invite(&owner, NEW, "viewer").await;
    owner
        .post("/invitations", &body)
        .await
        .refused(409, "people.already_invited")
        .at("/email");
    owner
        .post("/invitations", json!({ "email": "no address", "role": "viewer" }))
        .await
        .refused(422, "framework.invalid")
        .at("/email");
}

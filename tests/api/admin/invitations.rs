//! `/api/v1/admin/invitations`: administrators who are invited.

use chrono::{DateTime, TimeDelta};
use diesel::connection::SimpleConnection;
use orion_framework::clock::Clock;
use orion_tests::{Answer, Client, PASSWORD, TestApp, TestOptions};
use serde_json::{Value, json};

use crate::api::passwords::newest_link;

const NEW: &str = "new@example.test";
const FRESH: &str = "Tramway-quince-4417";

async fn invite(admin: &Client, body: Value) -> Value {
    admin.post("/invitations", body).await.is(201).json
}

async fn accept(door: &Client, token: &str) -> Answer {
    let body = json!({ "token": token, "name": "Nora New", "password": FRESH });
    door.post("/invitations/accept", body).await
}

async fn look(door: &Client, token: &str) -> Answer {
    door.post("/invitations/look-up", json!({ "token": token })).await
}

fn platform(app: &TestApp, code: &str) -> String {
    app.text(&format!("SELECT id FROM platforms WHERE code = '{code}'"))
}

#[tokio::test]
async fn who_is_invited_makes_an_account_and_administers_what_was_offered() {
    let app = TestApp::start().await;
    let (admin, door, lite) = (app.admin().await, app.administration(), platform(&app, "lite"));
    let made = invite(&admin, json!({ "email": "New@Example.test", "platform_ids": [lite] })).await;
    assert_eq!(
        (&made["email"], &made["super_admin"], &made["invited_by"]),
        (&json!(NEW), &json!(false), &json!("admin@orion.test"))
    );
    let open = admin.get("/invitations").await.is(200).json;
    assert_eq!((&open["data"][0]["id"], &open["total"]), (&made["id"], &json!(1)));
    let (address, token) = newest_link(&app, NEW).await;
    assert_eq!(address, "http://admin.lite.localhost/invitation");
    let offer = look(&door, &token).await.is(200).json;
    assert_eq!(
        offer,
        json!({ "email": NEW, "super_admin": false, "platforms": ["Lite"], "has_account": false })
    );
    let weak = json!({ "token": token, "name": "Nora New", "password": "new@example" });
    door.post("/invitations/accept", weak)
        .await
        .refused(422, "framework.invalid")
        .at("/password");
    let entered = accept(&door, &token).await.is(200);
    assert!(entered.cookie("orion_admin").is_some());
    let nora = door.bearer(entered.json["access_token"].as_str().expect("a token"));
    let profile = nora.get("/me").await.is(200).json;
    assert_eq!(
        (&profile["name"], &profile["email_verified"], &profile["roles"]),
        (
            &json!("Nora New"),
            &json!(true),
            &json!([{ "role": "platform_admin", "platform_id": lite }])
        )
    );
    let stores = nora.get("/stores").await.is(200).text();
    assert!(stores.contains("plain") && !stores.contains("acme"), "{stores}");
    accept(&door, &token).await.refused(410, "people.link_ended");
    look(&door, &token).await.refused(410, "people.link_ended");
    assert_eq!(admin.get("/invitations").await.is(200).json["data"], json!([]));
    assert_eq!(
        app.count("SELECT count(*) FROM audit_log WHERE action LIKE 'admin_invitation.%'"),
        2
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn an_invitation_is_checked_and_there_is_one_for_an_address() {
    let app = TestApp::start().await;
    let (admin, main) = (app.admin().await, platform(&app, "main"));
    for (body, field) in [
        (json!({ "email": "nobody", "super_admin": true }), "/email"),
        (json!({ "email": NEW }), "/platform_ids"),
        (
            json!({ "email": NEW, "super_admin": true, "platform_ids": [main] }),
            "/platform_ids",
        ),
        (
            json!({ "email": NEW, "platform_ids": ["01932d0c-7e0a-7c3f-9b1f-0a5e7d1c2b3a"] }),
            "/platform_ids/0",
        ),
    ] {
        admin.post("/invitations", body).await.refused(422, "framework.invalid").at(field);
    }
    // Who has an account is made an administrator where it is.
    let known = json!({ "email": "owner@acme.test", "super_admin": true });
    admin
        .post("/invitations", known)
        .await
        .refused(409, "people.account_exists")
        .at("/email");
    invite(&admin, json!({ "email": NEW, "super_admin": true })).await;
    admin
        .post("/invitations", json!({ "email": NEW, "platform_ids": [main] }))
        .await
        .refused(409, "people.already_invited")
        .at("/email");
    let lite = app.administration().signed_in("lite-admin@orion.test").await;
    lite.get("/invitations").await.refused(403, "framework.forbidden");
    lite.post("/invitations", json!({ "email": "mine@example.test", "super_admin": true }))
        .await
        .refused(403, "framework.forbidden");
    assert_eq!(app.count("SELECT count(*) FROM admin_invitations"), 1);
    app.run_jobs().await;
}

#[tokio::test]
async fn an_invitation_is_sent_again_with_another_link_and_taken_back() {
    let clock = Clock::fixed(DateTime::from_timestamp(1_790_000_000, 0).expect("a time"));
    let app = TestApp::start_with(TestOptions {
        clock: clock.clone(),
        ..TestOptions::default()
    })
    .await;
    let (admin, door) = (app.admin().await, app.administration());
    let made = invite(&admin, json!({ "email": NEW, "super_admin": true })).await;
    let path = format!("/invitations/{}", made["id"].as_str().expect("an id"));
    let (_, first) = newest_link(&app, NEW).await;
    let soon = admin.post(&format!("{path}/resend"), json!({})).await;
    assert_eq!(soon.refused(429, "framework.rate_limited").header("retry-after"), Some("60"));
    clock.advance(TimeDelta::minutes(1));
    admin.post(&format!("{path}/resend"), json!({})).await.is(200);
    let (_, second) = newest_link(&app, NEW).await;
    look(&door, &first).await.refused(410, "people.link_ended");
    look(&door, &second).await.is(200);
    // It ends by itself, and can be sent again all the same.
    clock.advance(TimeDelta::days(7));
    accept(&door, &second).await.refused(410, "people.link_ended");
    let admin = app.admin().await;
    admin.post(&format!("{path}/resend"), json!({})).await.is(200);
    let (_, third) = newest_link(&app, NEW).await;
    look(&door, &third).await.is(200);
    admin.delete(&path).await.is(204);
    accept(&door, &third).await.refused(410, "people.link_ended");
    admin.delete(&path).await.refused(404, "framework.not_found");
    app.run_jobs().await;
}

#[tokio::test]
async fn an_address_that_got_an_account_since_accepts_nothing() {
    let app = TestApp::start().await;
    let (admin, door) = (app.admin().await, app.administration());
    invite(&admin, json!({ "email": NEW, "super_admin": true })).await;
    let (_, token) = newest_link(&app, NEW).await;
    let store = json!({
        "platform_id": platform(&app, "main"), "name": "Initech", "code": "initech", "currency": "EUR",
        "owner": { "email": NEW, "name": "A Person", "password": PASSWORD },
    });
    admin.post("/stores", store).await.is(201);
    assert_eq!(look(&door, &token).await.is(200).json["has_account"], true);
    accept(&door, &token).await.refused(409, "people.account_exists");
    door.post("/auth/login", json!({ "email": NEW, "password": PASSWORD }))
        .await
        .refused(401, "auth.invalid_credentials");
    // Nor does the account become what was offered while whoever has made it may know its password.
    let id = app.text(&format!("SELECT id FROM users WHERE email = '{NEW}'"));
    admin
        .with("if-match", "*")
        .put(&format!("/users/{id}/admin-roles"), json!({ "super_admin": true }))
        .await
        .refused(409, "people.address_not_proved");
    app.run_jobs().await;
}

#[tokio::test]
async fn an_invitation_is_worth_nothing_once_whoever_gave_it_is_no_super_admin() {
    let app = TestApp::start().await;
    let (admin, door) = (app.admin().await, app.administration());
    let other = super::people::another_super_admin(&app).await;
    let made = invite(&other, json!({ "email": NEW, "super_admin": true })).await;
    let (_, token) = newest_link(&app, NEW).await;
    look(&door, &token).await.is(200);
    let id = app.text("SELECT id FROM users WHERE email = 'owner@tokyo.test'");
    admin
        .post(&format!("/users/{id}/disable"), json!({ "reason": "Left" }))
        .await
        .is(200);
    look(&door, &token).await.refused(410, "people.link_ended");
    accept(&door, &token).await.refused(410, "people.link_ended");
    // Who sends it again answers for it.
    app.owner_of_database()
        .batch_execute("UPDATE admin_invitations SET sent_at = sent_at - interval '1 hour'")
        .expect("an hour passes");
    let path = format!("/invitations/{}/resend", made["id"].as_str().expect("an id"));
    let again = admin.post(&path, json!({})).await.is(200).json;
    assert_eq!(again["invited_by"], "admin@orion.test");
    let (_, token) = newest_link(&app, NEW).await;
    accept(&door, &token).await.is(200);
    app.run_jobs().await;
}

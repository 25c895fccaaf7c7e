//! One's own account in the three areas: the password, the devices, and the way out of all of them.

use orion_tests::{Client, PASSWORD, TestApp};
use serde_json::json;

use super::auth::doors;

/// Where the account of a door lives.
fn account_of(door: &Client) -> &'static str {
    if door.prefix().ends_with("storefront") { "/account" } else { "/me" }
}

#[tokio::test]
async fn a_new_password_is_asked_for_with_the_old_one_and_ends_the_other_sessions() {
    let app = TestApp::start().await;
    for (door, email, inside, cookie) in doors(&app).await {
        let account = account_of(&door);
        let elsewhere = door
            .post("/auth/login", json!({ "email": email, "password": PASSWORD }))
            .await
            .is(200);
        let other = door.bearer(elsewhere.json["access_token"].as_str().expect("a token"));
        let here = door.signed_in(email).await;
        let change = async |current: &str, new: &str| {
            here.post(
                &format!("{account}/password"),
                json!({ "current_password": current, "new_password": new }),
            )
            .await
        };
        change("not it", "Tramway-quince-4417")
            .await
            .refused(422, "framework.invalid")
            .at("/current_password");
        change(PASSWORD, "short")
            .await
            .refused(422, "framework.invalid")
            .at("/new_password");
        change(PASSWORD, "password1234")
            .await
            .refused(422, "framework.invalid")
            .at("/new_password");
        change(PASSWORD, "Tramway-quince-4417").await.is(204);
        here.get(inside).await.is(200);
        other.get(inside).await.refused(401, "framework.unauthenticated");
        door.cookie(cookie, &elsewhere.cookie(cookie).expect("a cookie"))
            .post("/auth/refresh", json!({}))
            .await
            .refused(401, "auth.session_ended");
        let sign_in = async |password: &str| door.post("/auth/login", json!({ "email": email, "password": password })).await;
        sign_in(PASSWORD).await.refused(401, "auth.invalid_credentials");
        sign_in("Tramway-quince-4417").await.is(200);
    }
    assert_eq!(
        app.text("SELECT string_agg(action, ',' ORDER BY action) FROM audit_log WHERE action LIKE '%.password_changed'"),
        "customer.password_changed,user.password_changed,user.password_changed"
    );
    assert_eq!(
        app.count("SELECT count(*) FROM audit_log WHERE action LIKE '%.password_changed' AND changes::text LIKE '%quince%'"),
        0,
        "the password is in the audit log"
    );
}

#[tokio::test]
async fn guessing_the_present_password_from_a_session_is_slowed_down() {
    let app = TestApp::start().await;
    for (door, email, _, _) in doors(&app).await {
        let here = door.signed_in(email).await;
        let path = format!("{}/password", account_of(&door));
        let guess = json!({ "current_password": "guess", "new_password": "Tramway-quince-4417" });
        let mut told = 0;
        for _ in 0..20 {
            told = here.post(&path, &guess).await.status;
            if told == 429 {
                break;
            }
        }
        assert_eq!(told, 429, "{email}: twenty guesses went through");
    }
}

#[tokio::test]
async fn devices_are_listed_and_sign_out_one_by_one_or_all_at_once() {
    let app = TestApp::start().await;
    for (door, email, inside, cookie) in doors(&app).await {
        let path = format!("{}/sessions", account_of(&door));
        let phone = door.with("user-agent", "Phone/1").signed_in(email).await;
        let tablet = door.with("user-agent", "Tablet/1").signed_in(email).await;
        let here = door.with("user-agent", "Desk/1").signed_in(email).await;
        let devices = here.get(&path).await.is(200);
        let devices = devices.json["data"].as_array().expect("sessions").clone();
        let named = |name: &str| devices.iter().find(|device| device["user_agent"] == name).expect("the device");
        assert_eq!(
            (&named("Desk/1")["current"], &named("Phone/1")["current"]),
            (&json!(true), &json!(false))
        );
        for field in ["created_at", "last_used_at", "ip"] {
            assert!(named("Phone/1")[field].as_str().is_some_and(|text| !text.is_empty()), "{field}");
        }
        let id = named("Phone/1")["id"].as_str().expect("an id").to_owned();
        here.delete(&format!("{path}/{id}")).await.is(204);
        here.delete(&format!("{path}/{id}")).await.refused(404, "framework.not_found");
        phone.get(inside).await.refused(401, "framework.unauthenticated");
        tablet.get(inside).await.is(200);
        let gone = here.delete(&path).await.is(204);
        assert_eq!(gone.cookie(cookie).as_deref(), Some(""), "the cookie stays");
        for ended in [&here, &tablet] {
            ended.get(inside).await.refused(401, "framework.unauthenticated");
        }
        door.signed_in(email).await.get(inside).await.is(200);
    }
    assert_eq!(
        app.count("SELECT count(*) FROM audit_log WHERE action LIKE '%.signed_out_everywhere'"),
        3
    );
}

#[tokio::test]
async fn who_signs_out_everywhere_leaves_others_alone() {
    let app = TestApp::start().await;
    let (owner, manager) = (app.owner("acme").await, app.staff("acme", "manager@acme.test").await);
    let (ada, eve) = (
        app.customer("acme", "ada@example.test").await,
        app.customer("acme", "eve@example.test").await,
    );
    owner.delete("/me/sessions").await.is(204);
    ada.delete("/account/sessions").await.is(204);
    manager.get("/me").await.is(200);
    eve.get("/account").await.is(200);
}

#[tokio::test]
async fn a_cookie_that_is_dead_is_taken_away_when_it_is_refused() {
    let app = TestApp::start().await;
    for (door, email, _, name) in doors(&app).await {
        let login = door
            .post("/auth/login", json!({ "email": email, "password": PASSWORD }))
            .await
            .is(200);
        let ended = login.cookie(name).expect("a cookie");
        door.cookie(name, &ended).post("/auth/logout", json!({})).await.is(204);
        for dead in [ended.as_str(), "garbage"] {
            let refused = door.cookie(name, dead).post("/auth/refresh", json!({})).await;
            assert_eq!(refused.cookie(name).as_deref(), Some(""), "{dead} stays");
            refused.refused(401, "auth.session_ended");
        }
        let without = door.post("/auth/refresh", json!({})).await;
        assert_eq!(without.cookie(name), None, "there was nothing to take away");
        without.refused(401, "auth.session_ended");
    }
}

//! Signing in, staying signed in and leaving, in the three areas.

use chrono::{DateTime, TimeDelta};
use orion_framework::clock::Clock;
use orion_tests::{Client, PASSWORD, TestApp, TestOptions};
use serde_json::json;

/// A door, somebody who may enter, what only those inside may read, and the cookie of the session.
pub(super) async fn doors(app: &TestApp) -> [(Client, &'static str, &'static str, &'static str); 3] {
    app.customer("acme", "ada@example.test").await;
    [
        (app.administration(), "admin@orion.test", "/me", "orion_admin"),
        (app.dashboard("acme"), "owner@acme.test", "/me", "orion_store"),
        (app.shop("acme"), "ada@example.test", "/account", "orion_customer"),
    ]
}

fn at_noon() -> Clock {
    Clock::fixed(DateTime::from_timestamp(1_790_000_000, 0).expect("a time"))
}

#[tokio::test]
async fn who_signs_in_may_enter_and_nobody_else() {
    let app = TestApp::start().await;
    for (door, email, inside, _) in doors(&app).await {
        door.get(inside).await.refused(401, "framework.unauthenticated");
        let signed_in = door.signed_in(email).await;
        assert_eq!(signed_in.get(inside).await.is(200).json["email"], email);
        // The case of an address does not count.
        door.post("/auth/login", json!({ "email": email.to_uppercase(), "password": PASSWORD }))
            .await
            .is(200);
    }
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_get_the_same_answer() {
    let app = TestApp::start().await;
    for (door, email, _, cookie) in doors(&app).await {
        let mut told = Vec::new();
        for email in [email, "nobody@example.test"] {
            let answer = door
                .post("/auth/login", json!({ "email": email, "password": "not the password" }))
                .await;
            assert_eq!(answer.cookie(cookie), None);
            let problem = answer.refused(401, "auth.invalid_credentials").problem();
            told.push((problem.title, problem.detail, problem.errors));
        }
        assert_eq!(told[0], told[1]);
    }
}

#[tokio::test]
async fn a_refresh_gives_a_new_token_and_a_copied_one_ends_the_session() {
    let clock = at_noon();
    let app = TestApp::start_with(TestOptions {
        clock: clock.clone(),
        ..TestOptions::default()
    })
    .await;
    for (door, email, inside, name) in doors(&app).await {
        let login = door
            .post("/auth/login", json!({ "email": email, "password": PASSWORD }))
            .await
            .is(200);
        let first = login.cookie(name).expect("a cookie");
        let set = login.header("set-cookie").expect("a cookie");
        assert!(set.contains("HttpOnly") && set.contains("SameSite=Strict"), "{set}");
        clock.advance(TimeDelta::minutes(1));
        let refreshed = door.cookie(name, &first).post("/auth/refresh", json!({})).await.is(200);
        let second = refreshed.cookie(name).expect("a new cookie");
        assert_ne!(first, second);
        let token = refreshed.json["access_token"].as_str().expect("a token").to_owned();
        door.bearer(&token).get(inside).await.is(200);
        // Long after the grace for a second tab, the first one can only be a copy.
        clock.advance(TimeDelta::minutes(1));
        door.cookie(name, &first)
            .post("/auth/refresh", json!({}))
            .await
            .refused(401, "auth.session_ended");
        door.cookie(name, &second)
            .post("/auth/refresh", json!({}))
            .await
            .refused(401, "auth.session_ended");
        door.bearer(&token).get(inside).await.refused(401, "framework.unauthenticated");
    }
}

#[tokio::test]
async fn a_second_tab_may_refresh_with_the_token_of_a_moment_ago() {
    let app = TestApp::start_with(TestOptions {
        clock: at_noon(),
        ..TestOptions::default()
    })
    .await;
    for (door, email, _, name) in doors(&app).await {
        let login = door
            .post("/auth/login", json!({ "email": email, "password": PASSWORD }))
            .await
            .is(200);
        let first = login.cookie(name).expect("a cookie");
        door.cookie(name, &first).post("/auth/refresh", json!({})).await.is(200);
        door.cookie(name, &first).post("/auth/refresh", json!({})).await.is(200);
    }
}

#[tokio::test]
async fn after_logging_out_neither_token_nor_cookie_is_good() {
    let app = TestApp::start().await;
    for (door, email, inside, name) in doors(&app).await {
        let login = door
            .post("/auth/login", json!({ "email": email, "password": PASSWORD }))
            .await
            .is(200);
        let cookie = login.cookie(name).expect("a cookie");
        let token = login.json["access_token"].as_str().expect("a token").to_owned();
        let gone = door
            .cookie(name, &cookie)
            .bearer(&token)
            .post("/auth/logout", json!({}))
            .await
            .is(204);
        assert_eq!(gone.cookie(name).as_deref(), Some(""));
        door.bearer(&token).get(inside).await.refused(401, "framework.unauthenticated");
        door.cookie(name, &cookie)
            .post("/auth/refresh", json!({}))
            .await
            .refused(401, "auth.session_ended");
    }
}

#[tokio::test]
async fn a_token_ends_by_itself() {
    let clock = at_noon();
    let app = TestApp::start_with(TestOptions {
        clock: clock.clone(),
        ..TestOptions::default()
    })
    .await;
    let owner = app.owner("acme").await;
    owner.get("/products").await.is(200);
    clock.advance(TimeDelta::minutes(11));
    owner.get("/products").await.is(401).problem();
}

#[tokio::test]
async fn a_token_of_one_area_opens_no_other() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let owner = app.owner("acme").await;
    let customer = app.customer("acme", "ada@example.test").await;
    let token = |client: &Client| client.token().expect("a token").to_owned();
    for stranger in [&admin, &customer] {
        app.dashboard("acme")
            .bearer(&token(stranger))
            .get("/products")
            .await
            .is(401)
            .problem();
    }
    for stranger in [&admin, &owner] {
        app.shop("acme").bearer(&token(stranger)).get("/account").await.is(401).problem();
    }
    for stranger in [&owner, &customer] {
        app.administration()
            .bearer(&token(stranger))
            .get("/stores")
            .await
            .refused(403, "framework.forbidden");
    }
}

#[tokio::test]
async fn a_customer_of_one_shop_is_nobody_in_another() {
    let app = TestApp::start().await;
    let customer = app.customer("acme", "ada@example.test").await;
    let token = customer.token().expect("a token");
    app.shop("globex")
        .bearer(token)
        .get("/account")
        .await
        .refused(401, "framework.unauthenticated");
    app.shop("globex")
        .bearer(token)
        .get("/cart")
        .await
        .refused(401, "framework.unauthenticated");
    // The same address may have an account of its own there, with a password of its own.
    let body = json!({ "email": "ada@example.test", "name": "Ada", "password": "Another-password-77!" });
    app.shop("globex").post("/auth/register", body).await.is(201);
    app.shop("globex")
        .post("/auth/login", json!({ "email": "ada@example.test", "password": PASSWORD }))
        .await
        .is(401)
        .problem();
}

#[tokio::test]
async fn staff_of_one_store_find_nothing_in_another() {
    let app = TestApp::start().await;
    let stranger = app.owner("globex").await;
    let token = stranger.token().expect("a token");
    app.dashboard("acme")
        .bearer(token)
        .get("/products")
        .await
        .refused(404, "framework.not_found");
    app.dashboard("acme")
        .bearer(token)
        .get("/settings")
        .await
        .refused(404, "framework.not_found");
}

#[tokio::test]
async fn a_role_decides_what_its_member_may_do() {
    let app = TestApp::start().await;
    let viewer = app.staff("acme", "viewer@acme.test").await;
    viewer.get("/products").await.is(200);
    viewer
        .post("/products", orion_tests::product("Mug", 1200, 1))
        .await
        .refused(403, "framework.forbidden");
    viewer.get("/settings").await.refused(403, "framework.forbidden");
    let manager = app.staff("acme", "manager@acme.test").await;
    let settings = manager.get("/settings").await.is(200);
    let tag = settings.header("etag").expect("a version");
    manager
        .with("if-match", tag)
        .patch("/settings", json!({ "name": "Mine" }))
        .await
        .refused(403, "framework.forbidden");
}

#[tokio::test]
async fn a_token_without_a_signature_or_with_a_strangers_is_none() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let token = owner.token().expect("a token");
    let mut parts = token.split('.');
    let (_, claims, signature) = (parts.next(), parts.next().expect("claims"), parts.next().expect("a signature"));
    // {"alg":"none","typ":"JWT"}
    let unsigned = format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{claims}.");
    let relabelled = format!("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{claims}.{signature}");
    let forged = format!("{}x", &token[..token.len() - 2]);
    for wrong in [unsigned.as_str(), &relabelled, &forged, "x.y.z", ""] {
        app.dashboard("acme").bearer(wrong).get("/products").await.is(401).problem();
    }
}

#[tokio::test]
async fn guessing_passwords_is_slowed_down() {
    let app = TestApp::start().await;
    let door = app.dashboard("acme");
    let mut last = 401;
    for _ in 0..20 {
        let answer = door
            .post("/auth/login", json!({ "email": "owner@acme.test", "password": "guess" }))
            .await;
        last = answer.status;
        if last == 429 {
            assert!(
                answer
                    .header("retry-after")
                    .is_some_and(|seconds| seconds.parse::<u32>().is_ok_and(|seconds| seconds > 0))
            );
            answer.refused(429, "auth.too_many_attempts");
            break;
        }
    }
    assert_eq!(last, 429, "twenty guesses went through");
}

#[tokio::test]
async fn who_is_demoted_or_removed_loses_the_right_with_the_next_request() {
    let app = TestApp::start().await;
    let manager = app.staff("acme", "manager@acme.test").await;
    let execute = |sql: &str| diesel::RunQueryDsl::execute(diesel::sql_query(sql), &mut app.owner_of_database()).expect("the statement");
    let new = || orion_tests::product("Mug", 1200, 1);
    manager.post("/products", new()).await.is(201);
    let mine = "user_id = (SELECT id FROM users WHERE email = 'manager@acme.test')";
    execute(&format!("UPDATE memberships SET role = 'viewer' WHERE {mine}"));
    manager.post("/products", new()).await.refused(403, "framework.forbidden");
    manager.get("/products").await.is(200);
    execute(&format!("DELETE FROM memberships WHERE {mine}"));
    manager.get("/products").await.is(404);

    let admin = app.admin().await;
    admin.get("/stores").await.is(200);
    execute("DELETE FROM admin_roles WHERE user_id = (SELECT id FROM users WHERE email = 'admin@orion.test')");
    let refused = admin.get("/stores").await;
    assert!(matches!(refused.status, 401 | 403), "{} {}", refused.status, refused.text());
    app.run_jobs().await;
}

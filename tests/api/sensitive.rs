//! What is asked for again before an account changes in a way that its owner could not take back.

use orion_tests::PASSWORD;
use serde_json::json;

use super::second_factor::{OWNER, login, turn_on, with_clock, wrong};

#[tokio::test]
async fn what_would_let_somebody_keep_an_account_takes_a_code() {
    let (app, clock) = with_clock(Vec::new()).await;
    let (owner, admin) = (app.owner("acme").await, app.admin().await);
    let phone = turn_on(&owner, &clock).await;
    let heir = app.text("SELECT m.id::text FROM memberships m JOIN users u ON u.id = m.user_id WHERE u.email = 'manager@acme.test'");
    let fresh = "Tramway-quince-4417";
    for (path, asked) in [
        ("/me/email", json!({ "email": "mine@example.test" })),
        ("/ownership-offer", json!({ "member_id": heir })),
        ("/me/password", json!({ "new_password": fresh })),
    ] {
        let with = |password: &str, code: Option<String>| {
            let mut body = asked.clone();
            body["current_password"] = json!(password);
            if let Some(code) = code {
                body["one_time_code"] = json!(code);
            }
            body
        };
        let asked = owner.post(path, with(PASSWORD, None)).await.refused(422, "framework.invalid");
        asked.at("/one_time_code");
        wrong(owner.post(path, with(PASSWORD, Some(phone.wrong_code()))).await);
        let first = owner.post(path, with("wrong", Some(phone.fresh_code()))).await;
        first.refused(422, "framework.invalid").at("/current_password");
        let done = owner.post(path, with(PASSWORD, Some(phone.fresh_code()))).await;
        assert!(done.status < 300, "{path}: {}", done.text());
    }
    login(&app.dashboard("acme"), OWNER, fresh).await.refused(401, "auth.code_needed");
    // Who has no second factor is asked for none.
    let body = json!({ "current_password": PASSWORD, "new_password": fresh });
    admin.post("/me/password", body).await.is(204);
    assert_eq!(
        app.count("SELECT count(*) FROM audit_log WHERE action = 'user.second_factor_refused'"),
        3
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn what_cannot_be_uses_no_code_up() {
    let (app, clock) = with_clock(Vec::new()).await;
    let owner = app.owner("acme").await;
    let phone = turn_on(&owner, &clock).await;
    let heir = app.text("SELECT m.id::text FROM memberships m JOIN users u ON u.id = m.user_id WHERE u.email = 'manager@acme.test'");
    let nobody = "00000000-0000-7000-8000-000000000001";
    for (path, impossible, possible, field) in [
        (
            "/ownership-offer",
            json!({ "member_id": nobody }),
            json!({ "member_id": heir }),
            "/member_id",
        ),
        (
            "/me/email",
            json!({ "email": "nowhere" }),
            json!({ "email": "mine@example.test" }),
            "/email",
        ),
        (
            "/me/password",
            json!({ "new_password": "password" }),
            json!({ "new_password": "Tramway-quince-4417" }),
            "/new_password",
        ),
    ] {
        let code = phone.fresh_code();
        let with = |mut body: serde_json::Value| {
            body["current_password"] = json!(PASSWORD);
            body["one_time_code"] = json!(code);
            body
        };
        owner.post(path, with(impossible)).await.refused(422, "framework.invalid").at(field);
        let done = owner.post(path, with(possible)).await;
        assert!(done.status < 300, "{path}: {}", done.text());
    }
    app.run_jobs().await;
}

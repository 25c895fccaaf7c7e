//! `/api/v1/store/sign-up`: stores that people open by themselves, where their platform lets them.

use chrono::TimeDelta;
use diesel::connection::SimpleConnection;
use orion_tests::{Answer, Client, PASSWORD, TestApp};
use serde_json::{Value, json};

use super::passwords::{mails, newest_link, with_clock};

const NEW: &str = "lena@example.test";
const FRESH: &str = "Tramway-quince-4417";

/// Anybody, at the host of the platform `main`.
fn door(app: &TestApp) -> Client {
    Client::new(app.address(), "orion.localhost", "/api/v1/store")
}

fn policy_path(app: &TestApp, platform: &str) -> String {
    let id = app.text(&format!("SELECT id FROM platforms WHERE code = '{platform}'"));
    format!("/platforms/{id}/sign-up")
}

/// Lets people open stores on the platform `main`, on terms of this version; `read` is the version of the policy that there was.
async fn allow(app: &TestApp, read: i32, max_stores: i32, terms: &str) {
    let url = if terms.is_empty() { "" } else { "https://shops.example/terms" };
    let policy = json!({ "allowed": true, "max_stores": max_stores, "terms_url": url, "terms_version": terms });
    let admin = app.admin().await.with("if-match", &format!("\"{read}\""));
    admin.put(&policy_path(app, "main"), policy).await.is(200);
}

fn shop(email: &str, code: &str) -> Value {
    json!({ "email": email, "name": "Lantern House", "code": code, "currency": "EUR", "locale": "de" })
}

/// Asks for a store; the token of the link that the mail brings.
async fn asked(app: &TestApp, email: &str, code: &str) -> String {
    door(app).post("/sign-up", shop(email, code)).await.is(202);
    app.run_jobs().await;
    newest_link(app, email).await.1
}

async fn confirm(door: &Client, token: &str, code: &str) -> Answer {
    let body = json!({ "token": token, "code": code, "owner_name": "Lena Lantern", "password": FRESH });
    door.post("/sign-up/confirm", body).await
}

async fn look(door: &Client, token: &str) -> Answer {
    door.post("/sign-up/look-up", json!({ "token": token })).await
}

/// The way into a dashboard: its address and its token.
fn way_in(opened: &Answer) -> (String, String) {
    let link = opened.json["link"].as_str().expect("a link");
    let (address, token) = link.split_once('#').expect("a token");
    (address.to_owned(), token.to_owned())
}

fn confirm_address(app: &TestApp, email: &str) {
    app.owner_of_database()
        .batch_execute(&format!("UPDATE users SET email_verified_at = now() WHERE email = '{email}'"))
        .expect("an address that was confirmed");
}

#[tokio::test]
async fn nobody_opens_a_store_where_it_was_not_allowed() {
    let app = TestApp::start().await;
    let (door, owner) = (door(&app), door(&app).signed_in("owner@acme.test").await);
    let offer = door.get("/sign-up").await.is(200).json;
    assert_eq!((&offer["open"], &offer["domain"]), (&json!(false), &json!("orion.localhost")));
    let free = door.get("/sign-up/code?code=lantern").await.is(200).json;
    assert_eq!(free["available"], json!(false));
    door.post("/sign-up", shop(NEW, "lantern"))
        .await
        .refused(403, "people.sign_up_closed");
    let own = json!({ "name": "Lantern House", "code": "lantern", "currency": "EUR", "locale": "de" });
    owner.post("/me/stores", own).await.refused(403, "people.sign_up_closed");
    let front = app.host("orion.localhost").get("/").await.is(302);
    assert_ne!(front.header("location"), Some("/store/sign-up"));
    assert_eq!(app.count("SELECT count(*) FROM sign_ups"), 0);
    app.run_jobs().await;
}

#[tokio::test]
async fn whoever_confirms_an_address_has_an_empty_store_and_is_in_its_dashboard() {
    let app = TestApp::start().await;
    allow(&app, 1, 1, "2026-12").await;
    let front = app.host("orion.localhost").get("/").await.is(302);
    assert_eq!(front.header("location"), Some("/store/sign-up"));
    for page in ["/store/sign-up", "/store/sign-up/confirm"] {
        assert_ne!(app.host("orion.localhost").get(page).await.status, 404, "{page}");
    }
    let door = door(&app);
    let offer = door.get("/sign-up").await.is(200).json;
    assert_eq!((&offer["open"], &offer["terms_version"]), (&json!(true), &json!("2026-12")));
    let mut wanted = shop("Lena@Example.test", "Lantern");
    for (version, code) in [(Value::Null, "not_accepted"), (json!("2025-01"), "stale")] {
        wanted["terms_version"] = version;
        let refused = door.post("/sign-up", &wanted).await.refused(422, "framework.invalid");
        assert_eq!(refused.at("/terms_version").json["errors"][0]["code"], code);
    }
    wanted["terms_version"] = json!("2026-12");
    door.post("/sign-up", &wanted).await.is(202);
    app.run_jobs().await;
    let (address, token) = newest_link(&app, NEW).await;
    assert_eq!(address, "http://orion.localhost/store/sign-up/confirm");
    let pending = look(&door, &token).await.is(200).json;
    assert_eq!(
        pending,
        json!({ "email": NEW, "name": "Lantern House", "code": "lantern", "code_available": true, "domain": "orion.localhost", "has_account": false })
    );
    let weak = json!({ "token": token, "code": "lantern", "owner_name": "Lena Lantern", "password": "lantern-house" });
    door.post("/sign-up/confirm", weak)
        .await
        .refused(422, "framework.invalid")
        .at("/password");
    assert_eq!(app.count("SELECT count(*) FROM users WHERE email = 'lena@example.test'"), 0);
    let opened = confirm(&door, &token, "lantern").await.is(200);
    let (address, entry) = way_in(&opened);
    assert_eq!(address, "http://lantern.orion.localhost/store/sign-up/enter");

    let there = app.dashboard("lantern");
    let enter = json!({ "token": entry });
    app.dashboard("acme")
        .post("/auth/sign-up", &enter)
        .await
        .refused(410, "people.link_ended");
    let entered = there.post("/auth/sign-up", &enter).await.is(200);
    assert!(entered.cookie("orion_store").is_some());
    there.post("/auth/sign-up", &enter).await.refused(410, "people.link_ended");
    let lena = there.bearer(entered.json["access_token"].as_str().expect("a token"));
    let opening = lena.get("/opening").await.is(200).json;
    assert!(opening["opened_at"].is_null(), "{opening}");
    let checks = opening["checks"].as_array().expect("a checklist");
    assert!(checks.iter().any(|check| check["done"] == json!(false)), "{opening}");
    let settings = lena.get("/settings").await.is(200).json;
    assert_eq!((&settings["locale"], &settings["contact_email"]), (&json!("de"), &json!(NEW)));
    assert_eq!(
        app.count(
            "SELECT count(*) FROM memberships JOIN users ON users.id = user_id JOIN stores ON stores.id = store_id \
             WHERE users.email = 'lena@example.test' AND email_verified_at IS NOT NULL AND role = 'owner' AND stores.code = 'lantern'"
        ),
        1
    );
    let of_the_store = "store_id = (SELECT id FROM stores WHERE code = 'lantern')";
    let accepted = "action = 'store.signed_up' AND changes ->> 'terms_version' = '2026-12'";
    assert_eq!(
        app.count(&format!("SELECT count(*) FROM audit_log WHERE {of_the_store} AND {accepted}")),
        1
    );
    assert_eq!(
        app.count(&format!(
            "SELECT count(*) FROM outbox_events WHERE {of_the_store} AND event = 'store.created'"
        )),
        1
    );
    for answer in [look(&door, &token).await, confirm(&door, &token, "lantern-two").await] {
        answer.refused(410, "people.link_ended");
    }
    app.run_jobs().await;
}

#[tokio::test]
async fn whether_an_address_has_an_account_is_told_by_the_mail_alone() {
    let app = TestApp::start().await;
    allow(&app, 1, 1, "").await;
    let door = door(&app);
    let known = door.post("/sign-up", shop("owner@globex.test", "lantern")).await.is(202);
    let unknown = door.post("/sign-up", shop(NEW, "lantern")).await.is(202);
    assert_eq!(known.text(), unknown.text());
    app.run_jobs().await;
    let (subject, text) = mails(&app, "owner@globex.test").await.remove(0);
    assert!(
        subject.contains("account") && text.contains("http://orion.localhost/store/sign-up"),
        "{subject}: {text}"
    );
    assert!(!text.contains('#') && !text.contains("Lantern House"), "{text}");
    let (_, text) = mails(&app, NEW).await.remove(0);
    assert!(
        text.contains('#') && !text.contains("Lantern House") && !text.contains("lantern"),
        "words of strangers are in a mail: {text}"
    );
    // Who gets an account between the mail and its link signs in with that.
    let (_, token) = newest_link(&app, NEW).await;
    app.owner_of_database()
        .batch_execute("UPDATE users SET email = 'lena@example.test' WHERE email = 'viewer@acme.test'")
        .expect("an account");
    assert_eq!(look(&door, &token).await.is(200).json["has_account"], json!(true));
    confirm(&door, &token, "lantern").await.refused(409, "people.account_exists");
    assert_eq!(app.count("SELECT count(*) FROM stores WHERE code = 'lantern'"), 0);
    app.run_jobs().await;
}

#[tokio::test]
async fn an_address_is_sent_five_mails_a_day_at_most() {
    let app = TestApp::start().await;
    allow(&app, 1, 1, "").await;
    // As if they had been asked for from other addresses, which the brake would not slow down.
    app.owner_of_database()
        .batch_execute(
            "INSERT INTO sign_ups (id, platform_id, email, name, code, currency, locale, terms_url, terms_version, accepted_at, created_at, expires_at) \
             SELECT gen_random_uuid(), (SELECT id FROM platforms WHERE code = 'main'), 'lena@example.test', 'x', 'lantern', 'EUR', 'en', '', '', now(), now(), now() + interval '1 day' \
             FROM generate_series(1, 5)",
        )
        .expect("five before");
    door(&app).post("/sign-up", shop(NEW, "lantern")).await.is(202);
    app.run_jobs().await;
    assert_eq!(
        app.count("SELECT count(*) FROM mail_messages WHERE recipient = 'lena@example.test'"),
        0
    );
}

#[tokio::test]
async fn at_the_host_of_a_store_nobody_opens_another_one() {
    let app = TestApp::start().await;
    allow(&app, 1, 5, "").await;
    let token = asked(&app, NEW, "lantern").await;
    confirm_address(&app, "owner@acme.test");
    let there = app.dashboard("acme");
    let offer = there.get("/sign-up").await.is(200).json;
    assert_eq!((&offer["open"], &offer["platform"]), (&json!(false), &json!("")));
    let free = there.get("/sign-up/code?code=candle").await.is(200).json;
    assert_eq!(free["available"], json!(false));
    let own = json!({ "name": "Lantern House", "code": "candle", "currency": "EUR", "locale": "en" });
    for refused in [
        there.post("/sign-up", shop("otto@example.test", "candle")).await,
        look(&there, &token).await,
        confirm(&there, &token, "lantern").await,
        there.signed_in("owner@acme.test").await.post("/me/stores", own).await,
    ] {
        refused.refused(403, "people.sign_up_closed");
    }
    assert_eq!(app.count("SELECT count(*) FROM sign_ups"), 1);
    confirm(&door(&app), &token, "lantern").await.is(200);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_code_that_is_reserved_or_taken_is_refused_here_and_in_the_administration() {
    let app = TestApp::start().await;
    allow(&app, 1, 1, "").await;
    let (door, admin) = (door(&app), app.admin().await);
    let platform = app.text("SELECT id FROM platforms WHERE code = 'main'");
    for (code, status, problem) in [
        ("admin", 422, "framework.invalid"),
        ("sign-up", 422, "framework.invalid"),
        ("-lantern", 422, "framework.invalid"),
        ("la", 422, "framework.invalid"),
        ("acme", 409, "tenancy.code_taken"),
    ] {
        let free = door.get(&format!("/sign-up/code?code={code}")).await.is(200).json;
        assert!(free["available"] == json!(false) && free["reason"] != json!(""), "{code}: {free}");
        door.post("/sign-up", shop(&format!("{code}@example.test"), code))
            .await
            .refused(status, problem)
            .at("/code");
        let owner = json!({ "email": "owner@initech.test", "name": "A Person", "password": PASSWORD });
        let new = json!({ "platform_id": platform, "name": "Mine", "code": code, "currency": "EUR", "owner": owner });
        admin.post("/stores", new).await.refused(status, problem).at("/code");
    }
    let free = door.get("/sign-up/code?code=Lantern").await.is(200).json;
    assert_eq!(free, json!({ "code": "lantern", "available": true, "reason": "" }));
    for (field, value) in [
        ("email", json!("nobody")),
        ("name", json!(" ")),
        ("currency", json!("XXZ")),
        ("locale", json!("it")),
    ] {
        let mut wrong = shop(NEW, "lantern");
        wrong[field] = value;
        let refused = door.post("/sign-up", wrong).await.refused(422, "framework.invalid");
        refused.at(&format!("/{field}"));
    }
    assert_eq!(app.count("SELECT count(*) FROM sign_ups"), 0);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_link_works_for_a_day_and_on_its_platform_alone() {
    let (app, clock) = with_clock().await;
    allow(&app, 1, 1, "").await;
    let token = asked(&app, NEW, "lantern").await;
    let lite = Client::new(app.address(), "lite.localhost", "/api/v1/store");
    look(&lite, &token).await.refused(410, "people.link_ended");
    confirm(&lite, &token, "lantern").await.refused(410, "people.link_ended");
    clock.advance(TimeDelta::hours(23));
    look(&door(&app), &token).await.is(200);
    clock.advance(TimeDelta::minutes(61));
    look(&door(&app), &token).await.refused(410, "people.link_ended");
    confirm(&door(&app), &token, "lantern").await.refused(410, "people.link_ended");
    look(&door(&app), "nonsense").await.refused(410, "people.link_ended");
    app.run_jobs().await;
}

#[tokio::test]
async fn the_way_into_the_dashboard_is_open_for_five_minutes() {
    let (app, clock) = with_clock().await;
    allow(&app, 1, 1, "").await;
    let token = asked(&app, NEW, "lantern").await;
    let opened = confirm(&door(&app), &token, "lantern").await.is(200);
    let (_, entry) = way_in(&opened);
    // It is no link of a sign-up any more.
    look(&door(&app), &entry).await.refused(410, "people.link_ended");
    clock.advance(TimeDelta::minutes(6));
    let there = app.dashboard("lantern");
    there
        .post("/auth/sign-up", json!({ "token": entry }))
        .await
        .refused(410, "people.link_ended");
    // The account is there, with the password that was chosen.
    let sign_in = json!({ "email": NEW, "password": FRESH });
    there.post("/auth/login", sign_in).await.is(200);
    app.run_jobs().await;
}

/// A session that somebody else has got hold of makes no other one that outlives it.
#[tokio::test]
async fn the_way_into_the_dashboard_is_closed_once_a_session_was_ended() {
    let app = TestApp::start().await;
    allow(&app, 1, 5, "").await;
    confirm_address(&app, "owner@acme.test");
    let owner = door(&app).signed_in("owner@acme.test").await;
    let own = json!({ "name": "Lantern House", "code": "lantern", "currency": "EUR", "locale": "en" });
    let opened = owner.post("/me/stores", own).await.is(200);
    let (_, entry) = way_in(&opened);
    owner.delete("/me/sessions").await.is(204);
    let there = app.dashboard("lantern");
    there
        .post("/auth/sign-up", json!({ "token": entry }))
        .await
        .refused(410, "people.link_ended");
    // The store is theirs, by the password.
    there.signed_in("owner@acme.test").await.get("/opening").await.is(200);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_session_that_ends_while_its_account_is_held_opens_no_store() {
    let app = TestApp::start().await;
    allow(&app, 1, 5, "").await;
    confirm_address(&app, "owner@acme.test");
    let owner = door(&app).signed_in("owner@acme.test").await;
    let own = json!({ "name": "Lantern House", "code": "lantern", "currency": "EUR", "locale": "en" });
    // Somebody chooses another password, and has begun before.
    let held = app.held("SELECT id FROM users WHERE email = 'owner@acme.test' FOR UPDATE");
    let waits = held.until_waiting_then(1, "UPDATE user_sessions SET revoked_at = now()");
    let (late, ()) = tokio::join!(owner.post("/me/stores", own), waits);
    late.refused(401, "auth.session_ended");
    assert_eq!(app.count("SELECT count(*) FROM stores WHERE code = 'lantern'"), 0);
    app.run_jobs().await;
}

#[tokio::test]
async fn of_two_who_want_one_code_one_has_it_and_the_other_chooses_another() {
    let app = TestApp::start().await;
    allow(&app, 1, 1, "").await;
    let (one, two) = (asked(&app, NEW, "lantern").await, asked(&app, "otto@example.test", "lantern").await);
    let door = door(&app);
    let (first, second) = tokio::join!(confirm(&door, &one, "lantern"), confirm(&door, &two, "lantern"));
    let (loser, refused) = match (first.status, second.status) {
        (200, 409) => (two, second),
        (409, 200) => (one, first),
        statuses => panic!("{statuses:?}: {} {}", first.text(), second.text()),
    };
    refused.refused(409, "tenancy.code_taken").at("/code");
    let pending = look(&door, &loser).await.is(200).json;
    assert_eq!(
        (&pending["code_available"], &pending["name"]),
        (&json!(false), &json!("Lantern House"))
    );
    confirm(&door, &loser, "lantern-two").await.is(200);
    assert_eq!(app.count("SELECT count(*) FROM stores WHERE code LIKE 'lantern%'"), 2);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_link_that_is_followed_twice_at_once_makes_one_store() {
    let app = TestApp::start().await;
    allow(&app, 1, 1, "").await;
    let token = asked(&app, NEW, "lantern").await;
    let door = door(&app);
    let (one, two) = tokio::join!(confirm(&door, &token, "lantern"), confirm(&door, &token, "lantern-two"));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 410], "{} {}", one.text(), two.text());
    assert_eq!(app.count("SELECT count(*) FROM stores WHERE code LIKE 'lantern%'"), 1);
    app.run_jobs().await;
}

#[tokio::test]
async fn who_has_an_account_opens_as_many_stores_as_the_platform_allows() {
    let app = TestApp::start().await;
    allow(&app, 1, 1, "").await;
    let owner = door(&app).signed_in("owner@acme.test").await;
    let own = |code: &str| json!({ "name": "Lantern House", "code": code, "currency": "EUR", "locale": "en" });
    door(&app)
        .post("/me/stores", own("lantern"))
        .await
        .refused(401, "framework.unauthenticated");
    owner
        .post("/me/stores", own("lantern"))
        .await
        .refused(409, "people.address_not_proved");
    confirm_address(&app, "owner@acme.test");
    owner.post("/me/stores", own("lantern")).await.refused(409, "people.store_limit");
    allow(&app, 2, 2, "").await;
    owner
        .post("/me/stores", own("acme"))
        .await
        .refused(409, "tenancy.code_taken")
        .at("/code");
    // Two at once are counted one after the other.
    let (one, two) = tokio::join!(
        owner.post("/me/stores", own("lantern")),
        owner.post("/me/stores", own("lantern-two"))
    );
    let opened = match (one.status, two.status) {
        (200, 409) => one,
        (409, 200) => two,
        statuses => panic!("{statuses:?}: {} {}", one.text(), two.text()),
    };
    let (_, entry) = way_in(&opened);
    let there = app.dashboard(opened.json["code"].as_str().expect("a code"));
    there.post("/auth/sign-up", json!({ "token": entry })).await.is(200);
    assert_eq!(app.count("SELECT count(*) FROM stores WHERE code LIKE 'lantern%'"), 1);
    app.run_jobs().await;
}

#[tokio::test]
async fn administrators_decide_for_their_platforms_by_the_version_that_they_have_read() {
    let app = TestApp::start().await;
    let (main, lite) = (policy_path(&app, "main"), policy_path(&app, "lite"));
    let scoped = app.administration().signed_in("lite-admin@orion.test").await;
    let on = json!({ "allowed": true, "max_stores": 1, "terms_url": "", "terms_version": "" });
    scoped.get(&main).await.refused(404, "framework.not_found");
    let first = scoped.with("if-match", "\"1\"");
    first.put(&main, &on).await.refused(404, "framework.not_found");
    let before = scoped.get(&lite).await.is(200);
    assert_eq!(
        before.json,
        json!({ "allowed": false, "max_stores": 1, "terms_url": "", "terms_version": "", "version": 1 })
    );
    scoped.put(&lite, &on).await.is(428);
    assert_eq!(first.put(&lite, &on).await.is(200).header("etag"), Some("\"2\""));
    first.put(&lite, &on).await.is(412);
    let next = scoped.with("if-match", "\"2\"");
    for (field, value) in [
        ("max_stores", json!(0)),
        ("max_stores", json!(51)),
        ("terms_url", json!("http://shops.example/terms")),
        ("terms_version", json!("2026-12")),
    ] {
        let mut wrong = on.clone();
        wrong[field] = value;
        let at = if field == "terms_version" { "terms_url" } else { field };
        let refused = next.put(&lite, wrong).await.refused(422, "framework.invalid");
        refused.at(&format!("/{at}"));
    }
    assert_eq!(
        app.count("SELECT count(*) FROM audit_log WHERE action = 'sign_up_policy.updated'"),
        1
    );
    // Switched off again, it is worth nothing to whoever has asked before.
    allow(&app, 1, 1, "").await;
    let token = asked(&app, NEW, "lantern").await;
    let off = json!({ "allowed": false, "max_stores": 1, "terms_url": "", "terms_version": "" });
    let admin = app.admin().await.with("if-match", "\"2\"");
    admin.put(&main, off).await.is(200);
    look(&door(&app), &token).await.refused(403, "people.sign_up_closed");
    confirm(&door(&app), &token, "lantern").await.refused(403, "people.sign_up_closed");
    app.run_jobs().await;
}

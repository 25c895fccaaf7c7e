//! Passkeys of administrators and staff: made, signed in with, removed, and what they are worth.

use orion_framework::db::{Actor, PlatformTx, RequestMeta};
use orion_tenancy::add_domain;
use orion_tests::{Answer, Authenticator, Client, PASSWORD, TestApp};
use serde_json::{Value, json};

use super::passwords::mails;
use super::second_factor::{OWNER, login, turn_on, with_clock, wrong};

pub(super) const ACME: &str = "acme.orion.localhost";
const ADMIN: &str = "admin@orion.test";
const NEEDED: &str = "framework.second_factor_needed";

/// A device whose browser is at a host of the server.
pub(super) fn device(app: &TestApp, host: &str) -> Authenticator {
    Authenticator::at(&app.services.config.origin().of(host))
}

/// What somebody is to sign: token and options.
pub(super) type Asked = (String, String);

pub(super) fn asked(answer: &Answer) -> Asked {
    let text = |field: &str| answer.json[field].as_str().expect("a text").to_owned();
    (text("token"), text("options"))
}

pub(super) fn proof(password: &str) -> Value {
    json!({ "current_password": password })
}

pub(super) async fn begin(client: &Client) -> Asked {
    asked(&client.post("/me/passkeys/challenge", proof(PASSWORD)).await.is(200))
}

pub(super) async fn send_new(client: &Client, challenge: &str, credential: &str) -> Answer {
    let body = json!({ "challenge": challenge, "name": "Telephone", "credential": credential });
    client.post("/me/passkeys", body).await
}

/// Gives whoever is signed in a passkey; its id.
pub(super) async fn add(client: &Client, device: &mut Authenticator) -> String {
    let (token, options) = begin(client).await;
    let made = send_new(client, &token, &device.make(&options)).await.is(201);
    made.json["id"].as_str().expect("an id").to_owned()
}

pub(super) async fn offered(door: &Client) -> Asked {
    asked(&door.post("/auth/passkey/challenge", json!({})).await.is(200))
}

pub(super) async fn send(door: &Client, challenge: &str, credential: &str) -> Answer {
    let body = json!({ "challenge": challenge, "credential": credential });
    door.post("/auth/passkey", body).await
}

/// Signs in with a device.
pub(super) async fn enter(door: &Client, device: &mut Authenticator) -> Answer {
    let (token, options) = offered(door).await;
    send(door, &token, &device.sign(&options)).await
}

pub(super) async fn entered(door: &Client, device: &mut Authenticator) -> Client {
    let answer = enter(door, device).await.is(200);
    door.bearer(answer.json["access_token"].as_str().expect("a token"))
}

pub(super) async fn remove(client: &Client, id: &str) -> Answer {
    client.post(&format!("/me/passkeys/{id}/delete"), proof(PASSWORD)).await
}

fn actions(app: &TestApp) -> String {
    app.text("SELECT coalesce(string_agg(action, ',' ORDER BY id), '') FROM audit_log WHERE action LIKE 'user.passkey%'")
}

#[tokio::test]
async fn a_passkey_signs_in_without_a_name_in_both_areas() {
    let app = TestApp::start().await;
    for (door, email, host, cookie) in [
        (app.administration(), ADMIN, "admin.orion.localhost", "orion_admin"),
        (app.dashboard("acme"), OWNER, ACME, "orion_store"),
    ] {
        let here = door.signed_in(email).await;
        assert_eq!(here.get("/me/passkeys").await.is(200).json["data"], json!([]));
        let (token, options) = begin(&here).await;
        let told: Value = serde_json::from_str(&options).expect("JSON");
        assert_eq!((&told["rp"]["id"], &told["user"]["name"]), (&json!(host), &json!(email)));
        assert_eq!(told["authenticatorSelection"]["residentKey"], "required");
        assert_eq!(told["authenticatorSelection"]["userVerification"], "required");
        let mut device = device(&app, host);
        let made = send_new(&here, &token, &device.make(&options)).await.is(201).json;
        assert_eq!(
            (&made["name"], &made["host"], &made["here"], &made["last_used_at"]),
            (&json!("Telephone"), &json!(host), &json!(true), &Value::Null)
        );
        let (subject, text) = mails(&app, email).await.remove(0);
        assert!(
            subject == "A passkey was added" && text.contains("If it was not you"),
            "{subject}: {text}"
        );

        let answer = enter(&door, &mut device).await.is(200);
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert!(answer.cookie(cookie).is_some());
        let inside = door.bearer(answer.json["access_token"].as_str().expect("a token"));
        assert_eq!(inside.get("/me").await.is(200).json["email"], email);
        here.get("/me").await.is(200);
        let own = inside.get("/me/passkeys").await.is(200).json;
        assert!(own["data"][0]["last_used_at"].is_string(), "{own}");
        let renamed = json!({ "name": "Key ring" });
        let path = format!("/me/passkeys/{}", made["id"].as_str().expect("an id"));
        assert_eq!(inside.put(&path, &renamed).await.is(200).json["name"], "Key ring");
    }
    let each = "user.passkey_started,user.passkey_added,user.passkey_renamed";
    assert_eq!(actions(&app), [each; 2].join(","));
    let noted = app.count("SELECT count(*) FROM audit_log WHERE action = 'user.signed_in' AND changes::text LIKE '%passkey%'");
    assert_eq!(noted, 2);
    assert_eq!(app.count("SELECT count(*) FROM passkey_challenges"), 0);
}

#[tokio::test]
async fn making_one_takes_password_and_code_and_a_slip_costs_nothing() {
    let (app, clock) = with_clock(Vec::new()).await;
    let owner = app.owner("acme").await;
    let start = "/me/passkeys/challenge";
    let refused = owner.post(start, proof("wrong")).await.refused(422, "framework.invalid");
    refused.at("/current_password");
    let phone = turn_on(&owner, &clock).await;
    let refused = owner.post(start, proof(PASSWORD)).await.refused(422, "framework.invalid");
    refused.at("/one_time_code");
    let with = |code: String| json!({ "current_password": PASSWORD, "one_time_code": code });
    wrong(owner.post(start, with(phone.wrong_code())).await);
    let (token, options) = asked(&owner.post(start, with(phone.fresh_code())).await.is(200));
    let mut device = device(&app, ACME);
    let credential = device.make(&options);
    for (body, pointer) in [
        (json!({ "challenge": token, "name": " ", "credential": credential }), "/name"),
        (json!({ "challenge": token, "name": "x", "credential": "{}" }), "/credential"),
    ] {
        owner.post("/me/passkeys", body).await.refused(422, "framework.invalid").at(pointer);
    }
    send_new(&owner, &token, &credential).await.is(201);
    // Whoever has both is asked for no code: the device has asked its owner.
    entered(&app.dashboard("acme"), &mut device).await.get("/products").await.is(200);
    login(&app.dashboard("acme"), OWNER, PASSWORD)
        .await
        .refused(401, "auth.code_needed");
    app.run_jobs().await;
}

#[tokio::test]
async fn an_account_has_twenty_at_most_and_each_is_one_accounts() {
    let app = TestApp::start().await;
    let (owner, manager) = (app.owner("acme").await, app.staff("acme", "manager@acme.test").await);
    let mut first = device(&app, ACME);
    add(&owner, &mut first).await;
    let (token, options) = begin(&owner).await;
    let known: Value = serde_json::from_str(&options).expect("JSON");
    assert_eq!(known["excludeCredentials"].as_array().map(Vec::len), Some(1));
    send_new(&owner, &token, &first.make(&options))
        .await
        .refused(409, "people.passkey_known");
    let (token, options) = begin(&manager).await;
    send_new(&manager, &token, &first.make(&options))
        .await
        .refused(409, "people.passkey_known");
    for _ in 1..20 {
        add(&owner, &mut device(&app, ACME)).await;
    }
    owner
        .post("/me/passkeys/challenge", proof(PASSWORD))
        .await
        .refused(409, "people.too_many_passkeys");
    assert_eq!(app.count("SELECT count(*) FROM user_passkeys"), 20);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_session_of_a_passkey_is_what_a_store_wants_and_one_of_the_password_is_not() {
    let app = TestApp::start().await;
    let door = app.dashboard("acme");
    let (owner, manager) = (app.owner("acme").await, app.staff("acme", "manager@acme.test").await);
    let wanted = json!({ "second_factor_required": true });
    owner.put("/security", &wanted).await.refused(409, "people.own_factor_first");
    let mut key_ring = device(&app, ACME);
    let id = add(&owner, &mut key_ring).await;
    // The device has signed in this session too.
    owner.put("/security", &wanted).await.is(200);
    owner.get("/products").await.is(200);
    manager.get("/products").await.refused(403, NEEDED);

    let by_password = door.signed_in(OWNER).await;
    by_password.get("/products").await.refused(403, NEEDED);
    assert_eq!(by_password.get("/me").await.is(200).json["second_factor_needed"], true);
    // With the password alone nobody makes themselves another way in, nor takes the owner's away.
    for (path, body) in [
        ("/me/passkeys/challenge".to_owned(), proof(PASSWORD)),
        (format!("/me/passkeys/{id}/delete"), proof(PASSWORD)),
        ("/me/second-factor".to_owned(), proof(PASSWORD)),
        (
            "/me/email".to_owned(),
            json!({ "email": "mine@example.test", "current_password": PASSWORD }),
        ),
    ] {
        by_password.post(&path, body).await.refused(403, "people.passkey_needed");
    }
    let by_passkey = entered(&door, &mut key_ring).await;
    by_passkey.get("/products").await.is(200);
    // Whoever holds another domain could have had a passkey of that one sign: what it says counts at its own host.
    let acme = app.store_id("acme").await;
    let add = move |tx: &mut PlatformTx| add_domain(tx, acme, "shop.example", true);
    let added = app.services.platform_tx(Actor::system("tests"), RequestMeta::default(), add).await;
    added.expect("the domain");
    let elsewhere = by_passkey.at(app.address(), "shop.example");
    elsewhere.get("/me").await.is(200);
    elsewhere.get("/products").await.refused(403, NEEDED);
    let profile = by_passkey.get("/me").await.is(200).json;
    assert_eq!(
        (&profile["second_factor_needed"], &profile["second_factor"]),
        (&json!(false), &json!(false))
    );
    remove(&by_passkey, &id).await.is(204);
    // It goes on as one of a password.
    by_passkey.get("/me").await.is(200);
    by_passkey.get("/products").await.refused(403, NEEDED);
    app.run_jobs().await;
}

#[tokio::test]
async fn the_administration_takes_a_passkey_for_what_it_wants() {
    let (app, _) = with_clock(vec![("ORION_AUTH_ADMIN_SECOND_FACTOR", "true".to_owned())]).await;
    let (door, admin) = (app.administration(), app.admin().await);
    admin.get("/overview").await.refused(403, NEEDED);
    let mut key_ring = device(&app, "admin.orion.localhost");
    add(&admin, &mut key_ring).await;
    door.signed_in(ADMIN).await.get("/overview").await.refused(403, NEEDED);
    entered(&door, &mut key_ring).await.get("/overview").await.is(200);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_reset_takes_the_passkeys_away_and_ends_every_session() {
    let app = TestApp::start().await;
    let (door, admin) = (app.dashboard("acme"), app.admin().await);
    let owner = app.owner("acme").await;
    let reset = json!({ "email": OWNER, "reason": "called back" });
    let none = admin.post("/second-factor/reset", &reset).await.refused(422, "framework.invalid");
    none.at("/email");
    let mut key_ring = device(&app, ACME);
    add(&owner, &mut key_ring).await;
    admin.post("/second-factor/reset", &reset).await.is(204);
    owner.get("/me").await.refused(401, "framework.unauthenticated");
    enter(&door, &mut key_ring).await.refused(401, "people.passkey_refused");
    let fresh = door.signed_in(OWNER).await;
    assert_eq!(fresh.get("/me/passkeys").await.is(200).json["data"], json!([]));
    let (_, text) = mails(&app, OWNER).await.remove(0);
    assert!(text.contains("removed its passkeys"), "{text}");
}

#[tokio::test]
async fn with_the_password_alone_nobody_hands_over_the_store_of_an_account_with_passkeys() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let by_password = app.dashboard("acme").signed_in(OWNER).await;
    add(&owner, &mut device(&app, ACME)).await;
    let heir = app.text("SELECT m.id::text FROM memberships m JOIN users u ON u.id = m.user_id WHERE u.email = 'manager@acme.test'");
    let offer = json!({ "member_id": heir, "current_password": PASSWORD });
    by_password
        .post("/ownership-offer", &offer)
        .await
        .refused(403, "people.passkey_needed");
    owner.post("/ownership-offer", &offer).await.is(201);
    app.run_jobs().await;
}

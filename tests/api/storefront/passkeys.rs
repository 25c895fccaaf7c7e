//! Passkeys of customers: made, signed in with, removed, and what they do not open.

use chrono::TimeDelta;
use diesel::RunQueryDsl;
use orion_framework::db::{Actor, PlatformTx, RequestMeta};
use orion_tenancy::add_domain;
use orion_tests::{Answer, Answering, Authenticator, Buyer, Client, PASSWORD, TestApp};
use orion_types::cart::Cart;
use serde_json::{Value, json};

use crate::api::passkeys::{ACME, Asked, asked, device, enter, entered, offered, proof, send};
use crate::api::passwords::{mails, newest_link};
use crate::api::second_factor::with_clock;

const ADA: &str = "ada@example.test";
const START: &str = "/account/passkeys/challenge";
const ENDED: &str = "people.passkey_challenge_ended";
const GLOBEX: &str = "globex.orion.localhost";

async fn begin(client: &Client) -> Asked {
    asked(&client.post(START, proof(PASSWORD)).await.is(200))
}

async fn send_new(client: &Client, challenge: &str, credential: &str) -> Answer {
    let body = json!({ "challenge": challenge, "name": "Telephone", "credential": credential });
    client.post("/account/passkeys", body).await
}

/// Gives a customer a passkey; its id.
async fn add(client: &Client, device: &mut Authenticator) -> String {
    let (token, options) = begin(client).await;
    let made = send_new(client, &token, &device.make(&options)).await.is(201);
    made.json["id"].as_str().expect("an id").to_owned()
}

async fn remove(client: &Client, id: &str, password: &str) -> Answer {
    client.post(&format!("/account/passkeys/{id}/delete"), proof(password)).await
}

fn refused(answer: Answer) -> Value {
    let mut told = answer.refused(401, "people.passkey_refused").json;
    told["request_id"] = Value::Null;
    told
}

fn noted(app: &TestApp, action: &str) -> i64 {
    app.count(&format!("SELECT count(*) FROM audit_log WHERE action = '{action}'"))
}

fn run(app: &TestApp, sql: &str) {
    diesel::sql_query(sql).execute(&mut app.owner_of_database()).expect("it is done");
}

#[tokio::test]
async fn a_passkey_signs_a_customer_in_without_a_name_and_brings_the_cart_along() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 5).await;
    let ada = app.customer("acme", ADA).await;
    assert_eq!(ada.get("/account/passkeys").await.is(200).json["data"], json!([]));
    let (token, options) = begin(&ada).await;
    let told: Value = serde_json::from_str(&options).expect("JSON");
    assert_eq!((&told["rp"]["id"], &told["user"]["name"]), (&json!(ACME), &json!(ADA)));
    assert_eq!(told["authenticatorSelection"]["residentKey"], "required");
    assert_eq!(told["authenticatorSelection"]["userVerification"], "required");
    let mut phone = device(&app, ACME);
    let made = send_new(&ada, &token, &phone.make(&options)).await.is(201).json;
    assert_eq!(
        (&made["name"], &made["host"], &made["here"], &made["last_used_at"]),
        (&json!("Telephone"), &json!(ACME), &json!(true), &Value::Null)
    );
    let (subject, text) = mails(&app, ADA).await.remove(0);
    assert!(
        subject == "A passkey was added" && text.contains("Telephone") && text.contains(ACME),
        "{subject}: {text}"
    );

    let guest = Buyer::fill(&app.shop("acme"), &[(mug, 2)]).await.client;
    let answer = enter(&guest, &mut phone).await.is(200);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert!(answer.cookie("orion_customer").is_some());
    let inside = app.shop("acme").bearer(answer.json["access_token"].as_str().expect("a token"));
    assert_eq!(inside.get("/account").await.is(200).json["email"], ADA);
    let cart: Cart = inside.get("/cart").await.is(200).json();
    assert_eq!(cart.item_count, 2);
    // No other session ends.
    ada.get("/account").await.is(200);
    let own = inside.get("/account/passkeys").await.is(200).json;
    assert!(own["data"][0]["last_used_at"].is_string(), "{own}");
    let path = format!("/account/passkeys/{}", made["id"].as_str().expect("an id"));
    let renamed = inside.put(&path, json!({ "name": "Key ring" })).await.is(200);
    assert_eq!(renamed.json["name"], "Key ring");
    let each = "customer.passkey_started,customer.passkey_added,customer.passkey_renamed";
    let sql = "SELECT coalesce(string_agg(action, ',' ORDER BY id), '') FROM audit_log WHERE action LIKE 'customer.passkey%'";
    assert_eq!(app.text(sql), each);
    assert_eq!(app.count("SELECT count(*) FROM customer_passkey_challenges"), 0);
    app.run_jobs().await;
}

#[tokio::test]
async fn making_and_removing_one_takes_the_password_and_a_slip_costs_nothing() {
    let app = TestApp::start().await;
    let ada = app.customer("acme", ADA).await;
    let wrong = ada.post(START, proof("wrong")).await.refused(422, "framework.invalid");
    wrong.at("/current_password");
    let (token, options) = begin(&ada).await;
    let mut phone = device(&app, ACME);
    let credential = phone.make(&options);
    for (body, pointer) in [
        (json!({ "challenge": token, "name": " ", "credential": credential }), "/name"),
        (json!({ "challenge": token, "name": "x", "credential": "{}" }), "/credential"),
    ] {
        ada.post("/account/passkeys", body)
            .await
            .refused(422, "framework.invalid")
            .at(pointer);
    }
    let made = send_new(&ada, &token, &credential).await.is(201);
    let id = made.json["id"].as_str().expect("an id").to_owned();
    remove(&ada, &id, "wrong")
        .await
        .refused(422, "framework.invalid")
        .at("/current_password");
    let eve = app.customer("acme", "eve@example.test").await;
    remove(&eve, &id, PASSWORD).await.refused(404, "framework.not_found");
    eve.put(&format!("/account/passkeys/{id}"), json!({ "name": "Mine" }))
        .await
        .refused(404, "framework.not_found");
    entered(&app.shop("acme"), &mut phone).await;
    remove(&ada, &id, PASSWORD).await.is(204);
    let (subject, _) = mails(&app, ADA).await.remove(0);
    assert_eq!(subject, "A passkey was removed");
    refused(enter(&app.shop("acme"), &mut phone).await);
    ada.get("/account").await.is(200);
    app.run_jobs().await;
}

#[tokio::test]
async fn an_account_has_twenty_at_most_and_each_is_one_accounts() {
    let app = TestApp::start().await;
    let (ada, eve) = (app.customer("acme", ADA).await, app.customer("acme", "eve@example.test").await);
    let mut first = device(&app, ACME);
    add(&ada, &mut first).await;
    let (token, options) = begin(&ada).await;
    let known: Value = serde_json::from_str(&options).expect("JSON");
    assert_eq!(known["excludeCredentials"].as_array().map(Vec::len), Some(1));
    send_new(&ada, &token, &first.make(&options))
        .await
        .refused(409, "people.passkey_known");
    let (token, options) = begin(&eve).await;
    send_new(&eve, &token, &first.make(&options))
        .await
        .refused(409, "people.passkey_known");
    for _ in 1..20 {
        add(&ada, &mut device(&app, ACME)).await;
    }
    ada.post(START, proof(PASSWORD)).await.refused(409, "people.too_many_passkeys");
    assert_eq!(app.count("SELECT count(*) FROM customer_passkeys"), 20);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_challenge_is_for_one_account_one_shop_and_one_host() {
    let app = TestApp::start().await;
    let (ada, eve) = (app.customer("acme", ADA).await, app.customer("acme", "eve@example.test").await);
    let elsewhere = app.customer("globex", ADA).await;
    let mut own = device(&app, ACME);
    let (token, options) = begin(&ada).await;
    let made = own.make(&options);
    for stranger in [&eve, &elsewhere] {
        send_new(stranger, &token, &made).await.refused(410, ENDED);
    }
    send(&app.shop("acme"), &token, &own.sign(&options)).await.refused(410, ENDED);
    // Nobody else has used it up.
    send_new(&ada, &token, &made).await.is(201);

    let (token, options) = offered(&app.shop("acme")).await;
    let signed = own.sign(&options);
    // The dashboard of the same host knows neither the challenge nor the passkey.
    for door in [app.shop("globex"), app.dashboard("acme")] {
        send(&door, &token, &signed).await.refused(410, ENDED);
    }
    send(&app.shop("acme"), &token, &signed).await.is(200);
    refused(enter(&app.dashboard("acme"), &mut own).await);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_challenge_is_answered_once_and_within_five_minutes() {
    let (app, clock) = with_clock(Vec::new()).await;
    let (door, ada) = (app.shop("acme"), app.customer("acme", ADA).await);
    let mut phone = device(&app, ACME);
    let (token, options) = begin(&ada).await;
    clock.advance(TimeDelta::seconds(301));
    send_new(&ada, &token, &phone.make(&options)).await.refused(410, ENDED);
    let (token, options) = begin(&ada).await;
    let made = phone.make(&options);
    send_new(&ada, &token, &made).await.is(201);
    send_new(&ada, &token, &made).await.refused(410, ENDED);

    let (token, options) = offered(&door).await;
    let signed = phone.sign(&options);
    send(&door, &token, &signed).await.is(200);
    send(&door, &token, &signed).await.refused(410, ENDED);
    // A new challenge does not fit what was signed for another one.
    let (other, _) = offered(&door).await;
    refused(send(&door, &other, &signed).await);
    let (token, options) = offered(&door).await;
    clock.advance(TimeDelta::seconds(301));
    send(&door, &token, &phone.sign(&options)).await.refused(410, ENDED);
    app.tidy().await;
    app.run_jobs().await;
    assert_eq!(app.count("SELECT count(*) FROM customer_passkey_challenges"), 0);
}

#[tokio::test]
async fn what_is_signed_elsewhere_or_by_nobody_opens_nothing_and_nothing_is_told() {
    let app = TestApp::start().await;
    let door = app.shop("acme");
    let (mut own, mut other) = (device(&app, ACME), device(&app, ACME));
    add(&app.customer("acme", ADA).await, &mut own).await;
    add(&app.customer("acme", "eve@example.test").await, &mut other).await;
    let globex = app.services.config.origin().of(GLOBEX);
    let (honest, others) = (own.says.clone(), other.says.user_handle.clone());
    let lies: [&dyn Fn(&mut Answering); 5] = [
        &|says| says.origin = globex.clone(),
        &|says| says.rp_id = GLOBEX.to_owned(),
        &|says| says.verified = false,
        &|says| says.user_handle = others.clone(),
        &|says| says.user_handle = String::new(),
    ];
    let mut told = Vec::new();
    for lie in lies {
        lie(&mut own.says);
        told.push(refused(enter(&door, &mut own).await));
        own.says = Answering {
            counter: own.says.counter,
            ..honest.clone()
        };
        // It was the lie, and nothing else.
        entered(&door, &mut own).await;
    }
    let mut stranger = device(&app, ACME);
    stranger.says = honest.clone();
    told.push(refused(enter(&door, &mut stranger).await));
    run(&app, &format!("UPDATE customers SET active = false WHERE email = '{ADA}'"));
    told.push(refused(enter(&door, &mut own).await));
    assert!(told.windows(2).all(|two| two[0] == two[1]), "{told:?}");
    assert_eq!(noted(&app, "customer.passkey_refused"), 7);
    app.run_jobs().await;
}

#[tokio::test]
async fn at_another_domain_of_the_shop_a_passkey_is_listed_and_opens_nothing() {
    let app = TestApp::start().await;
    let acme = app.store_id("acme").await;
    let add_host = move |tx: &mut PlatformTx| add_domain(tx, acme, "shop.example", true);
    let added = app
        .services
        .platform_tx(Actor::system("tests"), RequestMeta::default(), add_host)
        .await;
    added.expect("the domain");
    let ada = app.customer("acme", ADA).await;
    let mut own = device(&app, ACME);
    add(&ada, &mut own).await;
    let there = ada.at(app.address(), "shop.example");
    let listed = there.get("/account/passkeys").await.is(200).json;
    assert_eq!(
        (&listed["data"][0]["host"], &listed["data"][0]["here"]),
        (&json!(ACME), &json!(false))
    );
    let door = app.shop("acme").at(app.address(), "shop.example");
    own.says.origin = app.services.config.origin().of("shop.example");
    own.says.rp_id = "shop.example".to_owned();
    refused(enter(&door, &mut own).await);
    // One for that host is another passkey.
    let mut second = device(&app, "shop.example");
    add(&there, &mut second).await;
    entered(&door, &mut second).await.get("/account").await.is(200);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_counter_that_does_not_go_on_is_refused_and_noted() {
    let app = TestApp::start().await;
    let door = app.shop("acme");
    let mut phone = device(&app, ACME);
    add(&app.customer("acme", ADA).await, &mut phone).await;
    entered(&door, &mut phone).await;
    entered(&door, &mut phone).await;
    let (token, options) = offered(&door).await;
    refused(send(&door, &token, &phone.sign_again(&options)).await);
    assert_eq!(noted(&app, "customer.passkey_copied"), 1);
    entered(&door, &mut phone).await;
    app.run_jobs().await;
}

#[tokio::test]
async fn a_password_that_is_chosen_by_a_link_takes_the_passkeys_away() {
    let app = TestApp::start().await;
    let door = app.shop("acme");
    let ada = app.customer("acme", ADA).await;
    let mut phone = device(&app, ACME);
    add(&ada, &mut phone).await;
    // One that somebody is about to make is none, either.
    begin(&ada).await;
    door.post("/auth/password-link", json!({ "email": ADA })).await.is(202);
    app.run_jobs().await;
    let (_, token) = newest_link(&app, ADA).await;
    let reset = json!({ "token": token, "new_password": "Tramway-quince-4417" });
    door.post("/auth/password", reset).await.is(204);
    let (subject, text) = mails(&app, ADA).await.remove(0);
    assert!(
        subject == "Your password was changed" && text.contains("The passkeys of your account are removed"),
        "{subject}: {text}"
    );
    assert_eq!(app.count("SELECT count(*) FROM customer_passkey_challenges"), 0);
    refused(enter(&door, &mut phone).await);
    assert_eq!(app.count("SELECT count(*) FROM customer_passkeys"), 0);
    app.run_jobs().await;
}

/// Whoever has got into an account and is thrown out by its owner has sent a passkey in the very moment.
#[tokio::test]
async fn a_passkey_that_comes_while_a_password_is_chosen_by_a_link_is_not_added() {
    let app = TestApp::start().await;
    let ada = app.customer("acme", ADA).await;
    let (token, options) = begin(&ada).await;
    let credential = device(&app, ACME).make(&options);
    // The account is held first; what it has goes once the other one has come past the gate.
    let held = app.held("SELECT id FROM customers FOR UPDATE");
    let waits = held.until_waiting_then(1, "DELETE FROM customer_passkeys; DELETE FROM customer_passkey_challenges");
    let (late, ()) = tokio::join!(send_new(&ada, &token, &credential), waits);
    late.refused(410, ENDED);
    assert_eq!(app.count("SELECT count(*) FROM customer_passkeys"), 0);
    app.run_jobs().await;
}

#[tokio::test]
async fn who_is_removed_takes_their_passkeys_along() {
    let app = TestApp::start().await;
    let ada = app.customer("acme", ADA).await;
    add(&ada, &mut device(&app, ACME)).await;
    begin(&ada).await;
    run(&app, "DELETE FROM customer_sessions");
    run(&app, "DELETE FROM customers");
    for table in ["customer_passkeys", "customer_passkey_challenges"] {
        assert_eq!(app.count(&format!("SELECT count(*) FROM {table}")), 0, "{table}");
    }
    app.run_jobs().await;
}

#[tokio::test]
async fn guessing_is_slowed_down() {
    let app = TestApp::start().await;
    let door = app.shop("acme");
    let mut stranger = device(&app, ACME);
    stranger.says.rp_id = ACME.to_owned();
    for _ in 0..6 {
        let answer = enter(&door, &mut stranger).await;
        if answer.status == 429 {
            break;
        }
        refused(answer);
    }
    enter(&door, &mut stranger).await.refused(429, "auth.too_many_attempts");
}

//! What a passkey does not open, and what is told of it.

use chrono::TimeDelta;
use diesel::RunQueryDsl;
use orion_tests::{Answer, Answering, Authenticator, TestApp};
use serde_json::Value;

use super::passkeys::{ACME, add, begin, device, enter, entered, offered, proof, remove, send, send_new};
use super::passwords::mails;
use super::second_factor::{OWNER, with_clock};

const ENDED: &str = "people.passkey_challenge_ended";

fn refused(answer: Answer) -> Value {
    let mut told = answer.refused(401, "people.passkey_refused").json;
    told["request_id"] = Value::Null;
    told
}

fn noted(app: &TestApp, action: &str) -> i64 {
    app.count(&format!("SELECT count(*) FROM audit_log WHERE action = '{action}'"))
}

#[tokio::test]
async fn a_challenge_is_answered_once_and_within_five_minutes() {
    let (app, clock) = with_clock(Vec::new()).await;
    let (door, owner) = (app.dashboard("acme"), app.owner("acme").await);
    let mut device = device(&app, ACME);
    let (token, options) = begin(&owner).await;
    clock.advance(TimeDelta::seconds(301));
    send_new(&owner, &token, &device.make(&options)).await.refused(410, ENDED);
    let (token, options) = begin(&owner).await;
    let made = device.make(&options);
    send_new(&owner, &token, &made).await.is(201);
    send_new(&owner, &token, &made).await.refused(410, ENDED);

    let (token, options) = offered(&door).await;
    let signed = device.sign(&options);
    send(&door, &token, &signed).await.is(200);
    send(&door, &token, &signed).await.refused(410, ENDED);
    // A new challenge does not fit what was signed for another one.
    let (other, _) = offered(&door).await;
    refused(send(&door, &other, &signed).await);
    send(&door, &other, &device.sign(&options)).await.refused(410, ENDED);

    let (token, options) = offered(&door).await;
    clock.advance(TimeDelta::seconds(301));
    send(&door, &token, &device.sign(&options)).await.refused(410, ENDED);
    send(&door, "nonsense", &device.sign(&options)).await.refused(410, ENDED);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_challenge_is_for_one_account_one_area_and_one_host() {
    let app = TestApp::start().await;
    let (owner, manager) = (app.owner("acme").await, app.staff("acme", "manager@acme.test").await);
    let mut own = device(&app, ACME);
    let (token, options) = begin(&owner).await;
    let made = own.make(&options);
    send_new(&manager, &token, &made).await.refused(410, ENDED);
    let elsewhere = owner.at(app.address(), "globex.orion.localhost");
    send_new(&elsewhere, &token, &made).await.refused(410, ENDED);
    send(&app.dashboard("acme"), &token, &own.sign(&options)).await.refused(410, ENDED);
    // Nobody else has used it up.
    send_new(&owner, &token, &made).await.is(201);

    let (token, options) = offered(&app.dashboard("acme")).await;
    let signed = own.sign(&options);
    for door in [
        app.dashboard("globex"),
        app.administration(),
        app.administration().at(app.address(), ACME),
    ] {
        let answer = send(&door, &token, &signed).await;
        assert!(matches!(answer.status, 404 | 410), "{}", answer.text());
    }
    send(&app.dashboard("acme"), &token, &signed).await.is(200);
    app.run_jobs().await;
}

#[tokio::test]
async fn what_is_signed_elsewhere_or_by_nobody_opens_nothing_and_nothing_is_told() {
    let app = TestApp::start().await;
    let door = app.dashboard("acme");
    let mut own = device(&app, ACME);
    add(&app.owner("acme").await, &mut own).await;
    let manager = app.staff("acme", "manager@acme.test").await;
    let mut other = device(&app, ACME);
    add(&manager, &mut other).await;
    let globex = app.services.config.origin().of("globex.orion.localhost");
    let (honest, others) = (own.says.clone(), other.says.user_handle.clone());
    let lies: [&dyn Fn(&mut Answering); 6] = [
        &|says| says.origin = "http://acme.orion.localhost.evil.example".to_owned(),
        &|says| says.origin = globex.clone(),
        &|says| says.rp_id = "globex.orion.localhost".to_owned(),
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
    assert!(told.windows(2).all(|two| two[0] == two[1]), "{told:?}");
    assert_eq!(noted(&app, "user.passkey_refused"), 7);
    // Where it was made it opens, and at another host nobody knows it.
    entered(&door, &mut own).await.get("/products").await.is(200);
    own.says.origin = globex;
    own.says.rp_id = "globex.orion.localhost".to_owned();
    refused(enter(&app.dashboard("globex"), &mut own).await);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_new_passkey_of_another_page_or_an_unverified_one_is_not_taken() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    for spoil in [
        (|device: &mut Authenticator| device.says.origin = "http://evil.example".to_owned()) as fn(&mut Authenticator),
        |device| device.says.verified = false,
    ] {
        let mut device = device(&app, ACME);
        spoil(&mut device);
        let (token, options) = begin(&owner).await;
        let answer = send_new(&owner, &token, &device.make(&options)).await;
        answer.refused(422, "framework.invalid").at("/credential");
        send_new(&owner, &token, &device.make(&options)).await.refused(410, ENDED);
    }
    assert_eq!(noted(&app, "user.passkey_not_added"), 2);
}

#[tokio::test]
async fn a_counter_that_does_not_go_on_is_refused_and_noted() {
    let app = TestApp::start().await;
    let door = app.dashboard("acme");
    let mut device = device(&app, ACME);
    add(&app.owner("acme").await, &mut device).await;
    entered(&door, &mut device).await;
    entered(&door, &mut device).await;
    let (token, options) = offered(&door).await;
    refused(send(&door, &token, &device.sign_again(&options)).await);
    device.says.counter = 0;
    refused(enter(&door, &mut device).await);
    assert_eq!(noted(&app, "user.passkey_copied"), 2);
    device.says.counter = 2;
    entered(&door, &mut device).await;
    app.run_jobs().await;
}

#[tokio::test]
async fn a_passkey_that_is_removed_or_of_a_closed_account_opens_nothing() {
    let app = TestApp::start().await;
    let door = app.dashboard("acme");
    let owner = app.owner("acme").await;
    let (mut first, mut second) = (device(&app, ACME), device(&app, ACME));
    let id = add(&owner, &mut first).await;
    add(&owner, &mut second).await;
    let wrong = owner.post(&format!("/me/passkeys/{id}/delete"), proof("wrong")).await;
    wrong.refused(422, "framework.invalid").at("/current_password");
    let manager = app.staff("acme", "manager@acme.test").await;
    remove(&manager, &id).await.refused(404, "framework.not_found");
    remove(&owner, &id).await.is(204);
    let (subject, _) = mails(&app, OWNER).await.remove(0);
    assert_eq!(subject, "A passkey was removed");
    refused(enter(&door, &mut first).await);
    entered(&door, &mut second).await.get("/products").await.is(200);
    diesel::sql_query(format!("UPDATE users SET active = false WHERE email = '{OWNER}'"))
        .execute(&mut app.owner_of_database())
        .expect("a closed account");
    refused(enter(&door, &mut second).await);
    app.run_jobs().await;
}

#[tokio::test]
async fn guessing_is_slowed_down() {
    let app = TestApp::start().await;
    let door = app.dashboard("acme");
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

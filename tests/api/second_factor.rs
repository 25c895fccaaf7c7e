//! The second factor of administrators and staff: set up, asked for, and what does not go round it.

use chrono::{DateTime, TimeDelta};
use diesel::RunQueryDsl;
use orion_framework::clock::Clock;
use orion_tests::{Answer, Client, PASSWORD, TestApp, TestOptions};
use serde_json::{Value, json};
use totp_rs::{Builder, Secret};

use super::passwords::{mails, newest_link};

pub(super) const OWNER: &str = "owner@acme.test";
const NEEDED: &str = "framework.second_factor_needed";

pub(super) async fn with_clock(variables: Vec<(&'static str, String)>) -> (TestApp, Clock) {
    let clock = Clock::fixed(DateTime::from_timestamp(1_790_000_000, 0).expect("a time"));
    let options = TestOptions {
        clock: clock.clone(),
        variables,
        ..TestOptions::default()
    };
    (TestApp::start_with(options).await, clock)
}

/// Somebody's telephone.
pub(super) struct Phone {
    secret: String,
    clock: Clock,
    recovery_codes: Vec<String>,
}

impl Phone {
    /// What it shows `steps` of thirty seconds from now.
    fn code_in(&self, steps: i64) -> String {
        let secret = Secret::try_from_base32(&self.secret).expect("base32");
        let totp = Builder::new().with_secret(secret).build().expect("an authenticator");
        let seconds = self.clock.now().timestamp() + steps * 30;
        totp.generate(seconds.try_into().expect("a time")).to_string()
    }

    fn code(&self) -> String {
        self.code_in(0)
    }

    /// A code that nobody has used: the clock goes on by a step.
    pub(super) fn fresh_code(&self) -> String {
        self.clock.advance(TimeDelta::seconds(30));
        self.code()
    }

    /// Six digits that are no code of about now.
    pub(super) fn wrong_code(&self) -> String {
        let near: Vec<String> = (-2..=2).map(|steps| self.code_in(steps)).collect();
        let digits = |number: u32| format!("{number:06}");
        (0..).map(digits).find(|code| !near.contains(code)).expect("a code")
    }
}

async fn start(client: &Client) -> Value {
    client
        .post("/me/second-factor", json!({ "current_password": PASSWORD }))
        .await
        .is(200)
        .json
}

/// Turns the factor of whoever is signed in on.
pub(super) async fn turn_on(client: &Client, clock: &Clock) -> Phone {
    let setup = start(client).await;
    let mut phone = Phone {
        secret: setup["secret"].as_str().expect("a secret").to_owned(),
        clock: clock.clone(),
        recovery_codes: Vec::new(),
    };
    let confirmed = client
        .post("/me/second-factor/confirm", json!({ "one_time_code": phone.code() }))
        .await
        .is(200);
    phone.recovery_codes = confirmed.json["recovery_codes"]
        .as_array()
        .expect("codes")
        .iter()
        .map(|code| code.as_str().expect("a code").to_owned())
        .collect();
    phone
}

pub(super) async fn login(door: &Client, email: &str, password: &str) -> Answer {
    door.post("/auth/login", json!({ "email": email, "password": password })).await
}

/// The challenge that a right password brings.
async fn challenge(door: &Client, email: &str) -> String {
    let asked = login(door, email, PASSWORD).await.refused(401, "auth.code_needed");
    asked.json["challenge"]["token"].as_str().expect("a challenge").to_owned()
}

async fn answer(door: &Client, challenge: &str, code: &str) -> Answer {
    door.post("/auth/second-factor", json!({ "challenge": challenge, "one_time_code": code }))
        .await
}

pub(super) fn wrong(answer: Answer) {
    answer.refused(422, "framework.invalid").at("/one_time_code");
}

fn inside(door: &Client, entered: &Answer) -> Client {
    door.bearer(entered.json["access_token"].as_str().expect("a token"))
}

fn change(app: &TestApp, sql: &str) {
    diesel::sql_query(sql)
        .execute(&mut app.owner_of_database())
        .expect("the database does it");
}

fn actions(app: &TestApp) -> String {
    app.text(
        "SELECT coalesce(string_agg(action, ',' ORDER BY id), '') FROM audit_log \
         WHERE action LIKE 'user.second_factor%' OR action LIKE 'user.recovery%'",
    )
}

#[tokio::test]
async fn it_is_set_up_and_then_asked_for_in_both_areas() {
    let (app, clock) = with_clock(Vec::new()).await;
    for (door, email, cookie) in [
        (app.administration(), "admin@orion.test", "orion_admin"),
        (app.dashboard("acme"), OWNER, "orion_store"),
    ] {
        let (here, elsewhere) = (door.signed_in(email).await, door.signed_in(email).await);
        let off = json!({ "recovery_codes_left": 0 });
        assert_eq!(here.get("/me/second-factor").await.is(200).json, off);
        here.post("/me/second-factor", json!({ "current_password": "wrong" }))
            .await
            .refused(422, "framework.invalid")
            .at("/current_password");
        here.post("/me/second-factor/confirm", json!({ "one_time_code": "123456" }))
            .await
            .refused(409, "auth.no_second_factor");
        let setup = start(&here).await;
        let secret = setup["secret"].as_str().expect("a secret");
        let uri = setup["secret_uri"].as_str().expect("an address");
        assert!(uri.starts_with("otpauth://totp/") && uri.contains(secret), "{uri}");
        assert!(setup["secret_picture"].as_str().is_some_and(|picture| picture.contains("<svg")));
        wrong(here.post("/me/second-factor/confirm", json!({ "one_time_code": "000000" })).await);
        login(&door, email, PASSWORD).await.is(200);
        assert_eq!(here.get("/me/second-factor").await.is(200).json, off, "it counts for nothing yet");

        let phone = turn_on(&here, &clock).await;
        assert_ne!(phone.secret, secret, "each beginning has a secret of its own");
        assert_eq!(phone.recovery_codes.len(), 10);
        let on = here.get("/me/second-factor").await.is(200).json;
        assert_eq!(on["recovery_codes_left"], 10);
        assert!(on["on_since"].is_string());
        assert_eq!(here.get("/me").await.is(200).json["second_factor"], true);
        here.post("/me/second-factor", json!({ "current_password": PASSWORD }))
            .await
            .refused(409, "auth.second_factor_on");
        elsewhere.get("/me").await.refused(401, "framework.unauthenticated");

        let asked = login(&door, email, PASSWORD).await.refused(401, "auth.code_needed");
        assert_eq!((asked.cookie(cookie), &asked.json["access_token"]), (None, &Value::Null));
        login(&door, email, "wrong").await.refused(401, "auth.invalid_credentials");
        let token = asked.json["challenge"]["token"].as_str().expect("a challenge");
        let entered = answer(&door, token, &phone.fresh_code()).await.is(200);
        assert!(entered.cookie(cookie).is_some());
        inside(&door, &entered).get("/me").await.is(200);
        let (subject, text) = mails(&app, email).await.remove(0);
        assert!(
            subject.contains("factor is on") && text.contains("If it was not you"),
            "{subject}: {text}"
        );
        let held = format!(
            "SELECT count(*) FROM user_second_factors WHERE position('{}'::bytea IN secret) > 0",
            phone.secret
        );
        assert_eq!(app.count(&held), 0);
    }
    assert_eq!(
        actions(&app),
        [["user.second_factor_started", "user.second_factor_started", "user.second_factor_on"]
            .join(",")
            .as_str(); 2]
            .join(",")
    );
}

#[tokio::test]
async fn a_code_counts_once_and_none_before_it() {
    let (app, clock) = with_clock(Vec::new()).await;
    let door = app.dashboard("acme");
    let phone = turn_on(&app.owner("acme").await, &clock).await;
    // That it is on was said with the code of this step.
    wrong(answer(&door, &challenge(&door, OWNER).await, &phone.code()).await);
    let next = phone.code_in(1);
    answer(&door, &challenge(&door, OWNER).await, &next).await.is(200);
    clock.advance(TimeDelta::seconds(30));
    let token = challenge(&door, OWNER).await;
    wrong(answer(&door, &token, &next).await);
    wrong(answer(&door, &token, &phone.code_in(-1)).await);
    clock.advance(TimeDelta::seconds(60));
    wrong(answer(&door, &token, &phone.code_in(-2)).await);
    answer(&door, &token, &phone.code_in(-1)).await.is(200);
}

#[tokio::test]
async fn wrong_codes_end_the_challenge_and_slow_the_account_down_everywhere() {
    let (app, clock) = with_clock(Vec::new()).await;
    let door = app.dashboard("acme");
    let phone = turn_on(&app.owner("acme").await, &clock).await;
    let token = challenge(&door, OWNER).await;
    for _ in 0..5 {
        wrong(answer(&door, &token, &phone.wrong_code()).await);
    }
    answer(&door, &token, &phone.code_in(1)).await.refused(410, "auth.challenge_ended");
    clock.advance(TimeDelta::milliseconds(500));
    // Another server has seen none of it, and counts all the same.
    let second = app.second_server().await;
    let elsewhere = door.at(second.address, "acme.orion.localhost");
    answer(&elsewhere, &token, &phone.code_in(1))
        .await
        .refused(410, "auth.challenge_ended");
    let other = challenge(&elsewhere, OWNER).await;
    let braked = answer(&elsewhere, &other, &phone.code_in(1))
        .await
        .refused(429, "auth.too_many_attempts");
    assert_eq!(braked.header("retry-after"), Some("1"));
    clock.advance(TimeDelta::seconds(1));
    answer(&elsewhere, &other, &phone.code_in(1)).await.is(200);
    assert_eq!(app.count("SELECT failures FROM user_second_factors"), 0);
    assert_eq!(actions(&app).matches("user.second_factor_refused").count(), 6);
}

#[tokio::test]
async fn who_knows_the_password_does_not_keep_its_owner_out_with_wrong_codes() {
    let (app, clock) = with_clock(Vec::new()).await;
    let door = app.dashboard("acme");
    let phone = turn_on(&app.owner("acme").await, &clock).await;
    let token = challenge(&door, OWNER).await;
    for _ in 0..5 {
        wrong(answer(&door, &token, &phone.wrong_code()).await);
    }
    let second = app.second_server().await;
    let elsewhere = door.at(second.address, "acme.orion.localhost");
    let token = challenge(&elsewhere, OWNER).await;
    for _ in 0..2 {
        answer(&elsewhere, &token, &phone.code_in(1))
            .await
            .refused(429, "auth.too_many_attempts");
    }
    assert_eq!(
        app.count("SELECT max(tries) FROM user_challenges WHERE tries < 5"),
        0,
        "nobody has looked"
    );
    answer(&elsewhere, &token, &phone.recovery_codes[0]).await.is(200);
}

#[tokio::test]
async fn a_challenge_is_no_session_and_good_for_one_area_one_password_and_five_minutes() {
    let (app, clock) = with_clock(Vec::new()).await;
    let (door, admin) = (app.dashboard("acme"), app.administration());
    let phone = turn_on(&admin.signed_in("admin@orion.test").await, &clock).await;
    let email = "admin@orion.test";
    let token = challenge(&door, email).await;
    door.bearer(&token).get("/me").await.refused(401, "framework.unauthenticated");
    admin.bearer(&token).get("/me").await.refused(401, "framework.unauthenticated");
    let cookie = door.cookie("orion_store", &token);
    cookie.post("/auth/refresh", json!({})).await.refused(401, "auth.session_ended");
    // The account is one in both areas, and its challenges are not.
    answer(&admin, &token, &phone.fresh_code())
        .await
        .refused(410, "auth.challenge_ended");
    answer(&door, &token, &phone.code()).await.is(200);
    answer(&door, &token, &phone.fresh_code())
        .await
        .refused(410, "auth.challenge_ended");
    answer(&door, "nonsense", &phone.code()).await.refused(410, "auth.challenge_ended");

    let late = challenge(&door, email).await;
    clock.advance(TimeDelta::minutes(5));
    answer(&door, &late, &phone.code()).await.refused(410, "auth.challenge_ended");

    let before = challenge(&door, email).await;
    change(&app, "UPDATE users SET version = version + 1");
    answer(&door, &before, &phone.fresh_code())
        .await
        .refused(410, "auth.challenge_ended");
    let locked_out = challenge(&door, email).await;
    change(&app, "UPDATE users SET active = false");
    answer(&door, &locked_out, &phone.fresh_code())
        .await
        .refused(410, "auth.challenge_ended");
    assert_eq!(
        app.count(&format!(
            "SELECT count(*) FROM user_challenges AS row WHERE row::text LIKE '%{late}%'"
        )),
        0
    );
}

#[tokio::test]
async fn a_recovery_code_lets_in_once_also_side_by_side() {
    let (app, clock) = with_clock(Vec::new()).await;
    let door = app.dashboard("acme");
    let phone = turn_on(&app.owner("acme").await, &clock).await;
    let code = phone.recovery_codes[0].to_uppercase();
    let (one, other) = (challenge(&door, OWNER).await, challenge(&door, OWNER).await);
    let (one, other) = tokio::join!(answer(&door, &one, &code), answer(&door, &other, &code));
    let mut statuses = [one.status, other.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 422], "{} {}", one.text(), other.text());
    let (subject, text) = mails(&app, OWNER).await.remove(0);
    assert!(
        subject.contains("recovery code was used") && text.contains("left: 9"),
        "{subject}: {text}"
    );
    assert_eq!(actions(&app).matches("user.recovery_code_used").count(), 1);
    for code in &phone.recovery_codes {
        let plain = code.replace('-', "");
        for table in ["user_recovery_codes", "audit_log", "mail_messages", "idempotency_keys", "jobs"] {
            let held = format!("SELECT count(*) FROM {table} AS row WHERE row::text ILIKE ANY ('{{%{code}%,%{plain}%}}')");
            assert_eq!(app.count(&held), 0, "{table} holds a code");
        }
    }
}

#[tokio::test]
async fn choosing_the_password_anew_does_not_go_round_it() {
    let (app, clock) = with_clock(Vec::new()).await;
    let door = app.dashboard("acme");
    let phone = turn_on(&app.owner("acme").await, &clock).await;
    door.post("/auth/password-link", json!({ "email": OWNER })).await.is(202);
    app.run_jobs().await;
    let (_, token) = newest_link(&app, OWNER).await;
    let fresh = "Tramway-quince-4417";
    let reset = door
        .post("/auth/password", json!({ "token": token, "new_password": fresh }))
        .await
        .is(204);
    assert_eq!(reset.cookie("orion_store"), None);
    let asked = login(&door, OWNER, fresh).await.refused(401, "auth.code_needed");
    let token = asked.json["challenge"]["token"].as_str().expect("a challenge");
    answer(&door, token, &phone.fresh_code()).await.is(200);
}

#[tokio::test]
async fn codes_are_made_anew_and_it_is_turned_off_by_password_and_code() {
    let (app, clock) = with_clock(Vec::new()).await;
    let (door, owner) = (app.dashboard("acme"), app.owner("acme").await);
    let phone = turn_on(&owner, &clock).await;
    let prove = |password: &str, code: &str| json!({ "current_password": password, "one_time_code": code });
    for path in ["/me/second-factor/recovery-codes", "/me/second-factor/disable"] {
        owner
            .post(path, prove("wrong", &phone.fresh_code()))
            .await
            .refused(422, "framework.invalid")
            .at("/current_password");
        wrong(owner.post(path, prove(PASSWORD, &phone.wrong_code())).await);
    }
    assert_eq!(app.count("SELECT failures FROM user_second_factors"), 2);
    let renewed = owner
        .post("/me/second-factor/recovery-codes", prove(PASSWORD, &phone.fresh_code()))
        .await
        .is(200);
    assert_eq!(renewed.header("cache-control"), Some("no-store"));
    wrong(answer(&door, &challenge(&door, OWNER).await, &phone.recovery_codes[0]).await);
    let code = renewed.json["recovery_codes"][0].as_str().expect("a code");
    owner.post("/me/second-factor/disable", prove(PASSWORD, code)).await.is(204);
    login(&door, OWNER, PASSWORD).await.is(200);
    owner
        .post("/me/second-factor/disable", prove(PASSWORD, "123456"))
        .await
        .refused(409, "auth.no_second_factor");
    let told: Vec<String> = mails(&app, OWNER).await.into_iter().map(|(subject, _)| subject).collect();
    assert_eq!(
        told,
        ["The second factor is off", "You have new recovery codes", "The second factor is on"]
    );
}

#[tokio::test]
async fn a_store_that_wants_one_shuts_out_who_has_none_with_their_next_request() {
    let (app, clock) = with_clock(Vec::new()).await;
    let owner = app.owner("acme").await;
    let manager = app.staff("acme", "manager@acme.test").await;
    let key = json!({ "name": "ERP", "scopes": ["products.read"] });
    let key = owner.post("/api-keys", key).await.is(201);
    let program = app.dashboard("acme").bearer(key.json["secret"].as_str().expect("a secret"));
    let wanted = json!({ "second_factor_required": true });
    owner.put("/security", &wanted).await.refused(409, "people.own_factor_first");
    manager.put("/security", &wanted).await.refused(403, "framework.forbidden");
    program.put("/security", &wanted).await.refused(403, "framework.person_needed");
    turn_on(&owner, &clock).await;
    manager.get("/products").await.is(200);
    assert_eq!(owner.put("/security", &wanted).await.is(200).json, wanted);
    assert_eq!(owner.get("/security").await.is(200).json, wanted);

    for path in ["/products", "/team", "/orders"] {
        manager.get(path).await.refused(403, NEEDED);
    }
    let profile = manager.get("/me").await.is(200).json;
    assert_eq!(
        (&profile["second_factor_needed"], &profile["current"]),
        (&json!(true), &Value::Null)
    );
    manager.get("/menu").await.is(404);
    owner.get("/products").await.is(200);
    program.get("/products").await.is(200);
    app.owner("globex").await.get("/products").await.is(200);
    app.dashboard("plain")
        .signed_in("viewer@acme.test")
        .await
        .get("/products")
        .await
        .is(404);

    turn_on(&manager, &clock).await;
    manager.get("/products").await.is(200);
    assert_eq!(manager.get("/me").await.is(200).json["second_factor_needed"], false);
    let team = owner.get("/team").await.is(200).json;
    let members = team["data"].as_array().expect("members").iter();
    let guarded: Vec<(&str, bool)> = members
        .map(|member| (member["email"].as_str().expect("an address"), member["second_factor"] == true))
        .collect();
    assert_eq!(guarded, [(OWNER, true), ("manager@acme.test", true), ("viewer@acme.test", false)]);
    let viewer = app.staff("acme", "viewer@acme.test").await;
    viewer.get("/products").await.refused(403, NEEDED);
    let no_longer = json!({ "second_factor_required": false });
    owner.put("/security", &no_longer).await.is(200);
    viewer.get("/products").await.is(200);
    assert_eq!(
        app.count("SELECT count(*) FROM audit_log WHERE action = 'store.security_updated'"),
        2
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn an_administration_that_wants_one_opens_the_account_alone_until_it_is_on() {
    let (app, clock) = with_clock(vec![("ORION_AUTH_ADMIN_SECOND_FACTOR", "true".to_owned())]).await;
    let admin = app.admin().await;
    for path in ["/stores", "/overview", "/menu"] {
        admin.get(path).await.refused(403, NEEDED);
    }
    assert_eq!(admin.get("/me").await.is(200).json["second_factor_needed"], true);
    turn_on(&admin, &clock).await;
    admin.get("/stores").await.is(200);
    app.owner("acme").await.get("/products").await.is(200);
}

#[tokio::test]
async fn who_has_lost_it_is_let_in_again_by_whoever_runs_the_platform() {
    let (app, clock) = with_clock(Vec::new()).await;
    let (admin, owner) = (app.admin().await, app.owner("acme").await);
    let lost = |email: &str, reason: &str| json!({ "email": email, "reason": reason });
    turn_on(&owner, &clock).await;
    for (body, field) in [
        (lost(OWNER, " "), "/reason"),
        (lost("owner@globex.test", "Lost"), "/email"),
        (lost("nobody@example.test", "Lost"), "/email"),
    ] {
        admin
            .post("/second-factor/reset", body)
            .await
            .refused(422, "framework.invalid")
            .at(field);
    }
    let lite = app.administration().signed_in("lite-admin@orion.test").await;
    lite.post("/second-factor/reset", lost(OWNER, "Mine"))
        .await
        .refused(403, "framework.forbidden");
    owner.get("/products").await.is(200);
    admin
        .post("/second-factor/reset", lost(OWNER, "Lost the telephone; called back"))
        .await
        .is(204);
    owner.get("/products").await.refused(401, "framework.unauthenticated");
    app.owner("acme").await.get("/products").await.is(200);
    assert_eq!(
        app.text("SELECT changes::text FROM audit_log WHERE action = 'user.second_factor_reset'")
            .matches("called back")
            .count(),
        1
    );
    let (subject, _) = mails(&app, OWNER).await.remove(0);
    assert_eq!(subject, "The second factor was turned off");
}

//! Passwords that somebody forgot, in the three areas.

use chrono::{DateTime, TimeDelta};
use orion_framework::clock::Clock;
use orion_tests::{Answer, Client, PASSWORD, TestApp, TestOptions};
use serde_json::json;

use super::auth::doors;

const FRESH: &str = "Tramway-quince-4417";

pub(super) async fn with_clock() -> (TestApp, Clock) {
    let clock = Clock::fixed(DateTime::from_timestamp(1_790_000_000, 0).expect("a time"));
    let options = TestOptions {
        clock: clock.clone(),
        ..TestOptions::default()
    };
    (TestApp::start_with(options).await, clock)
}

async fn ask(door: &Client, email: &str) -> Answer {
    door.post("/auth/password-link", json!({ "email": email })).await
}

async fn choose(door: &Client, token: &str, password: &str) -> Answer {
    door.post("/auth/password", json!({ "token": token, "new_password": password }))
        .await
}

/// The mails to somebody, the newest first, as a developer reads them.
pub(crate) async fn mails(app: &TestApp, to: &str) -> Vec<(String, String)> {
    let mailbox = app
        .host("orion.localhost")
        .get(&format!("/dev/api/mailbox?recipient={to}"))
        .await
        .is(200);
    let text = |mail: &serde_json::Value, field: &str| mail[field].as_str().expect("a text").to_owned();
    let mails = mailbox.json.as_array().expect("mails");
    mails.iter().map(|mail| (text(mail, "subject"), text(mail, "text"))).collect()
}

/// The link of the newest mail: the address before the `#`, and the token behind it.
pub(crate) async fn newest_link(app: &TestApp, to: &str) -> (String, String) {
    let (subject, text) = mails(app, to).await.into_iter().next().expect("a mail");
    let start = text.find("http").unwrap_or_else(|| panic!("{subject} has no link: {text}"));
    let link = text[start..].split_whitespace().next().expect("a link");
    let (address, token) = link.split_once('#').expect("a token");
    (address.to_owned(), token.to_owned())
}

async fn link_for(app: &TestApp, door: &Client, email: &str) -> (String, String) {
    ask(door, email).await.is(202);
    app.run_jobs().await;
    newest_link(app, email).await
}

#[tokio::test]
async fn a_forgotten_password_is_chosen_anew_and_every_session_ends() {
    let app = TestApp::start().await;
    let places = [
        "http://admin.orion.localhost/password/new",
        "http://orion.localhost/store/password/new",
        "http://acme.orion.localhost/password/new",
    ];
    for ((door, email, inside, _), place) in doors(&app).await.into_iter().zip(places) {
        let here = door.signed_in(email).await;
        let (address, token) = link_for(&app, &door, &email.to_uppercase()).await;
        assert_eq!(address, place);
        choose(&door, &token, "short")
            .await
            .refused(422, "framework.invalid")
            .at("/new_password");
        here.get(inside).await.is(200);
        choose(&door, &token, FRESH).await.is(204);
        here.get(inside).await.refused(401, "framework.unauthenticated");
        let sign_in = async |password: &str| door.post("/auth/login", json!({ "email": email, "password": password })).await;
        sign_in(PASSWORD).await.refused(401, "auth.invalid_credentials");
        sign_in(FRESH).await.is(200);
        let (subject, text) = mails(&app, email).await.remove(0);
        assert!(
            subject.contains("password was changed") && !text.contains("http"),
            "{subject}: {text}"
        );
        choose(&door, &token, FRESH).await.refused(410, "people.link_ended");
    }
    assert_eq!(
        app.text("SELECT string_agg(action, ',' ORDER BY action) FROM audit_log WHERE action LIKE '%.password_reset'"),
        "customer.password_reset,user.password_reset,user.password_reset"
    );
    assert_eq!(
        app.count("SELECT count(*) FROM outbox_events WHERE event = 'customer.password_changed'"),
        1
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn whether_there_is_an_account_is_not_told() {
    let app = TestApp::start().await;
    for (door, email, ..) in doors(&app).await {
        let mut told = Vec::new();
        for email in [email, "nobody@example.test"] {
            let before = app.count("SELECT count(*) FROM jobs WHERE kind LIKE 'people.send_%'");
            let mut answer = ask(&door, email).await.is(202);
            assert_eq!(
                app.count("SELECT count(*) FROM jobs WHERE kind LIKE 'people.send_%'"),
                before + 1,
                "who looks whether there is an account is a job, so the answer takes as long"
            );
            for moving in ["date", "x-request-id", "server-timing"] {
                answer.headers.remove(moving);
            }
            told.push((answer.text(), answer.headers));
        }
        assert_eq!(told[0], told[1]);
        app.run_jobs().await;
    }
    assert_eq!(mails(&app, "nobody@example.test").await, []);
    // Who shops as a guest has no password to forget, and who may not sign in gets none.
    let bell = app.sell_one("globex", "Bell", 1_000, 5).await;
    app.buyer("globex", &[(bell, 1)]).await.buy().await.is(201);
    app.run_jobs().await;
    let guest = app.text("SELECT email FROM customers WHERE password_hash IS NULL");
    let before = mails(&app, &guest).await.len();
    assert!(before > 0, "{guest} bought nothing");
    ask(&app.shop("globex"), &guest).await.is(202);
    ask(&app.administration(), "viewer@acme.test").await.is(202);
    app.run_jobs().await;
    assert_eq!(mails(&app, &guest).await.len(), before);
    assert_eq!(mails(&app, "viewer@acme.test").await, []);
    ask(&app.shop("acme"), "no address")
        .await
        .refused(422, "framework.invalid")
        .at("/email");
}

#[tokio::test]
async fn of_two_who_follow_a_link_at_once_one_comes_through() {
    let app = TestApp::start().await;
    for (door, email, ..) in doors(&app).await {
        let (_, token) = link_for(&app, &door, email).await;
        let (one, other) = tokio::join!(choose(&door, &token, FRESH), choose(&door, &token, "Another-quince-4417"));
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [204, 410], "{} {}", one.text(), other.text());
    }
    app.run_jobs().await;
}

#[tokio::test]
async fn a_link_ends_with_its_hour_and_with_the_next_one() {
    let (app, clock) = with_clock().await;
    for (door, email, ..) in doors(&app).await {
        let (_, first) = link_for(&app, &door, email).await;
        let (_, second) = link_for(&app, &door, email).await;
        choose(&door, &first, FRESH).await.refused(410, "people.link_ended");
        clock.advance(TimeDelta::minutes(59));
        let (_, third) = link_for(&app, &door, email).await;
        choose(&door, &second, FRESH).await.refused(410, "people.link_ended");
        clock.advance(TimeDelta::minutes(61));
        choose(&door, &third, FRESH).await.refused(410, "people.link_ended");
    }
    app.tidy().await;
    app.run_jobs().await;
    for table in ["user_password_links", "customer_password_links"] {
        assert_eq!(app.count(&format!("SELECT count(*) FROM {table}")), 0, "{table}");
    }
}

#[tokio::test]
async fn a_link_leads_where_the_account_is_at_home_whatever_host_asked() {
    let app = TestApp::start().await;
    app.customer("acme", "ada@example.test").await;
    let poisoned = app
        .shop("acme")
        .with("x-forwarded-host", "evil.test")
        .with("forwarded", "host=evil.test");
    let (address, _) = link_for(&app, &poisoned, "ada@example.test").await;
    assert_eq!(address, "http://acme.orion.localhost/password/new");
    app.host("evil.test")
        .post("/api/v1/storefront/auth/password-link", json!({ "email": "ada@example.test" }))
        .await
        .is(404);
    // Another shop's host knows no such customer, and the dashboards' hosts of others are no place for a link.
    ask(&app.shop("globex"), "ada@example.test").await.is(202);
    app.run_jobs().await;
    let mails = mails(&app, "ada@example.test").await;
    let links = mails.iter().filter(|(subject, _)| subject.contains("password")).count();
    assert_eq!(links, 1, "{mails:?}");
    for (asked_at, email, home) in [
        ("globex", "owner@acme.test", "http://orion.localhost/store/password/new"),
        ("acme", "owner@plain.test", "http://lite.localhost/store/password/new"),
    ] {
        assert_eq!(link_for(&app, &app.dashboard(asked_at), email).await.0, home);
    }
    let (address, _) = link_for(&app, &app.administration(), "lite-admin@orion.test").await;
    assert_eq!(address, "http://admin.lite.localhost/password/new");
}

#[tokio::test]
async fn a_link_is_worth_nothing_in_another_area_or_another_shop() {
    let app = TestApp::start().await;
    app.customer("acme", "ada@example.test").await;
    let (_, staff) = link_for(&app, &app.dashboard("acme"), "owner@acme.test").await;
    let (_, customer) = link_for(&app, &app.shop("acme"), "ada@example.test").await;
    for (door, token) in [
        (app.administration(), &staff),
        (app.shop("acme"), &staff),
        (app.shop("globex"), &customer),
        (app.dashboard("acme"), &customer),
    ] {
        choose(&door, token, FRESH).await.refused(410, "people.link_ended");
    }
    choose(&app.dashboard("acme"), &staff, FRESH).await.is(204);
    choose(&app.shop("acme"), &customer, FRESH).await.is(204);
    app.run_jobs().await;
}

#[tokio::test]
async fn asking_is_slowed_down_and_nobody_gets_more_than_five_mails_in_an_hour() {
    let app = TestApp::start().await;
    for (door, email, ..) in doors(&app).await {
        for _ in 0..5 {
            link_for(&app, &door, email).await;
        }
        let braked = ask(&door, email).await.refused(429, "auth.too_many_attempts");
        assert!(braked.header("retry-after").is_some());
        // Another server has counted nothing: it asks, and no mail leaves.
        let second = app.second_server().await;
        let host = match door.prefix() {
            "/api/v1/admin" => "admin.orion.localhost",
            _ => "acme.orion.localhost",
        };
        ask(&door.at(second.address, host), email).await.is(202);
        app.run_jobs().await;
        let mails = mails(&app, email).await;
        let links = mails.iter().filter(|(subject, _)| subject.contains("password")).count();
        assert_eq!(links, 5, "{email}");
    }
}

#[tokio::test]
async fn no_token_lies_anywhere_in_the_clear() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let mut tokens = Vec::new();
    for (door, email, ..) in doors(&app).await {
        if email == "ada@example.test" {
            tokens.push(newest_link(&app, email).await.1);
        }
        tokens.push(link_for(&app, &door, email).await.1);
    }
    let invited = json!({ "email": "new@example.test", "role": "editor" });
    // The answer to a request with a key is kept.
    owner.with("idempotency-key", "one").post("/invitations", invited).await.is(201);
    tokens.push(newest_link(&app, "new@example.test").await.1);
    for token in tokens {
        for table in [
            "mail_messages",
            "jobs",
            "audit_log",
            "outbox_events",
            "idempotency_keys",
            "user_password_links",
            "customer_password_links",
            "user_email_links",
            "customer_email_links",
            "team_invitations",
            "admin_invitations",
        ] {
            let held = app.count(&format!("SELECT count(*) FROM {table} AS row WHERE row::text LIKE '%{token}%'"));
            assert_eq!(held, 0, "{table} holds a token");
        }
        // Bytes are written out in another way than words.
        let plain = format!("SELECT count(*) FROM mail_messages WHERE position('{token}'::bytea IN secret) > 0");
        assert_eq!(app.count(&plain), 0, "a mail keeps its token in the clear");
    }
}

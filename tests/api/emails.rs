//! Addresses: that somebody reads their mails is proved by a link, and so is another one before it counts.

use chrono::TimeDelta;
use diesel::RunQueryDsl;
use orion_tests::{Answer, Buyer, Client, PASSWORD, TestApp};
use serde_json::{Value, json};

use super::auth::doors;
use super::passwords::{mails, newest_link, with_clock};

const NEW: &str = "new@example.test";

/// Below which path somebody asks about the address of their account.
fn own(inside: &str) -> String {
    format!("{inside}/email")
}

/// Follows a link, as whoever the client is.
async fn confirm(client: &Client, inside: &str, token: &str) -> Answer {
    client.post(&format!("{}/confirm", own(inside)), json!({ "token": token })).await
}

async fn change(client: &Client, inside: &str, email: &str) -> Answer {
    let body = json!({ "email": email, "current_password": PASSWORD });
    client.post(&own(inside), body).await
}

fn run(app: &TestApp, sql: &str) {
    let done = diesel::sql_query(sql).execute(&mut app.owner_of_database());
    assert!(done.expect("a change") > 0, "{sql} changed nothing");
}

/// What the newest mails to somebody are about.
async fn subjects(app: &TestApp, to: &str) -> Vec<String> {
    mails(app, to).await.into_iter().map(|(subject, _)| subject).collect()
}

async fn orders(customer: &Client) -> usize {
    let orders = customer.get("/account/orders").await.is(200);
    orders.json["data"].as_array().map_or(0, Vec::len)
}

#[tokio::test]
async fn an_address_is_proved_once_by_the_link_that_was_sent_there() {
    let app = TestApp::start().await;
    let places = [
        "http://admin.orion.localhost/email",
        // Where they are signed in, and not the door to all stores.
        "http://acme.orion.localhost/store/email",
        "http://acme.orion.localhost/email",
    ];
    for ((door, email, inside, _), place) in doors(&app).await.into_iter().zip(places) {
        let here = door.signed_in(email).await;
        let verified = async || here.get(inside).await.is(200).json["email_verified"].clone();
        assert_eq!(verified().await, json!(false), "{email}");
        // A customer was sent one when the account was made; to the others it is offered.
        if inside == "/me" {
            here.post("/me/email/link", json!({})).await.is(202);
        }
        let (address, token) = newest_link(&app, email).await;
        assert_eq!(address, place);
        let (one, other) = tokio::join!(confirm(&here, inside, &token), confirm(&here, inside, &token));
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [204, 410], "{} {}", one.text(), other.text());
        assert_eq!(verified().await, json!(true), "{email}");
        here.post(&format!("{}/link", own(inside)), json!({}))
            .await
            .refused(409, "people.already_verified");
    }
    assert_eq!(
        app.text("SELECT string_agg(action, ',' ORDER BY action) FROM audit_log WHERE action LIKE '%.email_verified'"),
        "customer.email_verified,user.email_verified,user.email_verified"
    );
    let owner = app.owner("acme").await;
    let team = owner.get("/team").await.is(200).json;
    assert_eq!(
        (&team["data"][0]["email_verified"], &team["data"][1]["email_verified"]),
        (&json!(true), &json!(false))
    );
    let customers = owner.get("/customers").await.is(200).json;
    assert_eq!(customers["data"][0]["email_verified"], true);
}

#[tokio::test]
async fn a_link_is_worth_nothing_in_another_area_or_another_shop_nor_to_another_account() {
    let app = TestApp::start().await;
    let ada = app.customer("acme", "ada@example.test").await;
    let (_, customer) = newest_link(&app, "ada@example.test").await;
    let owner = app.owner("acme").await;
    owner.post("/me/email/link", json!({})).await.is(202);
    let (_, staff) = newest_link(&app, "owner@acme.test").await;
    let (eve, namesake) = (
        app.customer("acme", "eve@example.test").await,
        app.customer("globex", "ada@example.test").await,
    );
    let (manager, admin) = (app.staff("acme", "manager@acme.test").await, app.admin().await);
    for (client, inside, token) in [
        (&namesake, "/account", &customer),
        (&eve, "/account", &customer),
        (&owner, "/me", &customer),
        (&manager, "/me", &staff),
        (&admin, "/me", &staff),
        (&ada, "/account", &staff),
        (&ada, "/account", &"nonsense".to_owned()),
    ] {
        confirm(client, inside, token).await.refused(410, "people.link_ended");
    }
    // Who reads the mails is not yet whose account it is.
    for (door, inside, token) in [(app.shop("acme"), "/account", &customer), (app.dashboard("acme"), "/me", &staff)] {
        confirm(&door, inside, token).await.refused(401, "framework.unauthenticated");
    }
    // Nor does it choose a password.
    let reset = json!({ "token": customer, "new_password": "Tramway-quince-4417" });
    app.shop("acme")
        .post("/auth/password", reset)
        .await
        .refused(410, "people.link_ended");
    confirm(&ada, "/account", &customer).await.is(204);
    confirm(&owner, "/me", &staff).await.is(204);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_link_ends_with_its_day_and_with_the_next_one_and_they_come_slowly() {
    let (app, clock) = with_clock().await;
    for (door, email, inside, _) in doors(&app).await {
        // What was sent when the account was made is long ago.
        clock.advance(TimeDelta::hours(25));
        let here = door.signed_in(email).await;
        let ask = async || here.post(&format!("{}/link", own(inside)), json!({})).await;
        ask().await.is(202);
        let (_, first) = newest_link(&app, email).await;
        let wait = ask().await.refused(429, "framework.rate_limited");
        assert_eq!(wait.header("retry-after"), Some("60"));
        for _ in 0..4 {
            clock.advance(TimeDelta::minutes(1));
            ask().await.is(202);
        }
        confirm(&here, inside, &first).await.refused(410, "people.link_ended");
        clock.advance(TimeDelta::minutes(1));
        let wait = ask().await.refused(429, "framework.rate_limited");
        let seconds: u32 = wait.header("retry-after").expect("a time").parse().expect("seconds");
        assert!(seconds > 80_000, "five within a day are the most, and it says to wait {seconds} s");
        let (_, last) = newest_link(&app, email).await;
        clock.advance(TimeDelta::hours(24));
        let later = door.signed_in(email).await;
        confirm(&later, inside, &last).await.refused(410, "people.link_ended");
    }
    app.tidy().await;
    app.run_jobs().await;
    for table in ["user_email_links", "customer_email_links"] {
        assert_eq!(app.count(&format!("SELECT count(*) FROM {table}")), 0, "{table}");
    }
}

#[tokio::test]
async fn who_may_not_sign_in_proves_nothing() {
    let app = TestApp::start().await;
    let ada = app.customer("acme", "ada@example.test").await;
    let (_, token) = newest_link(&app, "ada@example.test").await;
    run(&app, "UPDATE customers SET active = false");
    confirm(&ada, "/account", &token).await.is(401);
    run(&app, "UPDATE customers SET active = true");
    confirm(&ada, "/account", &token).await.is(204);
    app.run_jobs().await;
}

#[tokio::test]
async fn what_was_ordered_without_an_account_joins_the_one_that_proves_its_address() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1_200, 50).await;
    let bell = app.sell_one("globex", "Bell", 1_000, 50).await;
    // Before there is an account, and after; in another shop; and what another account ordered for the same address.
    app.buyer("acme", &[(mug, 1)]).await.buy().await.is(201);
    app.buyer("globex", &[(bell, 1)]).await.buy().await.is(201);
    let ada = app.customer("acme", "ada@example.test").await;
    let (_, token) = newest_link(&app, "ada@example.test").await;
    app.buyer("acme", &[(mug, 1)]).await.buy().await.is(201);
    let eve = app.customer("acme", "eve@example.test").await;
    Buyer::fill(&eve, &[(mug, 1)]).await.buy().await.is(201);
    let namesake = app.customer("globex", "ada@example.test").await;
    assert_eq!((orders(&ada).await, orders(&eve).await, orders(&namesake).await), (0, 1, 0));
    // Whoever made the account has to be who reads the mails.
    confirm(&app.shop("acme"), "/account", &token).await.is(401);
    assert_eq!(orders(&ada).await, 0);
    confirm(&ada, "/account", &token).await.is(204);
    assert_eq!((orders(&ada).await, orders(&eve).await, orders(&namesake).await), (2, 1, 0));
    let joined = "SELECT count(*) FROM audit_log WHERE action = 'order.joined_account'";
    let told = "SELECT count(*) FROM outbox_events WHERE event = 'order.updated'";
    assert_eq!((app.count(joined), app.count(told)), (2, 2));
    // From now on what is ordered with the address is the account's at once, in this shop alone.
    app.buyer("acme", &[(mug, 1)]).await.buy().await.is(201);
    app.buyer("globex", &[(bell, 1)]).await.buy().await.is(201);
    assert_eq!((orders(&ada).await, orders(&namesake).await), (3, 0));
    let seen = ada.get("/account/orders").await.is(200).json;
    let last = seen["data"][2]["id"].as_str().expect("an id");
    ada.get(&format!("/account/orders/{last}")).await.is(200);
    app.run_jobs().await;
}

#[tokio::test]
async fn another_address_counts_once_its_link_was_followed() {
    let (app, clock) = with_clock().await;
    for (door, email, inside, _) in doors(&app).await {
        clock.advance(TimeDelta::hours(25));
        let (here, elsewhere) = (door.signed_in(email).await, door.signed_in(email).await);
        let body = json!({ "email": NEW, "current_password": "Not-the-password-1" });
        here.post(&own(inside), body)
            .await
            .refused(422, "framework.invalid")
            .at("/current_password");
        change(&here, inside, &email.to_uppercase())
            .await
            .refused(422, "framework.invalid")
            .at("/email");
        change(&here, inside, "nobody").await.refused(422, "framework.invalid").at("/email");
        change(&here, inside, "New@Example.test").await.is(202);
        assert_eq!(here.get(inside).await.is(200).json["email"], email);
        let (_, token) = newest_link(&app, NEW).await;
        assert!(
            subjects(&app, email).await[0].contains("Another e-mail address"),
            "the old one hears of it"
        );
        // What was sent to the old address is worth nothing once it is none of the account's.
        door.post("/auth/password-link", json!({ "email": email })).await.is(202);
        app.run_jobs().await;
        let (_, password) = newest_link(&app, email).await;
        confirm(&here, inside, &token).await.is(204);
        let reset = json!({ "token": password, "new_password": "Tramway-quince-4417" });
        door.post("/auth/password", reset).await.refused(410, "people.link_ended");
        let profile = here.get(inside).await.is(200).json;
        assert_eq!((&profile["email"], &profile["email_verified"]), (&json!(NEW), &json!(true)));
        elsewhere.get(inside).await.refused(401, "framework.unauthenticated");
        door.post("/auth/login", json!({ "email": email, "password": PASSWORD }))
            .await
            .refused(401, "auth.invalid_credentials");
        door.signed_in(NEW).await;
        assert!(subjects(&app, email).await[0].contains("was changed"), "the old one hears of it");
        // Free again for the next.
        clock.advance(TimeDelta::hours(25));
        let back = door.signed_in(NEW).await;
        change(&back, inside, email).await.is(202);
        let (_, token) = newest_link(&app, email).await;
        confirm(&back, inside, &token).await.is(204);
    }
    app.run_jobs().await;
}

#[tokio::test]
async fn a_change_that_waits_is_worth_nothing_to_whoever_a_new_password_has_signed_out() {
    let (app, clock) = with_clock().await;
    for (door, email, inside, _) in doors(&app).await {
        for by_link in [false, true] {
            clock.advance(TimeDelta::hours(25));
            let password = if by_link { PASSWORD_AFTER } else { PASSWORD };
            let login = async |password: &str| {
                let signed = door
                    .post("/auth/login", json!({ "email": email, "password": password }))
                    .await
                    .is(200);
                door.bearer(signed.json["access_token"].as_str().expect("a token"))
            };
            let (thief, owner) = (login(password).await, login(password).await);
            let body = json!({ "email": NEW, "current_password": password });
            thief.post(&own(inside), body).await.is(202);
            let (_, token) = newest_link(&app, NEW).await;
            let after = if by_link { "Harbour-walnut-9921" } else { PASSWORD_AFTER };
            if by_link {
                door.post("/auth/password-link", json!({ "email": email })).await.is(202);
                app.run_jobs().await;
                let (_, link) = newest_link(&app, email).await;
                let reset = json!({ "token": link, "new_password": after });
                door.post("/auth/password", reset).await.is(204);
            } else {
                let change = json!({ "current_password": password, "new_password": after });
                owner.post(&format!("{inside}/password"), change).await.is(204);
            }
            confirm(&thief, inside, &token).await.refused(401, "framework.unauthenticated");
            confirm(&door, inside, &token).await.refused(401, "framework.unauthenticated");
            let back = login(after).await;
            assert_eq!(back.get(inside).await.is(200).json["email"], email);
            if by_link {
                confirm(&back, inside, &token).await.refused(410, "people.link_ended");
            }
        }
    }
    app.run_jobs().await;
}

#[tokio::test]
async fn what_others_ask_for_takes_no_mail_from_the_address_of_an_account() {
    let (app, clock) = with_clock().await;
    app.customer("acme", "ada@example.test").await;
    app.customer("acme", "eve@example.test").await;
    // What was sent when the accounts were made is long ago.
    clock.advance(TimeDelta::hours(25));
    let eve = app.shop("acme").signed_in("eve@example.test").await;
    for status in [202, 202, 202, 202, 202, 429] {
        clock.advance(TimeDelta::minutes(1));
        let body = json!({ "email": "ada@example.test", "current_password": PASSWORD });
        eve.post("/account/email", body).await.is(status);
    }
    let ada = app.shop("acme").signed_in("ada@example.test").await;
    ada.post("/account/email/link", json!({})).await.is(202);
    app.run_jobs().await;
}

#[tokio::test]
async fn whether_another_address_has_an_account_is_not_told_to_who_asks_for_it() {
    let (app, clock) = with_clock().await;
    app.customer("acme", "eve@example.test").await;
    for (door, email, inside, _) in doors(&app).await {
        clock.advance(TimeDelta::hours(25));
        let here = door.signed_in(email).await;
        let taken = if inside == "/me" { "manager@acme.test" } else { "eve@example.test" };
        let mut told = Vec::new();
        for asked in [taken, NEW] {
            clock.advance(TimeDelta::minutes(1));
            let mut answer = change(&here, inside, asked).await.is(202);
            for moving in ["date", "x-request-id", "server-timing"] {
                answer.headers.remove(moving);
            }
            told.push((answer.text(), answer.headers));
        }
        assert_eq!(told[0], told[1]);
        let (subject, text) = mails(&app, taken).await.remove(0);
        assert!(
            subject.contains("Your e-mail address") && !text.contains("http"),
            "{subject}: {text}"
        );
    }
    app.run_jobs().await;
}

#[tokio::test]
async fn an_address_that_somebody_else_took_meanwhile_stays_theirs() {
    let (app, clock) = with_clock().await;
    let ada = app.customer("acme", "ada@example.test").await;
    let (_, first) = newest_link(&app, "ada@example.test").await;
    clock.advance(TimeDelta::minutes(1));
    change(&ada, "/account", NEW).await.is(202);
    // Asking for another one ends the link of the first.
    confirm(&ada, "/account", &first).await.refused(410, "people.link_ended");
    let (_, token) = newest_link(&app, NEW).await;
    let other = app.customer("acme", NEW).await;
    confirm(&ada, "/account", &token).await.refused(410, "people.link_ended");
    assert_eq!(other.get("/account").await.is(200).json["email"], NEW);
    assert_eq!(ada.get("/account").await.is(200).json["email"], "ada@example.test");
    app.run_jobs().await;
}

#[tokio::test]
async fn orders_of_a_guest_with_the_new_address_come_along() {
    let (app, clock) = with_clock().await;
    let mug = app.sell_one("acme", "Mug", 1_200, 50).await;
    app.buyer("acme", &[(mug, 1)]).await.buy().await.is(201);
    let eve = app.customer("acme", "eve@example.test").await;
    clock.advance(TimeDelta::minutes(1));
    change(&eve, "/account", "ada@example.test").await.is(202);
    assert_eq!(orders(&eve).await, 0);
    let (_, token) = newest_link(&app, "ada@example.test").await;
    confirm(&eve, "/account", &token).await.is(204);
    assert_eq!(orders(&eve).await, 1);
    assert_eq!(app.count("SELECT count(*) FROM customers WHERE deleted_at IS NULL"), 1);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_password_that_was_chosen_by_a_link_and_an_accepted_invitation_prove_the_address() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1_200, 50).await;
    app.buyer("acme", &[(mug, 1)]).await.buy().await.is(201);
    for (door, email, inside, _) in doors(&app).await {
        door.post("/auth/password-link", json!({ "email": email })).await.is(202);
        app.run_jobs().await;
        let (_, token) = newest_link(&app, email).await;
        let reset = json!({ "token": token, "new_password": PASSWORD_AFTER });
        door.post("/auth/password", reset).await.is(204);
        let signed = door
            .post("/auth/login", json!({ "email": email, "password": PASSWORD_AFTER }))
            .await
            .is(200);
        let here = door.bearer(signed.json["access_token"].as_str().expect("a token"));
        assert_eq!(here.get(inside).await.is(200).json["email_verified"], true, "{email}");
        if inside == "/account" {
            assert_eq!(orders(&here).await, 1);
        }
    }
    let credentials = json!({ "email": "owner@acme.test", "password": PASSWORD_AFTER });
    let owner = app.dashboard("acme").post("/auth/login", credentials).await.is(200);
    let owner = app.dashboard("acme").bearer(owner.json["access_token"].as_str().expect("a token"));
    let invitation = json!({ "email": NEW, "role": "viewer" });
    owner.post("/invitations", invitation).await.is(201);
    let (_, token) = newest_link(&app, NEW).await;
    let accept = json!({ "token": token, "name": "New", "password": PASSWORD_AFTER });
    let joined = app.dashboard("acme").post("/invitations/accept", accept).await.is(200);
    let joined = app.dashboard("acme").bearer(joined.json["access_token"].as_str().expect("a token"));
    assert_eq!(joined.get("/me").await.is(200).json["email_verified"], true);
    app.run_jobs().await;
}

const PASSWORD_AFTER: &str = "Tramway-quince-4417";

#[tokio::test]
async fn a_mail_about_an_address_goes_there_and_nowhere_else() {
    let (app, clock) = with_clock().await;
    let ada = app.customer("acme", "ada@example.test").await;
    clock.advance(TimeDelta::minutes(1));
    change(&ada, "/account", NEW).await.is(202);
    let sent = app.text("SELECT json_agg(recipient || ' ' || message_key ORDER BY id)::text FROM mail_messages");
    let sent: Vec<Value> = serde_json::from_str(&sent).expect("mails");
    let sent: Vec<&str> = sent
        .iter()
        .filter_map(Value::as_str)
        .filter_map(|mail| mail.rsplit_once(':'))
        .map(|(what, _)| what)
        .collect();
    assert_eq!(
        sent,
        [
            "ada@example.test email-link",
            "new@example.test email-link",
            "ada@example.test email-asked"
        ]
    );
}

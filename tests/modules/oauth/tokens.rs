//! Codes and tokens: what they are bound to, how long they live, and what ends when one comes twice.

use chrono::TimeDelta;
use orion_tests::{Receiver, Reply, TestApp, TestOptions};
use serde_json::json;

use super::flow::{Assistant, CALLBACK, Tokens, VERIFIER, connected, post_form, refused};

const OWNER: &str = "owner@acme.test";

/// A server whose time stands still.
async fn held() -> (TestApp, orion_framework::clock::Clock) {
    let noon = chrono::DateTime::from_timestamp(1_790_000_000, 0).expect("a time");
    let clock = orion_framework::clock::Clock::fixed(noon);
    let options = TestOptions {
        clock: clock.clone(),
        ..TestOptions::default()
    };
    (TestApp::start_with(options).await, clock)
}

#[tokio::test]
async fn a_program_finds_its_way_from_a_refusal_to_what_it_was_given() {
    let app = TestApp::start().await;
    let door = app.dashboard("acme");
    let refusal = door.get("/orders").await.refused(401, "framework.unauthenticated");
    let challenge = refusal.header("www-authenticate").expect("a challenge");
    let resource = "http://acme.orion.localhost/.well-known/oauth-protected-resource";
    assert_eq!(challenge, format!("Bearer resource_metadata=\"{resource}\""));
    let resource = door.at_root().get("/.well-known/oauth-protected-resource").await.is(200).json;
    assert_eq!(resource["resource"], "http://acme.orion.localhost");
    assert_eq!(resource["authorization_servers"], json!(["http://acme.orion.localhost"]));
    let server = door.at_root().get("/.well-known/oauth-authorization-server").await.is(200).json;
    assert_eq!(server["issuer"], resource["resource"]);
    assert_eq!(server["authorization_endpoint"], "http://acme.orion.localhost/store/authorize");
    assert_eq!(server["code_challenge_methods_supported"], json!(["S256"]));
    assert_eq!(server["token_endpoint_auth_methods_supported"], json!(["none"]));
    assert_eq!(server["client_id_metadata_document_supported"], true);
    assert_eq!(server["authorization_response_iss_parameter_supported"], true);
    let scopes = server["scopes_supported"].as_array().expect("scopes");
    assert!(scopes.contains(&json!("orders.write")) && !scopes.contains(&json!("team.write")));

    let assistant = Assistant::registered(&app.owner("acme").await).await;
    let code = assistant.code(&app.owner("acme").await, &["orders.read"]).await;
    let answer = assistant.change(&door, &code).await.is(200);
    assert_eq!(
        (&answer.json["token_type"], &answer.json["expires_in"]),
        (&json!("Bearer"), &json!(600))
    );
    assert_eq!(answer.json["scope"], "orders.read");
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let tokens = Tokens::of(&answer);
    let program = door.bearer(&tokens.access);
    program.get("/orders").await.is(200);
    let lacking = program.get("/products").await.refused(403, "framework.forbidden");
    let told = lacking.header("www-authenticate").expect("what is missing");
    assert!(told.contains("error=\"insufficient_scope\", scope=\"products.read\""), "{told}");
    // It has no account, and lets nobody in.
    for path in ["/me", "/connections", "/programs", "/team", "/api-keys"] {
        program.get(path).await.refused(403, "framework.person_needed");
    }
    // Of none of it the database holds more than a hash.
    for secret in [&code, &tokens.access, &tokens.refresh] {
        for table in ["oauth_codes", "oauth_tokens", "oauth_grants", "audit_log", "idempotency_keys"] {
            let found = format!("SELECT count(*) FROM {table} AS kept WHERE kept::text LIKE '%{secret}%'");
            assert_eq!(app.count(&found), 0, "{table}");
        }
    }
}

#[tokio::test]
async fn the_log_names_the_program_and_whom_it_acts_for() {
    let app = TestApp::start().await;
    let (door, assistant, tokens) = connected(&app, OWNER, &["products.write"]).await;
    let product = json!({ "title": "Mug", "variants": [{ "price_minor": 100 }] });
    let program = door.bearer(&tokens.access).with("idempotency-key", "mug");
    let made = program.post("/products", &product).await.is(201);
    let line = app.text("SELECT actor_kind || ' ' || actor_label FROM audit_log WHERE action = 'product.created'");
    assert_eq!(line, "user owner@acme.test (Assistant)");
    let owner = app.text("SELECT count(*) FROM audit_log a JOIN users u ON u.id = a.actor_id WHERE action = 'product.created' AND u.email = 'owner@acme.test'");
    assert_eq!(owner, "1");
    let allowed = app.text("SELECT changes::text FROM audit_log WHERE action = 'connection.allowed'");
    assert!(allowed.contains("Assistant") && allowed.contains("assistant.example"), "{allowed}");
    let mail = app.text("SELECT subject || ' ' || text_body FROM mail_messages WHERE recipient = 'owner@acme.test'");
    assert!(
        mail.contains("Assistant may act for you") && mail.contains("products.read, products.write"),
        "{mail}"
    );
    // What it has done once it has done once, with its next token too.
    let next = Tokens::of(&assistant.refresh(&door, &tokens.refresh).await.is(200));
    let again = door
        .bearer(&next.access)
        .with("idempotency-key", "mug")
        .post("/products", &product)
        .await
        .is(201);
    assert_eq!(
        (again.header("idempotent-replayed"), &again.json["id"]),
        (Some("true"), &made.json["id"])
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn a_code_is_worth_nothing_to_others_than_it_was_given_to() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let (assistant, other) = (Assistant::registered(&owner).await, Assistant::registered(&owner).await);
    let door = app.dashboard("acme");
    let code = assistant.code(&owner, &["orders.read"]).await;
    let wrong = VERIFIER.replace('d', "e");
    let cases: &[&[(&str, &str)]] = &[
        &[("code_verifier", wrong.as_str())],
        &[("code_verifier", "short")],
        &[("redirect_uri", "https://assistant.example/callback/")],
        &[("client_id", other.client_id.as_str())],
        &[("code", "orion_oc_nonsense")],
        &[("resource", "https://elsewhere.example/")],
    ];
    for others in cases {
        refused(&assistant.change_with(&door, &code, others).await, 400, "invalid_grant");
    }
    refused(&assistant.change(&app.dashboard("globex"), &code).await, 400, "invalid_grant");
    refused(
        &assistant.change_with(&door, &code, &[("code_verifier", "")]).await,
        400,
        "invalid_request",
    );
    assistant.change(&door, &code).await.is(200);
}

#[tokio::test]
async fn a_code_that_comes_twice_ends_what_came_of_it() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let assistant = Assistant::registered(&owner).await;
    let door = app.dashboard("acme");
    let code = assistant.code(&owner, &["orders.read"]).await;
    let tokens = Tokens::of(&assistant.change(&door, &code).await.is(200));
    let elsewhere = app.second_server().await;
    let there = door.at(elsewhere.address, "acme.orion.localhost");
    // Who has read the code somewhere, and cannot prove that it is theirs, ends nothing.
    let wrong = VERIFIER.replace('d', "e");
    let unproved = assistant.change_with(&door, &code, &[("code_verifier", wrong.as_str())]).await;
    refused(&unproved, 400, "invalid_grant");
    there.bearer(&tokens.access).get("/orders").await.is(200);
    refused(&assistant.change(&door, &code).await, 400, "invalid_grant");
    let told = there
        .bearer(&tokens.access)
        .get("/orders")
        .await
        .refused(401, "framework.unauthenticated");
    assert!(
        told.header("www-authenticate")
            .is_some_and(|told| told.contains("error=\"invalid_token\""))
    );
    refused(&assistant.refresh(&door, &tokens.refresh).await, 400, "invalid_grant");
    let why = app.text("SELECT changes->>'why' FROM audit_log WHERE action = 'connection.ended'");
    assert_eq!(why, "its code came twice");
}

#[tokio::test]
async fn a_refresh_token_works_once_and_one_that_comes_again_ends_the_family() {
    let app = TestApp::start().await;
    let (door, assistant, first) = connected(&app, OWNER, &["orders.read"]).await;
    let second = Tokens::of(&assistant.refresh(&door, &first.refresh).await.is(200));
    assert_ne!((&first.access, &first.refresh), (&second.access, &second.refresh));
    let third = Tokens::of(&assistant.refresh(&door, &second.refresh).await.is(200));
    door.bearer(&third.access).get("/orders").await.is(200);
    refused(&assistant.refresh(&door, &first.refresh).await, 400, "invalid_grant");
    for tokens in [&first, &second, &third] {
        door.bearer(&tokens.access)
            .get("/orders")
            .await
            .refused(401, "framework.unauthenticated");
        refused(&assistant.refresh(&door, &tokens.refresh).await, 400, "invalid_grant");
    }
    assert_eq!(
        app.count("SELECT count(*) FROM oauth_tokens") + app.count("SELECT count(*) FROM oauth_grants"),
        0
    );
}

#[tokio::test]
async fn who_has_lost_an_answer_comes_again_and_whoever_has_it_is_told_by_it() {
    let (app, clock) = held().await;
    let (door, assistant, first) = connected(&app, OWNER, &["orders.read"]).await;
    clock.advance(TimeDelta::seconds(1));
    let lost = Tokens::of(&assistant.refresh(&door, &first.refresh).await.is(200));
    clock.advance(TimeDelta::seconds(30));
    let second = Tokens::of(&assistant.refresh(&door, &first.refresh).await.is(200));
    let told = door.bearer(&lost.access).get("/orders").await;
    told.refused(401, "framework.unauthenticated");
    for tokens in [&first, &second] {
        door.bearer(&tokens.access).get("/orders").await.is(200);
    }
    clock.advance(TimeDelta::seconds(1));
    refused(&assistant.refresh(&door, &lost.refresh).await, 400, "invalid_grant");
    door.bearer(&second.access)
        .get("/orders")
        .await
        .refused(401, "framework.unauthenticated");
    assert_eq!(app.count("SELECT count(*) FROM oauth_grants"), 0);
}

#[tokio::test]
async fn an_answer_that_was_used_is_not_lost() {
    let (app, clock) = held().await;
    let (door, assistant, first) = connected(&app, OWNER, &["orders.read"]).await;
    let other = Assistant::registered(&app.owner("acme").await).await;
    clock.advance(TimeDelta::seconds(1));
    let second = Tokens::of(&assistant.refresh(&door, &first.refresh).await.is(200));
    clock.advance(TimeDelta::seconds(1));
    let third = Tokens::of(&assistant.refresh(&door, &second.refresh).await.is(200));
    refused(&assistant.refresh(&door, &first.refresh).await, 400, "invalid_grant");
    refused(&assistant.refresh(&door, &third.refresh).await, 400, "invalid_grant");
    // Nor is it another program that has lost it.
    let (_, assistant, tokens) = connected(&app, OWNER, &["orders.read"]).await;
    let next = Tokens::of(&assistant.refresh(&door, &tokens.refresh).await.is(200));
    refused(&other.refresh(&door, &tokens.refresh).await, 400, "invalid_grant");
    refused(&assistant.refresh(&door, &next.refresh).await, 400, "invalid_grant");
}

#[tokio::test]
async fn of_two_who_change_the_same_token_at_once_one_has_something() {
    let app = TestApp::start().await;
    let (door, assistant, tokens) = connected(&app, OWNER, &["orders.read"]).await;
    let (one, other) = tokio::join!(assistant.refresh(&door, &tokens.refresh), assistant.refresh(&door, &tokens.refresh));
    let mut good = 0;
    for answer in [one, other] {
        let got = Tokens::of(&answer.is(200));
        good += usize::from(door.bearer(&got.access).get("/orders").await.status == 200);
    }
    assert_eq!(good, 1, "the later one has taken back what the earlier one got");
    let unused = "SELECT count(*) FROM oauth_tokens WHERE kind = 'refresh' AND used_at IS NULL";
    assert_eq!(app.count(unused), 1);
}

#[tokio::test]
async fn codes_and_tokens_end_in_time_and_a_connection_ends_anyway() {
    let (app, clock) = held().await;
    let owner = app.owner("acme").await;
    let assistant = Assistant::registered(&owner).await;
    let door = app.dashboard("acme");
    let late = assistant.code(&owner, &["orders.read"]).await;
    clock.advance(TimeDelta::seconds(60));
    refused(&assistant.change(&door, &late).await, 400, "invalid_grant");
    let mut tokens = assistant.tokens(&owner, &["orders.read"]).await;
    clock.advance(TimeDelta::seconds(599));
    door.bearer(&tokens.access).get("/orders").await.is(200);
    clock.advance(TimeDelta::seconds(1));
    door.bearer(&tokens.access)
        .get("/orders")
        .await
        .refused(401, "framework.unauthenticated");
    // Used within thirty days it runs on, and after half a year it is over all the same.
    for _ in 0..6 {
        clock.advance(TimeDelta::days(29));
        tokens = Tokens::of(&assistant.refresh(&door, &tokens.refresh).await.is(200));
    }
    clock.advance(TimeDelta::days(6));
    refused(&assistant.refresh(&door, &tokens.refresh).await, 400, "invalid_grant");
    let unused = assistant.tokens(&app.owner("acme").await, &["orders.read"]).await;
    clock.advance(TimeDelta::days(30));
    refused(&assistant.refresh(&door, &unused.refresh).await, 400, "invalid_grant");
    clock.advance(TimeDelta::days(2));
    app.tidy().await;
    app.run_jobs().await;
    for table in ["oauth_tokens", "oauth_codes", "oauth_grants"] {
        assert_eq!(app.count(&format!("SELECT count(*) FROM {table}")), 0, "{table}");
    }
}

#[tokio::test]
async fn what_a_document_has_said_goes_a_while_after_the_last_who_let_its_program_in() {
    let (app, clock) = held().await;
    let receiver = Receiver::start();
    let client_id = receiver.url();
    let document = json!({ "client_id": client_id, "client_name": "Helper", "redirect_uris": [CALLBACK] });
    receiver.reply(
        Reply::status(200)
            .with("content-type", "application/json")
            .saying(&document.to_string()),
    );
    let owner = app.owner("acme").await;
    Assistant::registered(&owner).await;
    Assistant { client_id }.tokens(&owner, &["orders.read"]).await;
    let known = "SELECT count(*) FROM oauth_clients";
    clock.advance(TimeDelta::days(30));
    app.tidy().await;
    assert_eq!(app.count(known), 2, "the connection runs to the end of this second");
    clock.advance(TimeDelta::seconds(1));
    app.tidy().await;
    app.run_jobs().await;
    assert_eq!(app.count(known), 1, "the store has registered the other one");
}

#[tokio::test]
async fn an_access_token_may_be_asked_for_less_and_never_for_more() {
    let app = TestApp::start().await;
    let (door, assistant, tokens) = connected(&app, OWNER, &["orders.read", "products.read"]).await;
    let asks = async |token: &str, scope: &str| {
        let fields = [
            ("grant_type", "refresh_token"),
            ("refresh_token", token),
            ("client_id", assistant.client_id.as_str()),
            ("scope", scope),
        ];
        post_form(&door, "/oauth/token", &fields).await
    };
    refused(&asks(&tokens.refresh, "orders.read orders.write").await, 400, "invalid_scope");
    let narrow = asks(&tokens.refresh, "orders.read").await.is(200);
    assert_eq!(narrow.json["scope"], "orders.read");
    let narrow = Tokens::of(&narrow);
    door.bearer(&narrow.access).get("/orders").await.is(200);
    door.bearer(&narrow.access)
        .get("/products")
        .await
        .refused(403, "framework.forbidden");
    // What was given is still all there.
    let whole = Tokens::of(&assistant.refresh(&door, &narrow.refresh).await.is(200));
    door.bearer(&whole.access).get("/products").await.is(200);
}

#[tokio::test]
async fn what_a_program_gives_back_ends_all_that_came_of_the_consent() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let (door, assistant, tokens) = connected(&app, OWNER, &["orders.read"]).await;
    let other = Assistant::registered(&owner).await;
    let gives = async |token: &str, client_id: &str| {
        let fields = [("token", token), ("client_id", client_id), ("token_type_hint", "access_token")];
        post_form(&door, "/oauth/revoke", &fields).await
    };
    refused(&gives(&tokens.refresh, &other.client_id).await, 400, "invalid_grant");
    gives("nonsense", &assistant.client_id).await.is(200);
    door.bearer(&tokens.access).get("/orders").await.is(200);
    gives(&tokens.refresh, &assistant.client_id).await.is(200);
    door.bearer(&tokens.access)
        .get("/orders")
        .await
        .refused(401, "framework.unauthenticated");
    gives(&tokens.refresh, &assistant.client_id).await.is(200);
    refused(
        &post_form(&door, "/oauth/revoke", &[("client_id", "x")]).await,
        400,
        "invalid_request",
    );
}

#[tokio::test]
async fn programs_are_told_what_is_wrong_in_the_words_of_oauth() {
    let app = TestApp::start().await;
    let door = app.dashboard("acme");
    let token = async |fields: &[(&str, &str)]| post_form(&door, "/oauth/token", fields).await;
    refused(&token(&[]).await, 400, "invalid_request");
    refused(
        &token(&[("grant_type", "password"), ("username", "x")]).await,
        400,
        "unsupported_grant_type",
    );
    refused(
        &token(&[("grant_type", "refresh_token"), ("client_id", "x")]).await,
        400,
        "invalid_request",
    );
    let twice = [("grant_type", "refresh_token"), ("client_id", "x"), ("client_id", "y")];
    refused(&token(&twice).await, 400, "invalid_request");
    let secret = [("grant_type", "refresh_token"), ("client_id", "x"), ("client_secret", "y")];
    refused(&token(&secret).await, 401, "invalid_client");
    let by_header = door.with("authorization", "Basic eDp5");
    refused(
        &post_form(&by_header, "/oauth/token", &[("grant_type", "refresh_token")]).await,
        401,
        "invalid_client",
    );
    let json = door
        .at_root()
        .post("/oauth/token", json!({ "grant_type": "refresh_token", "redirect_uri": CALLBACK }))
        .await;
    refused(&json, 400, "invalid_request");
    // There is no store here, and so nobody who gives tokens.
    for path in ["/.well-known/oauth-authorization-server", "/.well-known/oauth-protected-resource"] {
        app.host("orion.localhost").get(path).await.refused(404, "framework.not_found");
        app.host("orion.localhost")
            .get(&format!("/storefront/acme{path}"))
            .await
            .refused(404, "framework.not_found");
    }
}

#[tokio::test]
async fn pages_of_other_websites_get_no_tokens_and_read_nothing() {
    let app = TestApp::start().await;
    let elsewhere = app.dashboard("acme").with("origin", "https://elsewhere.example");
    let fields = [("grant_type", "refresh_token"), ("client_id", "x"), ("refresh_token", "y")];
    for path in ["/oauth/token", "/oauth/revoke"] {
        let refusal = post_form(&elsewhere, path, &fields).await.refused(403, "framework.cross_origin");
        assert_eq!(refusal.header("access-control-allow-origin"), None);
    }
    let path = "/.well-known/oauth-authorization-server";
    let metadata = elsewhere.at_root().get(path).await.is(200);
    assert_eq!(metadata.header("access-control-allow-origin"), None);
}

#[tokio::test]
async fn an_address_comes_for_tokens_so_many_times_a_minute_and_no_more() {
    let options = TestOptions {
        variables: vec![("ORION_HTTP_SHOP_WRITES_PER_MINUTE", "2".to_owned())],
        ..TestOptions::default()
    };
    let app = TestApp::start_with(options).await;
    let door = app.dashboard("acme");
    let fields = [("grant_type", "refresh_token"), ("client_id", "x"), ("refresh_token", "y")];
    for _ in 0..2 {
        refused(&post_form(&door, "/oauth/token", &fields).await, 400, "invalid_grant");
    }
    let told = post_form(&door, "/oauth/revoke", &fields).await;
    let told = told.refused(429, "framework.rate_limited");
    assert!(told.header("retry-after").is_some());
}

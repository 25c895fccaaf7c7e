//! Who asks, what for, and what somebody lets them do.

use orion_tests::{Client, Receiver, Reply, TestApp};
use orion_types::oauth::{AskedConnection, Connection, MAX_CONNECTIONS, Program};
use serde_json::{Value, json};

use super::flow::{Assistant, CALLBACK, Tokens, asked, post_form, told};
use crate::api::impersonation::visitor;

const OWNER: &str = "owner@acme.test";

/// What is asked for, with another value of one field.
fn asked_with(client_id: &str, field: &str, value: &str) -> Value {
    let mut asked = asked(client_id, "orders.read");
    asked[field] = value.into();
    asked
}

async fn connections(person: &Client) -> Vec<Connection> {
    person.get("/connections").await.is(200).rows()
}

fn path(connection: &Connection) -> String {
    format!("/connections/{}", connection.id)
}

#[tokio::test]
async fn who_asks_is_shown_with_where_the_answer_leads_and_what_can_be_given() {
    let app = TestApp::start().await;
    let assistant = Assistant::registered(&app.owner("acme").await).await;
    let viewer = app.staff("acme", "viewer@acme.test").await;
    let request = asked(&assistant.client_id, "orders.write products.read");
    let shown: AskedConnection = viewer.post("/connections/look-up", request).await.is(200).json();
    assert_eq!(
        (shown.program.as_str(), shown.redirect_host.as_str()),
        ("Assistant", "assistant.example")
    );
    assert!(!shown.redirect_is_local && shown.document_host.is_none() && shown.refusal.is_none());
    let rights: Vec<(&str, bool)> = shown.rights.iter().map(|asked| (asked.right.key(), asked.held)).collect();
    assert_eq!(rights, [("products.read", true), ("orders.read", true), ("orders.write", false)]);
    let nothing: AskedConnection = viewer
        .post("/connections/look-up", asked(&assistant.client_id, ""))
        .await
        .is(200)
        .json();
    assert!(nothing.rights.iter().all(|asked| asked.right.reads()) && nothing.rights.len() > 3);
}

#[tokio::test]
async fn nothing_is_sent_to_an_address_that_the_program_has_not_named() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let assistant = Assistant::registered(&owner).await;
    for other in [
        "https://assistant.example/callback/",
        "https://assistant.example/callback?x=1",
        "https://assistant.example.evil.example/callback",
        "http://assistant.example/callback",
        "javascript:alert(1)",
        "",
    ] {
        let request = asked_with(&assistant.client_id, "redirect_uri", other);
        owner
            .post("/connections/look-up", &request)
            .await
            .refused(422, "oauth.unknown_redirect");
        for allow in [true, false] {
            let decided = json!({ "asked": request, "allow": allow, "rights": ["orders.read"] });
            owner
                .post("/connections/confirm", decided)
                .await
                .refused(422, "oauth.unknown_redirect");
        }
    }
    let elsewhere = Assistant::registered(&app.owner("globex").await).await;
    for unknown in [elsewhere.client_id.as_str(), "nobody", "01932d0c-7e0a-7c3f-9b1f-0a5e7d1c2b3a"] {
        let request = asked(unknown, "orders.read");
        owner
            .post("/connections/look-up", request)
            .await
            .refused(422, "oauth.unknown_program");
    }
}

#[tokio::test]
async fn a_program_on_its_own_machine_takes_any_port() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let program = json!({ "name": "Tool", "redirect_uris": ["http://127.0.0.1/callback"] });
    let made: Program = owner.post("/programs", program).await.is(201).json();
    let request = asked_with(&made.client_id, "redirect_uri", "http://127.0.0.1:51004/callback");
    let shown: AskedConnection = owner.post("/connections/look-up", request).await.is(200).json();
    assert!(shown.redirect_is_local && shown.redirect_host == "127.0.0.1:51004");
    let request = asked_with(&made.client_id, "redirect_uri", "http://127.0.0.1:51004/other");
    owner
        .post("/connections/look-up", request)
        .await
        .refused(422, "oauth.unknown_redirect");
}

#[tokio::test]
async fn who_has_asked_wrongly_is_told_so_and_given_nothing() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let assistant = Assistant::registered(&owner).await;
    for (field, value, error) in [
        ("response_type", "token", "unsupported_response_type"),
        ("code_challenge", "", "invalid_request"),
        ("code_challenge_method", "plain", "invalid_request"),
        ("scope", "orders.eat", "invalid_scope"),
        ("scope", "team.write", "invalid_scope"),
        ("resource", "http://globex.orion.localhost/", "invalid_target"),
    ] {
        let request = asked_with(&assistant.client_id, field, value);
        let shown: AskedConnection = owner.post("/connections/look-up", &request).await.is(200).json();
        let refusal = shown.refusal.expect("a refusal");
        assert_eq!((refusal.error.as_str(), shown.rights.len()), (error, 0), "{field}");
        let told = told(&refusal.redirect_to);
        assert_eq!((told["error"].as_str(), told["state"].as_str()), (error, "st&te"));
        assert_eq!(told["iss"], "http://acme.orion.localhost");
        let decided = json!({ "asked": request, "allow": true, "rights": ["orders.read"] });
        owner
            .post("/connections/confirm", decided)
            .await
            .refused(422, "oauth.asked_wrongly");
    }
    assert_eq!(app.count("SELECT count(*) FROM oauth_grants"), 0);
}

#[tokio::test]
async fn nobody_gives_what_they_lack_or_what_was_not_asked_for() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let assistant = Assistant::registered(&owner).await;
    let viewer = app.staff("acme", "viewer@acme.test").await;
    let decide = async |person: &Client, scope: &str, rights: Value| {
        let decided = json!({ "asked": asked(&assistant.client_id, scope), "allow": true, "rights": rights });
        person.post("/connections/confirm", decided).await
    };
    for (person, scope, rights, place) in [
        (&viewer, "orders.write", json!(["orders.read", "orders.write"]), "/rights/1"),
        (&owner, "orders.read", json!(["orders.write"]), "/rights/0"),
        (&owner, "orders.read", json!(["team.read"]), "/rights/0"),
    ] {
        decide(person, scope, rights).await.refused(403, "oauth.right_not_held").at(place);
    }
    decide(&owner, "orders.read", json!([]))
        .await
        .refused(422, "framework.invalid")
        .at("/rights");
    let given = decide(&viewer, "orders.write", json!(["orders.read"])).await.is(200);
    let told = told(given.json["redirect_to"].as_str().expect("an address"));
    assert_eq!(
        (told["state"].as_str(), told["iss"].as_str()),
        ("st&te", "http://acme.orion.localhost")
    );
    let answer = assistant.change(&viewer, &told["code"]).await.is(200);
    assert_eq!(answer.json["scope"], "orders.read");
}

#[tokio::test]
async fn who_denies_gives_nothing_and_the_program_is_told() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let assistant = Assistant::registered(&owner).await;
    let decided = json!({ "asked": asked(&assistant.client_id, "orders.read"), "allow": false, "rights": ["orders.read"] });
    let answer = owner.post("/connections/confirm", decided).await.is(200);
    let told = told(answer.json["redirect_to"].as_str().expect("an address"));
    assert_eq!((told["error"].as_str(), told.get("code")), ("access_denied", None));
    assert_eq!(app.count("SELECT count(*) FROM oauth_grants"), 0);
}

#[tokio::test]
async fn a_document_says_who_a_program_is() {
    let app = TestApp::start().await;
    let viewer = app.staff("acme", "viewer@acme.test").await;
    let receiver = Receiver::start();
    let client_id = receiver.url();
    let json_type = |reply: Reply| reply.with("content-type", "application/json");
    for (reply, what) in [
        (Reply::status(404), "none"),
        (Reply::status(302).with("location", "http://127.0.0.1/"), "a redirect"),
        (Reply::status(200).with("content-type", "text/html").saying("<p>"), "a page"),
        (json_type(Reply::status(200)).saying("{}"), "an empty one"),
        (
            json_type(Reply::status(200)).saying(&format!("{{\"a\":\"{}\"}}", "x".repeat(70_000))),
            "a long one",
        ),
        (
            json_type(Reply::status(200))
                .saying(&json!({ "client_id": "https://other.example/x", "client_name": "X", "redirect_uris": [CALLBACK] }).to_string()),
            "another's",
        ),
    ] {
        receiver.reply(reply);
        let refused = viewer.post("/connections/look-up", asked(&client_id, "orders.read")).await;
        assert_eq!(
            (refused.status, &refused.json["code"]),
            (422, &json!("oauth.unknown_program")),
            "{what}"
        );
    }
    let document =
        json!({ "client_id": client_id, "client_name": "Helper", "redirect_uris": [CALLBACK], "token_endpoint_auth_method": "none" });
    receiver.reply(json_type(Reply::status(200)).saying(&document.to_string()));
    let shown: AskedConnection = viewer
        .post("/connections/look-up", asked(&client_id, "orders.read"))
        .await
        .is(200)
        .json();
    assert_eq!(
        (shown.program.as_str(), shown.document_host.as_deref()),
        ("Helper", Some("127.0.0.1"))
    );
    // It is not fetched anew for each step.
    let assistant = Assistant { client_id };
    let tokens = assistant.tokens(&viewer, &["orders.read"]).await;
    app.dashboard("acme").bearer(&tokens.access).get("/orders").await.is(200);
    assert_eq!(receiver.count(), 7);
    let listed = connections(&viewer).await;
    assert_eq!(
        (listed[0].program.as_str(), listed[0].document_host.as_deref()),
        ("Helper", Some("127.0.0.1"))
    );
    // What nobody has registered here is none of the store's programs.
    assert_eq!(app.owner("acme").await.get("/programs").await.is(200).json["data"], json!([]));
    let other = asked_with(&assistant.client_id, "redirect_uri", "https://elsewhere.example/");
    viewer
        .post("/connections/look-up", other)
        .await
        .refused(422, "oauth.unknown_redirect");
}

#[tokio::test]
async fn documents_are_fetched_from_the_public_internet_alone() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    for address in [
        "http://10.0.0.1/client.json",
        "https://169.254.169.254/client.json",
        "https://user@example.com/x",
        "https://example.com/",
    ] {
        let refused = owner.post("/connections/look-up", asked(address, "orders.read")).await;
        refused.refused(422, "oauth.unknown_program");
    }
}

#[tokio::test]
async fn consent_is_a_persons_own() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let assistant = Assistant::registered(&owner).await;
    let tokens = assistant.tokens(&owner, &["orders.read"]).await;
    let request = asked(&assistant.client_id, "orders.read");
    let decided = json!({ "asked": request, "allow": true, "rights": ["orders.read"] });
    let key = owner
        .post("/api-keys", json!({ "name": "ERP", "scopes": ["orders.read"] }))
        .await
        .is(201);
    let door = app.dashboard("acme");
    for program in [
        door.bearer(&tokens.access),
        door.bearer(key.json["secret"].as_str().expect("a secret")),
    ] {
        program
            .post("/connections/look-up", &request)
            .await
            .refused(403, "framework.person_needed");
        program
            .post("/connections/confirm", &decided)
            .await
            .refused(403, "framework.person_needed");
    }
    let visitor = visitor(&app, true).await;
    visitor
        .post("/connections/confirm", &decided)
        .await
        .refused(403, "framework.closed_to_impersonation");
    let stranger = app.owner("globex").await.at(app.address(), "acme.orion.localhost");
    stranger
        .post("/connections/confirm", &decided)
        .await
        .refused(404, "framework.not_found");
    door.post("/connections/confirm", &decided)
        .await
        .refused(401, "framework.unauthenticated");
    app.run_jobs().await;
}

#[tokio::test]
async fn everybody_sees_and_ends_their_own_and_who_may_everybodys() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let assistant = Assistant::registered(&owner).await;
    let (manager, viewer) = (
        app.staff("acme", "manager@acme.test").await,
        app.staff("acme", "viewer@acme.test").await,
    );
    assistant.tokens(&viewer, &["orders.read"]).await;
    let of_manager = assistant.tokens(&manager, &["orders.write"]).await;
    let own = connections(&viewer).await;
    assert_eq!((own.len(), own[0].own, own[0].person.as_str()), (1, true, "viewer@acme.test"));
    let all = connections(&manager).await;
    let shown: Vec<(&str, bool)> = all.iter().map(|one| (one.person.as_str(), one.own)).collect();
    assert_eq!(shown, [("manager@acme.test", true), ("viewer@acme.test", false)]);
    let page = manager.get("/connections?limit=1").await.is(200);
    assert_eq!((page.rows::<Connection>().len(), &page.json["has_more"]), (1, &json!(true)));
    let cursor = page.json["next_cursor"].as_str().expect("a cursor");
    let rest = manager.get(&format!("/connections?limit=1&cursor={cursor}")).await.is(200);
    assert_eq!(
        (rest.rows::<Connection>(), &rest.json["has_more"]),
        (all[1..].to_vec(), &json!(false))
    );
    let own_alone = manager.get("/connections?own=true").await.is(200);
    assert_eq!(own_alone.rows::<Connection>(), all[..1]);
    manager.get("/connections?own=perhaps").await.refused(400, "framework.bad_query");
    // A manager sees them, and may end no other's; a viewer does not even learn that there is one.
    manager.delete(&path(&all[1])).await.refused(404, "framework.not_found");
    viewer.delete(&path(&all[0])).await.refused(404, "framework.not_found");
    viewer.delete(&path(&own[0])).await.is(204);
    let door = app.dashboard("acme");
    door.bearer(&of_manager.access).get("/orders").await.is(200);
    owner.delete(&path(&all[0])).await.is(204);
    door.bearer(&of_manager.access)
        .get("/orders")
        .await
        .refused(401, "framework.unauthenticated");
    assert!(connections(&owner).await.is_empty());
}

#[tokio::test]
async fn programs_are_registered_by_who_may() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let manager = app.staff("acme", "manager@acme.test").await;
    let body = json!({ "name": " Tool ", "redirect_uris": [CALLBACK, "http://localhost/"] });
    manager.post("/programs", &body).await.refused(403, "framework.forbidden");
    let answer = owner.post("/programs", &body).await.is(201);
    let made: Program = answer.json();
    assert_eq!(
        (made.name.as_str(), made.created_by.as_str(), made.client_id.as_str()),
        ("Tool", OWNER, made.id.to_string().as_str())
    );
    assert_eq!(
        answer.header("location"),
        Some(format!("/api/v1/store/programs/{}", made.id).as_str())
    );
    assert_eq!(manager.get(&format!("/programs/{}", made.id)).await.is(200).json::<Program>(), made);
    assert_eq!(
        manager.get("/programs").await.is(200).rows::<Program>(),
        std::slice::from_ref(&made)
    );
    for (body, pointer) in [
        (json!({ "name": "", "redirect_uris": [CALLBACK] }), "/name"),
        (json!({ "name": "Tool", "redirect_uris": [] }), "/redirect_uris"),
        (json!({ "name": "Tool", "redirect_uris": vec![CALLBACK; 11] }), "/redirect_uris"),
        (
            json!({ "name": "Tool", "redirect_uris": [CALLBACK, "http://tool.example/"] }),
            "/redirect_uris/1",
        ),
        (
            json!({ "name": "Tool", "redirect_uris": ["javascript:alert(1)"] }),
            "/redirect_uris/0",
        ),
        (
            json!({ "name": "Tool", "redirect_uris": ["https://tool.example/#x"] }),
            "/redirect_uris/0",
        ),
    ] {
        owner.post("/programs", body).await.refused(422, "framework.invalid").at(pointer);
    }
    let path = format!("/programs/{}", made.id);
    let change = json!({ "redirect_uris": ["https://tool.example/back"] });
    owner.patch(&path, &change).await.refused(428, "framework.precondition_required");
    owner
        .with("if-match", "\"7\"")
        .patch(&path, &change)
        .await
        .refused(412, "framework.stale");
    manager
        .with("if-match", "\"1\"")
        .patch(&path, &change)
        .await
        .refused(403, "framework.forbidden");
    let changed = owner.with("if-match", "\"1\"").patch(&path, &change).await.is(200);
    assert_eq!((changed.header("etag"), &changed.json["name"]), (Some("\"2\""), &json!("Tool")));
    let wrong = json!({ "redirect_uris": ["javascript:alert(1)"] });
    owner
        .with("if-match", "*")
        .patch(&path, wrong)
        .await
        .refused(422, "framework.invalid")
        .at("/redirect_uris/0");
    owner
        .post("/connections/look-up", asked(&made.client_id, "orders.read"))
        .await
        .refused(422, "oauth.unknown_redirect");
    manager.delete(&path).await.refused(403, "framework.forbidden");
    owner.delete(&format!("/programs/{}", made.id)).await.is(204);
    owner
        .get(&format!("/programs/{}", made.id))
        .await
        .refused(404, "framework.not_found");
}

#[tokio::test]
async fn nobody_lets_more_programs_act_than_they_can_look_over() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let assistant = Assistant::registered(&owner).await;
    let viewer = app.staff("acme", "viewer@acme.test").await;
    for _ in 0..MAX_CONNECTIONS {
        assistant.tokens(&viewer, &["orders.read"]).await;
    }
    let decided = json!({ "asked": asked(&assistant.client_id, "orders.read"), "allow": true, "rights": ["orders.read"] });
    viewer
        .post("/connections/confirm", &decided)
        .await
        .refused(409, "oauth.too_many_connections");
    owner.post("/connections/confirm", &decided).await.is(200);
    let oldest = connections(&viewer).await.pop().expect("a connection");
    viewer.delete(&path(&oldest)).await.is(204);
    viewer.post("/connections/confirm", &decided).await.is(200);
}

#[tokio::test]
async fn a_token_asked_for_with_a_resource_is_for_that_one() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let assistant = Assistant::registered(&owner).await;
    let own = "http://acme.orion.localhost/api/v1/store";
    let decided = json!({ "asked": asked_with(&assistant.client_id, "resource", own), "allow": true, "rights": ["orders.read"] });
    let answer = owner.post("/connections/confirm", decided).await.is(200);
    let code = told(answer.json["redirect_to"].as_str().expect("an address"))["code"].clone();
    let other = [("resource", "http://acme.orion.localhost/")];
    let refused = assistant.change_with(&owner, &code, &other).await;
    super::flow::refused(&refused, 400, "invalid_target");
    let tokens = Tokens::of(&assistant.change_with(&owner, &code, &[("resource", own)]).await.is(200));
    let fields = [
        ("grant_type", "refresh_token"),
        ("refresh_token", tokens.refresh.as_str()),
        ("client_id", assistant.client_id.as_str()),
        ("resource", "http://globex.orion.localhost/"),
    ];
    super::flow::refused(&post_form(&owner, "/oauth/token", &fields).await, 400, "invalid_target");
}

//! What a program may do ends with what its person may, with the next request and on every server.

use diesel::connection::SimpleConnection;
use orion_tests::{Client, PASSWORD, TestApp};
use serde_json::{Value, json};

use super::flow::{Assistant, Tokens, connected, refused};

const MANAGER: &str = "manager@acme.test";

/// A program that acts for a manager of acme, at two servers.
struct Scene {
    app: TestApp,
    owner: Client,
    assistant: Assistant,
    tokens: Tokens,
    door: Client,
}

impl Scene {
    async fn of(rights: &[&str]) -> Self {
        let app = TestApp::start().await;
        let (door, assistant, tokens) = connected(&app, MANAGER, rights).await;
        let owner = app.owner("acme").await;
        Self {
            app,
            owner,
            assistant,
            tokens,
            door,
        }
    }

    fn program(&self) -> Client {
        self.door.bearer(&self.tokens.access)
    }

    /// The manager's place in the team.
    async fn place(&self) -> String {
        let team = self.owner.get("/team").await.is(200).json;
        let members = team["data"].as_array().expect("members");
        let found = members.iter().find(|member| member["email"] == MANAGER).expect("the manager");
        format!("/team/{}", found["id"].as_str().expect("an id"))
    }

    async fn change_place(&self, body: Value) {
        let place = self.place().await;
        self.owner.with("if-match", "*").patch(&place, body).await.is(200);
    }

    /// Neither token is worth anything any more, here and elsewhere.
    async fn is_over(&self) {
        let other = self.app.second_server().await;
        let there = self.program().at(other.address, "acme.orion.localhost");
        for client in [self.program(), there] {
            client.get("/orders").await.refused(401, "framework.unauthenticated");
        }
        refused(
            &self.assistant.refresh(&self.door, &self.tokens.refresh).await,
            400,
            "invalid_grant",
        );
        assert_eq!(self.app.count("SELECT count(*) FROM oauth_grants"), 0);
    }
}

#[tokio::test]
async fn a_right_that_its_person_has_lost_is_lost_to_the_program() {
    let scene = Scene::of(&["orders.write", "customers.read"]).await;
    scene.program().get("/customers").await.is(200);
    scene.change_place(json!({ "role": "viewer" })).await;
    scene.program().get("/customers").await.refused(403, "framework.forbidden");
    scene.program().get("/orders").await.is(200);
    // What they get back it may do again: it was given that.
    scene.change_place(json!({ "role": "manager" })).await;
    scene.program().get("/customers").await.is(200);
    // What they get besides it was not given.
    scene.program().get("/products").await.refused(403, "framework.forbidden");
    scene.app.run_jobs().await;
}

#[tokio::test]
async fn who_has_left_the_team_is_acted_for_by_nobody() {
    let scene = Scene::of(&["orders.read"]).await;
    scene.program().get("/orders").await.is(200);
    let place = scene.place().await;
    scene.owner.delete(&place).await.is(204);
    scene.is_over().await;
    scene.app.run_jobs().await;
}

#[tokio::test]
async fn who_is_suspended_is_acted_for_by_nobody() {
    let scene = Scene::of(&["orders.read"]).await;
    scene.change_place(json!({ "active": false })).await;
    scene.is_over().await;
    scene.change_place(json!({ "active": true })).await;
    scene.program().get("/orders").await.refused(401, "framework.unauthenticated");
    scene.app.run_jobs().await;
}

#[tokio::test]
async fn whose_account_is_switched_off_is_acted_for_by_nobody() {
    let scene = Scene::of(&["orders.read"]).await;
    let manager = scene.app.text("SELECT id FROM users WHERE email = 'manager@acme.test'");
    let reason = json!({ "reason": "A lost laptop" });
    let admin = scene.app.admin().await;
    admin.post(&format!("/users/{manager}/disable"), reason).await.is(200);
    scene.is_over().await;
    scene.app.run_jobs().await;
}

#[tokio::test]
async fn who_signs_out_everywhere_or_changes_their_password_is_acted_for_by_nobody() {
    let scene = Scene::of(&["orders.read"]).await;
    let manager = scene.app.staff("acme", MANAGER).await;
    manager.delete("/me/sessions").await.is(204);
    scene.is_over().await;
    let why = scene
        .app
        .text("SELECT changes->>'why' FROM audit_log WHERE action = 'connection.ended'");
    assert_eq!(why, "all sessions of its person ended");
    let manager = scene.app.staff("acme", MANAGER).await;
    let tokens = scene.assistant.tokens(&manager, &["orders.read"]).await;
    let password = json!({ "current_password": PASSWORD, "new_password": "Tramway-quince-4417" });
    manager.post("/me/password", password).await.is(204);
    scene
        .door
        .bearer(&tokens.access)
        .get("/orders")
        .await
        .refused(401, "framework.unauthenticated");
    scene.app.run_jobs().await;
}

#[tokio::test]
async fn a_program_that_was_taken_away_acts_for_nobody() {
    let scene = Scene::of(&["orders.read"]).await;
    let path = format!("/programs/{}", scene.assistant.client_id);
    scene.owner.delete(&path).await.is(204);
    scene.is_over().await;
}

#[tokio::test]
async fn a_store_that_is_suspended_is_looked_at_and_gives_no_tokens() {
    let scene = Scene::of(&["products.write"]).await;
    let admin = scene.app.admin().await;
    let path = format!("/stores/{}", scene.app.store_id("acme").await);
    admin
        .post(&format!("{path}/suspend"), json!({ "reason": "On request" }))
        .await
        .is(200);
    scene.program().get("/products").await.is(200);
    let product = json!({ "title": "Mug", "variants": [{ "price_minor": 100 }] });
    scene
        .program()
        .post("/products", product)
        .await
        .refused(503, "framework.store_suspended");
    let told = scene.assistant.refresh(&scene.door, &scene.tokens.refresh).await;
    refused(&told, 503, "temporarily_unavailable");
    // Nobody connects another, and what is connected can be ended.
    let manager = scene.app.staff("acme", MANAGER).await;
    let decided =
        json!({ "asked": super::flow::asked(&scene.assistant.client_id, "orders.read"), "allow": true, "rights": ["orders.read"] });
    manager
        .post("/connections/confirm", decided)
        .await
        .refused(503, "framework.store_suspended");
    admin.post(&format!("{path}/reactivate"), json!({})).await.is(200);
    let next = Tokens::of(&scene.assistant.refresh(&scene.door, &scene.tokens.refresh).await.is(200));
    scene.door.bearer(&next.access).get("/products").await.is(200);
    scene.app.run_jobs().await;
}

#[tokio::test]
async fn a_token_opens_its_own_stores_dashboard_at_its_own_host() {
    let scene = Scene::of(&["orders.read"]).await;
    let (app, token) = (&scene.app, &scene.tokens.access);
    let unknown = "framework.unauthenticated";
    app.dashboard("globex").bearer(token).get("/orders").await.refused(401, unknown);
    app.dashboard("plain").bearer(token).get("/products").await.refused(401, unknown);
    app.host("orion.localhost")
        .bearer(token)
        .get("/api/v1/store/orders")
        .await
        .refused(401, unknown);
    app.host("orion.localhost")
        .bearer(token)
        .get("/store/acme/api/v1/store/orders")
        .await
        .refused(401, unknown);
    app.shop("acme").bearer(token).get("/account").await.refused(401, unknown);
    app.administration().bearer(token).get("/stores").await.refused(401, unknown);
    let mistyped = format!("{}x", &token[..token.len() - 1]);
    scene.door.bearer(&mistyped).get("/orders").await.refused(401, unknown);
    // A refresh token or a code is no access token.
    scene.door.bearer(&scene.tokens.refresh).get("/orders").await.is(401);
    refused(
        &scene.assistant.refresh(&app.dashboard("globex"), &scene.tokens.refresh).await,
        400,
        "invalid_grant",
    );
    refused(&scene.assistant.refresh(&scene.door, token).await, 400, "invalid_grant");
    scene.program().get("/orders").await.is(200);
}

#[tokio::test]
async fn where_a_second_factor_is_wanted_a_program_acts_for_nobody_without_one() {
    let scene = Scene::of(&["orders.read"]).await;
    let wanted = "UPDATE stores SET second_factor_required = true WHERE code = 'acme'";
    scene.app.owner_of_database().batch_execute(wanted).expect("it is wanted");
    scene.program().get("/orders").await.refused(403, "framework.second_factor_needed");
    let by_passkey = "UPDATE oauth_grants SET by_passkey = true";
    scene
        .app
        .owner_of_database()
        .batch_execute(by_passkey)
        .expect("a passkey had signed");
    scene.program().get("/orders").await.is(200);
}

#[tokio::test]
async fn the_use_of_a_connection_is_noted_beside_its_request() {
    let scene = Scene::of(&["orders.read"]).await;
    scene.program().get("/orders").await.is(200);
    while scene.app.text("SELECT last_used_ip FROM oauth_grants") != "127.0.0.1" {
        tokio::task::yield_now().await;
    }
    let manager = scene.app.staff("acme", MANAGER).await;
    let listed = manager.get("/connections").await.is(200).json;
    assert!(listed["data"][0]["last_used_at"].is_string(), "{listed}");
}

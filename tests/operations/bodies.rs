//! Bodies in the log: of the routes that were named, masked, and of no others.

use orion_tests::{Client, PASSWORD, ServerProcess, TestApp, product};
use serde_json::json;

async fn at_work(settings: &[(&str, &str)]) -> (TestApp, ServerProcess, Client) {
    let app = TestApp::start().await;
    app.leave_jobs("the process does what it likes");
    let process = ServerProcess::start(app.services.db.url(), settings).await;
    let owner = Client::new(process.address(), "acme.orion.localhost", "/api/v1/store")
        .signed_in("owner@acme.test")
        .await;
    (app, process, owner)
}

#[tokio::test]
async fn bodies_of_a_named_route_are_written_without_what_is_secret() {
    let routes = "/api/v1/store/products,/api/v1/store/auth/login";
    let (_app, process, owner) = at_work(&[("ORION_LOG_BODIES", routes), ("ORION_LOG_LEVEL", "info")]).await;
    let named = owner.with("x-request-id", "creates-mug");
    named.post("/products", product("Mug", 1200, 1)).await.is(201);
    named.get("/orders").await.is(200);
    let last = owner.with("x-request-id", "the-last-one");
    last.get("/settings").await.is(200);
    process.log_lines("the-last-one").await;
    let lines = process.log_now("creates-mug");
    let bodies: Vec<_> = lines.iter().filter(|line| line["target"] == "bodies").collect();
    let messages: Vec<_> = bodies.iter().map(|line| line["message"].as_str().unwrap_or_default()).collect();
    assert_eq!(messages, ["request body", "response body"], "{lines:?}");
    assert!(
        bodies[0]["body"].as_str().is_some_and(|body| body.contains("1200")),
        "{}",
        bodies[0]
    );
    // Signing in was written too, and neither the password nor the tokens with it.
    let sign_in = process.log_now("/auth/login");
    assert!(sign_in.iter().any(|line| line["message"] == "response body"), "{sign_in:?}");
    let token = owner.token().expect("a token");
    for secret in [PASSWORD, token, "owner@acme.test"] {
        assert!(process.log_now(secret).is_empty(), "{secret} is in the log");
    }
}

#[tokio::test]
async fn no_body_is_written_unless_its_route_was_named() {
    let (_app, process, owner) = at_work(&[("ORION_LOG_LEVEL", "trace,hyper=off,h2=off")]).await;
    let wrong = json!({ "email": "owner@acme.test", "password": "a-wrong-password" });
    owner.post("/auth/login", wrong).await.is(401);
    owner.with("x-request-id", "the-last-one").get("/products").await.is(200);
    process.log_lines("the-last-one").await;
    for secret in ["a-wrong-password", PASSWORD, owner.token().expect("a token"), "request body"] {
        assert!(process.log_now(secret).is_empty(), "{secret} is in the log");
    }
}

//! `/api/v1/storefront/account`

use orion_tests::{Buyer, PASSWORD, TestApp, address};
use orion_types::Page;
use orion_types::auth::CustomerProfile;
use orion_types::order::OrderSummary;
use serde_json::json;

#[tokio::test]
async fn an_account_is_made_once_per_address_and_shop() {
    let app = TestApp::start().await;
    app.customer("acme", "ada@example.test").await;
    let body = |email: &str, password: &str| json!({ "email": email, "name": "Ada", "password": password });
    let shop = app.shop("acme");
    shop.post("/auth/register", body("ADA@example.test", PASSWORD))
        .await
        .refused(409, "customers.email_taken");
    shop.post("/auth/register", body("nobody", PASSWORD))
        .await
        .refused(422, "framework.invalid")
        .at("/email");
    shop.post("/auth/register", body("new@example.test", "password"))
        .await
        .is(422)
        .problem();
    assert_eq!(app.count("SELECT count(*) FROM customers"), 1);
}

#[tokio::test]
async fn customers_see_and_change_what_is_theirs() {
    let app = TestApp::start().await;
    let ada = app.customer("acme", "ada@example.test").await;
    let eve = app.customer("acme", "eve@example.test").await;
    let renamed: CustomerProfile = ada.patch("/account", json!({ "name": "Ada King" })).await.is(200).json();
    assert_eq!(renamed.name, "Ada King");
    let saved = ada
        .post("/account/addresses", json!({ "address": address(), "is_default": true }))
        .await
        .is(201);
    let path = format!("/account/addresses/{}", saved.json["id"].as_str().expect("an id"));
    eve.delete(&path).await.refused(404, "framework.not_found");
    eve.put(&path, json!({ "address": address() }))
        .await
        .refused(404, "framework.not_found");
    assert_eq!(eve.get("/account/addresses").await.is(200).json["data"], json!([]));
    ada.delete(&path).await.is(204);
    app.run_jobs().await;
}

#[tokio::test]
async fn customers_find_their_orders_and_nobody_elses() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 5).await;
    let ada = app.customer("acme", "ada@example.test").await;
    let eve = app.customer("acme", "eve@example.test").await;
    let placed = Buyer::fill(&ada, &[(mug, 1)]).await.buy().await.is(201);
    let orders: Page<OrderSummary> = ada.get("/account/orders").await.is(200).json();
    assert_eq!(orders.data.len(), 1);
    let path = format!("/account/orders/{}", placed.json["order_id"].as_str().expect("an id"));
    ada.get(&path).await.is(200);
    eve.get(&path).await.refused(404, "framework.not_found");
    assert_eq!(eve.get("/account/orders").await.is(200).json["data"], json!([]));
    app.run_jobs().await;
}

#[tokio::test]
async fn who_registers_an_address_does_not_get_the_orders_of_guests_who_used_it() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 5).await;
    app.buyer("acme", &[(mug, 1)]).await.buy().await.is(201);
    let ada = app.customer("acme", "ada@example.test").await;
    // Registering proves nothing about whose address it is; a guest's order is opened by its secret.
    assert_eq!(ada.get("/account/orders").await.is(200).json["data"], json!([]));
    app.run_jobs().await;
}

#[tokio::test]
async fn a_new_password_ends_all_other_sessions() {
    let app = TestApp::start().await;
    let here = app.customer("acme", "ada@example.test").await;
    let there = app.shop("acme").signed_in("ada@example.test").await;
    let change = |current: &str, new: &str| json!({ "current_password": current, "new_password": new });
    here.post("/account/password", change("wrong", "A-better-one-2026!"))
        .await
        .is(422)
        .at("/current_password");
    here.post("/account/password", change(PASSWORD, "short"))
        .await
        .is(422)
        .at("/new_password");
    here.post("/account/password", change(PASSWORD, "A-better-one-2026!")).await.is(204);
    here.get("/account").await.is(200);
    there.get("/account").await.refused(401, "framework.unauthenticated");
    app.shop("acme")
        .post("/auth/login", json!({ "email": "ada@example.test", "password": PASSWORD }))
        .await
        .refused(401, "auth.invalid_credentials");
}

#[tokio::test]
async fn a_session_can_be_ended_from_another_device() {
    let app = TestApp::start().await;
    let here = app.customer("acme", "ada@example.test").await;
    let there = app.shop("acme").signed_in("ada@example.test").await;
    let sessions = here.get("/account/sessions").await.is(200);
    let other = sessions.json["data"]
        .as_array()
        .unwrap()
        .iter()
        .find(|session| session["current"] == false)
        .expect("the other session");
    here.delete(&format!("/account/sessions/{}", other["id"].as_str().expect("an id")))
        .await
        .is(204);
    there.get("/account").await.refused(401, "framework.unauthenticated");
    here.get("/account").await.is(200);
}

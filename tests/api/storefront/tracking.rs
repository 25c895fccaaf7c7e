//! `/api/v1/storefront/orders`

use orion_tests::TestApp;
use orion_types::order::OrderConfirmation;
use serde_json::json;

#[tokio::test]
async fn an_order_is_found_by_number_and_address_or_by_its_secret() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 5).await;
    let placed = app.buyer("acme", &[(mug, 1)]).await.buy().await.is(201);
    let number = placed.json["confirmation"]["number"].clone();
    let shop = app.shop("acme");
    let tracked: OrderConfirmation = shop
        .post("/orders/track", json!({ "number": number, "email": " ADA@example.test" }))
        .await
        .is(200)
        .json();
    assert_eq!(json!(tracked.id), placed.json["order_id"]);
    let secret = json!({ "order_id": placed.json["order_id"], "access_token": placed.json["access_token"] });
    shop.post("/orders/lookup", &secret).await.is(200);
    // The same secret opens nothing elsewhere.
    app.shop("globex")
        .post("/orders/lookup", &secret)
        .await
        .refused(404, "framework.not_found");
    app.shop("globex")
        .post("/orders/track", json!({ "number": number, "email": "ada@example.test" }))
        .await
        .refused(404, "framework.not_found");
    app.run_jobs().await;
}

#[tokio::test]
async fn guessing_finds_nothing_and_is_slowed_down() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 5).await;
    let placed = app.buyer("acme", &[(mug, 1)]).await.buy().await.is(201);
    let number = placed.json["confirmation"]["number"].clone();
    let shop = app.shop("acme");
    shop.post("/orders/track", json!({ "number": number, "email": "other@example.test" }))
        .await
        .refused(404, "framework.not_found");
    let wrong = json!({ "order_id": placed.json["order_id"], "access_token": "a guess" });
    shop.post("/orders/lookup", wrong).await.refused(404, "framework.not_found");
    let mut slowed = false;
    for guess in 0..30 {
        let answer = shop
            .post("/orders/track", json!({ "number": guess, "email": "ada@example.test" }))
            .await;
        slowed |= answer.status == 429;
    }
    assert!(slowed, "thirty guesses went through");
    app.run_jobs().await;
}

//! `/api/v1/store/customers`

use orion_tests::{TestApp, address};
use serde_json::json;

#[tokio::test]
async fn staff_find_a_customer_with_addresses_and_orders() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 9).await;
    let ada = app.customer("acme", "ada@example.test").await;
    ada.post("/account/addresses", json!({ "address": address(), "is_default": true }))
        .await
        .is(201);
    let bought = orion_tests::Buyer::fill(&ada, &[(mug, 1)]).await.buy().await.is(201);
    let mut guest = app.buyer("acme", &[(mug, 1)]).await;
    guest.email = "gwen@example.test".to_owned();
    guest.buy().await.is(201);

    let owner = app.owner("acme").await;
    let list = owner.get("/customers?q=example.test").await.is(200);
    assert_eq!(list.json["total"], 2);
    let found = owner.get("/customers?q=ada@").await.is(200);
    let id = found.json["data"][0]["id"].as_str().expect("an id").to_owned();
    let detail = owner.get(&format!("/customers/{id}")).await.is(200);
    assert_eq!(
        (
            &detail.json["email"],
            &detail.json["registered"],
            &detail.json["addresses"][0]["is_default"]
        ),
        (&json!("ada@example.test"), &json!(true), &json!(true))
    );
    let orders = owner.get(&format!("/orders?customer={id}")).await.is(200);
    assert_eq!(orders.json["data"].as_array().map(Vec::len), Some(1));
    assert_eq!(orders.json["data"][0]["id"], bought.json["order_id"]);
    let order = owner
        .get(&format!("/orders/{}", bought.json["order_id"].as_str().expect("an order")))
        .await
        .is(200);
    assert_eq!(order.json["customer_id"], json!(id));
    app.run_jobs().await;
}

#[tokio::test]
async fn a_customer_of_another_store_is_not_there() {
    let app = TestApp::start().await;
    let email = "ada@example.test";
    app.customer("globex", email).await;
    let theirs = app.owner("globex").await.get("/customers").await.is(200);
    let id = theirs.json["data"][0]["id"].as_str().expect("an id").to_owned();
    let owner = app.owner("acme").await;
    owner.get(&format!("/customers/{id}")).await.refused(404, "framework.not_found");
    assert_eq!(owner.get(&format!("/orders?customer={id}")).await.is(200).json["data"], json!([]));
    owner
        .get("/orders?customer=ada")
        .await
        .refused(400, "framework.bad_query")
        .at("customer");
}

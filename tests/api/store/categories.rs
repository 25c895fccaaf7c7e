//! `/api/v1/store/categories`

use orion_tests::TestApp;
use serde_json::json;

#[tokio::test]
async fn a_category_groups_products_and_has_an_address_of_its_own() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let mugs = owner.post("/categories", json!({ "name": "Mugs & Cups" })).await.is(201);
    assert_eq!(mugs.json["slug"], "mugs-cups");
    let mut body = orion_tests::product("Mug", 1200, 1);
    body["category_ids"] = json!([mugs.json["id"]]);
    let made = owner.post("/products", body).await.is(201);
    owner
        .post(
            &format!("/products/{}/publish", made.json["id"].as_str().expect("an id")),
            json!({}),
        )
        .await
        .is(200);
    let listing = app.shop("acme").get("/products?category=mugs-cups").await.is(200);
    assert_eq!(listing.json["data"][0]["title"], "Mug");
    owner
        .post("/categories", json!({ "name": "Other", "slug": "mugs-cups" }))
        .await
        .refused(409, "catalog.category_slug_taken");
    app.run_jobs().await;
}

#[tokio::test]
async fn a_category_is_never_below_itself() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let top = owner.post("/categories", json!({ "name": "Top" })).await.is(201).json["id"].clone();
    let below = owner
        .post("/categories", json!({ "name": "Below", "parent_id": top }))
        .await
        .is(201)
        .json["id"]
        .clone();
    let path = format!("/categories/{}", top.as_str().expect("an id"));
    owner
        .put(&path, json!({ "name": "Top", "parent_id": below }))
        .await
        .refused(422, "catalog.category_cycle");
    owner
        .put(&path, json!({ "name": "Top", "parent_id": top }))
        .await
        .refused(422, "catalog.category_cycle");
    app.run_jobs().await;
}

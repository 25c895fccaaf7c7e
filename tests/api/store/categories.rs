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
    let owner = owner.with("if-match", "\"1\"");
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

#[tokio::test]
async fn two_who_edit_a_category_do_not_undo_each_other() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let made = owner.post("/categories", json!({ "name": "Vases" })).await.is(201);
    let path = format!("/categories/{}", made.json["id"].as_str().expect("an id"));
    let tag = owner.get(&path).await.is(200).header("etag").expect("a version").to_owned();
    let change = json!({ "name": "Vessels" });
    owner.put(&path, &change).await.refused(428, "framework.precondition_required");
    let changed = owner.with("if-match", &tag).put(&path, &change).await.is(200);
    assert_ne!(changed.header("etag"), Some(tag.as_str()));
    owner
        .with("if-match", &tag)
        .put(&path, json!({ "name": "Pots" }))
        .await
        .refused(412, "framework.stale");
    assert_eq!(owner.get(&path).await.is(200).json["name"], "Vessels");
    app.run_jobs().await;
}

#[tokio::test]
async fn a_renamed_category_is_found_under_its_old_address_until_another_takes_it() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let made = owner.post("/categories", json!({ "name": "Vases" })).await.is(201);
    let path = format!("/categories/{}", made.json["id"].as_str().expect("an id"));
    let rename = |version: i32, slug: &str| {
        let owner = owner.with("if-match", &format!("\"{version}\""));
        let (path, body) = (path.clone(), json!({ "name": "Vases", "slug": slug }));
        async move { owner.put(&path, body).await.is(200) }
    };
    rename(1, "vessels").await;
    for (host, base) in [("acme.orion.localhost", ""), ("localhost", "/storefront/acme")] {
        let old = app.host(host).get(&format!("{base}/categories/vases")).await.is(301);
        assert_eq!(
            old.header("location"),
            Some(format!("{base}/categories/vessels").as_str()),
            "{host}"
        );
        app.host(host).get(&format!("{base}/categories/vessels")).await.is(200);
    }
    let moved = app
        .shop("acme")
        .get("/products?category=vases")
        .await
        .refused(404, "catalog.category_moved");
    assert_eq!(moved.problem().detail.as_deref(), Some("vessels"));
    // There and back again: neither address leads in a circle.
    rename(2, "vases").await;
    app.host("acme.orion.localhost").get("/categories/vases").await.is(200);
    rename(3, "vessels").await;
    owner.post("/categories", json!({ "name": "New", "slug": "vases" })).await.is(201);
    app.host("acme.orion.localhost").get("/categories/vases").await.is(200);
    app.run_jobs().await;
}

#[tokio::test]
async fn categories_come_page_by_page_when_that_is_asked_for() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    for name in ["A", "B", "C"] {
        owner.post("/categories", json!({ "name": name })).await.is(201);
    }
    let all = owner.get("/categories").await.is(200);
    assert_eq!((&all.json["total"], &all.json["has_more"]), (&json!(3), &json!(false)));
    let first = owner.get("/categories?limit=2").await.is(200);
    assert_eq!(
        (&first.json["data"][1]["name"], &first.json["has_more"]),
        (&json!("B"), &json!(true))
    );
    let cursor = first.json["next_cursor"].as_str().expect("a cursor");
    let second = owner.get(&format!("/categories?limit=2&cursor={cursor}")).await.is(200);
    assert_eq!(
        (&second.json["data"][0]["name"], &second.json["has_more"]),
        (&json!("C"), &json!(false))
    );
    owner.get("/categories?limit=0").await.refused(400, "framework.bad_query");
    owner.get("/categories?page=2").await.refused(400, "framework.bad_query");
    app.run_jobs().await;
}

//! `/api/v1/storefront/products`, `/categories`, `/home` and `/search`

use orion_tests::TestApp;
use orion_types::catalog::{ProductListing, ProductPage};
use orion_types::store::{HomePage, StorefrontInfo};
use serde_json::json;

#[tokio::test]
async fn a_shop_shows_what_is_on_sale_and_nothing_else() {
    let app = TestApp::start().await;
    app.sell("acme", "Blue Mug", 1200, 1).await;
    app.sell("globex", "Brass Bell", 900, 1).await;
    app.owner("acme")
        .await
        .post("/products", orion_tests::product("Draft Bowl", 100, 1))
        .await
        .is(201);
    let listing: ProductListing = app.shop("acme").get("/products").await.is(200).json();
    assert_eq!(
        listing.data.iter().map(|card| card.title.as_str()).collect::<Vec<_>>(),
        ["Blue Mug"]
    );
    assert_eq!(listing.total, 1);
    app.shop("acme")
        .get("/products/brass-bell")
        .await
        .refused(404, "framework.not_found");
    app.shop("acme").get("/home").await.is(200).json::<HomePage>();
    let info: StorefrontInfo = app.shop("acme").get("/store").await.is(200).json();
    assert!(info.modules.iter().any(|module| module == "orders"));
    app.run_jobs().await;
}

#[tokio::test]
async fn a_search_forgives_a_typing_error() {
    let app = TestApp::start().await;
    for title in ["Moon Vase", "Linen Shirt", "Clay Mug"] {
        app.sell("acme", title, 1200, 1).await;
    }
    let found: ProductListing = app.shop("acme").get("/products?q=linnen").await.is(200).json();
    assert_eq!(found.data.first().map(|card| card.title.as_str()), Some("Linen Shirt"));
    let nothing: ProductListing = app.shop("acme").get("/products?q=zzzzzz").await.is(200).json();
    assert_eq!(nothing.total, 0);
    for hostile in [
        "%27%3B%20DROP%20TABLE%20products",
        "%25%25%25",
        "%F0%9F%9A%80",
        "a%26b%7C%21%28%29%3A%2A",
    ] {
        app.shop("acme").get(&format!("/products?q={hostile}")).await.is(200);
        app.shop("acme").get(&format!("/search/suggestions?q={hostile}")).await.is(200);
    }
    app.run_jobs().await;
}

#[tokio::test]
async fn a_listing_is_narrowed_by_price_and_stock() {
    let app = TestApp::start().await;
    for (title, price, units) in [("Cheap", 100, 1), ("Middle", 500, 0), ("Dear", 900, 1)] {
        app.sell("acme", title, price, units).await;
    }
    let titles = async |query: &str| {
        let listing: ProductListing = app.shop("acme").get(&format!("/products?sort=price{query}")).await.is(200).json();
        listing.data.into_iter().map(|card| card.title).collect::<Vec<_>>()
    };
    assert_eq!(titles("").await, ["Cheap", "Middle", "Dear"]);
    assert_eq!(titles("&min_price=200").await, ["Middle", "Dear"]);
    assert_eq!(titles("&max_price=500").await, ["Cheap", "Middle"]);
    assert_eq!(titles("&available=true").await, ["Cheap", "Dear"]);
    app.shop("acme").get("/products?limit=1000000000").await.problem();
    app.run_jobs().await;
}

#[tokio::test]
async fn a_product_that_was_renamed_is_found_at_its_old_address() {
    let app = TestApp::start().await;
    let product = app.sell("acme", "Blue Mug", 1200, 1).await;
    let owner = app.owner("acme").await;
    let path = format!("/products/{}", product.id);
    let read = owner.get(&path).await.is(200);
    let mut change = orion_tests::saved_product(&read.json);
    change["slug"] = json!("azure-mug");
    owner
        .with("if-match", read.header("etag").expect("a version"))
        .put(&path, change)
        .await
        .is(200);
    let moved = app
        .shop("acme")
        .get("/products/blue-mug")
        .await
        .refused(404, "catalog.product_moved");
    assert_eq!(moved.problem().detail.as_deref(), Some("azure-mug"));
    app.shop("acme").get("/products/azure-mug").await.is(200).json::<ProductPage>();
    app.run_jobs().await;
}

#[tokio::test]
async fn a_change_is_seen_at_once_although_answers_are_kept() {
    let app = TestApp::start().await;
    let product = app.sell("acme", "Blue Mug", 1200, 1).await;
    let shop = app.shop("acme");
    let first = shop.get("/products").await.is(200);
    let tag = first.header("etag").expect("a version").to_owned();
    shop.with("if-none-match", &tag).get("/products").await.is(304);
    app.owner("acme")
        .await
        .post(&format!("/products/{}/archive", product.id), json!({}))
        .await
        .is(200);
    let after = shop.with("if-none-match", &tag).get("/products").await.is(200);
    assert_eq!(after.json["total"], 0);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_product_stands_beside_others_also_where_its_category_has_none() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let jugs = owner.post("/categories", json!({ "name": "Jugs" })).await.is(201);
    for (title, category) in [("Jug", true), ("Carafe", true), ("Mug", false), ("Bowl", false)] {
        let mut body = orion_tests::product(title, 1200, 1);
        body["category_ids"] = if category { json!([jugs.json["id"]]) } else { json!([]) };
        let made = owner.post("/products", body).await.is(201);
        let path = format!("/products/{}/publish", made.json["id"].as_str().expect("an id"));
        owner.post(&path, json!({})).await.is(200);
    }
    let related = async |slug: &str| {
        let page: ProductPage = app.shop("acme").get(&format!("/products/{slug}")).await.is(200).json();
        page.related.into_iter().map(|card| card.title).collect::<Vec<_>>()
    };
    assert_eq!(related("jug").await, ["Carafe", "Bowl", "Mug"], "those of its category come first");
    assert_eq!(related("mug").await, ["Bowl", "Carafe", "Jug"]);
    app.run_jobs().await;
}

#[tokio::test]
async fn the_page_of_a_product_names_its_category() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let category = owner.post("/categories", json!({ "name": "Cups" })).await.is(201).json["id"].clone();
    let mut body = orion_tests::product("Mug", 1200, 1);
    body["category_ids"] = json!([category]);
    let made = owner.post("/products", body).await.is(201);
    let id = made.json["id"].as_str().expect("an id");
    owner.post(&format!("/products/{id}/publish"), json!({})).await.is(200);
    let page: ProductPage = app.shop("acme").get("/products/mug").await.is(200).json();
    let found = page.category.expect("a category");
    assert_eq!((found.slug.as_str(), found.product_count), ("cups", 1));
    let shown = app.host("acme.orion.localhost").get("/products/mug").await.is(200).text();
    assert!(
        shown.replace("&#x2f;", "/").contains("href=\"/categories/cups\">Cups</a>"),
        "the way to the product: {shown}"
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn what_is_sold_out_comes_last_in_a_search() {
    let app = TestApp::start().await;
    for (title, units) in [("Blue Mug", 0), ("Mug of a blue that is nearly green", 1), ("Blue Mug Two", 2)] {
        app.sell("acme", title, 1200, units).await;
    }
    let mut titles: Vec<String> = Vec::new();
    let mut path = "/products?q=blue%20mug&limit=1".to_owned();
    loop {
        let found: ProductListing = app.shop("acme").get(&path).await.is(200).json();
        titles.extend(found.data.into_iter().map(|card| card.title));
        let Some(cursor) = found.next_cursor else { break };
        path = format!("/products?q=blue%20mug&limit=1&cursor={cursor}");
    }
    assert_eq!(titles.last().map(String::as_str), Some("Blue Mug"), "{titles:?}");
    assert_eq!(titles.len(), 3);
    let suggested = app.shop("acme").get("/search/suggestions?q=blue%20mug").await.is(200).json;
    assert_eq!(suggested["data"][2]["title"], "Blue Mug", "{suggested}");
    app.run_jobs().await;
}

//! A server that has only the modules that are always on: a catalogue without stock, carts and orders.

use orion_framework::module::Registry;
use orion_tests::{TestApp, TestOptions};
use orion_types::catalog::{ProductListing, ProductPage};
use orion_types::status::ModuleTier;
use orion_types::store::{HomePage, StorefrontInfo};

async fn start() -> TestApp {
    let always_on: Vec<_> = orion::modules::ALL
        .iter()
        .copied()
        .filter(|module| module.tier != ModuleTier::Optional)
        .collect();
    let modules = Registry::new(&always_on).expect("core modules require no optional one");
    assert!(modules.get("orders").is_none());
    TestApp::start_with(TestOptions {
        modules: Some(modules),
        ..TestOptions::default()
    })
    .await
}

#[tokio::test]
async fn a_shop_without_the_optional_modules_shows_what_it_has() {
    let app = start().await;
    app.sell("acme", "Blue Mug", 1200, 0).await;
    app.run_jobs().await;
    let shop = app.shop("acme");
    shop.get("/home").await.is(200).json::<HomePage>();
    let info: StorefrontInfo = shop.get("/store").await.is(200).json();
    assert!(!info.modules.iter().any(|module| module == "orders"));
    // Nobody counts: there is as much as anybody wants.
    for list in ["/products", "/products?q=mug", "/products?available=true"] {
        let listing: ProductListing = shop.get(list).await.is(200).json();
        let cards: Vec<_> = listing.data.iter().map(|card| (card.title.as_str(), card.sold_out)).collect();
        assert_eq!(cards, [("Blue Mug", false)], "{list}");
    }
    let page: ProductPage = shop.get("/products/blue-mug").await.is(200).json();
    assert_eq!(page.title, "Blue Mug");
    shop.get("/products/blue-mug/availability").await.is(200);
    shop.get("/search/suggestions?q=mug").await.is(200);
    shop.get("/cart").await.problem();
    for page in ["/", "/products", "/products/blue-mug"] {
        app.host("acme.orion.localhost").get(page).await.is(200);
    }
}

#[tokio::test]
async fn a_dashboard_without_the_optional_modules_lists_what_it_has() {
    let app = start().await;
    let product = app.sell("acme", "Blue Mug", 1200, 3).await;
    app.customer("acme", "ada@example.test").await;
    app.run_jobs().await;
    let owner = app.owner("acme").await;
    let products = owner.get("/products").await.is(200);
    assert_eq!(products.json["data"][0]["on_hand"], serde_json::Value::Null);
    assert_eq!(owner.get("/products?stock=low").await.is(200).json["data"], serde_json::json!([]));
    let customers = owner.get("/customers").await.is(200);
    assert_eq!(customers.json["data"][0]["email"], "ada@example.test");
    assert_eq!(customers.json["data"][0]["orders"], serde_json::Value::Null);
    owner.get(&format!("/products/{}", product.id)).await.is(200);
    owner.get("/orders").await.problem();
}

//! Another currency for a store with prices, and rates of tax with four decimals.

use orion_tests::{Client, TestApp};
use serde_json::{Value, json};

async fn settings(owner: &Client) -> (Client, Value) {
    let read = owner.get("/settings").await.is(200);
    let tag = read.header("etag").expect("a version").to_owned();
    (owner.with("if-match", &tag), read.json)
}

#[tokio::test]
async fn prices_do_not_change_their_meaning_with_the_currency() {
    let app = TestApp::start().await;
    let product = app.sell("acme", "Mug", 1000, 5).await;
    let owner = app.owner("acme").await;
    let variant = format!("/products/{}/variants/{}", product.id, product.variants[0].id);
    let cost = owner.with("if-match", "*").patch(&variant, json!({ "cost_minor": 410 })).await;
    assert_eq!(cost.is(200).json["cost"]["amount_minor"], 410);
    let (changing, read) = settings(&owner).await;
    assert_eq!((&read["currency"], &read["price_count"]), (&json!("EUR"), &json!(1)));
    changing
        .patch("/settings", json!({ "currency": "JPY" }))
        .await
        .refused(409, "tenancy.currency_has_prices")
        .at("/price_rate");
    let shown = owner.get(&format!("/products/{}", product.id)).await.is(200);
    assert_eq!(
        shown.json["variants"][0]["price"],
        json!({ "amount_minor": 1000, "currency": "EUR" })
    );

    let (changing, _) = settings(&owner).await;
    changing
        .patch("/settings", json!({ "currency": "JPY", "price_rate": "163.5" }))
        .await
        .is(200);
    let shown = owner.get(&format!("/products/{}", product.id)).await.is(200);
    assert_eq!(
        shown.json["variants"][0]["price"],
        json!({ "amount_minor": 1635, "currency": "JPY" })
    );
    assert_eq!(shown.json["variants"][0]["cost"], json!({ "amount_minor": 670, "currency": "JPY" }));
    // A form that was opened before would write euros into yen.
    assert_ne!(shown.json["version"], json!(product.version));
    let listing = app.shop("acme").get("/products").await.is(200);
    assert_eq!(listing.json["data"][0]["price"], json!({ "amount_minor": 1635, "currency": "JPY" }));
    app.run_jobs().await;
}

#[tokio::test]
async fn shipping_changes_along_and_nothing_becomes_free_by_rounding() {
    let app = TestApp::start().await;
    let owner = app.owner("tokyo").await;
    let methods = owner.get("/settings/shipping-methods").await.is(200);
    let id = methods.json["data"][0]["id"].as_str().expect("a way of shipping").to_owned();
    let save = json!({ "name": "Parcel", "price_minor": 800, "free_from_minor": 10_000 });
    owner
        .with("if-match", "\"1\"")
        .put(&format!("/settings/shipping-methods/{id}"), save)
        .await
        .is(200);
    for (rate, code) in [
        ("0.0000001", "out_of_range"),
        ("0", "out_of_range"),
        ("1,234", "ambiguous_separator"),
        ("abc", "not_a_number"),
    ] {
        let (changing, _) = settings(&owner).await;
        let refused = changing.patch("/settings", json!({ "currency": "KWD", "price_rate": rate })).await;
        let refused = refused.refused(422, "framework.invalid").at("/price_rate");
        assert_eq!(refused.problem().field("/price_rate").expect("the field").code, code, "{rate}");
    }
    let (changing, _) = settings(&owner).await;
    changing
        .patch("/settings", json!({ "currency": "KWD", "price_rate": "0.002045" }))
        .await
        .is(200);
    let methods = owner.get("/settings/shipping-methods").await.is(200);
    // 800 yen × 0.002045 = 1.636 dinars of three decimals.
    assert_eq!(methods.json["data"][0]["price"], json!({ "amount_minor": 1636, "currency": "KWD" }));
    assert_eq!(methods.json["data"][0]["free_from"]["amount_minor"], 20_450);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_store_without_prices_gets_another_currency_without_questions() {
    let app = TestApp::start().await;
    let owner = app.owner("globex").await;
    let (changing, read) = settings(&owner).await;
    assert_eq!(read["price_count"], 0);
    let changed = changing.patch("/settings", json!({ "currency": "CAD" })).await.is(200);
    assert_eq!(changed.json["currency"], "CAD");
    app.run_jobs().await;
}

#[tokio::test]
async fn a_rate_of_three_decimals_is_charged_to_the_cent() {
    let app = TestApp::start().await;
    let variant = app.sell_one("globex", "Bicycle", 100_000, 5).await;
    let owner = app.owner("globex").await.with("if-match", "\"1\"");
    for (body, pointer) in [
        (json!({ "name": "Sales tax" }), "/rate_ppm"),
        (json!({ "name": "Sales tax", "rate_ppm": 1_000_001 }), "/rate_ppm"),
        (json!({ "name": "Sales tax", "rate_ppm": 88_750, "rate_bp": 888 }), "/rate_bp"),
    ] {
        owner
            .put("/settings/tax-rate", body)
            .await
            .refused(422, "framework.invalid")
            .at(pointer);
    }
    let saved = owner
        .put("/settings/tax-rate", json!({ "name": "Sales tax", "rate_ppm": 88_750 }))
        .await
        .is(200);
    assert_eq!(saved.json["rate_ppm"], 88_750);
    let order = app.buyer("globex", &[(variant, 1)]).await.buy().await.is(201);
    let totals = &order.json["confirmation"]["totals"];
    // New York City: 8.88 % would be 88.80.
    assert_eq!(
        (&totals["tax"]["amount_minor"], &totals["tax_rate_ppm"]),
        (&json!(8875), &json!(88_750))
    );
    app.run_jobs().await;
    let mail = app.text("SELECT text_body FROM mail_messages");
    assert!(mail.contains("Sales tax (8.875%)  $88.75"), "{mail}");
}

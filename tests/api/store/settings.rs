//! `/api/v1/store/settings`

use orion_tests::TestApp;
use orion_types::store::StoreSettings;
use serde_json::json;

#[tokio::test]
async fn settings_are_changed_by_whoever_read_the_last_version() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let read = owner.get("/settings").await.is(200);
    let tag = read.header("etag").expect("a version").to_owned();
    owner
        .patch("/settings", json!({ "name": "Acme & Söhne" }))
        .await
        .refused(428, "framework.precondition_required");
    let changed: StoreSettings = owner
        .with("if-match", &tag)
        .patch("/settings", json!({ "name": "Acme & Söhne" }))
        .await
        .is(200)
        .json();
    assert_eq!(changed.name, "Acme & Söhne");
    assert_eq!(app.shop("acme").get("/store").await.is(200).json["name"], "Acme & Söhne");
    owner
        .with("if-match", &tag)
        .patch("/settings", json!({ "name": "Late" }))
        .await
        .refused(412, "framework.stale");
    app.run_jobs().await;
}

#[tokio::test]
async fn the_currency_is_fixed_once_something_was_sold() {
    let app = TestApp::start().await;
    let variant = app.sell_one("acme", "Mug", 1200, 5).await;
    app.buyer("acme", &[(variant, 1)]).await.buy().await.is(201);
    let owner = app.owner("acme").await;
    let read = owner.get("/settings").await.is(200);
    assert_eq!(read.json["currency_locked"], true);
    let tag = read.header("etag").expect("a version");
    owner
        .with("if-match", tag)
        .patch("/settings", json!({ "currency": "USD" }))
        .await
        .refused(409, "tenancy.currency_locked");
    app.run_jobs().await;
}

#[tokio::test]
async fn a_setting_that_makes_no_sense_is_refused_by_name() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let tag = owner.get("/settings").await.is(200).header("etag").expect("a version").to_owned();
    let owner = owner.with("if-match", &tag);
    for (field, value) in [
        ("name", ""),
        ("timezone", "Mars/Olympus"),
        ("locale", "tlh"),
        ("contact_email", "nobody"),
        ("currency", "EURO"),
    ] {
        owner
            .patch("/settings", json!({ field: value }))
            .await
            .refused(422, "framework.invalid")
            .at(&format!("/{field}"));
    }
    owner
        .patch("/settings", json!({ "theme": { "accent": "red; } body { display: none" } }))
        .await
        .refused(422, "framework.invalid");
    owner
        .patch("/settings", json!({ "colour": "red" }))
        .await
        .refused(422, "framework.invalid")
        .at("/colour");
}

#[tokio::test]
async fn shipping_and_tax_are_what_the_next_quote_is_made_of() {
    let app = TestApp::start().await;
    let variant = app.sell_one("globex", "Bell", 1000, 5).await;
    let owner = app.owner("globex").await;
    let tax = owner.get("/settings/tax-rate").await.is(200);
    let put = json!({ "name": "Sales tax", "rate_bp": 825 });
    owner
        .put("/settings/tax-rate", &put)
        .await
        .refused(428, "framework.precondition_required");
    owner
        .with("if-match", tax.header("etag").expect("a version"))
        .put("/settings/tax-rate", put)
        .await
        .is(200);
    let buyer = app.buyer("globex", &[(variant, 2)]).await;
    let method = format!("/settings/shipping-methods/{}", buyer.shipping_method_id);
    let save = json!({ "name": "Ground", "price_minor": 500, "free_from_minor": 10_000 });
    owner.with("if-match", "\"1\"").put(&method, save).await.is(200);
    // 20.00 goods, 5.00 shipping, tax on top of the goods.
    let quote = buyer
        .client
        .post("/checkouts/quote", json!({ "shipping_method_id": buyer.shipping_method_id }))
        .await
        .is(200);
    assert_eq!(
        (
            &quote.json["subtotal"]["amount_minor"],
            &quote.json["shipping"]["amount_minor"],
            &quote.json["tax_name"]
        ),
        (&json!(2000), &json!(500), &json!("Sales tax"))
    );
    app.run_jobs().await;
}

//! `/api/v1/storefront/checkouts/quote`

use orion_tests::TestApp;
use orion_types::checkout::Quote;
use serde_json::json;

/// Sets the store's tax rate, and a flat price for its way of shipping.
async fn charge(app: &TestApp, store: &str, rate_bp: u32, shipping_minor: i64) {
    let owner = app.owner(store).await;
    owner
        .with("if-match", "\"1\"")
        .put("/settings/tax-rate", json!({ "name": "VAT", "rate_bp": rate_bp }))
        .await
        .is(200);
    let methods = owner.get("/settings/shipping-methods").await.is(200);
    let id = methods.json["data"][0]["id"].as_str().expect("a way of shipping");
    let save = json!({ "name": "Parcel", "price_minor": shipping_minor, "free_from_minor": null });
    owner
        .with("if-match", "\"1\"")
        .put(&format!("/settings/shipping-methods/{id}"), save)
        .await
        .is(200);
}

async fn quote(app: &TestApp, store: &str, price_minor: i64, quantity: i32) -> Quote {
    let variant = app.sell_one(store, "Thing", price_minor, 100).await;
    let buyer = app.buyer(store, &[(variant, quantity)]).await;
    let quote: Quote = buyer
        .client
        .post("/checkouts/quote", json!({ "shipping_method_id": buyer.shipping_method_id }))
        .await
        .is(200)
        .json();
    // The order is made by the same rules.
    let order = buyer.buy().await.is(201);
    let totals = &order.json["confirmation"]["totals"];
    assert_eq!(totals["total"], json!(quote.total));
    assert_eq!(totals["tax"], json!(quote.tax));
    app.run_jobs().await;
    quote
}

fn minor(quote: &Quote) -> (i64, i64, i64, i64) {
    (
        quote.subtotal.amount_minor,
        quote.shipping.amount_minor,
        quote.tax.amount_minor,
        quote.total.amount_minor,
    )
}

#[tokio::test]
async fn tax_that_is_in_the_prices_is_taken_out_of_them() {
    let app = TestApp::start().await;
    charge(&app, "acme", 1700, 0).await;
    // 3 × 19.99 = 59.97; 59.97 × 17 / 117 = 8.7136…
    let quote = quote(&app, "acme", 1999, 3).await;
    assert_eq!(minor(&quote), (5997, 0, 871, 5997));
    assert_eq!((quote.prices_include_tax, quote.total.currency.code()), (true, "EUR"));
}

#[tokio::test]
async fn tax_that_is_not_in_the_prices_comes_on_top() {
    let app = TestApp::start().await;
    charge(&app, "globex", 825, 0).await;
    // 3 × 19.99 = 59.97; × 8.25 % = 4.9475…
    let quote = quote(&app, "globex", 1999, 3).await;
    assert_eq!(minor(&quote), (5997, 0, 495, 6492));
    assert_eq!((quote.prices_include_tax, quote.total.currency.code()), (false, "USD"));
}

#[tokio::test]
async fn a_currency_without_cents_is_never_split() {
    let app = TestApp::start().await;
    charge(&app, "tokyo", 1000, 0).await;
    // 3 × ¥333 = ¥999; ¥999 × 10 / 110 = ¥90.8…
    let quote = quote(&app, "tokyo", 333, 3).await;
    assert_eq!(minor(&quote), (999, 0, 91, 999));
    assert_eq!(quote.total.currency.code(), "JPY");
}

#[tokio::test]
async fn shipping_is_part_of_the_total() {
    let app = TestApp::start().await;
    charge(&app, "acme", 0, 490).await;
    let quote = quote(&app, "acme", 1000, 2).await;
    assert_eq!(minor(&quote), (2000, 490, 0, 2490));
}

#[tokio::test]
async fn an_empty_cart_has_no_price() {
    let app = TestApp::start().await;
    app.shop("acme")
        .post("/checkouts/quote", json!({}))
        .await
        .refused(409, "orders.cart_empty");
}

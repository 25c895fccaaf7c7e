//! A store is worked in, and what has happened was told.

use std::collections::BTreeSet;

use diesel::RunQueryDsl;
use orion_tests::{Client, Form, TestApp, address, card};
use serde_json::json;

use crate::api::passwords::newest_link;

/// What was told of a store that was worked in, each event once and in the order of the alphabet.
fn told(app: &TestApp) -> BTreeSet<String> {
    let names = app.text("SELECT string_agg(DISTINCT event, ' ') FROM outbox_events");
    names.split(' ').map(str::to_owned).collect()
}

fn missing<'a>(told: &BTreeSet<String>, expected: &[&'a str]) -> Vec<&'a str> {
    expected.iter().copied().filter(|event| !told.contains(*event)).collect()
}

/// Every event that was written fits the list: its name, its version, and the facts that the example shows.
fn fits(app: &TestApp) {
    let rows = app.text("SELECT json_agg(json_build_array(event, version, payload))::text FROM outbox_events");
    let rows: Vec<(String, u16, serde_json::Value)> = serde_json::from_str(&rows).expect("events");
    for (name, version, data) in rows {
        let info = orion_events::info(&name).unwrap_or_else(|| panic!("{name} is not on the list"));
        assert_eq!(version, info.version, "{name}");
        assert!(data[info.object].is_string(), "{name} does not say what it is about: {data}");
    }
}

async fn buy(app: &TestApp, owner: &Client, units: i32) -> String {
    let mug = app.sell_one("acme", "Mug", 1200, 50).await;
    let placed = app.buyer("acme", &[(mug, units)]).await.buy().await.is(201);
    let path = format!("/orders/{}", placed.json["order_id"].as_str().expect("an id"));
    owner.get(&path).await.is(200);
    path
}

#[tokio::test]
async fn what_happens_to_orders_is_told() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let shipped = buy(&app, &owner, 3).await;
    owner.post(&format!("{shipped}/mark-paid"), json!({})).await.is(200);
    let order = owner.get(&shipped).await.is(200);
    let part = json!({ "items": [{ "order_item_id": order.json["items"][0]["id"], "quantity": 1 }] });
    owner.post(&format!("{shipped}/fulfilments"), part).await.is(201);
    owner.post(&format!("{shipped}/fulfilments"), json!({})).await.is(201);
    owner
        .with("if-match", "*")
        .patch(&shipped, json!({ "external_id": "ERP-7" }))
        .await
        .is(200);
    let returned = buy(&app, &owner, 1).await;
    owner.post(&format!("{returned}/mark-paid"), json!({})).await.is(200);
    owner.post(&format!("{returned}/cancel"), json!({})).await.is(200);
    let unpaid = buy(&app, &owner, 1).await;
    owner.post(&format!("{unpaid}/cancel"), json!({})).await.is(200);
    let mug = app.sell_one("acme", "Bowl", 1200, 5).await;
    app.buyer("acme", &[(mug, 1)]).await.buy_by_card("4000000000000002").await.is(402);
    let expected = [
        "fulfilment.created",
        "order.cancelled",
        "order.completed",
        "order.fulfilled",
        "order.paid",
        "order.partially_fulfilled",
        "order.payment_failed",
        "order.placed",
        "order.refunded",
        "order.updated",
        "payment.refunded",
        "payment.voided",
    ];
    assert_eq!(missing(&told(&app), &expected), [] as [&str; 0]);
    fits(&app);
    app.run_jobs().await;
}

#[tokio::test]
async fn one_order_is_one_event_and_a_card_makes_it_two() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 50).await;
    let events = || app.count("SELECT count(*) FROM outbox_events WHERE event LIKE 'order.%'");
    let before = events();
    app.buyer("acme", &[(mug, 2)]).await.buy().await.is(201);
    assert_eq!(events() - before, 1);
    app.buyer("acme", &[(mug, 2)])
        .await
        .buy_by_card("4242 4242 4242 4242")
        .await
        .is(201);
    assert_eq!(events() - before, 3);
    let placed = app.text("SELECT payload::text FROM outbox_events WHERE event = 'order.placed' ORDER BY id LIMIT 1");
    let placed: serde_json::Value = serde_json::from_str(&placed).expect("facts");
    assert_eq!(
        (&placed["item_count"], &placed["total"]),
        (&json!(2), &json!({ "amount_minor": 2400, "currency": "EUR" }))
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn what_happens_to_products_and_stock_is_told() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let product = app.sell("acme", "Mug", 1200, 7).await;
    let path = format!("/products/{}", product.id);
    owner
        .with("if-match", "*")
        .patch(&path, json!({ "title": "Mug, blue" }))
        .await
        .is(200);
    let variant = product.variants[0].id;
    let adjust = async |delta: i32, reason: &str| {
        let body = json!({ "variant_id": variant, "delta": delta, "reason": reason });
        owner.post("/inventory/adjustments", body).await.is(201);
    };
    adjust(-2, "damaged").await;
    adjust(-5, "damaged").await;
    adjust(9, "received").await;
    owner.post(&format!("{path}/archive"), json!({})).await.is(200);
    owner.post(&format!("{path}/unarchive"), json!({})).await.is(200);
    owner.delete(&path).await.is(204);
    let category = owner.post("/categories", json!({ "name": "Cups" })).await.is(201);
    let category = format!("/categories/{}", category.json["id"].as_str().expect("an id"));
    owner
        .with("if-match", "*")
        .put(&category, json!({ "name": "Cups and mugs" }))
        .await
        .is(200);
    owner.with("if-match", "*").delete(&category).await.is(204);
    let expected = [
        "category.created",
        "category.deleted",
        "category.updated",
        "product.archived",
        "product.created",
        "product.deleted",
        "product.drafted",
        "product.published",
        "product.updated",
        "stock.low",
        "stock.ran_out",
        "stock.returned",
    ];
    assert_eq!(missing(&told(&app), &expected), [] as [&str; 0]);
    fits(&app);
    app.run_jobs().await;
}

#[tokio::test]
async fn what_happens_to_imports_and_exports_is_told_and_one_row_for_each_product() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let products = "Handle,Title,Status,Variant SKU,Variant Price\nmug,Mug,active,M-1,18.00\nbowl,Bowl,active,B-1,12.00\n";
    let upload = async || {
        let form = Form::file("products.csv", "text/csv", products.as_bytes());
        let started = owner.upload("/imports/products", form).await.is(202);
        format!("/imports/{}", started.json["id"].as_str().expect("an id"))
    };
    let done = upload().await;
    app.run_jobs().await;
    assert_eq!(
        app.text("SELECT string_agg(event, ' ' ORDER BY id) FROM outbox_events WHERE event LIKE 'import.%' OR event LIKE 'product.%'"),
        "import.started product.created product.created import.finished"
    );
    owner.post(&format!("{done}/undo"), json!({})).await.is(202);
    app.run_jobs().await;
    let stopped = upload().await;
    owner.post(&format!("{stopped}/cancel"), json!({})).await.is(200);
    owner.post("/exports", json!({ "kind": "orders", "format": "csv" })).await.is(202);
    app.run_jobs().await;
    let expected = [
        "export.finished",
        "export.started",
        "import.cancelled",
        "import.undo_started",
        "import.undone",
    ];
    assert_eq!(missing(&told(&app), &expected), [] as [&str; 0]);
    fits(&app);
    app.leave_jobs("the file of an export is removed when its time is over");
}

#[tokio::test]
async fn what_happens_to_a_store_and_its_customers_is_told() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let shop = app.shop("acme");
    let account = json!({ "email": "grace@example.test", "name": "Grace", "password": "Tramway-quince-4417" });
    let token = shop.post("/auth/register", account).await.is(201);
    let customer = shop.bearer(token.json["access_token"].as_str().expect("a token"));
    customer.patch("/account", json!({ "name": "Grace H." })).await.is(200);
    customer.post("/account/addresses", json!({ "address": address() })).await.is(201);
    let confirm = async |email: &str| {
        let (_, token) = newest_link(&app, email).await;
        customer.post("/account/email/confirm", json!({ "token": token })).await.is(204);
    };
    confirm("grace@example.test").await;
    let change = json!({ "email": "hopper@example.test", "current_password": "Tramway-quince-4417" });
    // A link a minute is the most.
    diesel::sql_query("UPDATE customer_email_links SET created_at = created_at - interval '1 hour'")
        .execute(&mut app.owner_of_database())
        .expect("time passes");
    customer.post("/account/email", change).await.is(202);
    confirm("hopper@example.test").await;
    let change = json!({ "current_password": "Tramway-quince-4417", "new_password": "Viaduct-persimmon-5120" });
    customer.post("/account/password", change).await.is(204);
    let any = owner.with("if-match", "*");
    any.patch("/settings", json!({ "name": "Acme and daughters" })).await.is(200);
    let way = json!({ "name": "Bicycle", "price_minor": 300, "active": true });
    let made = owner.post("/settings/shipping-methods", &way).await.is(201);
    let path = format!("/settings/shipping-methods/{}", made.json["id"].as_str().expect("an id"));
    any.put(&path, &way).await.is(200);
    any.delete(&path).await.is(204);
    any.put("/settings/tax-rate", json!({ "name": "VAT", "rate_ppm": 170_000 }))
        .await
        .is(200);
    let store = app.store_id("acme").await;
    let admin = app.admin().await;
    admin
        .post(&format!("/stores/{store}/suspend"), json!({ "reason": "The rent is due." }))
        .await
        .is(200);
    admin.post(&format!("/stores/{store}/reactivate"), json!({})).await.is(200);
    let expected = [
        "customer.addresses_changed",
        "customer.email_changed",
        "customer.email_verified",
        "customer.password_changed",
        "customer.registered",
        "customer.updated",
        "settings.updated",
        "shipping_method.created",
        "shipping_method.deleted",
        "shipping_method.updated",
        "store.created",
        "store.reactivated",
        "store.suspended",
        "tax_rate.updated",
    ];
    assert_eq!(missing(&told(&app), &expected), [] as [&str; 0]);
    fits(&app);
    app.run_jobs().await;
}

/// A declined card takes the order back, and what was promised is not told as placed.
#[tokio::test]
async fn an_order_that_was_never_paid_for_is_never_told_as_placed() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 5).await;
    let buyer = app.buyer("acme", &[(mug, 1)]).await;
    buyer.place("once", 1200, &card("4000000000000002")).await.is(402);
    assert_eq!(
        app.text("SELECT string_agg(event, ' ' ORDER BY id) FROM outbox_events WHERE event LIKE 'order.%'"),
        "order.payment_failed"
    );
    // What was refused was rolled back, and so was whatever it had to tell.
    let before = app.count("SELECT count(*) FROM outbox_events");
    buyer.place("twice", 1, &json!({ "provider": "manual" })).await.is(409);
    assert_eq!(app.count("SELECT count(*) FROM outbox_events"), before);
    app.run_jobs().await;
}

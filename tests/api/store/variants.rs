//! `/api/v1/store/products`: variants are kept, or removed by name.

use orion_tests::{Client, TestApp};
use orion_types::catalog::Product;
use serde_json::{Value, json};

fn variant(value: &str, sku: &str, units: i32) -> Value {
    json!({ "option_values": [value], "sku": sku, "price_minor": 1900, "initial_on_hand": units })
}

async fn shirt(owner: &Client) -> Product {
    let body = json!({
        "title": "Shirt",
        "options": [{ "name": "Size", "values": ["S", "M"] }],
        "variants": [variant("S", "SH-S", 7), variant("M", "SH-M", 5)],
    });
    owner.post("/products", body).await.is(201).json()
}

/// What the form sends: each variant with its id, and what else is asked for.
fn edit(product: &Product, names: &[(usize, &str)], removed: &[usize]) -> Value {
    let row = |(at, value): &(usize, &str)| {
        let variant = &product.variants[*at];
        json!({ "id": variant.id, "option_values": [value], "sku": variant.sku, "price_minor": 1900 })
    };
    let values: Vec<&str> = names.iter().map(|(_, value)| *value).collect();
    json!({
        "title": "Shirt",
        "options": [{ "name": "Size", "values": values }],
        "variants": names.iter().map(row).collect::<Vec<_>>(),
        "removed_variant_ids": removed.iter().map(|at| product.variants[*at].id).collect::<Vec<_>>(),
    })
}

#[tokio::test]
async fn a_value_with_another_name_keeps_its_variant() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let made = shirt(&owner).await;
    let path = format!("/products/{}", made.id);
    let renamed = edit(&made, &[(0, "Small"), (1, "M")], &[]);
    let now: Product = owner.with("if-match", "\"1\"").put(&path, &renamed).await.is(200).json();
    let known = |product: &Product| -> Vec<_> {
        let row = |variant: &orion_types::catalog::Variant| (variant.id, variant.sku.clone(), variant.on_hand, variant.price);
        product.variants.iter().map(row).collect()
    };
    assert_eq!(known(&now), known(&made));
    assert_eq!(now.variants[0].title, "Small");
    app.run_jobs().await;
}

#[tokio::test]
async fn a_variant_that_is_not_spoken_of_is_not_removed() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let made = shirt(&owner).await;
    app.run_jobs().await;
    let path = format!("/products/{}", made.id);
    owner.post(&format!("{path}/publish"), json!({})).await.is(200);
    let shopper = app.buyer("acme", &[(made.variants[1].id, 2)]).await;
    let refused = owner.with("if-match", "\"2\"").put(&path, &edit(&made, &[(0, "S")], &[])).await;
    let problem = refused.refused(409, "catalog.variants_unnamed").problem();
    assert_eq!(problem.errors.len(), 1, "{problem:?}");
    assert_eq!(problem.errors[0].pointer, "/removed_variant_ids");
    assert_eq!(problem.errors[0].detail, "M (SH-M): 5 units on hand, in 1 open cart");
    assert_eq!(app.count("SELECT sum(on_hand) FROM inventory_levels"), 12);
    drop(shopper);
    app.run_jobs().await;
}

#[tokio::test]
async fn the_ledger_says_where_the_units_of_a_removed_variant_went() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let made = shirt(&owner).await;
    let path = format!("/products/{}", made.id);
    let body = edit(&made, &[(0, "S")], &[1]);
    let left: Product = owner.with("if-match", "\"1\"").put(&path, &body).await.is(200).json();
    assert_eq!(left.variants.len(), 1);
    let ledger = "SELECT string_agg(reason || ' ' || on_hand_delta, ', ' ORDER BY reason) FROM inventory_movements m \
         JOIN product_variants v ON v.id = m.variant_id WHERE v.sku = 'SH-M'";
    assert_eq!(app.text(ledger), "initial 5, removed -5");
    owner.delete(&path).await.is(204);
    assert_eq!(app.count("SELECT sum(on_hand) FROM inventory_levels"), 0);
    app.run_jobs().await;
}

#[tokio::test]
async fn only_a_variant_of_the_product_that_does_not_stay_can_be_removed() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let made = shirt(&owner).await;
    let path = format!("/products/{}", made.id);
    let put = async |body: Value| owner.with("if-match", "\"1\"").put(&path, &body).await;
    put(edit(&made, &[(0, "S"), (1, "M")], &[1]))
        .await
        .refused(422, "framework.invalid")
        .at("/removed_variant_ids/0");
    let mut foreign = edit(&made, &[(0, "S"), (1, "M")], &[]);
    foreign["removed_variant_ids"] = json!([made.id]);
    put(foreign.clone())
        .await
        .refused(422, "framework.invalid")
        .at("/removed_variant_ids/0");
    owner.post("/products", foreign).await.refused(422, "framework.invalid");
    app.run_jobs().await;
}

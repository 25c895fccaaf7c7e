//! What machines read about a product, held against what search engines ask for.

use std::collections::BTreeSet;

use orion_tests::TestApp;
use orion_types::catalog::Product;
use serde_json::{Value, json};

/// Properties of a merchant listing as of 2026, by the type they belong to: those that have to be there, and those that may be.
/// <https://developers.google.com/search/docs/appearance/structured-data/merchant-listing> and `…/product-variants`.
const LISTING: [(&str, &[&str], &[&str]); 6] = [
    (
        "Product",
        &["name", "offers"],
        &[
            "image",
            "description",
            "brand",
            "sku",
            "url",
            "productID",
            "color",
            "size",
            "material",
            "pattern",
            "additionalProperty",
        ],
    ),
    (
        "ProductGroup",
        &["name", "hasVariant", "productGroupID"],
        &["image", "description", "brand", "url", "variesBy"],
    ),
    ("Offer", &["price", "priceCurrency"], &["availability", "url", "seller"]),
    ("Brand", &["name"], &[]),
    ("Organization", &["name"], &["url", "logo", "email"]),
    ("PropertyValue", &["name", "value"], &[]),
];

fn data(html: &str) -> Vec<Value> {
    let scripts = html.split("<script type=\"application/ld+json\">").skip(1);
    scripts
        .map(|rest| {
            let text = rest.split("</script>").next().unwrap_or_default();
            serde_json::from_str(text).expect("JSON")
        })
        .collect()
}

fn about<'a>(all: &'a [Value], kind: &str) -> &'a Value {
    all.iter()
        .find(|value| value["@type"] == kind)
        .unwrap_or_else(|| panic!("no {kind} in {all:?}"))
}

/// Everything that is wrong with an object and those within it.
fn faults(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Array(values) => {
            if values.is_empty() {
                found.push("an empty list".to_owned());
            }
            values.iter().for_each(|value| faults(value, found));
        }
        Value::Object(properties) => {
            let kind = value["@type"].as_str().unwrap_or_default();
            let Some((_, required, optional)) = LISTING.iter().find(|(name, ..)| *name == kind) else {
                found.push(format!("{kind:?} is no part of a listing"));
                return;
            };
            let names: BTreeSet<&str> = properties
                .keys()
                .map(String::as_str)
                .filter(|name| !name.starts_with('@'))
                .collect();
            found.extend(
                required
                    .iter()
                    .filter(|name| !names.contains(*name))
                    .map(|name| format!("{kind} without {name}")),
            );
            let known = |name: &&&str| required.contains(*name) || optional.contains(*name);
            found.extend(names.iter().filter(|name| !known(name)).map(|name| format!("{kind} has {name}")));
            properties.values().for_each(|value| faults(value, found));
        }
        Value::String(text) if text.is_empty() => found.push("an empty text".to_owned()),
        Value::Null => found.push("nothing".to_owned()),
        _ => {}
    }
}

fn assert_listing(value: &Value) {
    let mut found = Vec::new();
    faults(value, &mut found);
    assert_eq!(found, [] as [&str; 0], "{value:#}");
}

async fn page(app: &TestApp, path: &str) -> String {
    app.host("acme.orion.localhost").get(path).await.is(200).text()
}

#[tokio::test]
async fn a_product_without_brand_number_and_picture_says_nothing_of_them() {
    let app = TestApp::start().await;
    app.sell("acme", "Mug", 1200, 1).await;
    let all = data(&page(&app, "/products/mug").await);
    let product = about(&all, "Product");
    assert_listing(product);
    for name in ["image", "brand", "sku", "description"] {
        assert!(product.get(name).is_none(), "{product:#}");
    }
    let offer = &product["offers"];
    assert_eq!((&offer["price"], &offer["priceCurrency"]), (&json!("12.00"), &json!("EUR")));
    assert_eq!(offer["availability"], "https://schema.org/InStock");
    app.run_jobs().await;
}

async fn shirt(app: &TestApp) -> Product {
    let owner = app.owner("acme").await;
    let sizes = [("S", 0), ("M", 3)].map(|(size, units)| {
        json!({ "option_values": [size, "Check"], "price_minor": 4900, "sku": format!("SHIRT-{size}"), "initial_on_hand": units })
    });
    let body = json!({
        "title": "Linen Shirt", "vendor": "Acme", "description_html": "<p>Woven &amp; washed.</p>",
        "options": [{ "name": "Size", "values": ["S", "M"] }, { "name": "Weave", "values": ["Check"] }], "variants": sizes,
    });
    let made = owner.post("/products", body).await.is(201);
    let id = made.json["id"].as_str().expect("an id").to_owned();
    owner.post(&format!("/products/{id}/publish"), json!({})).await.is(200).json()
}

#[tokio::test]
async fn a_product_with_variants_is_a_group_with_an_offer_for_each() {
    let app = TestApp::start().await;
    let shirt = shirt(&app).await;
    let all = data(&page(&app, "/products/linen-shirt").await);
    let group = about(&all, "ProductGroup");
    assert_listing(group);
    assert_eq!(group["variesBy"], json!(["https://schema.org/size"]));
    assert_eq!(
        (&group["brand"]["name"], &group["description"]),
        (&json!("Acme"), &json!("Woven & washed."))
    );
    let variants = group["hasVariant"].as_array().expect("variants");
    let states: Vec<(&Value, &Value)> = variants
        .iter()
        .map(|variant| (&variant["size"], &variant["offers"]["availability"]))
        .collect();
    let (gone, there) = (json!("https://schema.org/OutOfStock"), json!("https://schema.org/InStock"));
    assert_eq!(states, [(&json!("S"), &gone), (&json!("M"), &there)]);
    assert_eq!(
        variants[0]["additionalProperty"],
        json!([{ "@type": "PropertyValue", "name": "Weave", "value": "Check" }])
    );
    for (variant, known) in variants.iter().zip(&shirt.variants) {
        let address = format!("http://acme.orion.localhost/products/linen-shirt?variant={}", known.id);
        assert_eq!(variant["offers"]["url"], address);
    }
    app.run_jobs().await;
}

#[tokio::test]
async fn the_address_of_a_variant_shows_that_variant() {
    let app = TestApp::start().await;
    let shirt = shirt(&app).await;
    let plain = page(&app, "/products/linen-shirt").await;
    assert!(plain.contains("<dd>SHIRT-M</dd>"), "the first that can be bought: {plain}");
    let small = page(&app, &format!("/products/linen-shirt?variant={}", shirt.variants[0].id)).await;
    assert!(small.contains("<dd>SHIRT-S</dd>"), "{small}");
    assert!(small.contains("<link rel=\"canonical\" href=\"http://acme.orion.localhost/products/linen-shirt\">"));
    let unknown = page(&app, "/products/linen-shirt?variant=nonsense").await;
    assert!(unknown.contains("<dd>SHIRT-M</dd>"), "{unknown}");
    app.run_jobs().await;
}

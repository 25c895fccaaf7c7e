//! Changes of what is named, what was read sent back, and what has changed since.

use orion_tests::{Buyer, Client, TestApp};
use orion_types::Page;
use orion_types::catalog::{Product, ProductSummary, Variant};
use orion_types::inventory::InventoryLevel;
use orion_types::several::Outcome;
use serde_json::{Value, json};

async fn shirt(owner: &Client) -> Product {
    let variant =
        |value: &str| json!({ "option_values": [value], "sku": format!("SH-{value}"), "price_minor": 1_900, "initial_on_hand": 7 });
    let body = json!({
        "title": "Shirt", "vendor": "Atelier", "tags": ["cotton"], "status": "active", "external_id": "erp-1",
        "options": [{ "name": "Size", "values": ["S", "M"] }],
        "variants": [variant("S"), variant("M")],
        "metadata": { "season": "autumn", "shelf": "4" },
    });
    owner.post("/products", body).await.is(201).json()
}

fn stated(client: &Client, version: i32) -> Client {
    client.with("if-match", &format!("\"{version}\""))
}

#[tokio::test]
async fn a_product_is_changed_in_what_is_named_and_null_clears() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let made = shirt(&owner).await;
    assert_eq!(made.status.as_str(), "active");
    let path = format!("/products/{}", made.id);
    let change = json!({ "title": "Shirt II", "vendor": null, "metadata": { "shelf": null, "row": "9" }, "external_id": null });
    owner.patch(&path, &change).await.refused(428, "framework.precondition_required");
    stated(&owner, made.version + 1)
        .patch(&path, &change)
        .await
        .refused(412, "framework.stale");
    let changed = stated(&owner, made.version).patch(&path, &change).await.is(200);
    assert_eq!(changed.header("etag"), Some(format!("\"{}\"", made.version + 1).as_str()));
    let changed: Product = changed.json();
    assert_eq!((changed.title.as_str(), changed.vendor.as_str()), ("Shirt II", ""));
    assert_eq!(changed.external_id, None);
    let notes: Vec<_> = changed.metadata.iter().map(|(name, text)| format!("{name}={text}")).collect();
    assert_eq!(notes, ["row=9", "season=autumn"]);
    assert_eq!(
        (&changed.tags, &changed.variants.len()),
        (&made.tags, &2),
        "what is not named stays"
    );
    let same = stated(&owner, changed.version).patch(&path, json!({})).await.is(200);
    assert_eq!(same.json["version"], changed.version, "a change of nothing");
    let all = stated(&owner, changed.version)
        .patch(&path, json!({ "metadata": null }))
        .await
        .is(200);
    assert_eq!(all.json["metadata"], Value::Null);
    for (field, code) in [
        ("title", "required"),
        ("slug", "required"),
        ("status", "required"),
        ("featured", "required"),
    ] {
        let refused = owner.with("if-match", "*").patch(&path, json!({ field: null })).await;
        let problem = refused.refused(422, "framework.invalid").problem();
        assert_eq!(
            (problem.errors[0].pointer.as_str(), problem.errors[0].code.as_str()),
            (format!("/{field}").as_str(), code)
        );
    }
    let withdrawn = owner
        .with("if-match", "*")
        .patch(&path, json!({ "status": "archived" }))
        .await
        .is(200);
    assert_eq!(withdrawn.json["status"], "archived");
    app.run_jobs().await;
}

#[tokio::test]
async fn a_variant_is_changed_alone_under_its_own_version() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let made = shirt(&owner).await;
    let path = format!("/products/{}/variants/{}", made.id, made.variants[1].id);
    let read = owner.get(&path).await.is(200);
    assert_eq!(read.header("etag"), Some("\"1\""));
    let content = json!({ "amount_milli": 200_000, "unit": "g" });
    let change = json!({ "price_minor": 2_100, "compare_at_minor": 2_500, "external_id": "erp-M", "cost_minor": 700, "content": content });
    let changed: Variant = stated(&owner, 1).patch(&path, &change).await.is(200).json();
    assert_eq!((changed.price.amount_minor, changed.version), (2_100, 2));
    assert_eq!(changed.sku, "SH-M");
    assert_eq!(changed.cost.map(|cost| cost.amount_minor), Some(700));
    stated(&owner, 1)
        .patch(&path, json!({ "sku": "X" }))
        .await
        .refused(412, "framework.stale");
    let cleared: Variant = stated(&owner, 2)
        .patch(&path, json!({ "compare_at_minor": null, "sku": null, "cost_minor": null }))
        .await
        .is(200)
        .json();
    assert_eq!(
        (cleared.compare_at, cleared.sku.as_str(), cleared.external_id.as_deref()),
        (None, "", Some("erp-M"))
    );
    let told = cleared
        .content
        .as_ref()
        .map(|content| (content.amount_milli, content.unit.as_str()));
    assert_eq!((cleared.cost, told), (None, Some((200_000, "g"))), "what is not named stays");
    let wrong = owner
        .with("if-match", "*")
        .patch(&path, json!({ "price_minor": -1, "weight_grams": null }))
        .await;
    let problem = wrong.refused(422, "framework.invalid").problem();
    assert!(problem.errors.iter().any(|error| error.pointer == "/weight_grams"), "{problem:?}");
    let same = owner.with("if-match", "*").patch(&path, json!({ "option_values": ["S"] })).await;
    assert_eq!(
        same.refused(409, "catalog.duplicate_variant").problem().errors[0].pointer,
        "/option_values"
    );
    let product: Product = owner.get(&format!("/products/{}", made.id)).await.is(200).json();
    assert_eq!((product.version, product.variants[0].version), (made.version + 2, 1));
    app.run_jobs().await;
}

#[tokio::test]
async fn stock_is_set_to_what_was_counted_if_nobody_else_has_moved_it() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let mug = app.sell_one("acme", "Mug", 1_200, 5).await;
    let path = format!("/inventory/{mug}");
    let read = owner.get(&path).await.is(200);
    assert_eq!(read.header("etag"), Some("\"5\""));
    let set = stated(&owner, 5)
        .patch(&path, json!({ "on_hand": 8, "note": "counted" }))
        .await
        .is(200);
    assert_eq!((set.header("etag"), &set.json["available"]), (Some("\"8\""), &json!(8)));
    stated(&owner, 5)
        .patch(&path, json!({ "on_hand": 1 }))
        .await
        .refused(412, "framework.stale");
    Buyer::fill(&app.shop("acme"), &[(mug, 3)]).await.buy().await.is(201);
    let refused = stated(&owner, 8).patch(&path, json!({ "on_hand": 2 })).await;
    assert_eq!(
        refused.refused(409, "inventory.insufficient").problem().errors[0].pointer,
        "/on_hand"
    );
    owner
        .with("if-match", "*")
        .patch(&path, json!({ "on_hand": null }))
        .await
        .refused(422, "framework.invalid");
    assert_eq!(
        app.text("SELECT string_agg(reason || on_hand_delta, ' ' ORDER BY id) FROM inventory_movements WHERE on_hand_delta <> 0"),
        "initial5 correction3"
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn what_was_read_can_be_sent_back_and_changes_nothing_but_what_was_changed_in_it() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let made = shirt(&owner).await;
    let path = format!("/products/{}", made.id);
    let mut read = owner.get(&path).await.is(200).json;
    let version = read["version"].as_i64().expect("a version");
    let same: Product = owner
        .with("if-match", &format!("\"{version}\""))
        .put(&path, &read)
        .await
        .is(200)
        .json();
    let told = |product: &Product| {
        (
            product.title.clone(),
            product.slug.clone(),
            product.metadata.clone(),
            product.status,
            product.variants.len(),
        )
    };
    assert_eq!(told(&same), told(&made));
    assert_eq!(same.variants[0].on_hand, Some(7));
    read["variants"][0]["price"]["amount_minor"] = json!(2_200);
    let dearer: Product = owner.with("if-match", "*").put(&path, &read).await.is(200).json();
    assert_eq!(
        (dearer.variants[0].price.amount_minor, dearer.external_id.as_deref()),
        (2_200, Some("erp-1"))
    );
    read["variants"][0]["price_minor"] = json!(1);
    read["variants"][1]["price"]["currency"] = json!("USD");
    let problem = owner
        .with("if-match", "*")
        .put(&path, &read)
        .await
        .refused(422, "framework.invalid")
        .problem();
    let pointers: Vec<&str> = problem.errors.iter().map(|error| error.pointer.as_str()).collect();
    assert_eq!(pointers, ["/variants/0/price_minor", "/variants/1/price/currency"]);
    app.run_jobs().await;
}

fn statuses(outcomes: &Page<Outcome>) -> Vec<u16> {
    outcomes.data.iter().map(|outcome| outcome.status).collect()
}

#[tokio::test]
async fn of_several_things_each_is_changed_or_refused_by_itself() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let (made, mug) = (shirt(&owner).await, app.sell("acme", "Mug", 1_000, 3).await);
    let nobody = "01932d0c-7e0a-7c3f-9b1f-0a5e7d1c2b3a";
    let archive = json!({ "status": "archived", "ids": [made.id, nobody, mug.id] });
    let done: Page<Outcome> = owner.post("/bulk/product-statuses", archive).await.is(200).json();
    assert_eq!(statuses(&done), [200, 404, 200]);
    assert_eq!(
        done.data[1].problem.as_ref().map(|problem| problem.code.as_str()),
        Some("framework.not_found")
    );
    let publish = json!({ "status": "active", "ids": [made.id] });
    let done: Page<Outcome> = owner.post("/bulk/product-statuses", publish).await.is(200).json();
    assert_eq!(statuses(&done), [409]);
    let [small, medium] = [made.variants[0].id, made.variants[1].id];
    let prices = json!({ "items": [
        { "variant_id": small, "price_minor": 2_000, "compare_at_minor": 2_400, "version": 1 },
        { "variant_id": medium, "price_minor": 2_000, "version": 7 },
        { "variant_id": mug.variants[0].id, "price_minor": -5 },
        { "variant_id": nobody, "price_minor": 1 },
    ] });
    let done: Page<Outcome> = owner.post("/bulk/prices", prices).await.is(200).json();
    assert_eq!(statuses(&done), [200, 412, 422, 404]);
    assert_eq!(done.data[0].version, Some(2));
    let now: Product = owner.get(&format!("/products/{}", made.id)).await.is(200).json();
    let amounts: Vec<i64> = now.variants.iter().map(|variant| variant.price.amount_minor).collect();
    assert_eq!(amounts, [2_000, 1_900]);
    let counts = json!({ "items": [
        { "variant_id": small, "on_hand": 9, "expected_on_hand": 7 },
        { "variant_id": medium, "on_hand": 9, "expected_on_hand": 6 },
        { "variant_id": mug.variants[0].id, "on_hand": -1 },
    ] });
    let done: Page<Outcome> = owner.post("/bulk/inventory", counts).await.is(200).json();
    assert_eq!(statuses(&done), [200, 412, 422]);
    let level: InventoryLevel = owner.get(&format!("/inventory/{small}")).await.is(200).json();
    assert_eq!(level.on_hand, 9);
    for (path, body) in [
        ("/bulk/prices", json!({ "items": [] })),
        ("/bulk/product-statuses", json!({ "status": "active", "ids": [] })),
    ] {
        owner.post(path, body).await.refused(422, "framework.invalid");
    }
    app.run_jobs().await;
}

#[tokio::test]
async fn a_list_shows_what_has_changed_since() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let (made, _mug) = (shirt(&owner).await, app.sell("acme", "Mug", 1_000, 3).await);
    let later = "2999-01-01T00:00:00Z";
    for list in [
        "products",
        "categories",
        "customers",
        "orders",
        "inventory",
        "imports",
        "exports",
        "settings/shipping-methods",
        "webhook-endpoints",
        "api-keys",
    ] {
        let none = owner.get(&format!("/{list}?updated_since={later}")).await.is(200);
        assert_eq!(none.json["data"], json!([]), "{list}");
        owner.get(&format!("/{list}?updated_since=2020-01-01T00:00:00Z")).await.is(200);
        let empty = owner.get(&format!("/{list}?updated_since=")).await;
        empty.refused(400, "framework.bad_query");
        let refused = owner.get(&format!("/{list}?updated_since=yesterday")).await;
        assert_eq!(
            refused.refused(400, "framework.bad_query").json["errors"][0]["parameter"],
            "updated_since",
            "{list}"
        );
    }
    let found: Page<ProductSummary> = owner.get("/products?external_id=erp-1").await.is(200).json();
    assert_eq!(found.data.iter().map(|row| row.id).collect::<Vec<_>>(), [made.id]);
    let since = app.text("SELECT to_char(max(updated_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') FROM products");
    let path = format!("/products/{}", made.id);
    owner.with("if-match", "*").patch(&path, json!({ "vendor": "Other" })).await.is(200);
    let changed: Page<ProductSummary> = owner.get(&format!("/products?updated_since={since}")).await.is(200).json();
    assert!(changed.data.iter().any(|row| row.id == made.id));
    app.run_jobs().await;
}

#[tokio::test]
async fn orders_and_customers_carry_what_other_systems_know() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let mug = app.sell_one("acme", "Mug", 1_200, 5).await;
    Buyer::fill(&app.shop("acme"), &[(mug, 1)]).await.buy().await.is(201);
    for list in ["orders", "customers"] {
        let rows = owner.get(&format!("/{list}")).await.is(200);
        let path = format!("/{list}/{}", rows.json["data"][0]["id"].as_str().expect("an id"));
        let read = owner.get(&path).await.is(200);
        let tag = read.header("etag").expect("a version").to_owned();
        let change = json!({ "external_id": "erp-7", "metadata": { "channel": "fair" } });
        let noted = owner.with("if-match", &tag).patch(&path, &change).await.is(200);
        assert_eq!(
            (&noted.json["external_id"], &noted.json["metadata"]),
            (&json!("erp-7"), &json!({ "channel": "fair" }))
        );
        owner
            .with("if-match", &tag)
            .patch(&path, &change)
            .await
            .refused(412, "framework.stale");
        let found = owner.get(&format!("/{list}?external_id=erp-7")).await.is(200);
        assert_eq!(found.json["data"].as_array().map(Vec::len), Some(1), "{list}");
        owner.with("if-match", "*").patch(&path, json!({ "metadata": null })).await.is(200);
    }
    assert_eq!(app.text("SELECT metadata ->> 'tax_rounding' IS NOT NULL FROM orders"), "true");
    let order = app.text("SELECT id FROM orders");
    let taken = json!({ "metadata": { "tax_rounding": "x" } });
    owner
        .with("if-match", "*")
        .patch(&format!("/orders/{order}"), taken)
        .await
        .refused(422, "framework.invalid");
    app.run_jobs().await;
}

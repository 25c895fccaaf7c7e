//! Products that leave one store as a file, enter another one, and leave that one: the two files are the same.

use orion_tests::{Client, Form, PASSWORD, TestApp};
use orion_types::admin::Platform;
use orion_types::export::Export;
use orion_types::import::Import;
use orion_types::status::{ExportStatus, ImportStatus};
use serde_json::{Value, json};

/// An empty store in the currency of acme.
async fn empty_store(app: &TestApp) {
    let admin = app.admin().await;
    let platforms: Vec<Platform> = admin.get("/platforms").await.is(200).rows();
    let main = platforms.into_iter().find(|platform| platform.code == "main").expect("main");
    let store = json!({
        "platform_id": main.id, "name": "Second", "code": "second", "currency": "EUR", "open": true,
        "owner": { "email": "owner@second.test", "name": "Second", "password": PASSWORD },
    });
    admin.post("/stores", store).await.is(201);
}

/// All products as a file.
pub(super) async fn exported(app: &TestApp, owner: &Client, store: &str, format: &str) -> Vec<u8> {
    let asked: Export = owner
        .post("/exports", json!({ "kind": "products", "format": format }))
        .await
        .is(202)
        .json();
    app.run_jobs().await;
    let made: Export = owner.get(&format!("/exports/{}", asked.id)).await.is(200).json();
    assert_eq!(made.status, ExportStatus::Completed, "{:?}", made.failure);
    let path = made.download_path.expect("a link");
    app.dashboard(store).at_root().get(&path).await.is(200).body.to_vec()
}

async fn furnish(owner: &Client) {
    let products = [
        json!({
            "title": "Bowl", "description_html": "<p>Deep, with a \"rim\".</p>\n<ul><li>one</li></ul>", "vendor": "Töpferei",
            "product_type": "Tableware", "tags": ["blue", "deep"], "seo_title": "A bowl", "seo_description": "Line one",
            "options": [{ "name": "Size", "values": ["S", "1,5 l"] }, { "name": "Colour", "values": ["Blue"] }],
            "variants": [
                { "option_values": ["S", "Blue"], "sku": "B-S", "barcode": "4006381333931", "price_minor": 1234, "compare_at_minor": 1500,
                  "weight_grams": 321, "initial_on_hand": 4, "cost_minor": 512, "content": { "amount_milli": 1500, "unit": "kg" } },
                { "option_values": ["1,5 l", "Blue"], "sku": "-B;L", "price_minor": 2000, "taxable": false, "track_inventory": false },
            ],
        }),
        json!({ "title": "=SUM(A1:A2)", "vendor": "@home", "tags": ["+1"], "variants": [{ "price_minor": 5, "sku": "=x" }] }),
        json!({ "title": "Voucher", "variants": [{ "price_minor": 0, "requires_shipping": false }] }),
    ];
    for product in products {
        let made = owner.post("/products", product).await.is(201);
        let id = made.json["id"].as_str().expect("an id").to_owned();
        if made.json["title"] == "Bowl" {
            owner.post(&format!("/products/{id}/publish"), json!({})).await.is(200);
        }
    }
}

/// Documents without what time has put on them.
pub(super) fn timeless(lines: &[u8]) -> Vec<Value> {
    let text = std::str::from_utf8(lines).expect("UTF-8");
    let document = |line: &str| {
        let mut document: Value = serde_json::from_str(line).expect("a document");
        for time in ["created_at", "updated_at"] {
            document.as_object_mut().expect("an object").remove(time);
        }
        document
    };
    text.lines().map(document).collect()
}

#[tokio::test]
async fn products_that_leave_and_come_back_are_the_same() {
    let app = TestApp::start().await;
    let acme = app.owner("acme").await;
    furnish(&acme).await;
    empty_store(&app).await;
    let second = app.owner("second").await;
    let table = exported(&app, &acme, "acme", "csv").await;
    let documents = exported(&app, &acme, "acme", "jsonl").await;
    let import: Import = second
        .upload("/imports/products?dry_run=false", Form::file("products.csv", "text/csv", &table))
        .await
        .is(202)
        .json();
    app.run_jobs().await;
    let import: Import = second.get(&format!("/imports/{}", import.id)).await.is(200).json();
    assert_eq!(
        (import.status, import.created_count, import.failed_count),
        (ImportStatus::Completed, 3, 0)
    );
    let again = exported(&app, &second, "second", "csv").await;
    assert_eq!(String::from_utf8_lossy(&again), String::from_utf8_lossy(&table));
    assert_eq!(timeless(&exported(&app, &second, "second", "jsonl").await), timeless(&documents));
    // And once more into the store that it came from: nothing changes.
    let import: Import = acme
        .upload("/imports/products?dry_run=false", Form::file("products.csv", "text/csv", &table))
        .await
        .is(202)
        .json();
    app.run_jobs().await;
    let import: Import = acme.get(&format!("/imports/{}", import.id)).await.is(200).json();
    assert_eq!((import.unchanged_count, import.updated_count), (3, 0));
}

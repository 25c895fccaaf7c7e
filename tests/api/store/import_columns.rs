//! `/api/v1/store/imports`: what the columns of a file are, as a person says it.

use std::collections::BTreeMap;

use orion_tests::{Answer, Client, Form, TestApp};
use orion_types::Page;
use orion_types::import::{Import, ImportMapping, ImportedColumns};
use orion_types::status::ImportStatus;
use serde_json::{Value, json};

use super::imports::{MANY, counts, errors, kill_on_the_way};

/// In columns of ours, with some that nobody reads.
const VASES: &str = "Handle,Title,Type,Product Category,Status,Variant SKU,Variant Price,Material (product.metafields.custom.material),Supplier price\n\
    vase,Vase,Vases,\"Home, Garden & Co > Decor > Vases\",active,V-1,12.00,Clay,9.00\n\
    bowl,Bowl,Bowls,\"Home, Garden & Co > Decor\",active,B-1,14.00,\"=Wood, oiled\",10.00\n";
const MATERIAL: &str = "Material (product.metafields.custom.material)";

async fn send(owner: &Client, file: &str, columns: &Value, dry_run: bool) -> Answer {
    let form = Form::default()
        .and_text("columns", &columns.to_string())
        .and_file("products.csv", "text/csv", file.as_bytes());
    owner.upload(&format!("/imports/products?dry_run={dry_run}"), form).await
}

async fn import_as(app: &TestApp, owner: &Client, file: &str, columns: Value) -> Import {
    let started: Import = send(owner, file, &columns, false).await.is(202).json();
    app.run_jobs().await;
    owner.get(&format!("/imports/{}", started.id)).await.is(200).json()
}

async fn columns(owner: &Client, import: &Import) -> ImportedColumns {
    owner.get(&format!("/imports/{}/columns", import.id)).await.is(200).json()
}

fn taken_for(columns: &ImportedColumns) -> BTreeMap<&str, String> {
    let each = columns.columns.iter();
    each.map(|column| (column.heading.as_str(), column.taken_for.join(" "))).collect()
}

#[tokio::test]
async fn each_column_is_told_with_examples_and_becomes_what_somebody_says() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let tried: Import = send(&owner, VASES, &json!({}), true).await.is(202).json();
    app.run_jobs().await;
    let told = columns(&owner, &tried).await;
    let material = told.columns.iter().find(|column| column.heading == MATERIAL).expect("the column");
    assert_eq!((material.cells, material.taken_for.len()), (2, 0));
    assert_eq!(material.examples, ["Clay", "=Wood, oiled"]);
    assert_eq!(taken_for(&told)["Variant Price"], "price");

    let wanted = json!({
        (MATERIAL): "metadata.material", "Type": "also_category", "Variant Price": "ignore", "Supplier price": "price", "Nowhere": "sku",
    });
    let done = import_as(&app, &owner, VASES, wanted.clone()).await;
    assert_eq!(
        (done.status, counts(&done)),
        (ImportStatus::Completed, (2, 0, 0, 0)),
        "{:?}",
        errors(&owner, &done).await
    );
    assert_eq!(json!(done.columns), wanted);
    let product = "SELECT string_agg(p.slug || ' ' || p.metadata::text || ' ' || p.min_price_minor || ' ' || p.product_type || ' in ' || c.name, '; ' ORDER BY p.slug) \
                   FROM products p JOIN product_category_links l ON l.product_id = p.id JOIN product_categories c ON c.id = l.category_id";
    let expected = "bowl {\"material\": \"=Wood, oiled\"} 1000 Bowls in Bowls; vase {\"material\": \"Clay\"} 900 Vases in Vases";
    assert_eq!(app.text(product), expected);
    let told = columns(&owner, &done).await;
    assert_eq!(taken_for(&told)["Type"], "type category");
    assert_eq!(taken_for(&told)[MATERIAL], "metadata.material");
    assert_eq!(taken_for(&told)["Variant Price"], "");
    assert_eq!(
        counts(&import_as(&app, &owner, VASES, wanted).await),
        (0, 0, 2, 0),
        "a second time changes nothing"
    );

    // The steps of a path are below one another; a comma is a part of a name where a system does not list several.
    let by_path = json!({ "Product Category": "category" });
    assert_eq!(counts(&import_as(&app, &owner, VASES, by_path.clone()).await), (0, 2, 0, 0));
    let tree = "SELECT string_agg(coalesce(p.name || ' > ', '') || c.name, ', ' ORDER BY c.id) \
                FROM product_categories c LEFT JOIN product_categories p ON p.id = c.parent_id";
    assert_eq!(
        app.text(tree),
        "Vases, Bowls, Home, Garden & Co, Home, Garden & Co > Decor, Decor > Vases"
    );
    assert_eq!(counts(&import_as(&app, &owner, VASES, by_path).await), (0, 0, 2, 0));
}

#[tokio::test]
async fn a_file_in_words_that_nobody_knows_is_imported_once_somebody_says_what_they_mean() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let polish = "Nazwa towaru;Cena brutto;Kolor\nKubek;12,50;biały\nTalerz;20,00;\n";
    let failed = import_as(&app, &owner, polish, json!({})).await;
    assert_eq!(failed.status, ImportStatus::Failed);
    let told = columns(&owner, &failed).await;
    let headings: Vec<&str> = told.columns.iter().map(|column| column.heading.as_str()).collect();
    assert_eq!(headings, ["Nazwa towaru", "Cena brutto", "Kolor"]);
    assert_eq!(
        (told.columns[2].cells, told.columns[2].examples.as_slice()),
        (1, ["biały".to_owned()].as_slice())
    );
    let said = json!({ "Nazwa towaru": "title", "Cena brutto": "price", "Kolor": "metadata.kolor" });
    let done = import_as(&app, &owner, polish, said).await;
    assert_eq!(counts(&done), (2, 0, 0, 0), "{:?}", errors(&owner, &done).await);
    let products = "SELECT string_agg(title || ' ' || min_price_minor || ' ' || metadata::text, ', ' ORDER BY title) FROM products";
    assert_eq!(app.text(products), "Kubek 1250 {\"kolor\": \"biały\"}, Talerz 2000 {}");
}

/// Columns of a file that is translated from another system's.
#[tokio::test]
async fn the_columns_of_other_systems_become_what_somebody_says_too() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let list = "Name,Price,Wholesale,Category,Colour,Image\n\
                Cup,5.00,3.00,\"Kitchen > Cups, New\",red,\nSaucer,4.00,2.00,Kitchen,,\n";
    let said = json!({ "Price": "ignore", "Wholesale": "price", "Category": "category", "Colour": "metadata.colour", "Name": "title" });
    let done = import_as(&app, &owner, list, said.clone()).await;
    assert_eq!(counts(&done), (2, 0, 0, 0), "{:?}", errors(&owner, &done).await);
    let products = "SELECT string_agg(p.title || ' ' || p.min_price_minor || ' ' || p.product_type || p.metadata::text || ' ' || \
                    (SELECT string_agg(c.name, '+' ORDER BY c.name) FROM product_category_links l JOIN product_categories c ON c.id = l.category_id WHERE l.product_id = p.id), \
                    ', ' ORDER BY p.title) FROM products p";
    assert_eq!(app.text(products), "Cup 300 {\"colour\": \"red\"} Cups+New, Saucer 200 {} Kitchen");
    let told = columns(&owner, &done).await;
    let taken = taken_for(&told);
    assert_eq!(
        (taken["Wholesale"].as_str(), taken["Price"].as_str(), taken["Colour"].as_str()),
        ("price", "", "metadata.colour")
    );
    assert_eq!(counts(&import_as(&app, &owner, list, said).await), (0, 0, 2, 0));
}

#[tokio::test]
async fn columns_are_kept_under_a_name_and_proposed_for_the_next_file_with_the_same_headings() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let save = |name: &str, word: &str| json!({ "name": name, "headings": ["Title", "Price", "Extra"], "columns": { "Extra": word } });
    let kept: ImportMapping = owner
        .post("/import-mappings", save("Supplier", "metadata.extra"))
        .await
        .is(201)
        .json();
    assert_eq!(kept.headings, ["Extra", "Price", "Title"]);
    let next = import_as(&app, &owner, "Extra,Title,Price\nx,Jug,8.00\n", json!({})).await;
    let proposed = columns(&owner, &next).await;
    assert_eq!(
        proposed.saved,
        std::slice::from_ref(&kept),
        "the order of the headings does not matter"
    );
    let other = import_as(&app, &owner, "Title,Price\nPot,8.00\n", json!({})).await;
    assert_eq!(columns(&owner, &other).await.saved, []);

    let again: ImportMapping = owner.post("/import-mappings", save("Supplier", "tags")).await.is(201).json();
    assert_eq!(
        (again.id, again.columns["Extra"].as_str()),
        (kept.id, "tags"),
        "the same name is the same thing"
    );
    let all: Page<ImportMapping> = owner.get("/import-mappings").await.is(200).json();
    assert_eq!(all.data, [again]);
    owner.delete(&format!("/import-mappings/{}", kept.id)).await.is(204);
    assert_eq!(columns(&owner, &next).await.saved, []);

    let refused = owner
        .post("/import-mappings", json!({ "name": " ", "headings": [], "columns": {} }))
        .await
        .is(422);
    assert_eq!(refused.json["errors"].as_array().map(Vec::len), Some(2));
    owner.post("/import-mappings", save("Wrong", "colour")).await.is(422);
    let nul = json!({ "name": "Nul", "headings": ["A\u{0}"], "columns": { "A\u{0}": "sku" } });
    owner.post("/import-mappings", nul).await.is(422);
    owner.post("/import-mappings", save("N\u{0}l", "sku")).await.is(422);
}

#[tokio::test]
async fn what_a_column_cannot_be_is_refused_before_anything_is_imported() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let refused = send(
        &owner,
        VASES,
        &json!({ "Type": "colour", "Status": "price", "Title": "price" }),
        false,
    )
    .await
    .is(422);
    let named: Vec<&str> = refused.json["errors"]
        .as_array()
        .expect("errors")
        .iter()
        .filter_map(|error| error["pointer"].as_str())
        .collect();
    assert_eq!(named, ["/columns/Title", "/columns/Type"]);
    send(&owner, VASES, &json!([1]), false).await.is(422);
    let all: Page<Import> = owner.get("/imports").await.is(200).json();
    assert_eq!(all.data, []);
}

#[tokio::test]
async fn an_import_whose_server_was_killed_goes_on_with_the_same_choices_and_columns() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let rows: String = (0..MANY)
        .map(|number| format!("cup-{number},Cup {number},active,4.00,blue\n"))
        .collect();
    let file = format!("Handle,Title,Status,Variant Price,Colour\n{rows}");
    let form = Form::default()
        .and_text("columns", r#"{"Colour":"metadata.colour"}"#)
        .and_file("cups.csv", "text/csv", file.as_bytes());
    let started: Import = owner.upload("/imports/products?publish=draft&stock=7", form).await.is(202).json();
    kill_on_the_way(&app).await;
    let before = app.count("SELECT count(*) FROM products");
    let all = i64::try_from(MANY).expect("a number");
    assert!(before > 0 && before < all, "{before} products were written");
    app.run_jobs().await;
    let done: Import = owner.get(&format!("/imports/{}", started.id)).await.is(200).json();
    assert_eq!((done.status, i64::from(done.created_count)), (ImportStatus::Completed, all));
    let alike = "SELECT count(*) FROM products p JOIN product_variants v ON v.product_id = p.id JOIN inventory_levels l ON l.variant_id = v.id \
                 WHERE p.status = 'draft' AND p.metadata = '{\"colour\": \"blue\"}' AND v.track_inventory AND l.on_hand = 7";
    assert_eq!(app.count(alike), all, "those before and after are the same");
}

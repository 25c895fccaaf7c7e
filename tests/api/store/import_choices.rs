//! `/api/v1/store/imports`: what an import is to do beyond reading the file.

use orion_tests::{Client, Form, TestApp};
use orion_types::import::{Import, ImportRowError};
use orion_types::status::{ImportFill, ImportMissing, ImportMode, ImportPublish};
use orion_types::{Page, catalog::Product};
use serde_json::json;

use super::imports::{GOOD, counts, errors, file, import};

/// Imports a file as it is wanted.
async fn import_as(app: &TestApp, owner: &Client, bytes: &[u8], wanted: &str) -> Import {
    let address = format!("/imports/products?{wanted}");
    let started: Import = owner
        .upload(&address, Form::file("products.csv", "text/csv", bytes))
        .await
        .is(202)
        .json();
    app.run_jobs().await;
    owner.get(&format!("/imports/{}", started.id)).await.is(200).json()
}

/// The notes of a code, each with its product.
async fn noted(owner: &Client, import: &Import, code: &str) -> Vec<(String, String)> {
    let notes: Page<ImportRowError> = owner
        .get(&format!("/imports/{}/errors?severity=note&limit=100", import.id))
        .await
        .is(200)
        .json();
    let of_code = notes.data.into_iter().filter(|note| note.code == code);
    of_code.map(|note| (note.product, note.detail)).collect()
}

#[tokio::test]
async fn only_new_products_or_only_those_that_are_there_are_taken() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    import(&app, &owner, &file(GOOD)).await;
    let more = GOOD.replace("18.00", "19.00") + "clay-bowl,Clay Bowl,Orion,active,Title,Default Title,CB-1,shopify,2,24.00\n";
    let prices = "SELECT string_agg(sku || ' ' || price_minor, ', ' ORDER BY sku) FROM product_variants WHERE deleted_at IS NULL";

    let updated = import_as(&app, &owner, &file(&more), "mode=update").await;
    assert_eq!((counts(&updated), updated.left_count), ((0, 1, 1, 0), 1));
    assert_eq!(app.text(prices), "CM-1 1900, LS-L 5490, LS-M 4990, LS-S 4990");
    let told = "it is not there, and no new products were wanted";
    assert_eq!(
        noted(&owner, &updated, "left_out").await,
        [("clay-bowl".to_owned(), told.to_owned())]
    );

    let created = import_as(&app, &owner, &file(&more.replace("19.00", "20.00")), "mode=create&dry_run=true").await;
    assert_eq!(
        (counts(&created), created.left_count),
        ((1, 0, 0, 0), 2),
        "the trial knows the choice"
    );
    let created = import_as(&app, &owner, &file(&more.replace("19.00", "20.00")), "mode=create").await;
    assert_eq!(
        (counts(&created), created.left_count, created.choices.mode),
        ((1, 0, 0, 0), 2, ImportMode::Create)
    );
    assert_eq!(app.text(prices), "CB-1 2400, CM-1 1900, LS-L 5490, LS-M 4990, LS-S 4990");
}

#[tokio::test]
async fn only_empty_fields_are_filled_where_that_is_chosen() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let before = "Handle,Title,Vendor,Type,Tags,Status,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Price,Cost per item\n\
                  tray,Tray,,,,active,Size,S,,shopify,3,10.00,\ntray,,,,,,,L,T-L,shopify,4,12.00,5.00\n";
    import(&app, &owner, before.as_bytes()).await;
    let after = "Handle,Title,Vendor,Type,Tags,Status,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Price,Cost per item\n\
                 tray,A better tray,Muster,Trays,oak,draft,Size,L,OTHER,shopify,40,99.00,7.00\n\
                 tray,,,,,,,S,T-S,shopify,30,98.00,4.00\ntray,,,,,,,XL,T-XL,shopify,1,97.00,\n";
    let done = import_as(&app, &owner, after.as_bytes(), "fill=empty").await;
    assert_eq!(
        (counts(&done), done.choices.fill),
        ((0, 1, 0, 0), ImportFill::Empty),
        "{:?}",
        errors(&owner, &done).await
    );
    let product = "SELECT title || ', ' || vendor || ', ' || product_type || ', ' || tags::text || ', ' || status FROM products";
    assert_eq!(app.text(product), "Tray, Muster, Trays, {oak}, active");
    let variants = "SELECT string_agg(v.title || ' ' || v.sku || ' ' || v.price_minor || ' ' || v.cost_minor || ' ' || l.on_hand, ', ' ORDER BY v.position) \
                    FROM product_variants v JOIN inventory_levels l ON l.variant_id = v.id WHERE v.deleted_at IS NULL";
    assert_eq!(app.text(variants), "S T-S 1000 400 3, L T-L 1200 500 4");
    let told = "1 variants that are not there were left out: only empty fields are filled";
    assert_eq!(
        noted(&owner, &done, "variants_left_out").await,
        [("tray".to_owned(), told.to_owned())]
    );
    let again = import_as(&app, &owner, after.as_bytes(), "fill=empty").await;
    assert_eq!(counts(&again), (0, 0, 1, 0), "nothing is empty any more");
}

#[tokio::test]
async fn nothing_goes_on_sale_by_an_import_that_is_to_make_drafts() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let first = "linen-shirt,Linen Shirt,Orion,active,Title,Default Title,LS,shopify,3,49.90\n";
    import(&app, &owner, &file(first)).await;
    let wanted = import_as(&app, &owner, &file(GOOD), "publish=draft").await;
    assert_eq!((wanted.created_count, wanted.choices.publish), (1, ImportPublish::Draft));
    let states = "SELECT string_agg(slug || ' ' || status, ', ' ORDER BY slug) FROM products";
    assert_eq!(app.text(states), "clay-mug draft, linen-shirt active");
}

#[tokio::test]
async fn a_file_without_quantities_is_told_how_many_there_are() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let file =
        |handle: &str| format!("Handle,Title,Status,Variant SKU,Variant Price\n{handle},{handle},active,{handle},5.00\n").into_bytes();
    import_as(&app, &owner, &file("open"), "dry_run=false").await;
    import_as(&app, &owner, &file("none"), "stock=0").await;
    let done = import_as(&app, &owner, &file("many"), "stock=25").await;
    let units = "SELECT string_agg(v.sku || ' ' || v.track_inventory || ' ' || l.on_hand, ', ' ORDER BY v.sku) \
                 FROM product_variants v JOIN inventory_levels l ON l.variant_id = v.id";
    assert_eq!(app.text(units), "many true 25, none true 0, open false 0");
    let told = "the file has no quantities: what is there keeps its stock, what is new has 25 units each";
    assert_eq!(noted(&owner, &done, "not_counted").await, [(String::new(), told.to_owned())]);
    // What is there keeps its stock.
    assert_eq!(counts(&import_as(&app, &owner, &file("many"), "stock=3").await), (0, 0, 1, 0));
    assert_eq!(app.text(units), "many true 25, none true 0, open false 0");
}

#[tokio::test]
async fn what_a_file_does_not_name_goes_into_the_archive_only_where_the_file_can_say_so() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let by_hand = json!({ "title": "Made by hand", "vendor": "Orion", "variants": [{ "price_minor": 100, "sku": "H" }] });
    let made: Product = owner.post("/products", &by_hand).await.is(201).json();
    owner.post(&format!("/products/{}/publish", made.id), &json!({})).await.is(200);
    let other = "vase,Vase,Another,active,Title,Default Title,V-1,shopify,1,7.00\n";
    import(&app, &owner, &file(&format!("{GOOD}{other}"))).await;
    let states = "SELECT string_agg(slug || ' ' || status, ', ' ORDER BY slug) FROM products";
    let all = "clay-mug active, linen-shirt active, made-by-hand active, vase active";
    assert_eq!(app.text(states), all);
    let mug = "clay-mug,Clay Mug,Orion,active,Title,Default Title,CM-1,shopify,12,18.00\n";

    // A refusal, or a file of stock alone, says nothing about the rest.
    let broken = format!("{mug}kettle,Kettle,Orion,active,Title,Default Title,K-1,shopify,1,abc\n");
    let refused = import_as(&app, &owner, &file(&broken), "missing=archive").await;
    assert_eq!((refused.failed_count, refused.missing_count), (1, 0));
    assert_eq!(noted(&owner, &refused, "missing_kept").await.len(), 1);
    let stock = b"Handle,Variant SKU,Variant Inventory Qty\nclay-mug,CM-1,11\n";
    let partial = import_as(&app, &owner, stock, "missing=archive").await;
    assert_eq!((partial.missing_count, app.text(states).as_str()), (0, all));
    assert_eq!(noted(&owner, &partial, "missing_kept").await.len(), 1);

    let trial = import_as(&app, &owner, &file(mug), "missing=archive&dry_run=true").await;
    assert_eq!((trial.missing_count, app.text(states).as_str()), (1, all));
    let done = import_as(&app, &owner, &file(mug), "missing=archive").await;
    assert_eq!(
        (done.missing_count, done.choices.missing),
        (1, ImportMissing::Archive),
        "as many as the trial has counted"
    );
    assert_eq!(app.text(states), all.replace("linen-shirt active", "linen-shirt archived"));
    let told = "the file does not name it: it went into the archive";
    assert_eq!(noted(&owner, &done, "missing").await, [("linen-shirt".to_owned(), told.to_owned())]);
    let again = import_as(&app, &owner, &file(mug), "missing=archive").await;
    assert_eq!(again.missing_count, 0);
}

/// More than a transaction takes.
#[tokio::test]
async fn many_products_go_batch_by_batch_and_none_is_counted_twice() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let rows: String = (0..120)
        .map(|number| format!("p-{number},P {number},Orion,active,Title,Default Title,P-{number},shopify,1,1.00\n"))
        .collect();
    import(&app, &owner, &file(&rows)).await;
    let done = import_as(
        &app,
        &owner,
        &file("p-0,P 0,Orion,active,Title,Default Title,P-0,shopify,1,1.00\n"),
        "missing=archive",
    )
    .await;
    assert_eq!((done.missing_count, done.unchanged_count), (119, 1));
    assert_eq!(app.text("SELECT count(*)::text FROM products WHERE status = 'archived'"), "119");
}

#[tokio::test]
async fn choices_that_nobody_can_make_are_named() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let form = || Form::file("products.csv", "text/csv", b"Title\nA\n");
    let refused = owner
        .upload("/imports/products?mode=some&fill=half&publish=now&missing=burn&stock=-1", form())
        .await
        .is(400);
    let named: Vec<&str> = refused.json["errors"]
        .as_array()
        .expect("errors")
        .iter()
        .filter_map(|error| error["parameter"].as_str())
        .collect();
    assert_eq!(named, ["mode", "fill", "publish", "missing", "stock"]);
}

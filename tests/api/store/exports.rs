//! `/api/v1/store/exports`

use chrono::TimeDelta;
use orion_framework::clock::Clock;
use orion_tests::{Answer, Client, TestApp, TestOptions};
use orion_types::Page;
use orion_types::export::Export;
use orion_types::status::ExportStatus;
use serde_json::{Value, json};

/// Asks for a file, has it written, and reads the export.
async fn export(app: &TestApp, client: &Client, request: Value) -> Export {
    let asked: Export = client.post("/exports", request).await.is(202).json();
    app.run_jobs().await;
    let export: Export = client.get(&format!("/exports/{}", asked.id)).await.is(200).json();
    assert_eq!(export.status, ExportStatus::Completed, "{:?}", export.failure);
    export
}

async fn fetch(app: &TestApp, store: &str, export: &Export) -> Answer {
    let path = export.download_path.as_deref().expect("a link");
    app.dashboard(store).at_root().get(path).await
}

/// The rows of a CSV by their headings.
fn rows(answer: &Answer) -> Vec<Value> {
    let text = std::str::from_utf8(&answer.body).expect("UTF-8");
    let text = text
        .strip_prefix('\u{feff}')
        .expect("a byte order mark, by which spreadsheets know the encoding");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headings = reader.headers().expect("headings").clone();
    let row = |record: csv::StringRecord| {
        headings
            .iter()
            .zip(&record)
            .map(|(name, cell)| (name.to_owned(), json!(cell)))
            .collect()
    };
    reader
        .records()
        .map(|record| row(record.expect("a row as wide as the headings")))
        .collect()
}

fn lines(answer: &Answer) -> Vec<Value> {
    let text = std::str::from_utf8(&answer.body).expect("UTF-8");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("a document per line"))
        .collect()
}

#[tokio::test]
async fn orders_are_written_with_a_row_per_item() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1250, 9).await;
    let bowl = app.sell_one("acme", "=1+1", 800, 9).await;
    app.buyer("acme", &[(mug, 2), (bowl, 1)]).await.buy().await.is(201);
    app.buyer("acme", &[(mug, 1)]).await.buy().await.is(201);
    let owner = app.owner("acme").await;
    let made = export(
        &app,
        &owner,
        json!({ "kind": "orders", "format": "csv", "filter": "sort=placed_at" }),
    )
    .await;
    assert_eq!((made.done, made.cut_count), (2, 0));
    let file = fetch(&app, "acme", &made).await.is(200);
    assert_eq!(file.header("content-type"), Some("text/csv; charset=utf-8"));
    assert_eq!(file.header("cache-control"), Some("private, no-store"));
    let named = file.header("content-disposition").expect("a name");
    assert!(
        named.starts_with("attachment; filename=\"acme-orders-") && named.ends_with(".csv\""),
        "{named}"
    );
    assert_eq!(file.body.len() as i64, made.size_bytes.expect("a size"));
    let rows = rows(&file);
    assert_eq!(rows.len(), 3, "a row per item");
    assert_eq!((&rows[0]["Order"], &rows[0]["Item quantity"]), (&json!("1001"), &json!("2")));
    assert_eq!(rows[0]["Subtotal"], "33.00");
    assert_eq!(rows[1]["Subtotal"], "", "sums stand once, so that a column can be added up");
    assert_eq!(rows[1]["Item title"], "'=1+1", "no spreadsheet takes it for a formula");
    let all = export(&app, &owner, json!({ "kind": "orders", "format": "jsonl" })).await;
    let documents = lines(&fetch(&app, "acme", &all).await.is(200));
    assert_eq!(documents.len(), 2);
    assert_eq!(documents[1]["items"][1]["title"], "=1+1", "a document needs no disguise");
    assert_eq!(documents[1]["subtotal_minor"], 3300);
    let none = export(
        &app,
        &owner,
        json!({ "kind": "orders", "format": "csv", "filter": "status=cancelled" }),
    )
    .await;
    assert_eq!(none.done, 0, "the filter is the list's");
}

#[tokio::test]
async fn customers_stock_and_products_are_written_too() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1250, 9).await;
    app.buyer("acme", &[(mug, 2)]).await.buy().await.is(201);
    let owner = app.owner("acme").await;
    let customers = export(&app, &owner, json!({ "kind": "customers", "format": "csv" })).await;
    let found = rows(&fetch(&app, "acme", &customers).await.is(200));
    assert_eq!((found.len(), &found[0]["Orders"]), (1, &json!("1")));
    let stock = export(&app, &owner, json!({ "kind": "stock", "format": "csv" })).await;
    let found = rows(&fetch(&app, "acme", &stock).await.is(200));
    assert_eq!(
        (&found[0]["On hand"], &found[0]["Reserved"], &found[0]["Available"]),
        (&json!("9"), &json!("2"), &json!("7"))
    );
    for format in ["csv", "shopify"] {
        let products = export(&app, &owner, json!({ "kind": "products", "format": format })).await;
        assert_eq!((products.done, products.total), (1, Some(1)));
        let found = rows(&fetch(&app, "acme", &products).await.is(200));
        assert_eq!(
            (&found[0]["Handle"], &found[0]["Variant Price"], &found[0]["Status"]),
            (&json!("mug"), &json!("12.50"), &json!("active"))
        );
        assert_eq!(
            found[0].get("Featured").is_some(),
            format == "csv",
            "a file of Shopify's has Shopify's headings"
        );
    }
}

#[tokio::test]
async fn a_spreadsheet_holds_texts_as_texts() {
    let app = TestApp::start().await;
    app.sell_one("acme", "=HYPERLINK(\"http://evil.test\")", 1250, 9).await;
    let owner = app.owner("acme").await;
    let made = export(&app, &owner, json!({ "kind": "stock", "format": "xlsx" })).await;
    let file = fetch(&app, "acme", &made).await.is(200);
    assert!(file.body.starts_with(b"PK"), "a zip");
    let sheet = unzipped(&file.body, "xl/worksheets/sheet1.xml");
    assert!(
        sheet.contains("HYPERLINK") && !sheet.contains("<f>"),
        "a text and no formula: {sheet}"
    );
}

/// A file of a zip, as text.
fn unzipped(zip: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(zip)).expect("a zip");
    let mut text = String::new();
    std::io::Read::read_to_string(&mut archive.by_name(name).expect("the file"), &mut text).expect("text");
    text
}

#[tokio::test]
async fn a_link_is_good_for_its_file_and_its_store_until_its_time_is_over() {
    let clock = Clock::fixed(chrono::DateTime::from_timestamp(1_780_000_000, 0).expect("a time"));
    let app = TestApp::start_with(TestOptions {
        clock: clock.clone(),
        ..TestOptions::default()
    })
    .await;
    let owner = app.owner("acme").await;
    let made = export(&app, &owner, json!({ "kind": "customers", "format": "jsonl" })).await;
    fetch(&app, "acme", &made).await.is(200);
    fetch(&app, "globex", &made).await.refused(404, "framework.not_found");
    let path = made.download_path.clone().expect("a link");
    let nobody = app.dashboard("acme").at_root();
    nobody
        .get(&path.replace("seal=1", "seal=2"))
        .await
        .refused(404, "framework.not_found");
    let bare = path.split('?').next().expect("a path");
    nobody.get(bare).await.refused(404, "framework.not_found");
    let other = export(&app, &owner, json!({ "kind": "customers", "format": "csv" })).await;
    let seal = path.split_once('?').expect("a seal").1;
    nobody
        .get(&format!("/api/v1/store/exports/{}/file?{seal}", other.id))
        .await
        .refused(404, "framework.not_found");
    let store = app.store_id("acme").await.to_string();
    let folder = app.data_dir().join("storage/stores").join(store).join("exports");
    // A folder without files is none.
    let kept = || std::fs::read_dir(&folder).map(Iterator::count).unwrap_or(0);
    assert_eq!(kept(), 2);
    clock.advance(TimeDelta::hours(24) + TimeDelta::seconds(1));
    fetch(&app, "acme", &made).await.refused(404, "framework.not_found");
    app.run_jobs().await;
    let owner = app.owner("acme").await;
    let gone: Export = owner.get(&format!("/exports/{}", made.id)).await.is(200).json();
    assert_eq!((gone.status, gone.download_path), (ExportStatus::Expired, None));
    assert_eq!(kept(), 0, "the files are removed");
}

#[tokio::test]
async fn a_file_needs_the_right_that_its_list_needs() {
    let app = TestApp::start().await;
    let viewer = app.staff("acme", "viewer@acme.test").await;
    let customers = json!({ "kind": "customers", "format": "csv" });
    viewer.post("/exports", &customers).await.refused(403, "framework.forbidden");
    let owner = app.owner("acme").await;
    let made = export(&app, &owner, customers).await;
    viewer
        .get(&format!("/exports/{}", made.id))
        .await
        .refused(404, "framework.not_found");
    let listed: Page<Export> = viewer.get("/exports").await.is(200).json();
    assert!(listed.data.is_empty(), "nor is it told that there is one");
    let listed: Page<Export> = owner.get("/exports").await.is(200).json();
    assert_eq!(listed.data.len(), 1);
    export(&app, &viewer, json!({ "kind": "orders", "format": "csv" })).await;
    app.owner("globex")
        .await
        .get(&format!("/exports/{}", made.id))
        .await
        .refused(404, "framework.not_found");
    // A platform without orders has none to write out.
    let plain = app.owner("plain").await;
    plain
        .post("/exports", json!({ "kind": "orders", "format": "csv" }))
        .await
        .refused(422, "framework.invalid")
        .at("/kind");
}

#[tokio::test]
async fn who_takes_what_away_is_noted() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let made = export(
        &app,
        &owner,
        json!({ "kind": "customers", "format": "csv", "filter": "kind=account" }),
    )
    .await;
    fetch(&app, "acme", &made).await.is(200);
    fetch(&app, "acme", &made).await.is(200);
    let actions = "SELECT string_agg(action, ' ' ORDER BY id) FROM audit_log WHERE action LIKE 'export.%'";
    assert_eq!(app.text(actions), "export.created export.completed export.fetched export.fetched");
    let filter = "SELECT changes->>'filter' FROM audit_log WHERE action = 'export.created'";
    assert_eq!(app.text(filter), "kind=account");
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_by_name() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    for (request, pointer) in [
        (json!({ "kind": "secrets", "format": "csv" }), "/kind"),
        (json!({ "kind": "orders", "format": "shopify" }), "/format"),
        (json!({ "kind": "orders", "format": "pdf" }), "/format"),
        (json!({ "kind": "orders", "format": "csv", "filter": "status=shipped" }), "/filter"),
        (json!({ "kind": "orders", "format": "csv", "filter": "colour=red" }), "/filter"),
        (
            json!({ "kind": "orders", "format": "csv", "filter": "q=".to_owned() + &"x".repeat(2_000) }),
            "/filter",
        ),
    ] {
        owner.post("/exports", request).await.refused(422, "framework.invalid").at(pointer);
    }
}

#[tokio::test]
async fn a_store_has_a_few_files_in_the_making_at_most() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let request = json!({ "kind": "orders", "format": "csv" });
    for _ in 0..5 {
        owner.post("/exports", &request).await.is(202);
    }
    owner.post("/exports", &request).await.refused(409, "transfer.too_many_exports");
    app.owner("globex").await.post("/exports", &request).await.is(202);
    app.run_jobs().await;
    owner.post("/exports", &request).await.is(202);
    app.run_jobs().await;
}

#[tokio::test]
async fn more_records_than_a_batch_are_all_there_once() {
    let app = TestApp::start().await;
    let made = "INSERT INTO customers (store_id, id, email, name, locale, created_at, updated_at) \
         SELECT s.id, gen_random_uuid(), 'c' || n || '@example.test', 'C', 'en', now(), now() FROM stores s, generate_series(1, 1203) n WHERE s.code = 'acme'";
    diesel::RunQueryDsl::execute(diesel::sql_query(made), &mut app.owner_of_database()).expect("customers");
    let owner = app.owner("acme").await;
    for filter in ["", "sort=name", "sort=created_at"] {
        let all = export(&app, &owner, json!({ "kind": "customers", "format": "jsonl", "filter": filter })).await;
        assert_eq!((all.done, all.total), (1203, Some(1203)), "{filter}");
        let documents = lines(&fetch(&app, "acme", &all).await.is(200));
        let mut emails: Vec<&str> = documents.iter().filter_map(|document| document["email"].as_str()).collect();
        emails.sort_unstable();
        emails.dedup();
        assert_eq!(emails.len(), 1203, "{filter}");
    }
}

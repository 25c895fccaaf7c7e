//! An export of the whole store: what is in it, what never is, and that it proves itself.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::process::Command;

use chrono::TimeDelta;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use orion_framework::clock::Clock;
use orion_framework::module::Registry;
use orion_tests::{Client, Form, PASSWORD, TestApp, TestOptions, address};
use orion_types::Page;
use orion_types::admin::Platform;
use orion_types::export::Export;
use orion_types::import::Import;
use orion_types::status::{ExportStatus, ImportStatus};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::modules::CASES;

/// Tables of stores that no export holds, and why.
const LEFT_OUT: &[(&str, &str)] = &[
    ("api_keys", "lets programs in"),
    ("cart_items", "nobody has bought it yet"),
    ("carts", "nobody has bought it yet"),
    ("certificates", "lets somebody pass for the shop"),
    ("catalog_changes", "what servers have to look at again"),
    ("customer_email_links", "lets customers prove their address"),
    ("customer_passkey_challenges", "lets customers sign in"),
    ("customer_passkeys", "lets customers sign in, at the hosts of this installation"),
    ("customer_password_links", "lets customers choose another password"),
    ("customer_sessions", "lets people in"),
    ("event_listeners", "says who is told what happens in this installation"),
    ("exports", "files like this one"),
    ("idempotency_keys", "answers for programs that ask again"),
    ("impersonations", "told by the audit log"),
    ("import_changes", "the way back from an import, for 30 days"),
    ("import_errors", "reports of files that the merchant has"),
    ("import_refused_rows", "reports of files that the merchant has"),
    ("import_undos", "reports of what was taken back"),
    ("imports", "reports of files that the merchant has"),
    ("audit_chain", "says something of the log where it stands alone"),
    ("incoming_webhooks", "done about long since"),
    ("inventory_locations", "one for each store, made by itself"),
    ("jobs", "work of the machine"),
    ("mail_messages", "sent already"),
    ("order_counters", "the highest number of the orders"),
    ("outbox_events", "work of the machine"),
    ("ownership_offers", "lets people in"),
    ("product_words", "made of the products again"),
    ("team_invitations", "lets people in"),
    ("test_card_charges", "money that is none"),
];

fn left_out() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    LEFT_OUT.iter().chain(CASES.iter().flat_map(|case| case.left_out))
}

/// The files of an archive by name.
struct Archive {
    files: BTreeMap<String, Vec<u8>>,
    manifest: Value,
    made: Export,
}

impl Archive {
    fn text(&self, name: &str) -> String {
        String::from_utf8(self.files[name].clone()).expect("UTF-8")
    }

    fn documents(&self, kind: &str) -> Vec<Value> {
        let text = self.text(&format!("{kind}.jsonl"));
        text.lines().map(|line| serde_json::from_str(line).expect("a document")).collect()
    }

    fn names(&self) -> Vec<&str> {
        self.files.keys().map(String::as_str).collect()
    }
}

async fn ask(app: &TestApp, owner: &Client) -> Export {
    let asked: Export = owner
        .post("/exports", json!({ "kind": "store", "format": "zip" }))
        .await
        .is(202)
        .json();
    app.run_jobs().await;
    let made: Export = owner.get(&format!("/exports/{}", asked.id)).await.is(200).json();
    assert_eq!(made.status, ExportStatus::Completed, "{:?}", made.failure);
    made
}

async fn fetch(app: &TestApp, store: &str, made: &Export) -> Vec<u8> {
    let path = made.download_path.as_deref().expect("a link");
    let file = app.dashboard(store).at_root().get(path).await.is(200);
    assert_eq!(file.header("content-type"), Some("application/zip"));
    file.body.to_vec()
}

/// Asks for the archive of a store, and reads it as anybody would.
async fn archive(app: &TestApp, store: &str) -> Archive {
    let owner = app.owner(store).await;
    let made = ask(app, &owner).await;
    let bytes = fetch(app, store, &made).await;
    assert_eq!(i64::try_from(bytes.len()).ok(), made.size_bytes);
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut files = BTreeMap::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).expect("a file");
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("a whole file");
        files.insert(file.name().to_owned(), content);
    }
    let manifest = serde_json::from_slice(&files["manifest.json"]).expect("a list");
    Archive { files, manifest, made }
}

fn picture(red: u8) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let pixels = RgbImage::from_fn(64, 80, |x, y| Rgb([red, (x * 4) as u8, (y * 3) as u8]));
    DynamicImage::ImageRgb8(pixels)
        .write_to(&mut bytes, ImageFormat::Png)
        .expect("a picture");
    bytes.into_inner()
}

/// A picture of a product; its id.
async fn show(owner: &Client, product: &Value, red: u8) -> String {
    let path = format!("/products/{}/images", product.as_str().expect("an id"));
    let made = owner
        .upload(&path, Form::file("a.png", "image/png", &picture(red)).and_text("alt", "A mug"))
        .await
        .is(201);
    made.json["data"][0]["id"].as_str().expect("an id").to_owned()
}

/// Something of each kind; every text has the word, so that it can be looked for elsewhere. Gives the ids of two pictures.
async fn furnish(app: &TestApp, store: &str, word: &str) -> [String; 2] {
    let owner = app.owner(store).await;
    let category = json!({ "name": format!("{word} things"), "slug": format!("{word}-things") });
    let category = owner.post("/categories", category).await.is(201);
    let body = json!({
        "title": format!("{word} mug"), "category_ids": [category.json["id"]], "metadata": { "shelf": word }, "external_id": word,
        "variants": [{ "price_minor": 1250, "initial_on_hand": 9, "sku": word, "cost_minor": 400, "content": { "amount_milli": 250, "unit": "l" } }],
    });
    let product = owner.post("/products", body).await.is(201);
    let id = product.json["id"].as_str().expect("an id").to_owned();
    owner.post(&format!("/products/{id}/publish"), json!({})).await.is(200);
    let version = owner.get(&format!("/products/{id}")).await.is(200);
    let renamed = owner.with("if-match", version.header("etag").expect("an etag"));
    renamed
        .patch(&format!("/products/{id}"), json!({ "slug": format!("{word}-cup") }))
        .await
        .is(200);
    let pictures = [
        show(&owner, &product.json["id"], 10).await,
        show(&owner, &product.json["id"], 200).await,
    ];
    let settings = owner.get("/settings").await.is(200);
    let changed = owner.with("if-match", settings.header("etag").expect("an etag"));
    changed
        .patch("/settings", json!({ "imprint": format!("{word} Ltd.") }))
        .await
        .is(200);
    let mapping = json!({ "name": word, "headings": ["Handle"], "columns": { "Handle": "handle" } });
    owner.post("/import-mappings", mapping).await.is(201);
    let email = format!("{word}@example.test");
    let customer = app.customer(store, &email).await;
    customer.post("/account/addresses", json!({ "address": address() })).await.is(201);
    let variant = product.json["variants"][0]["id"].as_str().expect("an id").parse().expect("an id");
    app.buyer(store, &[(variant, 2)]).await.buy().await.is(201);
    app.run_jobs().await;
    pictures
}

#[tokio::test]
async fn the_whole_store_is_in_its_archive_and_the_list_proves_it() {
    let app = TestApp::start().await;
    let pictures = furnish(&app, "acme", "tulip").await;
    let archive = archive(&app, "acme").await;
    assert!(archive.made.file_name.starts_with("acme-store-") && archive.made.file_name.ends_with(".zip"));
    let listed = archive.manifest["members"].as_array().expect("a list");
    let names: BTreeSet<&str> = listed.iter().filter_map(|member| member["name"].as_str()).collect();
    for member in listed {
        let content = &archive.files[member["name"].as_str().expect("a name")];
        assert_eq!(member["bytes"], json!(content.len()), "{member}");
        assert_eq!(member["sha256"], json!(hex::encode(Sha256::digest(content))), "{member}");
    }
    let unlisted: Vec<&str> = archive.names().into_iter().filter(|name| !names.contains(name)).collect();
    assert_eq!(unlisted, ["manifest.json"]);
    assert_eq!(
        (
            &archive.manifest["format"],
            &archive.manifest["version"],
            &archive.manifest["store"]
        ),
        (&json!("orion-store"), &json!(1), &json!("acme"))
    );
    for (at, id) in pictures.iter().enumerate() {
        let file = &archive.files[&format!("pictures/{id}.jpg")];
        image::load_from_memory_with_format(file, ImageFormat::Jpeg).expect("a picture");
        assert_eq!(archive.documents("pictures")[at]["file"], json!(format!("pictures/{id}.jpg")));
        assert_eq!(
            archive.documents("products")[0]["images"][at]["file"],
            json!(format!("pictures/{id}.jpg"))
        );
    }
    let summary: BTreeMap<&str, Option<i64>> = archive.made.members.iter().map(|one| (one.name.as_str(), one.rows)).collect();
    assert_eq!(
        (summary["products.csv"], summary["products.jsonl"], summary["pictures/"]),
        (Some(2), Some(1), Some(2))
    );
    assert_eq!(archive.made.missing_count, 0);
    assert!(archive.text("README.txt").contains("products.csv: 2\r\n"));
}

#[tokio::test]
async fn the_documents_hold_what_there_is_no_column_for() {
    let app = TestApp::start().await;
    furnish(&app, "acme", "tulip").await;
    let archive = archive(&app, "acme").await;
    let product = &archive.documents("products")[0];
    assert_eq!(
        (&product["external_id"], &product["metadata"]["shelf"]),
        (&json!("tulip"), &json!("tulip"))
    );
    assert_eq!(
        (&product["variants"][0]["cost_minor"], &product["categories"]),
        (&json!(400), &json!(["tulip-things"]))
    );
    let order = &archive.documents("orders")[0];
    assert_eq!((&order["number"], &order["items"][0]["quantity"]), (&json!(1001), &json!(2)));
    assert_eq!(order["history"][0]["event"], "placed");
    let payment = &archive.documents("payments")[0];
    assert_eq!(
        (&payment["order_id"], &payment["amount_minor"]),
        (&order["id"], &order["total_minor"])
    );
    assert!(payment["ledger"].is_array());
    let customers = archive.documents("customers");
    let known = customers
        .iter()
        .find(|customer| customer["email"] == "tulip@example.test")
        .expect("the customer");
    assert_eq!(known["addresses"][0]["city"], "Luxembourg");
    assert_eq!(archive.documents("redirects")[0]["leads_to"], "tulip-cup");
    assert_eq!(archive.documents("import_mappings")[0]["mapping"]["Handle"], "handle");
    let settings: BTreeMap<String, Value> = archive
        .documents("settings")
        .into_iter()
        .map(|setting| (setting["key"].as_str().expect("a key").to_owned(), setting["value"].clone()))
        .collect();
    assert_eq!(
        (&settings["store.imprint"], &settings["currency"]),
        (&json!("tulip Ltd."), &json!("EUR"))
    );
    let roles: Vec<Value> = archive.documents("team").iter().map(|member| member["role"].clone()).collect();
    assert_eq!(roles, ["owner", "manager", "viewer"]);
    assert_eq!(archive.documents("stock")[0]["on_hand"], 9);
    assert!(!archive.documents("stock_movements").is_empty() && !archive.documents("domains").is_empty());
}

fn registry() -> Registry {
    orion::modules::registry().expect("the modules fit together")
}

#[tokio::test]
async fn whatever_a_module_can_write_out_is_in_the_archive() {
    let app = TestApp::start().await;
    let archive = archive(&app, "acme").await;
    let names = archive.names();
    let registry = registry();
    let kinds = registry.all().iter().flat_map(|module| module.exports);
    let expected: BTreeSet<String> = kinds
        .flat_map(|source| ["csv", "jsonl"].map(|ending| format!("{}.{ending}", source.kind)))
        .chain(["README.txt".to_owned(), "manifest.json".to_owned()])
        .collect();
    assert_eq!(names, expected.iter().map(String::as_str).collect::<Vec<_>>());
    // A platform without orders has none to give away.
    let plain = self::archive(&app, "plain").await;
    assert!(!plain.files.contains_key("orders.csv") && plain.files.contains_key("products.csv"));
}

#[tokio::test]
async fn every_table_of_a_store_is_in_an_export_or_left_out_for_a_reason() {
    let app = TestApp::start().await;
    let tables = app.text(
        "SELECT string_agg(c.relname, ' ' ORDER BY c.relname) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'store_id' \
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'",
    );
    let registry = registry();
    let sources = registry.all().iter().flat_map(|module| module.exports);
    let written: BTreeSet<&str> = sources.flat_map(|source| source.tables).copied().collect();
    let left_out: BTreeSet<&str> = left_out().map(|(table, _)| *table).collect();
    let wrong: Vec<&str> = tables
        .split(' ')
        .filter(|table| written.contains(table) == left_out.contains(table))
        .collect();
    assert_eq!(wrong, [] as [&str; 0], "an export writes it, or it is left out with a reason");
}

#[tokio::test]
async fn nothing_of_another_store_and_no_secret_is_in_it() {
    let app = TestApp::start().await;
    let own = furnish(&app, "acme", "tulip").await;
    let others = furnish(&app, "globex", "rhubarb").await;
    let archive = archive(&app, "acme").await;
    let secrets = app.text(
        "SELECT string_agg(secret, ' ') FROM (SELECT password_hash AS secret FROM users UNION ALL SELECT password_hash FROM customers \
         UNION ALL SELECT guest_key FROM stores UNION ALL SELECT token FROM store_domains \
         UNION ALL SELECT encode(refresh_hash, 'hex') FROM customer_sessions UNION ALL SELECT encode(refresh_hash, 'hex') FROM user_sessions) s",
    );
    let secrets: BTreeSet<&str> = secrets.split(' ').filter(|secret| secret.len() > 8).collect();
    assert!(secrets.len() > 3, "there is something to look for");
    for (name, content) in archive.files.iter().filter(|(name, _)| !name.starts_with("pictures/")) {
        let text = String::from_utf8_lossy(content);
        assert!(
            !text.contains("rhubarb") && !text.contains("globex"),
            "{name} tells of another store"
        );
        for secret in &secrets {
            assert!(!text.contains(secret), "{name} holds a secret");
        }
    }
    assert!(own.iter().all(|id| archive.files.contains_key(&format!("pictures/{id}.jpg"))));
    assert!(others.iter().all(|id| !archive.files.contains_key(&format!("pictures/{id}.jpg"))));
}

#[tokio::test]
async fn the_whole_store_is_the_owners_to_take_and_everybody_elses_to_ask_for() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let request = json!({ "kind": "store", "format": "zip" });
    for email in ["manager@acme.test", "viewer@acme.test"] {
        let member = app.staff("acme", email).await;
        member.post("/exports", &request).await.refused(403, "framework.forbidden");
    }
    let made = ask(&app, &owner).await;
    let manager = app.staff("acme", "manager@acme.test").await;
    manager
        .get(&format!("/exports/{}", made.id))
        .await
        .refused(404, "framework.not_found");
    let listed: Page<Export> = manager.get("/exports").await.is(200).json();
    assert!(listed.data.is_empty(), "nor is it told that there is one");
    let strange = app.owner("globex").await;
    strange
        .get(&format!("/exports/{}", made.id))
        .await
        .refused(404, "framework.not_found");
    fetch(&app, "acme", &made).await;
    let path = made.download_path.as_deref().expect("a link");
    let elsewhere = app.dashboard("globex").at_root();
    elsewhere.get(path).await.refused(404, "framework.not_found");
    let actions =
        "SELECT string_agg(action || ' ' || coalesce(changes->>'kind', ''), ', ' ORDER BY id) FROM audit_log WHERE action LIKE 'export.%'";
    assert_eq!(app.text(actions), "export.created store, export.completed , export.fetched store");
    for (request, pointer) in [
        (json!({ "kind": "store", "format": "csv" }), "/format"),
        (json!({ "kind": "orders", "format": "zip" }), "/format"),
        (json!({ "kind": "store", "format": "zip", "filter": "status=active" }), "/filter"),
        (json!({ "kind": "settings", "format": "csv", "filter": "q=x" }), "/filter"),
    ] {
        owner.post("/exports", request).await.refused(422, "framework.invalid").at(pointer);
    }
}

#[tokio::test]
async fn a_picture_that_has_vanished_is_named_and_a_damaged_one_goes_along_as_it_is() {
    let app = TestApp::start().await;
    let [gone, damaged] = furnish(&app, "acme", "tulip").await;
    let store = app.store_id("acme").await.to_string();
    let folder = app.data_dir().join("storage/stores").join(store).join("images");
    std::fs::remove_file(folder.join(&gone).join("1280.jpg")).expect("the file was there");
    std::fs::write(folder.join(&damaged).join("1280.jpg"), b"torn").expect("written");
    let archive = archive(&app, "acme").await;
    assert_eq!(archive.manifest["missing"], json!([format!("pictures/{gone}.jpg")]));
    assert_eq!(archive.made.missing_count, 1);
    assert_eq!(archive.files[&format!("pictures/{damaged}.jpg")], b"torn");
    assert!(archive.text("README.txt").contains("no longer there: 1."));
    assert_eq!(archive.documents("pictures").len(), 2, "what is known of it stays");
}

#[tokio::test]
async fn its_link_ends_and_the_file_goes() {
    let clock = Clock::fixed(chrono::DateTime::from_timestamp(1_780_000_000, 0).expect("a time"));
    let app = TestApp::start_with(TestOptions {
        clock: clock.clone(),
        ..TestOptions::default()
    })
    .await;
    let owner = app.owner("acme").await;
    let made = ask(&app, &owner).await;
    fetch(&app, "acme", &made).await;
    clock.advance(TimeDelta::hours(24) + TimeDelta::seconds(1));
    app.run_jobs().await;
    let path = made.download_path.as_deref().expect("a link");
    let late = app.dashboard("acme").at_root().get(path).await;
    late.refused(404, "framework.not_found");
    let owner = app.owner("acme").await;
    let gone: Export = owner.get(&format!("/exports/{}", made.id)).await.is(200).json();
    assert_eq!((gone.status, gone.download_path), (ExportStatus::Expired, None));
}

#[tokio::test]
async fn other_programs_open_it() {
    let app = TestApp::start().await;
    furnish(&app, "acme", "tulip").await;
    let owner = app.owner("acme").await;
    let made = ask(&app, &owner).await;
    let file = app.data_dir().join("store.zip");
    std::fs::write(&file, fetch(&app, "acme", &made).await).expect("written");
    let tested = Command::new("python3").args(["-m", "zipfile", "-t"]).arg(&file).output();
    let tested = tested.expect("Python, which the clients' tests need too");
    let told = String::from_utf8_lossy(&tested.stdout).into_owned() + &String::from_utf8_lossy(&tested.stderr);
    assert!(tested.status.success() && told.contains("Done testing"), "{told}");
}

#[tokio::test]
async fn products_of_an_archive_fill_an_empty_store_whose_archive_has_the_same() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let platforms: Vec<Platform> = admin.get("/platforms").await.is(200).rows();
    let main = platforms.into_iter().find(|platform| platform.code == "main").expect("main");
    let store = json!({
        "platform_id": main.id, "name": "Second", "code": "second", "currency": "EUR", "open": true,
        "owner": { "email": "owner@second.test", "name": "Second", "password": PASSWORD },
    });
    admin.post("/stores", store).await.is(201);
    let acme = app.owner("acme").await;
    for body in [
        json!({
            "title": "Bowl", "description_html": "<p>Deep, with a \"rim\".</p>", "vendor": "Töpferei", "tags": ["blue", "deep"],
            "options": [{ "name": "Size", "values": ["S", "1,5 l"] }],
            "variants": [
                { "option_values": ["S"], "sku": "B-S", "price_minor": 1234, "compare_at_minor": 1500, "weight_grams": 321, "initial_on_hand": 4,
                  "cost_minor": 512, "content": { "amount_milli": 1500, "unit": "kg" } },
                { "option_values": ["1,5 l"], "sku": "-B;L", "price_minor": 2000, "taxable": false, "track_inventory": false },
            ],
        }),
        json!({ "title": "=SUM(A1:A2)", "vendor": "@home", "tags": ["+1"], "variants": [{ "price_minor": 5, "sku": "=x" }] }),
    ] {
        acme.post("/products", body).await.is(201);
    }
    let before = archive(&app, "acme").await;
    let second = app.owner("second").await;
    let import: Import = second
        .upload(
            "/imports/products?dry_run=false",
            Form::file("products.csv", "text/csv", &before.files["products.csv"]),
        )
        .await
        .is(202)
        .json();
    app.run_jobs().await;
    let import: Import = second.get(&format!("/imports/{}", import.id)).await.is(200).json();
    assert_eq!(
        (import.status, import.created_count, import.failed_count),
        (ImportStatus::Completed, 2, 0)
    );
    let after = archive(&app, "second").await;
    assert_eq!(after.text("products.csv"), before.text("products.csv"));
}

//! `/api/v1/store/imports/{id}/undo`

use chrono::{DateTime, TimeDelta};
use orion_framework::clock::Clock;
use orion_tests::{Answer, Client, Form, TestApp, TestOptions};
use orion_types::import::{Import, ImportUndo, ImportUndoLine, ImportUndoPlan};
use orion_types::status::{ImportStatus, UndoReason};
use orion_types::{Page, VariantId};
use serde_json::{Value, json};

use super::imports::{GOOD, MANY, counts, file, import, kill_while};
use super::round_trip::{exported, timeless};

const HEADER: &str = "Handle,Title,Body (HTML),Vendor,Type,Tags,Status,Option1 Name,Option1 Value,Variant SKU,Variant Grams,\
Variant Inventory Tracker,Variant Inventory Qty,Variant Price,Variant Compare At Price,Cost per item,SEO Title";
/// What is there before.
const FIRST: &str = "\
shirt,Shirt,<p>Linen.</p>,Orion,Shirts,linen,active,Size,S,SH-S,200,shopify,3,49.90,,20.00,
shirt,,,,,,,,M,SH-M,210,shopify,0,49.90,59.90,,
mug,Mug,<p>Clay.</p>,Orion,Cups,,active,Title,Default Title,MUG,300,shopify,12,18.00,,,
vase,Vase,,Orion,Vases,,active,Title,Default Title,VASE,900,shopify,2,70.00,,,
jug,Jug,,Orion,Jugs,,draft,Title,Default Title,JUG,900,,,30.00,,,
plate,Plate,,Orion,Cups,,draft,Title,Default Title,PLATE,400,,,9.00,,,
";
/// Everything of it is otherwise: SKUs change places, a variant joins, one makes way for two, a draft goes on sale, one is missing, and two
/// products are new, of which one is known to nobody and one is at an address that leads elsewhere.
pub(super) const SECOND: &str = "\
shirt,Linen shirt,<p>Washed.</p>,Weber,Home > Shirts,\"linen, new\",active,Size,M,SH-S,215,shopify,9,52.00,,21.00,A shirt
shirt,,,,,,,,S,SH-M,205,shopify,1,51.00,61.00,,
shirt,,,,,,,,L,SH-L,220,shopify,4,55.00,,,
mug,Mug,<p>Clay.</p>,Orion,Cups,,active,Colour,Blue,MUG-B,300,shopify,5,19.00,,,
mug,,,,,,,,Green,MUG-G,300,shopify,6,19.00,,,
jug,Jug,,Orion,Jugs,,active,Title,Default Title,JUG,900,,,30.00,,,
bowl,Deep bowl,,Orion,Home > Bowls,,active,Title,Default Title,BOWL,400,shopify,8,25.00,,,
kettle,Kettle,,Orion,Home > Kettles,,active,Title,Default Title,KET,700,shopify,2,90.00,,,
tray,Tray,,Orion,Trays,,active,Title,Default Title,TRAY,700,shopify,2,40.00,,,
";

fn table(rows: &str) -> Vec<u8> {
    format!("{HEADER}\n{rows}").into_bytes()
}

/// Imports a file whose types are categories as well, and archives what it does not name.
pub(super) async fn import_all(app: &TestApp, owner: &Client, rows: &str) -> Import {
    let form = Form::default()
        .and_text("columns", &json!({ "Type": "also_category" }).to_string())
        .and_file("products.csv", "text/csv", &table(rows));
    let started: Import = owner.upload("/imports/products?missing=archive", form).await.is(202).json();
    app.run_jobs().await;
    read(owner, &started).await
}

pub(super) async fn read(owner: &Client, import: &Import) -> Import {
    owner.get(&format!("/imports/{}", import.id)).await.is(200).json()
}

pub(super) async fn plan(owner: &Client, import: &Import) -> ImportUndoPlan {
    owner.get(&format!("/imports/{}/undo", import.id)).await.is(200).json()
}

pub(super) async fn ask(owner: &Client, import: &Import) -> Answer {
    owner.post(&format!("/imports/{}/undo", import.id), json!({})).await
}

/// Undoes an import to its end.
pub(super) async fn undo(app: &TestApp, owner: &Client, import: &Import) -> ImportUndo {
    ask(owner, import).await.is(202);
    app.run_jobs().await;
    read(owner, import).await.undo.expect("an undo")
}

pub(super) async fn left(owner: &Client, import: &Import) -> Vec<(String, UndoReason)> {
    let lines: Page<ImportUndoLine> = owner.get(&format!("/imports/{}/undo/left", import.id)).await.is(200).json();
    lines.data.into_iter().map(|line| (line.title, line.reason)).collect()
}

pub(super) fn became(undo: &ImportUndo) -> (i32, i32, i32, i32) {
    (undo.removed_count, undo.restored_count, undo.left_count, undo.category_count)
}

/// Everything that a merchant could see of the catalogue, but for times, versions and ids.
async fn catalogue(app: &TestApp, owner: &Client) -> (String, Vec<Value>, String, String) {
    let rows = exported(app, owner, "acme", "csv").await;
    let documents = timeless(&exported(app, owner, "acme", "jsonl").await);
    let categories = app.text("SELECT coalesce(string_agg(name, ', ' ORDER BY name), '') FROM product_categories WHERE deleted_at IS NULL");
    let hidden = app.text(
        "SELECT coalesce(string_agg(concat_ws(' ', slug, import_key, external_id, published_at IS NULL, min_price_minor, max_price_minor), ', ' ORDER BY slug), '') \
         FROM products WHERE deleted_at IS NULL",
    );
    (String::from_utf8(rows).expect("UTF-8"), documents, categories, hidden)
}

pub(super) async fn changed(owner: &Client, id: &str, change: Value) {
    owner.with("if-match", "*").patch(&format!("/products/{id}"), change).await.is(200);
}

pub(super) async fn id_of(owner: &Client, title: &str) -> String {
    let found = owner.get(&format!("/products?q={title}")).await.is(200);
    found.json["data"][0]["id"]
        .as_str()
        .unwrap_or_else(|| panic!("{title}: {}", found.text()))
        .to_owned()
}

pub(super) fn variant(app: &TestApp, sku: &str) -> VariantId {
    let id = app.text(&format!(
        "SELECT id::text FROM product_variants WHERE sku = '{sku}' AND deleted_at IS NULL"
    ));
    id.parse().expect("an id")
}

/// The level is what the ledger says it is.
pub(super) fn check_ledger(app: &TestApp) {
    let wrong = "SELECT count(*) FROM inventory_levels l WHERE (l.on_hand, l.reserved) <> \
                 (SELECT coalesce(sum(m.on_hand_delta), 0), coalesce(sum(m.reserved_delta), 0) FROM inventory_movements m WHERE m.level_id = l.id)";
    assert_eq!(app.count(wrong), 0, "the ledger contradicts the levels");
}

/// A shop with products of a file and of a person.
pub(super) async fn shop(app: &TestApp, owner: &Client) {
    import_all(app, owner, FIRST).await;
    let bowl = json!({ "title": "Bowl", "vendor": "Hand", "status": "active", "external_id": "erp-7", "variants": [{ "price_minor": 2000, "sku": "BOWL", "initial_on_hand": 1 }] });
    owner.post("/products", bowl).await.is(201);
    // The address of a tray leads to a plate, which files know as a plate.
    let plate = id_of(owner, "Plate").await;
    changed(owner, &plate, json!({ "slug": "tray" })).await;
    changed(owner, &plate, json!({ "slug": "plate" })).await;
}

#[tokio::test]
async fn all_is_as_it_was_before_an_import_and_the_same_file_does_the_same_again() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    shop(&app, &owner).await;
    let before = catalogue(&app, &owner).await;
    let redirects = || {
        app.text("SELECT string_agg(r.slug || ' ' || p.slug, ', ') FROM product_slug_redirects r JOIN products p ON p.id = r.product_id")
    };
    assert_eq!(redirects(), "tray plate");
    let done = import_all(&app, &owner, SECOND).await;
    assert_eq!((counts(&done), done.missing_count), ((2, 4, 0, 0), 1), "{done:?}");
    let after = catalogue(&app, &owner).await;
    assert_ne!(after, before);
    for round in 0..2 {
        let import = if round == 0 {
            done.clone()
        } else {
            import_all(&app, &owner, SECOND).await
        };
        assert_eq!((counts(&import), import.missing_count), (counts(&done), done.missing_count));
        assert!(catalogue(&app, &owner).await == after, "the file does what it did the first time");
        assert!(import.undo_until.is_some());
        let planned = plan(&owner, &import).await;
        assert_eq!(
            (
                planned.removed_count,
                planned.restored_count,
                planned.left_count,
                planned.sold_count
            ),
            (2, 5, 0, 0)
        );
        assert_eq!(planned.category_count, 5, "{planned:?}");
        let undone = undo(&app, &owner, &import).await;
        assert_eq!(
            (undone.status, became(&undone)),
            (ImportStatus::Completed, (2, 5, 0, 5)),
            "{undone:?}"
        );
        assert_eq!((undone.processed_count, undone.total_count), (7, 7));
        let now = catalogue(&app, &owner).await;
        assert_eq!(now.0, before.0);
        assert_eq!((now.1, now.2, now.3), (before.1.clone(), before.2.clone(), before.3.clone()));
        assert_eq!(redirects(), "tray plate");
        check_ledger(&app);
        assert_eq!(read(&owner, &import).await.undo_until, None);
        assert_eq!(
            app.count("SELECT count(*) FROM audit_log WHERE action = 'import.undone'"),
            round + 1
        );
        assert_eq!(
            app.count("SELECT count(*) FROM outbox_events WHERE event = 'import.undone'"),
            round + 1
        );
    }
    let orphans = "SELECT count(*) FROM import_changes c JOIN import_undos u ON u.import_id = c.import_id";
    assert_eq!(app.count(orphans), 0, "what was undone is forgotten");
}

#[tokio::test]
async fn an_undo_twice_does_nothing_twice() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let done = import(&app, &owner, &file(GOOD)).await;
    let keyed = owner.with("idempotency-key", "undo-1");
    let first = ask(&keyed, &done).await.is(202);
    assert_eq!(
        first.header("location"),
        Some(format!("/api/v1/store/imports/{}", done.id).as_str())
    );
    assert_eq!(first.json["undo"]["status"], "queued");
    assert!(first.json.get("undo_until").is_none(), "{}", first.text());
    let again = ask(&keyed, &done).await.is(202);
    assert_eq!((again.header("idempotent-replayed"), &again.json), (Some("true"), &first.json));
    ask(&owner, &done).await.refused(409, "catalog.import_not_undoable");
    app.run_jobs().await;
    assert_eq!(app.count("SELECT count(*) FROM products WHERE deleted_at IS NULL"), 0);
    let deleted = || app.count("SELECT count(*) FROM audit_log WHERE action = 'product.deleted'");
    assert_eq!(deleted(), 2);
    let refused = ask(&owner, &done).await.refused(409, "catalog.import_not_undoable");
    assert_eq!(refused.json["detail"], "There is nothing of it left to undo.");
    app.run_jobs().await;
    assert_eq!(deleted(), 2);
    // Nor is there anything to undo of a trial, or of the same file again.
    let trial: Import = owner
        .upload(
            "/imports/products?dry_run=true",
            Form::file("products.csv", "text/csv", &file(GOOD)),
        )
        .await
        .is(202)
        .json();
    ask(&owner, &trial).await.refused(409, "catalog.import_not_undoable");
    app.run_jobs().await;
    assert_eq!(app.count("SELECT count(*) FROM import_changes"), 0);
    import(&app, &owner, &file(GOOD)).await;
    let unchanged = import(&app, &owner, &file(GOOD)).await;
    assert_eq!(unchanged.undo_until, None);
    owner
        .get(&format!("/imports/{}/undo", unchanged.id))
        .await
        .refused(409, "catalog.import_not_undoable");
}

#[tokio::test]
async fn stock_goes_back_by_the_difference_and_keeps_what_moved_since() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    import(&app, &owner, &file(GOOD)).await;
    let counted = GOOD
        .replace("CM-1,shopify,12", "CM-1,shopify,40")
        .replace("LS-S,shopify,3", "LS-S,shopify,1");
    let done = import(&app, &owner, &file(&counted)).await;
    assert_eq!(counts(&done), (0, 2, 0, 0));
    let (mug, shirt) = (variant(&app, "CM-1"), variant(&app, "LS-S"));
    let adjust = async |variant: VariantId, delta: i32| {
        let body = json!({ "variant_id": variant, "delta": delta, "reason": "received" });
        owner.post("/inventory/adjustments", body).await.is(201);
    };
    adjust(mug, 5).await;
    adjust(shirt, 6).await;
    assert_eq!(became(&undo(&app, &owner, &done).await), (0, 2, 0, 0));
    let units = |id: VariantId| app.count(&format!("SELECT on_hand FROM inventory_levels WHERE variant_id = '{id}'"));
    assert_eq!((units(mug), units(shirt)), (12 + 5, 3 + 6));
    check_ledger(&app);
    let noted = app.text("SELECT string_agg(DISTINCT reason || ' ' || note, ', ') FROM inventory_movements WHERE note <> ''");
    assert_eq!(noted, "import An import was undone");
}

#[tokio::test]
async fn an_undo_whose_server_was_killed_goes_on_where_it_was() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let rows: String = (0..MANY)
        .map(|number| format!("mug-{number},Mug {number},Orion,active,Title,Default Title,M-{number},shopify,1,18.00\n"))
        .collect();
    let done = import(&app, &owner, &file(&rows)).await;
    ask(&owner, &done).await.is(202);
    kill_while(&app, "SELECT coalesce(max(processed_count), 0) FROM import_undos").await;
    let left = app.count("SELECT count(*) FROM products WHERE deleted_at IS NULL");
    let all = i32::try_from(MANY).expect("a number");
    assert!(left > 0 && left < i64::from(all), "{left} products are left");
    app.run_jobs().await;
    let undone = read(&owner, &done).await.undo.expect("an undo");
    assert_eq!(
        (undone.status, became(&undone), undone.processed_count),
        (ImportStatus::Completed, (all, 0, 0, 0), all)
    );
    assert_eq!(app.count("SELECT count(*) FROM products WHERE deleted_at IS NULL"), 0);
    assert_eq!(
        app.count("SELECT count(*) FROM audit_log WHERE action = 'product.deleted'"),
        i64::from(all)
    );
    check_ledger(&app);
}

#[tokio::test]
async fn an_undo_whose_job_the_administration_calls_off_has_ended() {
    let app = TestApp::start().await;
    let (owner, admin) = (app.owner("acme").await, app.admin().await);
    let done = import(&app, &owner, &file(GOOD)).await;
    ask(&owner, &done).await.is(202);
    let jobs = admin.get("/jobs?kind=catalog.undo_import&store=acme").await.is(200);
    let job = jobs.json["data"][0]["id"].as_str().expect("its job").to_owned();
    admin.post(&format!("/jobs/{job}/cancel"), json!({})).await.is(200);
    app.run_jobs().await;
    let ended = read(&owner, &done).await;
    assert_eq!(ended.undo.as_ref().map(|undo| undo.status), Some(ImportStatus::Cancelled));
    assert!(ended.undo_until.is_some(), "it can be asked for again");
    assert_eq!(became(&undo(&app, &owner, &done).await), (2, 0, 0, 0));
}

#[tokio::test]
async fn an_import_is_undone_within_thirty_days_and_forgotten_then() {
    let clock = Clock::fixed(DateTime::from_timestamp(1_795_000_000, 0).expect("a time"));
    let app = TestApp::start_with(TestOptions {
        clock: clock.clone(),
        ..TestOptions::default()
    })
    .await;
    let owner = app.owner("acme").await;
    let done = import(&app, &owner, &file(GOOD)).await;
    clock.advance(TimeDelta::days(30));
    let owner = app.owner("acme").await;
    assert_eq!(read(&owner, &done).await.undo_until, None);
    let refused = ask(&owner, &done).await.refused(409, "catalog.import_not_undoable");
    assert_eq!(refused.json["detail"], "What it did is forgotten after 30 days.");
    assert_eq!(app.count("SELECT count(*) FROM import_changes"), 2);
    app.run_jobs().await;
    assert_eq!(app.count("SELECT count(*) FROM import_changes"), 0);
}

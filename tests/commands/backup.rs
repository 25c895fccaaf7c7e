//! `orion backup` and `orion restore`: what comes back is what was there, and what is not whole does not come back.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use diesel::RunQueryDsl;
use diesel::connection::SimpleConnection;
use diesel::sql_types::BigInt;
use image::{DynamicImage, ImageFormat};
use orion_framework::db::migrate;
use orion_tests::{DataDir, Form, TestApp, TestDatabase, TestOptions, Told, fingerprint, orion, orion_with};
use orion_types::catalog::Product;
use serde_json::json;

const UNDER_WAY: [&str; 5] = ["jobs", "outbox_events", "idempotency_keys", "certificates", "catalog_changes"];

fn path(app: &TestApp, name: &str) -> PathBuf {
    app.data_dir().join(name)
}

/// Runs `orion` on the application's database and files.
fn run(app: &TestApp, arguments: &[&str]) -> Told {
    let data = app.data_dir().display().to_string();
    orion_with(app.services.db.url(), arguments, "", &[("ORION_DATA_DIR", &data)])
}

fn keep(app: &TestApp, arguments: &[&str], file: &Path) {
    let file = file.display().to_string();
    let kept = run(app, &[&["backup"], arguments, &[&file]].concat());
    assert!(kept.ok, "{kept:?}");
}

fn number(database: &TestDatabase, sql: &str) -> i64 {
    diesel::select(diesel::dsl::sql::<BigInt>(&format!("({sql})")))
        .get_result(&mut database.owner())
        .expect("a number")
}

/// A shop with an order, whose mail has left.
async fn sold(app: &TestApp) -> Product {
    let mug = app.sell("acme", "Mug", 1200, 9).await;
    app.buyer("acme", &[(mug.variants[0].id, 2)]).await.buy().await.is(201);
    app.run_jobs().await;
    mug
}

#[tokio::test]
async fn one_store_comes_back_and_no_other_is_touched() {
    let app = TestApp::start().await;
    let mug = sold(&app).await;
    let others = app.sell("globex", "Vase", 3400, 4).await;
    app.run_jobs().await;
    let url = app.services.db.url().to_owned();
    let file = path(&app, "acme.zip");
    keep(&app, &["--store", "acme"], &file);
    let before = fingerprint(&url);

    let owner = app.owner("acme").await;
    let variant = format!("/products/{}/variants/{}", mug.id, mug.variants[0].id);
    owner
        .with("if-match", "*")
        .patch(&variant, json!({ "price_minor": 1 }))
        .await
        .is(200);
    let shown = async || app.shop("acme").get("/products").await.is(200).json["data"][0]["price"]["amount_minor"].clone();
    app.sell("acme", "Plate", 900, 3).await;
    app.run_jobs().await;
    let file = file.display().to_string();
    let there = run(&app, &["restore", "--store", "acme", &file]);
    assert!(!there.ok && there.err.contains("--replace"), "{there:?}");
    let back = run(&app, &["restore", "--store", "acme", "--replace", &file]);
    assert!(back.ok, "{back:?}");

    // A server that runs shows no page that it remembers from before; the news takes its way through PostgreSQL.
    while shown().await != 1200 {
        tokio::task::yield_now().await;
    }
    let mut after = fingerprint(&url);
    for table in UNDER_WAY {
        // What was under way is left out, and signing in has left its own traces.
        after.remove(table);
    }
    for (table, print) in after {
        if !["audit_log", "stores", "user_sessions", "users"].contains(&table.as_str()) {
            assert_eq!(before.get(&table), Some(&print), "{table}");
        }
    }
    let log = app.admin().await.get("/audit?limit=100").await.is(200);
    let actions: Vec<&str> = log.json["data"]
        .as_array()
        .expect("a log")
        .iter()
        .filter_map(|entry| entry["action"].as_str())
        .collect();
    assert!(actions.contains(&"store.restored"), "{actions:?}");
    let plates = actions.iter().filter(|action| **action == "product.created").count();
    assert_eq!(plates, 3, "what was done since stays in the log: {actions:?}");
    let vase = app.owner("globex").await.get(&format!("/products/{}", others.id)).await.is(200);
    assert_eq!(vase.json["variants"][0]["price"]["amount_minor"], 3400);
    app.leave_jobs("the store came back without them");
}

#[tokio::test]
async fn a_store_moves_to_another_house_with_its_team() {
    let app = TestApp::start().await;
    sold(&app).await;
    let file = path(&app, "all.zip");
    keep(&app, &[], &file);
    let file = file.display().to_string();

    let house = TestDatabase::create();
    let platform = [
        "platform",
        "create",
        "--code",
        "other",
        "--name",
        "Other",
        "--domain",
        "other.example",
    ];
    assert!(orion(house.url(), &platform, "").ok);
    let gone = orion(house.url(), &["restore", "--store", "nobody", &file], "");
    assert!(!gone.ok && gone.err.contains("nobody"), "{gone:?}");
    let homeless = orion(house.url(), &["restore", "--store", "acme", &file], "");
    assert!(
        !homeless.ok && homeless.err.contains("--platform"),
        "its platform is not here: {homeless:?}"
    );
    assert!(!homeless.err.contains("foreign key"), "in our words: {homeless:?}");
    // Its owner has an account here already, under another id.
    let known = "INSERT INTO users (id, email, name, password_hash, created_at, updated_at) \
        VALUES ('0192f0c1-2345-7000-8000-000000000001', 'owner@acme.test', 'Ada', 'x', now(), now())";
    house.owner().batch_execute(known).expect("an account");
    let moved = orion(house.url(), &["restore", "--store", "acme", "--platform", "other", &file], "");
    assert!(moved.ok, "{moved:?}");

    let (here, there) = (fingerprint(app.services.db.url()), fingerprint(house.url()));
    let rows = |print: &BTreeMap<String, (i64, String)>, table: &str| print[table].0;
    assert_eq!((rows(&there, "stores"), rows(&there, "platforms")), (1, 1));
    assert_eq!(rows(&there, "orders"), rows(&here, "orders"));
    assert_eq!(there["products"], here["products"], "every product was acme's");
    assert_eq!(there["orders"], here["orders"]);
    let whose = "SELECT count(*) FROM stores s JOIN memberships m ON m.store_id = s.id AND m.user_id = s.owner_user_id \
        JOIN users u ON u.id = s.owner_user_id JOIN platforms p ON p.id = s.platform_id WHERE p.code = 'other' AND u.name = 'Ada'";
    assert_eq!(number(&house, whose), 1);
}

#[tokio::test]
async fn what_belongs_to_platforms_comes_back_with_everything() {
    let app = TestApp::start().await;
    diesel::sql_query(
        "INSERT INTO platform_sidebars (platform_id, entry_order, hidden, created_at, updated_at) \
         SELECT id, ARRAY['orders', code], '{customers}', now(), now() FROM platforms",
    )
    .execute(&mut app.owner_of_database())
    .expect("sidebars");
    let file = path(&app, "platforms.zip");
    keep(&app, &[], &file);
    let house = TestDatabase::create();
    let back = orion(house.url(), &["restore", &file.display().to_string()], "");
    assert!(back.ok, "{back:?}");
    let (here, there) = (fingerprint(app.services.db.url()), fingerprint(house.url()));
    assert_eq!(here["platform_sidebars"].0, 2, "one for each platform");
    assert_eq!(there["platform_sidebars"], here["platform_sidebars"]);
}

#[tokio::test]
async fn pictures_come_back_with_the_rows() {
    let options = TestOptions {
        variables: vec![("ORION_PICTURES_AVIF", "true".to_owned())],
        ..TestOptions::default()
    };
    let app = TestApp::start_with(options).await;
    let mug = sold(&app).await;
    let owner = app.owner("acme").await;
    let mut png = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(64, 80)
        .write_to(&mut png, ImageFormat::Png)
        .expect("a picture");
    let form = Form::file("mug.png", "image/png", png.get_ref());
    let made = owner.upload(&format!("/products/{}/images", mug.id), form).await.is(201);
    let id = made.json["data"][0]["id"].as_str().expect("an id").to_owned();
    app.tidy().await;
    app.run_jobs().await;
    let shown = async || app.shop("acme").at_root().get(&format!("/media/{id}/640.jpg")).await;
    let before = shown().await.is(200).body;
    let file = path(&app, "acme.zip");
    keep(&app, &["--store", "acme"], &file);
    let mode = std::fs::metadata(&file).expect("the archive").permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "hashes of passwords are for nobody else");
    let folder = app.data_dir().join("storage/stores").join(app.store_id("acme").await.to_string());
    let files = || -> BTreeMap<_, _> {
        let entries = std::fs::read_dir(folder.join("images").join(&id)).expect("a folder");
        entries
            .map(|entry| entry.expect("a file"))
            .map(|entry| (entry.file_name(), std::fs::read(entry.path()).expect("its content")))
            .collect()
    };
    let kept = files();
    assert_eq!(kept.len(), 12, "four widths of JPEG, WebP and AVIF");
    std::fs::remove_dir_all(&folder).expect("the pictures go");
    shown().await.refused(404, "framework.not_found");
    let back = run(&app, &["restore", "--store", "acme", "--replace", &file.display().to_string()]);
    assert!(back.ok, "{back:?}");
    assert_eq!(shown().await.is(200).body, before);
    assert!(files() == kept, "every file of it");
    app.leave_jobs("the store came back without them");
}

#[tokio::test]
async fn a_file_that_has_gone_is_named_and_the_others_are_kept() {
    let app = TestApp::start().await;
    let mug = sold(&app).await;
    let owner = app.owner("acme").await;
    let mut png = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(64, 80)
        .write_to(&mut png, ImageFormat::Png)
        .expect("a picture");
    let form = Form::file("mug.png", "image/png", png.get_ref());
    owner.upload(&format!("/products/{}/images", mug.id), form).await.is(201);
    app.run_jobs().await;
    // Listed and not there: what a file looks like that goes between the two.
    let folder = app.data_dir().join("storage/stores").join(app.store_id("acme").await.to_string());
    std::os::unix::fs::symlink("nowhere", folder.join("gone.jpg")).expect("a name");
    let file = path(&app, "all.zip");
    let told = run(&app, &["backup", &file.display().to_string()]);
    assert!(told.ok && told.err.contains("gone.jpg"), "{told:?}");
    let checked = run(&app, &["restore", "--check", &file.display().to_string()]);
    assert!(checked.ok && checked.out.contains("8 files"), "{checked:?}");
}

#[tokio::test]
async fn an_archive_with_one_wrong_byte_or_without_its_end_changes_nothing() {
    let app = TestApp::start().await;
    sold(&app).await;
    let file = path(&app, "all.zip");
    keep(&app, &[], &file);
    let whole = std::fs::read(&file).expect("the archive");
    let name = b"data/audit_log.jsonl";
    let begin = whole.windows(name.len()).position(|bytes| bytes == name).expect("the log's member");
    let middle = begin + name.len() + 100;
    let mut wrong = whole.clone();
    wrong[middle] ^= 1;
    let empty = TestDatabase::create();
    let before = fingerprint(empty.url());
    for (name, content) in [("wrong.zip", wrong.as_slice()), ("short.zip", &whole[..middle]), ("none.zip", &[])] {
        let damaged = path(&app, name);
        std::fs::write(&damaged, content).expect("a damaged archive");
        let damaged = damaged.display().to_string();
        for arguments in [vec!["restore", "--check", &damaged], vec!["restore", &damaged]] {
            let refused = orion(empty.url(), &arguments, "");
            assert!(!refused.ok && refused.err.starts_with("error: "), "{name}: {refused:?}");
        }
    }
    assert_eq!(fingerprint(empty.url()), before);
    let used = run(&app, &["restore", &file.display().to_string()]);
    assert!(!used.ok && used.err.contains("an empty one"), "{used:?}");
    let again = run(&app, &["backup", &file.display().to_string()]);
    assert!(!again.ok && again.err.contains("is there already"), "{again:?}");
}

#[tokio::test]
async fn a_backup_is_never_silently_without_something() {
    let nothing = TestDatabase::create();
    let folder = DataDir::create();
    let file = folder.path().join("shops.zip");
    let keep = |database: &TestDatabase| orion(database.url(), &["backup", &file.display().to_string()], "");
    let empty = keep(&nothing);
    assert!(!empty.ok && empty.err.contains("nothing to keep"), "{empty:?}");

    let app = TestApp::start().await;
    sold(&app).await;
    for (hidden, told) in [
        ("REVOKE SELECT ON payments FROM orion_app", "payments cannot be read"),
        (
            "GRANT SELECT ON payments TO orion_app; DROP POLICY store_scope ON products",
            "products cannot be read",
        ),
        (
            "CREATE POLICY store_scope ON products TO orion_app USING (store_id = current_store()); \
                CREATE POLICY sometimes ON carts AS RESTRICTIVE TO orion_app USING (status <> 'open')",
            "carts cannot be read",
        ),
    ] {
        app.owner_of_database().batch_execute(hidden).expect(hidden);
        let kept = run(&app, &["backup", &file.display().to_string()]);
        assert!(!kept.ok && kept.err.contains(told), "{hidden}: {kept:?}");
        let left = std::fs::read_dir(folder.path()).expect("the folder").count();
        assert_eq!(left, 0, "half a file is left");
    }
}

/// A store of the smallest kind, written past the program.
const BY_HAND: &str = "
    INSERT INTO platforms (id, code, name, domain, created_at, updated_at)
        VALUES ('0192f0c1-0000-7000-8000-000000000001', 'main', 'Main', 'shops.example', now(), now());
    INSERT INTO users (id, email, name, password_hash, created_at, updated_at)
        VALUES ('0192f0c1-0000-7000-8000-000000000002', 'ada@shops.example', 'Ada', 'x', now(), now());
    INSERT INTO stores (id, platform_id, code, subdomain, name, currency, owner_user_id, created_at, updated_at)
        VALUES ('0192f0c1-0000-7000-8000-000000000003', '0192f0c1-0000-7000-8000-000000000001', 'lamps', 'lamps', 'Lamps', 'EUR',
            '0192f0c1-0000-7000-8000-000000000002', now(), now());
    INSERT INTO product_categories (store_id, id, parent_id, slug, name, created_at, updated_at) VALUES
        ('0192f0c1-0000-7000-8000-000000000003', '0192f0c1-0000-7000-8000-000000000005', '0192f0c1-0000-7000-8000-000000000004', 'desk', 'Desk', now(), now()),
        ('0192f0c1-0000-7000-8000-000000000003', '0192f0c1-0000-7000-8000-000000000004', NULL, 'lamps', 'Lamps', now(), now())";

#[test]
fn what_an_older_program_has_kept_is_brought_up_to_date() {
    let folder = DataDir::create();
    let file = folder.path().join("old.zip").display().to_string();
    let all = migrate::all().expect("the migrations");
    let old = TestDatabase::bare();
    let version = |name: &str| name.split('_').next().unwrap_or_default().replace('-', "");
    migrate::run_up_to(old.url(), &version(&all[all.len() - 2])).expect("all but the last");
    old.owner().batch_execute(BY_HAND).expect("a store");
    let kept = orion(old.url(), &["backup", &file], "");
    assert!(kept.ok, "{kept:?}");
    assert_eq!(
        migrate::pending(old.url()).expect("the pending ones").len(),
        1,
        "a backup changes nothing"
    );

    let new = TestDatabase::bare();
    let back = orion(new.url(), &["restore", &file], "");
    assert!(back.ok, "{back:?}");
    assert_eq!(migrate::pending(new.url()).expect("the pending ones"), Vec::<String>::new());
    let (before, after) = (fingerprint(old.url()), fingerprint(new.url()));
    assert_eq!(after["product_categories"], before["product_categories"]);
    assert_eq!(after["stores"].0, 1);

    let newer = TestDatabase::create();
    let later = "INSERT INTO __diesel_schema_migrations (version) VALUES ('99990101000000')";
    newer.owner().batch_execute(later).expect("a later migration");
    let refused = orion(newer.url(), &["restore", &file], "");
    assert!(!refused.ok && refused.err.contains("it has to be a new one"), "{refused:?}");
}

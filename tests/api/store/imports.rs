//! `/api/v1/store/imports`

use std::io::{Read, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use orion_tests::{Answer, Client, Form, ServerProcess, TestApp};
use orion_types::import::{Import, ImportRowError};
use orion_types::status::ImportStatus;
use orion_types::{Page, VariantId};
use reqwest::Method;
use serde_json::json;

pub(super) const HEADER: &str =
    "Handle,Title,Vendor,Status,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Tracker,Variant Inventory Qty,Variant Price";

/// Two products, one of them with sizes.
pub(super) const GOOD: &str = "\
linen-shirt,Linen Shirt,Orion,active,Size,S,LS-S,shopify,3,49.90
linen-shirt,,,,,M,LS-M,shopify,0,49.90
linen-shirt,,,,,L,LS-L,shopify,7,54.90
clay-mug,\"Clay Mug, large\",Orion,active,Title,Default Title,CM-1,shopify,12,18.00
";

pub(super) fn file(rows: &str) -> Vec<u8> {
    format!("{HEADER}\n{rows}").into_bytes()
}

async fn start(owner: &Client, bytes: &[u8], dry_run: bool) -> Answer {
    owner
        .upload(
            &format!("/imports/products?dry_run={dry_run}"),
            Form::file("products.csv", "text/csv", bytes),
        )
        .await
}

/// Imports a file to its end.
pub(super) async fn import(app: &TestApp, owner: &Client, bytes: &[u8]) -> Import {
    let started: Import = start(owner, bytes, false).await.is(202).json();
    app.run_jobs().await;
    owner.get(&format!("/imports/{}", started.id)).await.is(200).json()
}

pub(super) async fn errors(owner: &Client, import: &Import) -> Vec<ImportRowError> {
    owner
        .get(&format!("/imports/{}/errors", import.id))
        .await
        .is(200)
        .json::<Page<ImportRowError>>()
        .data
}

pub(super) fn counts(import: &Import) -> (i32, i32, i32, i32) {
    (
        import.created_count,
        import.updated_count,
        import.unchanged_count,
        import.failed_count,
    )
}

#[tokio::test]
async fn a_file_may_come_alone() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let send = async |path: &str, bytes: Vec<u8>| owner.send_bytes(Method::POST, path, "application/octet-stream", bytes).await;
    let started: Import = send("/imports/products?file_name=spring.csv", file(GOOD)).await.is(202).json();
    app.run_jobs().await;
    let done: Import = owner.get(&format!("/imports/{}", started.id)).await.is(200).json();
    assert_eq!((done.file_name.as_str(), counts(&done)), ("spring.csv", (2, 0, 0, 0)));
    // Without a name it has one all the same.
    let named: Import = send("/imports/products", file(GOOD)).await.is(202).json();
    assert_eq!(named.file_name, "products.csv");
    owner
        .send_bytes(Method::POST, "/imports/products", "text/plain", file(GOOD))
        .await
        .refused(415, "framework.unsupported_media_type");
    app.run_jobs().await;
}

#[tokio::test]
async fn a_good_file_makes_products_that_can_be_bought() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let done = import(&app, &owner, &file(GOOD)).await;
    assert_eq!((done.status, counts(&done)), (ImportStatus::Completed, (2, 0, 0, 0)), "{done:?}");
    let shirt = app.shop("acme").get("/products/linen-shirt").await.is(200);
    assert_eq!(shirt.json["options"], json!([{ "name": "Size", "values": ["S", "M", "L"] }]));
    let prices: Vec<i64> = shirt.json["variants"]
        .as_array()
        .unwrap()
        .iter()
        .map(|variant| variant["price"]["amount_minor"].as_i64().unwrap())
        .collect();
    assert_eq!(prices, [4990, 4990, 5490]);
    let mug = app.shop("acme").get("/products/clay-mug").await.is(200);
    assert_eq!((&mug.json["title"], &mug.json["options"]), (&json!("Clay Mug, large"), &json!([])));
    let small: VariantId = shirt.json["variants"][0]["id"].as_str().unwrap().parse().unwrap();
    let buyer = app.buyer("acme", &[(small, 3)]).await;
    buyer.buy().await.is(201);
    app.run_jobs().await;
}

#[tokio::test]
async fn the_same_file_again_changes_nothing_and_a_changed_one_only_that() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    import(&app, &owner, &file(GOOD)).await;
    let versions = || app.text("SELECT string_agg(slug || version, ',' ORDER BY slug) FROM products");
    let before = versions();
    assert_eq!(counts(&import(&app, &owner, &file(GOOD)).await), (0, 0, 2, 0));
    assert_eq!(versions(), before);
    let dearer = GOOD.replace("18.00", "19.00");
    assert_eq!(counts(&import(&app, &owner, &file(&dearer)).await), (0, 1, 1, 0));
}

#[tokio::test]
async fn a_dry_run_reports_and_writes_nothing() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let started: Import = start(&owner, &file(GOOD), true).await.is(202).json();
    app.run_jobs().await;
    let done: Import = owner.get(&format!("/imports/{}", started.id)).await.is(200).json();
    assert_eq!(
        (done.dry_run, done.status, counts(&done)),
        (true, ImportStatus::Completed, (2, 0, 0, 0))
    );
    assert_eq!(app.count("SELECT count(*) FROM products"), 0);
    assert_eq!(app.count("SELECT count(*) FROM inventory_levels"), 0);
}

#[tokio::test]
async fn a_bad_price_is_reported_with_product_column_and_value_and_the_others_are_taken() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let rows = format!("{GOOD}bad-price,Bad Price,Orion,active,Title,Default Title,BP-1,shopify,1,abc\n");
    let done = import(&app, &owner, &file(&rows)).await;
    assert_eq!((done.status, counts(&done)), (ImportStatus::Completed, (2, 0, 0, 1)), "{done:?}");
    let found = errors(&owner, &done).await;
    let told: Vec<(i32, &str, &str, &str, &str)> = found
        .iter()
        .map(|line| {
            (
                line.line,
                line.severity.as_str(),
                line.product.as_str(),
                line.column.as_str(),
                line.value.as_str(),
            )
        })
        .collect();
    assert_eq!(told, [(6, "error", "bad-price", "Variant Price", "abc")]);
    assert_eq!(app.count("SELECT count(*) FROM products WHERE slug LIKE 'bad-%'"), 0);
}

#[tokio::test]
async fn a_file_with_a_wrong_header_fails_in_one_sentence() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    for bytes in [
        &b"name,cost\nMug,12\n"[..],
        b"",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"{\"products\": []}",
    ] {
        let started: Import = start(&owner, bytes, false).await.is(202).json();
        app.attempt_jobs().await;
        let done: Import = owner.get(&format!("/imports/{}", started.id)).await.is(200).json();
        assert_eq!(done.status, ImportStatus::Failed, "{done:?}");
        assert!(
            done.failure
                .as_deref()
                .is_some_and(|sentence| !sentence.is_empty() && !sentence.contains('\n')),
            "{done:?}"
        );
    }
    assert_eq!(app.count("SELECT count(*) FROM products"), 0);
}

#[tokio::test]
async fn spreadsheets_of_all_countries_are_read() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let row = |handle: &str| format!("{handle},Café à la crème,Müller,active,Title,Default Title,{handle},shopify,1,5.00\n");
    let with_mark = [&b"\xef\xbb\xbf"[..], &file(&row("bom"))].concat();
    let latin: Vec<u8> = String::from_utf8(file(&row("latin")))
        .unwrap()
        .chars()
        .map(|letter| letter as u8)
        .collect();
    let semicolons = String::from_utf8(file(&row("semicolon"))).unwrap().replace(',', ";").into_bytes();
    let wide: Vec<u8> = [0xfffe_u16]
        .into_iter()
        .map(|_| 0xfeff)
        .chain(String::from_utf8(file(&row("wide"))).unwrap().encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let returns = String::from_utf8(file(&row("returns"))).unwrap().replace('\n', "\r\n").into_bytes();
    for (handle, bytes) in [
        ("bom", with_mark),
        ("latin", latin),
        ("semicolon", semicolons),
        ("wide", wide),
        ("returns", returns),
    ] {
        let done = import(&app, &owner, &bytes).await;
        assert_eq!(
            (done.status, counts(&done)),
            (ImportStatus::Completed, (1, 0, 0, 0)),
            "{handle}: {done:?} {:?}",
            errors(&owner, &done).await
        );
        let page = app.shop("acme").get(&format!("/products/{handle}")).await.is(200);
        assert_eq!(
            (&page.json["title"], &page.json["vendor"]),
            (&json!("Café à la crème"), &json!("Müller")),
            "{handle}"
        );
    }
}

#[tokio::test]
async fn a_file_of_fifty_megabytes_is_refused_and_leaves_nothing() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let mut bytes = file(GOOD);
    bytes.resize(50 << 20, b'\n');
    start(&owner, &bytes, false).await.refused(413, "framework.too_large");
    assert_eq!(app.count("SELECT count(*) FROM imports"), 0);
    assert_eq!(files_below(app.data_dir()), 0, "parts of the file were left behind");
}

fn files_below(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| if entry.path().is_dir() { files_below(&entry.path()) } else { 1 })
        .sum()
}

#[tokio::test]
async fn an_import_that_waits_can_be_stopped_once() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let started: Import = start(&owner, &file(GOOD), false).await.is(202).json();
    let stopped: Import = owner
        .post(&format!("/imports/{}/cancel", started.id), json!({}))
        .await
        .is(200)
        .json();
    assert_eq!(stopped.status, ImportStatus::Cancelled);
    owner
        .post(&format!("/imports/{}/cancel", started.id), json!({}))
        .await
        .refused(409, "catalog.import_finished");
    app.run_jobs().await;
    assert_eq!(app.count("SELECT count(*) FROM products"), 0);
}

#[tokio::test]
async fn an_import_whose_job_the_administration_calls_off_has_ended() {
    let app = TestApp::start().await;
    let (owner, admin) = (app.owner("acme").await, app.admin().await);
    let started: Import = start(&owner, &file(GOOD), false).await.is(202).json();
    let jobs = admin.get("/jobs?kind=catalog.import_products&store=acme").await.is(200);
    let job = jobs.json["data"][0]["id"].as_str().expect("its job").to_owned();
    admin.post(&format!("/jobs/{job}/cancel"), json!({})).await.is(200);
    app.run_jobs().await;
    let ended: Import = owner.get(&format!("/imports/{}", started.id)).await.is(200).json();
    assert_eq!(ended.status, ImportStatus::Cancelled);
    assert!(ended.finished_at.is_some());
    assert_eq!(app.count("SELECT count(*) FROM products"), 0);
    assert_eq!(app.count("SELECT count(*) FROM audit_log WHERE action = 'import.cancelled'"), 1);
    assert_eq!(files_below(&app.data_dir().join("storage")), 0, "the file is left behind");
}

#[tokio::test]
async fn the_job_of_an_import_says_how_far_it_has_come() {
    let app = TestApp::start().await;
    let (owner, admin) = (app.owner("acme").await, app.admin().await);
    let mine = "/jobs?kind=catalog.import_products";
    start(&owner, &file(GOOD), false).await.is(202);
    assert!(admin.get(mine).await.is(200).json["data"][0].get("progress").is_none());
    app.run_jobs().await;
    let job = admin.get(mine).await.is(200).json["data"][0].clone();
    assert_eq!(
        (&job["status"], &job["progress"]),
        (&json!("done"), &json!({ "done": 4, "total": 4 }))
    );
}

#[tokio::test]
#[cfg_attr(not(real_export), ignore = "the file of a real export is not here; ORION_TEST_EXPORT names one")]
async fn a_real_export_ends_with_every_product_and_variant_on_sale() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(env!("ORION_TEST_EXPORT"));
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let started: Import = start(&owner, &bytes, false).await.is(202).json();
    // Its pictures are on the internet, which may not be there.
    app.attempt_jobs().await;
    app.leave_jobs("pictures are fetched again later");
    let done: Import = owner.get(&format!("/imports/{}", started.id)).await.is(200).json();
    assert_eq!(
        (done.status, done.failed_count),
        (ImportStatus::Completed, 0),
        "{:?}",
        errors(&owner, &done).await
    );
    assert!(done.created_count > 10, "{done:?}");
    let mut page = app.shop("acme").get("/products?limit=100").await.is(200);
    let slugs: Vec<String> = page.json["data"]
        .as_array_mut()
        .unwrap()
        .iter()
        .map(|card| card["slug"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(i32::try_from(slugs.len()).unwrap(), done.created_count);
    for slug in slugs {
        let product = app.shop("acme").get(&format!("/products/{slug}")).await.is(200);
        for variant in product.json["variants"].as_array().unwrap() {
            if variant["available"] == true {
                app.shop("acme")
                    .post("/cart/items", json!({ "variant_id": variant["id"], "quantity": 1 }))
                    .await
                    .is(200);
            } else {
                assert_eq!(
                    app.count(&format!(
                        "SELECT on_hand FROM inventory_levels WHERE variant_id = '{}'",
                        variant["id"].as_str().unwrap()
                    )),
                    0,
                    "{slug}"
                );
            }
        }
    }
}

/// Answers one request after the other on loopback, whatever it asks for.
fn picture_server(answers: Vec<Vec<u8>>) -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("its address").port();
    std::thread::spawn(move || {
        for answer in answers {
            let Ok((mut stream, _)) = listener.accept() else { return };
            let mut head = [0; 4096];
            let _asked = stream.read(&mut head);
            let _gone_already = stream.write_all(&answer);
        }
    });
    port
}

fn missing() -> Vec<u8> {
    b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_vec()
}

fn picture() -> Vec<u8> {
    let mut png = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(40, 50, image::Rgb([200, 120, 60]))
        .write_to(&mut png, image::ImageFormat::Png)
        .expect("a picture");
    let png = png.into_inner();
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: image/png\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        png.len()
    );
    [head.into_bytes(), png].concat()
}

#[tokio::test]
async fn a_picture_that_cannot_be_fetched_is_in_the_report_and_can_be_tried_again() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let port = picture_server(vec![missing(), picture()]);
    let rows = format!(
        "{HEADER},Image Src\nclay-mug,Clay Mug,Orion,active,Title,Default Title,CM-1,shopify,12,18.00,http://127.0.0.1:{port}/mug.png\n"
    );
    let done = import(&app, &owner, rows.as_bytes()).await;
    assert_eq!((done.status, counts(&done)), (ImportStatus::Completed, (1, 0, 0, 0)), "{done:?}");
    assert_eq!((done.images.failed, done.images.pending), (1, 0), "{done:?}");
    let failures = owner.get(&format!("/imports/{}/images", done.id)).await.is(200);
    assert_eq!(
        failures.json["data"][0]["detail"],
        "The server answered 404 Not Found.",
        "{}",
        failures.text()
    );
    // The product is on sale all the same.
    let shown = app.shop("acme").get("/products/clay-mug").await.is(200);
    assert_eq!(shown.json["images"], json!([]));

    let again: Import = owner
        .post(&format!("/imports/{}/retry-images", done.id), json!({}))
        .await
        .is(200)
        .json();
    assert_eq!((again.images.failed, again.images.pending), (0, 1), "{again:?}");
    app.run_jobs().await;
    let after: Import = owner.get(&format!("/imports/{}", done.id)).await.is(200).json();
    assert_eq!((after.images.failed, after.images.pending), (0, 0), "{after:?}");
    let shown = app.shop("acme").get("/products/clay-mug").await.is(200);
    assert_eq!(
        (&shown.json["images"][0]["width"], &shown.json["images"][0]["height"]),
        (&json!(40), &json!(50))
    );
}

/// Products of the file whose import is interrupted: more than its server writes before it is looked at.
pub(super) const MANY: usize = 1_200;

/// Lets a server of its own begin the import that waits, and kills it; its job is free for others at once.
pub(super) async fn kill_on_the_way(app: &TestApp) {
    let folder = app.data_dir().display().to_string();
    let settings = [("ORION_WORKER_ENABLED", "true"), ("ORION_DATA_DIR", folder.as_str())];
    let mut process = ServerProcess::start(app.services.db.url(), &settings).await;
    let began = Instant::now();
    while app.count("SELECT processed_rows FROM imports") == 0 {
        assert!(began.elapsed() < Duration::from_secs(30), "the import never began");
        tokio::task::yield_now().await;
    }
    process.kill();
    // Nobody else may take the job before its lease has run out.
    let expire = "UPDATE jobs SET lease_until = now() - interval '1 second' WHERE status = 'running'";
    diesel::RunQueryDsl::execute(diesel::sql_query(expire), &mut app.owner_of_database()).expect("the lease runs out");
}

#[tokio::test]
async fn an_import_whose_server_was_killed_goes_on_where_it_was() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let rows: String = (0..MANY)
        .map(|number| format!("mug-{number},Mug {number},Orion,active,Title,Default Title,M-{number},shopify,1,18.00\n"))
        .collect();
    let started: Import = start(&owner, &file(&rows), false).await.is(202).json();
    kill_on_the_way(&app).await;
    let written = app.count("SELECT count(*) FROM products");
    assert!(
        written > 0 && written < i64::try_from(MANY).expect("a number"),
        "{written} products were written"
    );
    app.run_jobs().await;
    let done: Import = owner.get(&format!("/imports/{}", started.id)).await.is(200).json();
    let all = i32::try_from(MANY).expect("a number");
    assert_eq!(
        (done.status, counts(&done), done.processed_rows),
        (ImportStatus::Completed, (all, 0, 0, 0), all),
        "{done:?}"
    );
    assert_eq!(app.count("SELECT count(*) FROM products"), i64::from(all));
}

//! AVIF files of pictures, made by a job unless `ORION_PICTURES_AVIF` says otherwise.

use std::io::Cursor;
use std::path::PathBuf;

use chrono::{DateTime, TimeDelta};
use diesel::connection::SimpleConnection;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use orion_framework::clock::Clock;
use orion_tests::{Form, TestApp, TestOptions};

/// What a browser of today asks for.
const BROWSER: &str = "image/avif,image/webp,image/apng,*/*;q=0.8";

const FOR_A_YEAR: Option<&str> = Some("public, max-age=31536000, immutable");

fn png(picture: RgbImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture)
        .write_to(&mut bytes, ImageFormat::Png)
        .expect("a picture");
    bytes.into_inner()
}

/// Something to see, as in a photograph: a light thing before a soft ground, with its shadow. Small, since tests wait for what gives way.
fn busy() -> Vec<u8> {
    png(RgbImage::from_fn(160, 200, |x, y| {
        let (x, y) = (f64::from(x), f64::from(y));
        let ground = 90.0 + y * 0.4 + (x / 23.0).sin() * 12.0;
        let shadow = 50.0 * (-((x - 100.0).powi(2) / 2250.0 + (y - 165.0).powi(2) / 225.0)).exp();
        let inside = (x - 80.0).hypot((y - 100.0) * 0.8) < 47.0;
        let light = if inside {
            200.0 - (x - 65.0).hypot(y - 75.0) * 1.2
        } else {
            ground - shadow
        };
        let grain = (x * 0.9 + y * 0.3).sin() * (y * 0.8 - x * 0.2).cos() * 14.0;
        Rgb([light, light * 0.9, light * 0.7].map(|channel| (channel + grain) as u8))
    }))
}

/// So little that the frame of an AVIF file is larger than all of its WebP.
fn plain() -> Vec<u8> {
    png(RgbImage::from_pixel(64, 80, Rgb([200, 60, 90])))
}

async fn app(clock: &Clock, setting: &str) -> TestApp {
    TestApp::start_with(TestOptions {
        clock: clock.clone(),
        variables: vec![("ORION_PICTURES_AVIF", setting.to_owned())],
        ..TestOptions::default()
    })
    .await
}

fn clock() -> Clock {
    Clock::fixed(DateTime::from_timestamp(1_800_000_000, 0).expect("a time"))
}

async fn upload(app: &TestApp, bytes: &[u8]) -> (String, String) {
    upload_to(app, "acme", bytes).await
}

/// Gives a new product a picture; the path of the product's pictures and the id of this one.
async fn upload_to(app: &TestApp, store: &str, bytes: &[u8]) -> (String, String) {
    let product = app.sell(store, "Mug", 1200, 1).await;
    let path = format!("/products/{}/images", product.id);
    let owner = app.owner(store).await;
    let made = owner.upload(&path, Form::file("mug.png", "image/png", bytes)).await.is(201);
    (path, made.json["data"][0]["id"].as_str().expect("an id").to_owned())
}

async fn folder(app: &TestApp, image: &str) -> PathBuf {
    let store = app.store_id("acme").await.to_string();
    app.data_dir().join("storage/stores").join(store).join("images").join(image)
}

#[tokio::test]
async fn a_picture_is_seen_at_once_and_becomes_smaller_when_nobody_waits() {
    let app = app(&clock(), "true").await;
    let ((_, busy), (_, plain)) = (upload(&app, &busy()).await, upload(&app, &plain()).await);
    let (busy, plain) = (format!("/media/{busy}/640.jpg"), format!("/media/{plain}/640.jpg"));
    let shop = app.shop("acme").at_root();
    let browser = shop.with("accept", BROWSER);
    app.run_jobs().await;
    let first = browser.get(&busy).await.is(200);
    assert_eq!(
        (first.header("content-type"), first.header("cache-control")),
        (Some("image/webp"), Some("public, max-age=3600")),
        "nothing waits for AVIF, and no cache keeps what will be smaller"
    );
    app.tidy().await;
    app.run_jobs().await;
    // Who has the WebP asks whether it is still the one, and it is not.
    let known = first.header("etag").expect("a tag").to_owned();
    let second = browser.with("if-none-match", &known).get(&busy).await.is(200);
    assert_eq!(
        (second.header("content-type"), second.header("vary"), second.header("cache-control")),
        (Some("image/avif"), Some("accept"), FOR_A_YEAR)
    );
    assert_eq!(&second.body[4..12], b"ftypavif");
    let (large, small) = (first.body.len(), second.body.len());
    assert!(small < large, "{large} bytes became {small}");
    let known = second.header("etag").expect("a tag").to_owned();
    let third = browser.with("if-none-match", &known).get(&busy).await.is(304);
    assert_eq!(
        (third.header("etag"), third.header("vary"), third.header("cache-control")),
        (Some(known.as_str()), Some("accept"), FOR_A_YEAR)
    );
    // Browsers that read less get what they read, as before.
    let older = shop.with("accept", "image/webp,*/*").get(&busy).await.is(200);
    assert_eq!(
        (older.header("content-type"), older.header("etag"), &older.body),
        (Some("image/webp"), first.header("etag"), &first.body)
    );
    assert_eq!(older.header("cache-control"), FOR_A_YEAR);
    let oldest = shop.get(&busy).await.is(200);
    assert_eq!(
        (oldest.header("content-type"), oldest.header("cache-control")),
        (Some("image/jpeg"), FOR_A_YEAR)
    );
    // One that would not be smaller stays what it was.
    let same = browser.get(&plain).await.is(200);
    assert_eq!(
        (same.header("content-type"), same.header("cache-control")),
        (Some("image/webp"), FOR_A_YEAR)
    );
}

#[tokio::test]
async fn no_picture_is_coded_twice_and_none_is_left_out() {
    let app = app(&clock(), "true").await;
    let (_, plain) = upload(&app, &plain()).await;
    // More than a job takes at once; their files are gone, as after a restore without them.
    let many = "INSERT INTO product_images (store_id, id, product_id, status, width, height, created_at, updated_at) \
        SELECT store_id, gen_random_uuid(), product_id, 'ready', width, height, now(), now() FROM product_images, generate_series(1, 20)";
    app.owner_of_database().batch_execute(many).expect("the pictures");
    let missing = "SELECT count(*) FROM product_images WHERE avif_at IS NULL";
    let jobs = "SELECT count(*) FROM jobs WHERE kind = 'catalog.make_avif'";
    assert_eq!(app.count(missing), 21);
    app.tidy().await;
    app.tidy().await;
    assert_eq!(app.count(jobs), 1, "one job for all of a store");
    app.run_jobs().await;
    assert_eq!(app.count(missing), 0);
    let (ran, file) = (app.count(jobs), folder(&app, &plain).await.join("640.avif"));
    assert!(ran > 1, "a job goes on in another one");
    let made = std::fs::metadata(&file).expect("a note that it would not be smaller");
    assert_eq!(made.len(), 0);
    app.tidy().await;
    app.run_jobs().await;
    assert_eq!(app.count(jobs), ran, "nothing is missing, though nothing was kept");
    // A new one is found by itself.
    upload(&app, &busy()).await;
    app.tidy().await;
    app.run_jobs().await;
    assert_eq!((app.count(missing), app.count(jobs)), (0, ran + 1));
    let again = std::fs::metadata(&file).expect("it is still there");
    assert_eq!(again.modified().expect("a time"), made.modified().expect("a time"));
}

#[tokio::test]
async fn a_job_looks_after_its_own_store_alone() {
    let app = app(&clock(), "true").await;
    upload_to(&app, "acme", &plain()).await;
    upload_to(&app, "globex", &plain()).await;
    app.tidy().await;
    let missing = "SELECT string_agg(code, ', ' ORDER BY code) FROM stores \
        WHERE id IN (SELECT store_id FROM product_images WHERE avif_at IS NULL)";
    let queued = "SELECT string_agg(s.code, ', ' ORDER BY s.code) FROM jobs j JOIN stores s ON s.id = j.store_id \
        WHERE j.kind = 'catalog.make_avif' AND j.status = 'queued'";
    assert_eq!(
        (app.text(missing), app.text(queued)),
        ("acme, globex".to_owned(), "acme, globex".to_owned())
    );
    let forgotten = "DELETE FROM jobs WHERE kind = 'catalog.make_avif' AND store_id = (SELECT id FROM stores WHERE code = 'globex')";
    app.owner_of_database().batch_execute(forgotten).expect("its job goes");
    app.run_jobs().await;
    assert_eq!(app.text(missing), "globex");
}

#[tokio::test]
async fn avif_files_go_with_their_picture() {
    let clock = clock();
    let app = app(&clock, "true").await;
    let (path, image) = upload(&app, &busy()).await;
    app.tidy().await;
    app.run_jobs().await;
    let folder = folder(&app, &image).await;
    let files = || -> usize {
        let Ok(entries) = std::fs::read_dir(&folder) else { return 0 };
        entries.count()
    };
    assert_eq!(files(), 12, "four widths of JPEG, WebP and AVIF");
    app.owner("acme").await.delete(&format!("{path}/{image}")).await.is(204);
    clock.advance(TimeDelta::days(30));
    app.run_jobs().await;
    assert_eq!(files(), 0);
    let browser = app.shop("acme").at_root().with("accept", BROWSER);
    browser.get(&format!("/media/{image}/320.jpg")).await.is(404);
}

#[tokio::test]
async fn without_the_setting_none_is_made_or_sent() {
    let app = app(&clock(), "false").await;
    let (_, image) = upload(&app, &busy()).await;
    let path = format!("/media/{image}/640.jpg");
    let browser = app.shop("acme").at_root().with("accept", BROWSER);
    app.tidy().await;
    app.run_jobs().await;
    assert_eq!(app.count("SELECT count(*) FROM jobs WHERE kind = 'catalog.make_avif'"), 0);
    let shown = browser.get(&path).await.is(200);
    assert_eq!(
        (shown.header("content-type"), shown.header("cache-control")),
        (Some("image/webp"), FOR_A_YEAR)
    );
    // Nor one that was made while it was on.
    std::fs::write(folder(&app, &image).await.join("640.avif"), b"x").expect("a file");
    let shown = browser.get(&path).await.is(200);
    assert_eq!(shown.header("content-type"), Some("image/webp"));
}

//! `/api/v1/store/products/{id}/images` and `/media`

use std::io::Cursor;

use chrono::{DateTime, TimeDelta};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use orion_framework::clock::Clock;
use orion_tests::{Form, TestApp, TestOptions};
use reqwest::Method;
use serde_json::json;

fn picture(format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let pixels = RgbImage::from_fn(64, 80, |x, y| Rgb([(x * 4) as u8, (y * 3) as u8, 90]));
    DynamicImage::ImageRgb8(pixels).write_to(&mut bytes, format).expect("a picture");
    bytes.into_inner()
}

#[tokio::test]
async fn a_picture_is_kept_and_shown_in_its_widths() {
    let app = TestApp::start().await;
    let product = app.sell("acme", "Mug", 1200, 1).await;
    let owner = app.owner("acme").await;
    let path = format!("/products/{}/images", product.id);
    let form = Form::file("mug.png", "image/png", &picture(ImageFormat::Png)).and_text("alt", "A mug");
    let made = owner.upload(&path, form).await.is(201);
    let image = &made.json["data"][0];
    assert_eq!(
        (&image["alt"], &image["status"], &image["width"]),
        (&json!("A mug"), &json!("ready"), &json!(64))
    );
    let id = image["id"].as_str().expect("an id");
    let shown = app.shop("acme").at_root().get(&format!("/media/{id}/640.jpg")).await.is(200);
    assert_eq!(shown.header("content-type"), Some("image/jpeg"));
    image::load_from_memory(&shown.body).expect("a picture");
    // Nobody else's shop shows it.
    app.shop("globex")
        .at_root()
        .get(&format!("/media/{id}/640.jpg"))
        .await
        .refused(404, "framework.not_found");
    owner.delete(&format!("{path}/{id}")).await.is(204);
    // The file stays for the orders that show it.
    assert_eq!(
        app.shop("acme").get(&format!("/products/{}", product.slug)).await.is(200).json["images"],
        json!([])
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn a_picture_may_come_alone() {
    let app = TestApp::start().await;
    let product = app.sell("acme", "Mug", 1200, 1).await;
    let owner = app.owner("acme").await;
    let path = format!("/products/{}/images", product.id);
    let variant = &product.variants[0].id;
    let send = async |query: &str, bytes: Vec<u8>| {
        let path = format!("{path}?{query}");
        owner.send_bytes(Method::POST, &path, "application/octet-stream", bytes).await
    };
    let told = format!("alt=A%20mug&variant_id={variant}");
    let made = send(&told, picture(ImageFormat::Png)).await.is(201);
    let image = &made.json["data"][0];
    assert_eq!((&image["alt"], &image["variant_id"]), (&json!("A mug"), &json!(variant)));
    // What is no picture, nothing at all and what names no variant are refused as in a form.
    send("", b"no picture".to_vec()).await.refused(422, "catalog.image_unsupported");
    send("", Vec::new()).await.refused(422, "catalog.image_unsupported");
    send("variant_id=7", picture(ImageFormat::Png))
        .await
        .refused(422, "framework.invalid")
        .at("/variant_id");
    app.run_jobs().await;
}

#[tokio::test]
async fn a_category_is_shown_with_the_picture_of_its_first_product_that_has_one() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let mugs = owner.post("/categories", json!({ "name": "Mugs" })).await.is(201);
    let mut pictures = Vec::new();
    for title in ["Bare Mug", "Blue Mug", "Red Mug"] {
        let mut body = orion_tests::product(title, 1200, 1);
        body["category_ids"] = json!([mugs.json["id"]]);
        let made = owner.post("/products", body).await.is(201);
        let path = format!("/products/{}", made.json["id"].as_str().expect("an id"));
        if title != "Bare Mug" {
            let form = Form::file("mug.png", "image/png", &picture(ImageFormat::Png));
            let kept = owner.upload(&format!("{path}/images"), form).await.is(201);
            pictures.push(kept.json["data"][0]["id"].clone());
        }
        owner.post(&format!("{path}/publish"), json!({})).await.is(200);
    }
    let shop = app.shop("acme").get("/store").await.is(200);
    assert_eq!(shop.json["categories"][0]["image_id"], pictures[0]);
    app.run_jobs().await;
}

#[tokio::test]
async fn what_is_no_picture_is_refused_whatever_it_calls_itself() {
    let app = TestApp::start().await;
    let product = app.sell("acme", "Mug", 1200, 1).await;
    let owner = app.owner("acme").await;
    let path = format!("/products/{}/images", product.id);
    let cut = &picture(ImageFormat::Jpeg)[..200];
    let junk: [(&str, &str, &[u8]); 4] = [
        ("mug.jpg", "image/jpeg", b"this is no picture"),
        (
            "mug.svg",
            "image/svg+xml",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        ),
        ("mug.jpg", "image/jpeg", cut),
        ("empty.png", "image/png", b""),
    ];
    for (name, content_type, bytes) in junk {
        owner
            .upload(&path, Form::file(name, content_type, bytes))
            .await
            .refused(422, "catalog.image_unsupported");
    }
    owner
        .upload(&path, Form::default().and_text("alt", "nothing"))
        .await
        .refused(422, "framework.invalid")
        .at("/file");
    owner.post(&path, json!({})).await.refused(415, "framework.unsupported_media_type");
    assert_eq!(app.count("SELECT count(*) FROM product_images"), 0);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_picture_belongs_to_a_product_of_its_own_store() {
    let app = TestApp::start().await;
    let foreign = app.sell("globex", "Mug", 1200, 1).await;
    let owner = app.owner("acme").await;
    let form = Form::file("mug.png", "image/png", &picture(ImageFormat::Png));
    owner
        .upload(&format!("/products/{}/images", foreign.id), form)
        .await
        .refused(404, "framework.not_found");
    assert_eq!(app.count("SELECT count(*) FROM product_images"), 0);
    app.run_jobs().await;
}

#[tokio::test]
async fn files_that_nothing_shows_are_gone_after_a_month_and_those_of_an_order_stay() {
    let clock = Clock::fixed(DateTime::from_timestamp(1_800_000_000, 0).expect("a time"));
    let options = TestOptions {
        clock: clock.clone(),
        ..TestOptions::default()
    };
    let app = TestApp::start_with(options).await;
    let owner = app.owner("acme").await;
    let upload = async |title: &str| {
        let product = app.sell("acme", title, 1200, 5).await;
        let path = format!("/products/{}/images", product.id);
        let form = Form::file("mug.png", "image/png", &picture(ImageFormat::Png));
        let made = owner.upload(&path, form).await.is(201);
        let id = made.json["data"][0]["id"].as_str().expect("an id").to_owned();
        (product, id)
    };
    let (mug, removed) = upload("Mug").await;
    let (bowl, of_deleted) = upload("Bowl").await;
    let (jug, sold) = upload("Jug").await;
    let (_, kept) = upload("Pot").await;
    app.buyer("acme", &[(jug.variants[0].id, 1)]).await.buy().await.is(201);
    owner.delete(&format!("/products/{}/images/{removed}", mug.id)).await.is(204);
    owner.delete(&format!("/products/{}", bowl.id)).await.is(204);
    owner.delete(&format!("/products/{}/images/{sold}", jug.id)).await.is(204);
    let shown = async |id: &str| app.shop("acme").at_root().get(&format!("/media/{id}/640.jpg")).await.status;
    clock.advance(TimeDelta::days(29));
    app.run_jobs().await;
    assert_eq!(
        (shown(&removed).await, shown(&of_deleted).await),
        (200, 200),
        "a page in a cache still asks"
    );
    clock.advance(TimeDelta::days(1));
    app.run_jobs().await;
    assert_eq!((shown(&removed).await, shown(&of_deleted).await), (404, 404));
    assert_eq!((shown(&sold).await, shown(&kept).await), (200, 200));
}

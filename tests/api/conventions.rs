//! What holds for every operation: bodies, query strings, changes, versions, codings.

use std::io::Write;

use orion_tests::{Form, TestApp, product, saved_product};
use orion_types::catalog::{Product, ProductListing};
use reqwest::Method;
use serde_json::{Value, json};

/// The places that a problem names, with their codes.
fn named(problem: &Value, place: &str) -> Vec<(String, String)> {
    let errors = problem["errors"].as_array().into_iter().flatten();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    errors.map(|error| (text(&error[place]), text(&error["code"]))).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected
        .iter()
        .map(|(place, code)| ((*place).to_owned(), (*code).to_owned()))
        .collect()
}

#[tokio::test]
async fn an_array_is_not_taken_for_an_object() {
    let app = TestApp::start().await;
    let variant = app.sell_one("acme", "Mug", 1_000, 5).await;
    let shop = app.shop("acme");
    shop.post("/cart/items", json!([variant, 1]))
        .await
        .refused(422, "framework.invalid");
    shop.post("/cart/items", json!({ "variant_id": variant, "quantity": 1 }))
        .await
        .is(200);
    let owner = app.owner("acme").await;
    let nested = json!({ "title": "Cup", "variants": [[null, [], "", "", 100]] });
    owner
        .post("/products", nested)
        .await
        .refused(422, "framework.invalid")
        .at("/variants/0");
    app.run_jobs().await;
}

#[tokio::test]
async fn query_parameters_are_named_as_such_and_all_at_once() {
    let app = TestApp::start().await;
    let answer = app.shop("acme").get("/products?limit=abc&available=yes&nothing=1").await;
    let answer = answer.refused(400, "framework.bad_query");
    let expected = [
        ("limit", "invalid_type"),
        ("available", "invalid_type"),
        ("nothing", "unknown_parameter"),
    ];
    assert_eq!(named(&answer.json, "parameter"), pairs(&expected));
    let answer = app
        .shop("acme")
        .get("/products?sort=upwards")
        .await
        .refused(400, "framework.bad_query");
    assert_eq!(named(&answer.json, "parameter"), pairs(&[("sort", "invalid")]));
}

#[tokio::test]
async fn every_wrong_field_of_a_body_is_named_at_once_in_words_of_the_field() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let body = json!({ "title": 7, "variants": [{ "price_minor": "1" }], "nothing": true });
    let answer = owner.post("/products", body).await.refused(422, "framework.invalid");
    let expected = [
        ("/nothing", "unknown_field"),
        ("/title", "invalid_type"),
        ("/variants/0/price_minor", "invalid_type"),
    ];
    assert_eq!(named(&answer.json, "pointer"), pairs(&expected));
    assert!(
        !answer.text().contains("i64") && !answer.text().contains("expected"),
        "{}",
        answer.text()
    );
}

#[tokio::test]
async fn null_clears_and_a_change_of_nothing_changes_nothing() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let before = owner.get("/settings").await.is(200);
    let any = owner.with("if-match", "*");
    let named = any.patch("/settings", json!({ "tagline": "Mugs and more" })).await.is(200);
    let same = any.patch("/settings", json!({})).await.is(200);
    assert_eq!((named.header("etag"), &named.json), (same.header("etag"), &same.json));
    let cleared = any.patch("/settings", json!({ "tagline": null })).await.is(200);
    assert_eq!(cleared.json["tagline"], "");
    assert_eq!(cleared.json["name"], before.json["name"]);
    any.patch("/settings", json!({ "name": null }))
        .await
        .refused(422, "framework.invalid")
        .at("/name");
    any.patch("/settings", json!({ "prices_include_tax": null }))
        .await
        .refused(422, "framework.invalid")
        .at("/prices_include_tax");
}

#[tokio::test]
async fn who_may_not_do_something_does_not_learn_how() {
    let app = TestApp::start().await;
    let wrong = json!({ "nothing": 1 });
    app.dashboard("acme")
        .post("/products", &wrong)
        .await
        .refused(401, "framework.unauthenticated");
    let viewer = app.staff("acme", "viewer@acme.test").await;
    viewer.post("/products", &wrong).await.refused(403, "framework.forbidden");
    viewer.get("/customers?nothing=1").await.refused(403, "framework.forbidden");
    let stranger = app.owner("globex").await.at(app.address(), "acme.orion.localhost");
    stranger.post("/products", &wrong).await.refused(404, "framework.not_found");
    let text = ("text/plain", "hello");
    let answer = viewer.send_bytes(Method::POST, "/products", text.0, text.1).await;
    answer.refused(403, "framework.forbidden");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(9));
    writer.write_all(bytes).expect("memory");
    writer.finish().expect("memory")
}

#[tokio::test]
async fn a_packed_body_is_read_and_another_coding_is_refused_with_those_that_are_known() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let json = "application/json";
    let body = product("Mug", 1_000, 1).to_string();
    let packed = owner.with("content-encoding", "gzip");
    packed
        .send_bytes(Method::POST, "/products", json, gzip(body.as_bytes()))
        .await
        .is(201);
    let bomb = gzip(&vec![b' '; 8 << 20]);
    packed
        .send_bytes(Method::POST, "/products", json, bomb)
        .await
        .refused(413, "framework.too_large");
    packed
        .send_bytes(Method::POST, "/products", json, body.clone())
        .await
        .refused(400, "framework.bad_request");
    let other = owner.with("content-encoding", "zstd");
    let refused = other.send_bytes(Method::POST, "/products", json, body).await;
    let refused = refused.refused(415, "framework.unsupported_media_type");
    assert_eq!(refused.header("accept-encoding"), Some("gzip, deflate, br"));
    app.run_jobs().await;
}

#[tokio::test]
async fn a_star_matches_any_version() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let made = owner.post("/products", product("Mug", 1_000, 1)).await.is(201);
    let path = format!("/products/{}", made.json["id"].as_str().expect("an id"));
    let mut body = saved_product(&made.json);
    body["title"] = json!("Cup");
    owner
        .with("if-match", "\"99\"")
        .put(&path, &body)
        .await
        .refused(412, "framework.stale");
    owner.with("if-match", "*").put(&path, &body).await.is(200);
    app.run_jobs().await;
}

#[tokio::test]
async fn the_root_of_the_api_is_no_page_and_a_fixed_path_has_methods_of_its_own() {
    let app = TestApp::start().await;
    app.host("acme.orion.localhost")
        .get("/api")
        .await
        .refused(404, "framework.not_found");
    let owner = app.owner("acme").await;
    let options = owner.send(Method::OPTIONS, "/imports/products", None).await.is(204);
    assert_eq!(options.header("allow"), Some("OPTIONS, POST"));
}

#[tokio::test]
async fn a_picture_can_be_given_a_variant_and_lose_it() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let sold: Product = app.sell("acme", "Mug", 1_000, 1).await;
    let path = format!("/products/{}/images", sold.id);
    let form = Form::file("mug.png", "image/png", &png());
    let made = owner.upload(&path, form).await.is(201);
    let picture = format!("{path}/{}", made.json["data"][0]["id"].as_str().expect("an id"));
    let variant = sold.variants[0].id;
    let set = owner.patch(&picture, json!({ "variant_id": variant })).await.is(200);
    assert_eq!(set.json["variant_id"], json!(variant));
    let kept = owner.patch(&picture, json!({ "alt": "A mug" })).await.is(200);
    assert_eq!(kept.json["variant_id"], json!(variant));
    let lost = owner.patch(&picture, json!({ "variant_id": null })).await.is(200);
    assert_eq!((&lost.json["variant_id"], &lost.json["alt"]), (&Value::Null, &json!("A mug")));
    let foreign = app.sell_one("acme", "Cup", 1_000, 1).await;
    owner
        .patch(&picture, json!({ "variant_id": foreign }))
        .await
        .refused(422, "framework.invalid")
        .at("/variant_id");
    app.leave_jobs("the picture's other widths are not looked at here");
}

fn png() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(40, 30)
        .write_to(&mut bytes, image::ImageFormat::Png)
        .expect("memory");
    bytes.into_inner()
}

#[tokio::test]
async fn option_names_and_values_are_found_whatever_is_in_them() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let body = json!({
        "title": "Print", "options": [{ "name": "Ratio w:h", "values": ["3|2", "1"] }],
        "variants": [{ "option_values": ["3|2"], "price_minor": 100 }, { "option_values": ["1"], "price_minor": 100 }],
    });
    let made = owner.post("/products", body).await.is(201);
    let publish = format!("/products/{}/publish", made.json["id"].as_str().expect("an id"));
    owner.post(&publish, json!({})).await.is(200);
    app.sell("acme", "Mug", 1_000, 1).await;
    let found = app.shop("acme").get(r"/products?options=Ratio%20w%5C:h:3%5C%7C2").await.is(200);
    let found: ProductListing = found.json();
    assert_eq!(found.data.iter().map(|card| card.title.as_str()).collect::<Vec<_>>(), ["Print"]);
    app.run_jobs().await;
}

#[tokio::test]
async fn each_coding_has_an_etag_of_its_own_and_304_says_how_long_it_is_good_for() {
    let app = TestApp::start().await;
    for title in ["Mug", "Cup", "Bowl", "Plate", "Spoon", "Fork"] {
        app.sell("acme", title, 1_000, 1).await;
    }
    let shop = app.shop("acme");
    let get = async |coding: &str| shop.with("accept-encoding", coding).get("/products").await.is(200);
    let (plain, gzip, brotli) = (get("identity").await, get("br;q=0, gzip").await, get("gzip, br").await);
    let coding = |answer: &orion_tests::Answer| answer.header("content-encoding").map(str::to_owned);
    assert_eq!(
        (coding(&plain), coding(&gzip).as_deref(), coding(&brotli).as_deref()),
        (None, Some("gzip"), Some("br"))
    );
    let tags: Vec<&str> = [&plain, &gzip, &brotli].iter().filter_map(|answer| answer.header("etag")).collect();
    assert!(tags[0] != tags[1] && tags[1] != tags[2] && tags[0] != tags[2], "{tags:?}");
    let known = shop
        .with("accept-encoding", "br")
        .with("if-none-match", tags[2])
        .get("/products")
        .await
        .is(304);
    for name in ["cache-control", "vary", "etag"] {
        assert_eq!(known.header(name), brotli.header(name), "{name}");
    }
    shop.with("accept-encoding", "gzip")
        .with("if-none-match", tags[2])
        .get("/products")
        .await
        .is(200);
    app.run_jobs().await;
}

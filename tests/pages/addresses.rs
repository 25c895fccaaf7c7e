//! Which status and headers a page answers with.

use orion_tests::{Answer, Client, TestApp, raw_request, saved_product};
use reqwest::Method;
use serde_json::json;

#[track_caller]
fn is_html(answer: &Answer) {
    assert_eq!(
        answer.header("content-type"),
        Some("text/html; charset=utf-8"),
        "{}",
        answer.request
    );
}

#[tokio::test]
async fn what_is_not_there_is_a_page_that_says_404() {
    let app = TestApp::start().await;
    app.sell("globex", "Bell", 900, 1).await;
    for (host, path) in [
        ("acme.orion.localhost", "/products/no-such-thing"),
        ("acme.orion.localhost", "/products/bell"),
        ("acme.orion.localhost", "/categories/no-such-thing"),
        ("acme.orion.localhost", "/wp-login.php"),
        ("localhost", "/storefront/acme/products/no-such-thing"),
        ("localhost", "/storefront/nobody"),
        ("nobody.orion.localhost", "/"),
    ] {
        is_html(&app.host(host).get(path).await.is(404));
    }
    is_html(&app.host("globex.orion.localhost").get("/products/bell").await.is(200));
    app.run_jobs().await;
}

#[tokio::test]
async fn a_renamed_product_redirects_below_the_same_prefix() {
    let app = TestApp::start().await;
    let made = app.sell("acme", "Blue mug", 1200, 1).await;
    let owner = app.owner("acme").await;
    let path = format!("/products/{}", made.id);
    let read = owner.get(&path).await.is(200);
    let mut renamed = saved_product(&read.json);
    renamed["slug"] = json!("azure-mug");
    owner
        .with("if-match", read.header("etag").expect("a version"))
        .put(&path, renamed)
        .await
        .is(200);
    for (host, base) in [("acme.orion.localhost", ""), ("localhost", "/storefront/acme")] {
        let old = app.host(host).get(&format!("{base}/products/blue-mug")).await.is(301);
        assert_eq!(
            old.header("location"),
            Some(format!("{base}/products/azure-mug").as_str()),
            "{host}"
        );
        is_html(&app.host(host).get(&format!("{base}/products/azure-mug")).await.is(200));
    }
    app.run_jobs().await;
}

#[tokio::test]
async fn a_host_where_nobody_lives_has_no_start_page_to_lead_to() {
    let app = TestApp::start().await;
    let nobody = app.host("nobody.example").get("/").await.is(404);
    assert!(nobody.text().contains("No shop lives at this address."), "{}", nobody.text());
    assert!(!nobody.text().contains("<a "), "{}", nobody.text());
    let missing = app.host("orion.localhost").get("/nothing").await.is(404);
    assert!(missing.text().contains("href=\"/\""), "{}", missing.text());
}

#[tokio::test]
async fn a_closed_shop_speaks_the_language_of_whoever_comes() {
    let app = TestApp::start().await;
    let id = app.store_id("acme").await;
    let body = json!({ "reason": "unpaid bills" });
    app.admin().await.post(&format!("/stores/{id}/suspend"), body).await.is(200);
    let german = app.host("acme.orion.localhost").cookie("orion_lang", "de").get("/").await.is(503);
    assert!(german.text().contains("<html lang=\"de\">"), "{}", german.text());
    assert!(german.text().contains(">Erneut versuchen<"), "{}", german.text());
    app.run_jobs().await;
}

#[tokio::test]
async fn a_closed_shop_speaks_for_itself_and_not_for_orion() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let settings = owner.get("/settings").await.is(200);
    let mut theme = settings.json["theme"].clone();
    theme["accent"] = json!("#8a2c0d");
    let tag = settings.header("etag").expect("a version").to_owned();
    owner
        .with("if-match", &tag)
        .patch("/settings", json!({ "theme": theme }))
        .await
        .is(200);
    let id = app.store_id("acme").await;
    let body = json!({ "reason": "unpaid bills" });
    app.admin().await.post(&format!("/stores/{id}/suspend"), body).await.is(200);
    let closed = app.host("acme.orion.localhost").get("/").await.is(503);
    let name = settings.json["name"].as_str().expect("a name");
    assert!(closed.text().contains(&format!(">{name}<")), "{}", closed.text());
    assert!(closed.text().contains("--accent:#8a2c0d"), "{}", closed.text());
    let request = closed.header("x-request-id").expect("a request id");
    for internal in ["class=\"status\"", "<svg", request] {
        assert!(!closed.text().contains(internal), "{internal} in {}", closed.text());
    }
    app.run_jobs().await;
}

#[tokio::test]
async fn a_suspended_shop_asks_to_come_back_later() {
    let app = TestApp::start().await;
    let id = app.store_id("acme").await;
    let body = json!({ "reason": "unpaid bills" });
    app.admin().await.post(&format!("/stores/{id}/suspend"), body).await.is(200);
    for path in ["/", "/products", "/sitemap.xml", "/robots.txt"] {
        let closed = app.host("acme.orion.localhost").get(path).await.is(503);
        let later = closed.header("retry-after").and_then(|seconds| seconds.parse::<u32>().ok());
        assert!(later.is_some_and(|seconds| seconds > 0), "{path}: {:?}", closed.headers);
        assert_eq!(closed.header("cache-control"), Some("no-store"));
        assert!(!closed.text().contains("unpaid bills"), "the reason is nobody's business");
    }
    app.host("globex.orion.localhost").get("/").await.is(200);
    app.run_jobs().await;
}

#[tokio::test]
async fn rubbish_in_cookies_and_tokens_keeps_nobody_from_a_public_page() {
    let app = TestApp::start().await;
    app.sell("acme", "Mug", 1200, 1).await;
    let door = app.host("acme.orion.localhost");
    for rubbish in [
        "orion_customer=%%%; orion_cart=\u{1}; lang=xx",
        "orion_customer=eyJhbGciOiJub25lIn0.e30.; ;;;===",
        "orion_lang=../../etc/passwd",
        "=",
    ] {
        let value = rubbish.replace('\u{1}', "\t");
        is_html(&door.with("cookie", &value).get("/products/mug").await.is(200));
        door.with("cookie", &value).get("/api/v1/storefront/products").await.is(200);
    }
    is_html(&door.bearer("no-token-at-all").get("/products/mug").await.is(200));
    app.run_jobs().await;
}

#[tokio::test]
async fn a_page_is_read_and_nothing_else() {
    let app = TestApp::start().await;
    for (host, path) in [
        ("admin.orion.localhost", "/login"),
        ("localhost", "/admin/login"),
        ("acme.orion.localhost", "/products"),
        ("acme.orion.localhost", "/store/login"),
    ] {
        for method in [Method::DELETE, Method::PUT, Method::POST] {
            let refused = app.host(host).send(method, path, None).await.is(405);
            assert_eq!(refused.header("allow"), Some("GET, HEAD, OPTIONS"), "{host}{path}");
        }
    }
}

#[tokio::test]
async fn who_asks_for_the_head_gets_no_body() {
    let app = TestApp::start().await;
    app.sell("acme", "Mug", 1200, 1).await;
    let head = |path: &str| raw_request(app.address(), "HEAD", "acme.orion.localhost", path);
    for (path, expected) in [
        ("/", 200),
        ("/products/mug", 200),
        ("/products/no-such-thing", 404),
        ("/sitemap.xml", 200),
        ("/store/login", 200),
    ] {
        let (status, text) = head(path);
        assert_eq!(status, expected, "{path}: {text}");
        let (headers, body) = text.split_once("\r\n\r\n").expect("an end of the headers");
        assert_eq!(body, "", "{path}");
        assert!(headers.contains("x-request-id: "), "{path}: {headers}");
    }
    app.run_jobs().await;
}

#[tokio::test]
async fn a_former_label_leads_to_the_pages_of_the_new_one() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let path = format!("/stores/{}", app.store_id("acme").await);
    let version = admin.get(&path).await.is(200).header("etag").expect("a version").to_owned();
    let renaming: Client = admin.with("if-match", &version);
    renaming.patch(&path, json!({ "subdomain": "acme-new" })).await.is(200);
    let answer = app.host("acme.orion.localhost").get("/products?page=2").await.is(308);
    assert_eq!(answer.header("location"), Some("http://acme-new.orion.localhost/products?page=2"));
    app.run_jobs().await;
}

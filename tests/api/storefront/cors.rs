//! Pages of other websites: only those that the store names, only on the shop's API, and never with cookies.

use orion_tests::{Answer, Client, TestApp};
use reqwest::Method;
use serde_json::{Value, json};

const LISTED: &str = "https://www.example.com";
const OTHER: &str = "https://www.example.org";
const SAYS: &str = "access-control-allow-origin";

/// A store that names some websites.
async fn open(app: &TestApp, store: &str, origins: Value) -> Answer {
    let owner = app.owner(store).await.with("if-match", "*");
    owner.patch("/settings", json!({ "allowed_origins": origins })).await
}

fn page_of(client: &Client, origin: &str) -> Client {
    client.with("origin", origin).with("sec-fetch-site", "cross-site")
}

fn varies(answer: &Answer) -> bool {
    let values = answer.headers.get("vary");
    values.into_iter().flatten().any(|value| value == "Origin")
}

#[tokio::test]
async fn pages_of_the_websites_that_a_store_names_may_call_its_shop() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 10).await;
    let body = json!({ "variant_id": mug, "quantity": 1 });
    let page = page_of(&app.shop("acme"), LISTED);
    assert_eq!(page.get("/products").await.is(200).header(SAYS), None);
    page.post("/cart/items", &body).await.refused(403, "framework.cross_origin");

    let kept = open(&app, "acme", json!([" HTTPS://WWW.Example.com/ ", "http://localhost:3000"]))
        .await
        .is(200);
    assert_eq!(kept.json["allowed_origins"], json!([LISTED, "http://localhost:3000"]));
    // The second answer comes from memory, the last one is a problem.
    for (path, status) in [
        ("/products", 200),
        ("/products", 200),
        ("/products/nothing", 404),
        ("/nothing", 404),
    ] {
        let answer = page.get(path).await.is(status);
        assert_eq!((answer.header(SAYS), varies(&answer)), (Some(LISTED), true), "{path}");
        assert!(
            answer
                .header("access-control-expose-headers")
                .is_some_and(|read| read.contains("etag")),
            "{path}"
        );
        assert_eq!(answer.header("access-control-allow-credentials"), None);
    }
    let added = page.post("/cart/items", &body).await.is(200);
    let secret = added.header("orion-cart").expect("a secret").to_owned();
    assert_eq!(page.with("orion-cart", &secret).get("/cart").await.is(200).json["item_count"], 1);

    let stranger = page_of(&app.shop("acme"), OTHER);
    let read = stranger.get("/products").await.is(200);
    assert_eq!((read.header(SAYS), varies(&read)), (None, true));
    stranger.post("/cart/items", &body).await.refused(403, "framework.cross_origin");
    app.run_jobs().await;
}

#[tokio::test]
async fn a_browser_is_told_beforehand_what_such_a_page_may_do() {
    let app = TestApp::start().await;
    open(&app, "acme", json!([LISTED])).await.is(200);
    let ask = |origin: &str| page_of(&app.shop("acme"), origin).with("access-control-request-method", "POST");
    let told = ask(LISTED).send(Method::OPTIONS, "/cart/items", None).await.is(204);
    assert_eq!(told.header(SAYS), Some(LISTED));
    assert_eq!(told.header("access-control-allow-methods"), Some("OPTIONS, POST"));
    let sent = told.header("access-control-allow-headers").expect("headers");
    for name in ["authorization", "content-type", "idempotency-key", "if-match", "orion-cart"] {
        assert!(sent.contains(name), "{name}");
    }
    let other = ask(OTHER).send(Method::OPTIONS, "/cart/items", None).await.is(204);
    assert_eq!((other.header(SAYS), other.header("access-control-allow-methods")), (None, None));
    // An origin that only begins or ends like a listed one, and the one of files and sandboxes.
    for near in [
        "https://www.example.com.evil.example",
        "http://www.example.com",
        "https://www.example.com:8443",
        "null",
    ] {
        let answer = ask(near).send(Method::OPTIONS, "/cart/items", None).await;
        assert_eq!(answer.header(SAYS), None, "{near}");
    }
    app.run_jobs().await;
}

#[tokio::test]
async fn one_stores_websites_open_no_other_store_and_no_dashboard() {
    let app = TestApp::start().await;
    open(&app, "acme", json!([LISTED])).await.is(200);
    let globex = page_of(&app.shop("globex"), LISTED);
    let read = globex.get("/products").await.is(200);
    assert_eq!((read.header(SAYS), varies(&read)), (None, false));
    globex
        .post("/auth/login", json!({ "email": "a@example.test", "password": "x" }))
        .await
        .refused(403, "framework.cross_origin");

    let owner = page_of(&app.owner("acme").await, LISTED);
    let listed = owner.get("/products").await.is(200);
    assert_eq!(listed.header(SAYS), None);
    owner
        .post("/products", orion_tests::product("Mug", 1200, 1))
        .await
        .refused(403, "framework.cross_origin");
    let root = page_of(&app.shop("acme").at_root(), LISTED);
    for path in ["/", "/api/openapi.json", "/api/v1/errors", "/health"] {
        assert_eq!(root.get(path).await.header(SAYS), None, "{path}");
    }
    app.run_jobs().await;
}

/// Cookies go along by themselves from other pages of the same site; what they say is not what the shopper wants there.
#[tokio::test]
async fn a_cookie_says_nothing_on_behalf_of_another_page() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 10).await;
    let own = "http://acme.orion.localhost";
    open(&app, "acme", json!([LISTED, own])).await.is(200);
    let added = app
        .shop("acme")
        .post("/cart/items", json!({ "variant_id": mug, "quantity": 1 }))
        .await
        .is(200);
    let shopper = app
        .shop("acme")
        .cookie("orion_cart", &added.cookie("orion_cart").expect("a cookie"));
    assert_eq!(shopper.get("/cart").await.is(200).json["item_count"], 1);
    assert_eq!(page_of(&shopper, LISTED).get("/cart").await.is(200).json["item_count"], 0);
    // The shop's own pages are no other ones, also where somebody has put them into the list.
    let page = shopper.with("origin", own);
    assert_eq!(page.get("/cart").await.is(200).json["item_count"], 1);
    app.run_jobs().await;
}

#[tokio::test]
async fn what_is_no_website_is_refused_by_its_place_and_an_empty_list_closes_the_door() {
    let app = TestApp::start().await;
    for (wrong, place) in [
        (json!([LISTED, "*"]), "/allowed_origins/1"),
        (json!(["https://example.com/shop"]), "/allowed_origins/0"),
        (json!(["null"]), "/allowed_origins/0"),
    ] {
        open(&app, "acme", wrong).await.refused(422, "framework.invalid").at(place);
    }
    let page = page_of(&app.shop("acme"), LISTED);
    for closed in [json!([]), Value::Null] {
        open(&app, "acme", json!([LISTED])).await.is(200);
        assert_eq!(page.get("/store").await.is(200).header(SAYS), Some(LISTED));
        open(&app, "acme", closed).await.is(200);
        assert_eq!(page.get("/store").await.is(200).header(SAYS), None);
    }
    let viewer = app.staff("acme", "viewer@acme.test").await.with("if-match", "*");
    viewer
        .patch("/settings", json!({ "allowed_origins": [LISTED] }))
        .await
        .refused(403, "framework.forbidden");
    let log = "SELECT count(*) FROM audit_log WHERE action = 'store.settings_updated' AND changes ? 'allowed_origins'";
    assert_eq!(app.count(log), 4);
    app.run_jobs().await;
}

//! `/api/v1/store/opening`, and the door of a shop that is not open yet.

use chrono::TimeDelta;
use orion_framework::clock::Clock;
use orion_tests::{Answer, Client, TestApp, TestOptions};
use orion_types::admin::Platform;
use orion_types::opening::Opening;
use serde_json::{Value, json};

const SHOP: &str = "lantern";
const FRIENDS: &str = "a light in the window";

/// A store as the administration makes it.
async fn new_store(app: &TestApp) {
    let admin = app.admin().await;
    let platforms: Vec<Platform> = admin.get("/platforms").await.is(200).rows();
    let main = platforms.into_iter().find(|platform| platform.code == "main").expect("main");
    let store = json!({
        "platform_id": main.id, "name": "Lantern", "code": SHOP, "currency": "EUR", "locale": "de",
        "owner": { "email": format!("owner@{SHOP}.test"), "name": "Lena", "password": orion_tests::PASSWORD },
    });
    admin.post("/stores", store).await.is(201);
}

async fn opening(owner: &Client) -> Opening {
    owner.get("/opening").await.is(200).json()
}

fn missing(opening: &Opening) -> Vec<&str> {
    let missing = opening.checks.iter().filter(|check| !check.done);
    missing.map(|check| check.key.as_str()).collect()
}

fn cookie(answer: &Answer) -> String {
    answer.cookie("orion_guest").expect("a cookie")
}

async fn knock(app: &TestApp, password: &str) -> Answer {
    app.shop(SHOP).post("/opening", json!({ "password": password })).await
}

#[tokio::test]
async fn a_new_store_is_closed_to_the_world_and_its_dashboard_works() {
    let app = TestApp::start().await;
    new_store(&app).await;
    let owner = app.owner(SHOP).await;
    let variant = app.sell_one(SHOP, "Lamp", 1500, 3).await;
    let (shop, host) = (app.shop(SHOP), app.shop(SHOP).at_root());
    for path in ["/store", "/products", "/products/lamp", "/home"] {
        let answer = shop.get(path).await.refused(503, "framework.store_not_open");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        assert!(answer.header("retry-after").is_some());
    }
    shop.post("/cart/items", json!({ "variant_id": variant, "quantity": 1 }))
        .await
        .refused(503, "framework.store_not_open");
    let register = json!({ "email": "a@b.test", "name": "Ada", "password": orion_tests::PASSWORD });
    shop.post("/auth/register", register).await.refused(503, "framework.store_not_open");
    for path in ["/", "/products", "/products/lamp", "/sitemap.xml", "/cart", "/nowhere", "/opening"] {
        let page = host.get(path).await.is(503);
        assert!(page.text().contains("Wir öffnen bald"), "{}", page.text());
        assert!(!page.text().contains("Lamp"), "{path} shows nothing of the shop");
        assert!(!page.text().contains("<form"), "without a password there is nothing to ask for");
        assert_eq!(page.header("x-robots-tag"), Some("noindex"), "{path}");
    }
    let robots = host.get("/robots.txt").await.is(200);
    assert_eq!(robots.body, "User-agent: *\nDisallow: /\n");
    owner.get("/products").await.is(200);
    assert!(opening(&owner).await.opened_at.is_none());
    app.run_jobs().await;
}

#[tokio::test]
async fn stores_that_sell_already_are_open() {
    let app = TestApp::start().await;
    assert!(opening(&app.owner("acme").await).await.opened_at.is_some());
    app.shop("acme").at_root().get("/opening").await.is(303);
    // Whoever finds the door of an open shop is inside already, whatever they say.
    let answer = app.shop("acme").post("/opening", json!({ "password": "whatever" })).await.is(204);
    assert_eq!(answer.cookie("orion_guest"), None);
}

#[tokio::test]
async fn friends_come_in_with_the_password_and_are_out_when_it_changes() {
    let app = TestApp::start().await;
    new_store(&app).await;
    app.sell_one(SHOP, "Lamp", 1500, 3).await;
    let owner = app.owner(SHOP).await;
    knock(&app, FRIENDS).await.refused(403, "tenancy.wrong_guest_password");
    owner
        .put("/opening/password", json!({ "password": "short" }))
        .await
        .refused(422, "framework.invalid")
        .at("/password");
    let set: Opening = owner.put("/opening/password", json!({ "password": FRIENDS })).await.is(200).json();
    assert!(set.has_password);
    let kept = app.text("SELECT guest_password_hash FROM stores WHERE code = 'lantern'");
    assert!(kept.starts_with("$2") && !kept.contains(FRIENDS), "only a hash is kept");
    knock(&app, "a light in the cellar")
        .await
        .refused(403, "tenancy.wrong_guest_password")
        .at("/password");
    let seal = cookie(&knock(&app, FRIENDS).await.is(204));
    let friend = app.shop(SHOP).cookie("orion_guest", &seal);
    let list = friend.get("/products").await.is(200);
    assert_eq!(
        list.header("cache-control"),
        Some("private, no-store"),
        "nothing on the way keeps it for others"
    );
    let page = friend.at_root().get("/").await.is(200);
    assert_eq!(page.header("x-robots-tag"), Some("noindex"));
    // What a friend has looked at is not answered to others from memory.
    app.shop(SHOP).get("/products").await.refused(503, "framework.store_not_open");
    // It is worth nothing at another store, nor changed.
    app.shop(SHOP)
        .cookie("orion_guest", &format!("9{seal}"))
        .get("/products")
        .await
        .refused(503, "framework.store_not_open");
    owner.put("/opening/password", json!({ "password": "another light" })).await.is(200);
    friend.get("/products").await.refused(503, "framework.store_not_open");
    let gone: Opening = owner.put("/opening/password", json!({ "password": null })).await.is(200).json();
    assert!(!gone.has_password);
    knock(&app, "another light").await.refused(403, "tenancy.wrong_guest_password");
    app.run_jobs().await;
}

#[tokio::test]
async fn guessing_the_friends_password_is_slowed_down() {
    let app = TestApp::start().await;
    new_store(&app).await;
    app.owner(SHOP)
        .await
        .put("/opening/password", json!({ "password": FRIENDS }))
        .await
        .is(200);
    for _ in 0..5 {
        knock(&app, "a guess at it").await.refused(403, "tenancy.wrong_guest_password");
    }
    let mut answer = knock(&app, "a guess at it").await;
    if answer.status == 403 {
        answer = knock(&app, FRIENDS).await;
    }
    let answer = answer.refused(429, "auth.too_many_attempts");
    assert!(answer.header("retry-after").is_some());
    app.run_jobs().await;
}

#[tokio::test]
async fn the_door_is_a_page_that_needs_no_script() {
    let app = TestApp::start().await;
    new_store(&app).await;
    app.owner(SHOP)
        .await
        .put("/opening/password", json!({ "password": FRIENDS }))
        .await
        .is(200);
    let host = app.shop(SHOP).at_root();
    let page = host.get("/").await.is(503);
    assert!(
        page.text().contains("<form method=\"post\" action=\"/opening\">"),
        "{}",
        page.text()
    );
    assert!(!page.text().contains("<script"));
    let form = "application/x-www-form-urlencoded";
    let wrong = host
        .send_bytes(reqwest::Method::POST, "/opening", form, "password=a+dark+window")
        .await
        .is(403);
    assert!(wrong.text().contains("role=\"alert\"") && wrong.text().contains("Das ist nicht das Passwort."));
    let right = host
        .send_bytes(reqwest::Method::POST, "/opening", form, "password=a+light+in+the+window")
        .await
        .is(303);
    assert_eq!(right.header("location"), Some("/"));
    host.cookie("orion_guest", &cookie(&right)).get("/").await.is(200);
    // In path mode the door stands below the shop's path.
    let by_path = app.host("localhost");
    let page = by_path.get(&format!("/storefront/{SHOP}/products")).await.is(503);
    assert!(
        page.text().contains(&format!("action=\"/storefront/{SHOP}/opening\"")),
        "{}",
        page.text()
    );
    // Elsewhere there is no door.
    app.administration().at_root().get("/opening").await.is(404);
    app.run_jobs().await;
}

#[tokio::test]
async fn the_shops_own_people_look_inside_with_a_link() {
    let clock = Clock::fixed(chrono::DateTime::from_timestamp(1_780_000_000, 0).expect("a time"));
    let app = TestApp::start_with(TestOptions {
        clock: clock.clone(),
        ..TestOptions::default()
    })
    .await;
    new_store(&app).await;
    let owner = app.owner(SHOP).await;
    let link = owner.post("/opening/preview", json!({})).await.is(200).json["url"]
        .as_str()
        .expect("a link")
        .to_owned();
    let path = &link[link.find("/opening?").expect("the door")..];
    let entered = app.shop(SHOP).at_root().get(path).await.is(303);
    let inside = app.shop(SHOP).cookie("orion_guest", &cookie(&entered));
    inside.get("/store").await.is(200);
    app.shop("acme").at_root().get(path).await.is(303);
    clock.advance(TimeDelta::minutes(11));
    app.shop(SHOP).at_root().get(path).await.is(503);
    inside.get("/store").await.is(200);
    clock.advance(TimeDelta::days(30));
    inside.get("/store").await.refused(503, "framework.store_not_open");
    app.leave_jobs("the clock has moved past them");
}

#[tokio::test]
async fn opening_with_missing_parts_asks_first() {
    let app = TestApp::start().await;
    new_store(&app).await;
    let owner = app.owner(SHOP).await;
    assert_eq!(missing(&opening(&owner).await), ["products", "payment", "shipping", "tax", "legal"]);
    let refused = owner
        .post("/opening/open", json!({}))
        .await
        .refused(409, "tenancy.not_ready")
        .at("/without");
    assert_eq!(refused.problem().errors.len(), 5);
    app.sell_one(SHOP, "Lamp", 1500, 3).await;
    let version = owner.get("/settings").await.is(200).header("etag").expect("a version").to_owned();
    let texts = json!({ "imprint": "Lena Lantern\nLichtweg 1", "terms": "We send lamps.\n\nYou pay." });
    owner.with("if-match", &version).patch("/settings", texts).await.is(200);
    assert_eq!(missing(&opening(&owner).await), ["payment", "shipping", "tax"]);
    // What has come since the person was asked is asked for again.
    owner
        .post("/opening/open", json!({ "without": ["payment", "shipping"] }))
        .await
        .refused(409, "tenancy.not_ready");
    let without = json!({ "without": ["payment", "shipping", "tax"] });
    let opened: Opening = owner.post("/opening/open", &without).await.is(200).json();
    assert!(opened.opened_at.is_some());
    app.shop(SHOP).get("/products").await.is(200);
    let host = app.shop(SHOP).at_root();
    assert_eq!(host.get("/").await.is(200).header("x-robots-tag"), None);
    assert!(host.get("/robots.txt").await.is(200).text().contains("Sitemap"));
    assert!(host.get("/imprint").await.is(200).text().contains("Lichtweg 1"));
    assert!(host.get("/terms").await.is(200).text().contains("<p>You pay.</p>"));
    let again: Opening = owner.post("/opening/open", json!({})).await.is(200).json();
    assert_eq!(again.opened_at, opened.opened_at, "an open shop stays open");
    let noted = app.text("SELECT changes->>'without' FROM audit_log WHERE action = 'store.opened'");
    assert_eq!(
        serde_json::from_str::<Value>(&noted).expect("a list"),
        json!(["payment", "shipping", "tax"])
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn only_the_owner_opens_the_shop() {
    let app = TestApp::start().await;
    let viewer = app.staff("acme", "viewer@acme.test").await;
    viewer.post("/opening/open", json!({})).await.refused(403, "framework.forbidden");
    viewer
        .put("/opening/password", json!({ "password": FRIENDS }))
        .await
        .refused(403, "framework.forbidden");
    viewer.post("/opening/preview", json!({})).await.is(200);
}

#[tokio::test]
async fn a_legal_text_that_nobody_has_written_is_no_page() {
    let app = TestApp::start().await;
    app.shop("acme").at_root().get("/imprint").await.is(404);
    let info = app.shop("acme").get("/store").await.is(200);
    assert_eq!(info.json["legal"], json!([]));
}

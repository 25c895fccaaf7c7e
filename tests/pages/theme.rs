//! A shop whose theme is missing, broken or cannot be read is shown in the default colours, and sells.

use diesel::RunQueryDsl;
use orion_tests::{ServerProcess, TestApp};
use orion_types::store::Theme;
use serde_json::json;

/// Colours that nobody would take for the default ones.
const OWN: &str = "#123456";

async fn in_default_colours_and_open(app: &TestApp, spoil: &str) {
    let mut owner = app.owner_of_database();
    let paint = format!("UPDATE store_themes SET tokens = jsonb_set(tokens, '{{accent}}', '\"{OWN}\"')");
    diesel::sql_query(paint).execute(&mut owner).expect("themes of their own");
    let acme = app.store_id("acme").await;
    let changed = diesel::sql_query(format!("{spoil} WHERE store_id = '{acme}'")).execute(&mut owner);
    assert_eq!(changed.expect("the theme is spoilt"), 1);
    let default = Theme::default().accent;
    assert_ne!(default, OWN);
    let colours = async |store: &str| {
        let page = app.host(&format!("{store}.orion.localhost")).get("/").await.is(200).text();
        let api = app.shop(store).get("/store").await.is(200);
        (page.contains(OWN), page.contains(&default), api.json["theme"]["accent"].clone())
    };
    assert_eq!(colours("globex").await, (true, false, json!(OWN)));
    assert_eq!(colours("acme").await, (false, true, json!(default)));
    let variant = app.sell_one("acme", "Mug", 1200, 3).await;
    app.buyer("acme", &[(variant, 1)]).await.buy().await.is(201);
    app.run_jobs().await;
}

#[tokio::test]
async fn without_a_theme() {
    let app = TestApp::start().await;
    in_default_colours_and_open(&app, "DELETE FROM store_themes").await;
}

#[tokio::test]
async fn with_a_theme_that_is_no_theme() {
    let app = TestApp::start().await;
    in_default_colours_and_open(&app, r#"UPDATE store_themes SET tokens = '{"accent": 7, "radius": "round"}'"#).await;
}

#[tokio::test]
async fn with_a_theme_that_the_database_does_not_give() {
    let app = TestApp::start().await;
    app.leave_jobs("the process does what it likes");
    let process = ServerProcess::start(app.services.db.url(), &[("ORION_FAULT", "theme"), ("ORION_LOG_LEVEL", "info")]).await;
    let shop = app.host("acme.orion.localhost").at(process.address(), "acme.orion.localhost");
    let page = shop.with("x-request-id", "theme-fails").get("/").await.is(200);
    let default = Theme::default().accent;
    assert!(page.text().contains(&default), "{}", page.text());
    assert_eq!(shop.get("/api/v1/storefront/store").await.is(200).json["theme"]["accent"], default);
    let told = process.log_lines("the theme cannot be read").await;
    assert_eq!(told[0]["store"], "acme");
    // The page itself is complete: the rest of the transaction has gone on.
    let log = process.log_lines("theme-fails").await;
    assert_eq!(log[0]["status"], 200);
    assert!(page.text().contains("orion-data"), "the page has no first data: {}", page.text());
}

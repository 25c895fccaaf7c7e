//! What depends on where a store is: its days, and the order of its alphabet.

use diesel::connection::SimpleConnection;
use orion_framework::clock::Clock;
use orion_tests::{Client, TestApp, TestOptions};
use serde_json::{Value, json};

async fn change(owner: &Client, body: Value) -> Value {
    let read = owner.get("/settings").await.is(200);
    let tag = read.header("etag").expect("a version").to_owned();
    owner.with("if-match", &tag).patch("/settings", body).await.is(200).json
}

#[tokio::test]
async fn an_order_counts_on_the_day_that_its_place_has_this_year() {
    let now = "2026-11-28T12:00:00Z".parse().expect("a time");
    let app = TestApp::start_with(TestOptions {
        clock: Clock::fixed(now),
        ..TestOptions::default()
    })
    .await;
    let owner = app.owner("acme").await;
    change(&owner, json!({ "timezone": "America/Edmonton" })).await;
    let mug = app.sell_one("acme", "Mug", 1200, 9).await;
    app.buyer("acme", &[(mug, 2)]).await.buy().await.is(201);
    // Alberta keeps its summer time from 2026 on, which the data of an older PostgreSQL does not know.
    app.owner_of_database()
        .batch_execute("UPDATE orders SET placed_at = '2026-11-28T06:30:00Z'")
        .expect("the change");
    let sales = owner.get("/dashboard/sales").await.is(200);
    let days = sales.json["days"].as_array().expect("the days");
    let last = days.last().expect("a day");
    assert_eq!(
        (days.len(), &last["date"], &last["orders"], &last["units"]),
        (30, &json!("2026-11-28"), &json!(1), &json!(2))
    );
    assert_eq!(sales.json["orders_today"], 1);
    assert_eq!(sales.json["top_products"][0]["units"], 2);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_time_zone_goes_by_its_name_of_today() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    for (given, kept) in [
        ("CET", "Europe/Brussels"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Etc/UTC", "UTC"),
        ("Europe/Kyiv", "Europe/Kyiv"),
    ] {
        assert_eq!(change(&owner, json!({ "timezone": given })).await["timezone"], kept);
    }
    let read = owner.get("/settings").await.is(200);
    let tag = read.header("etag").expect("a version").to_owned();
    owner
        .with("if-match", &tag)
        .patch("/settings", json!({ "timezone": "Factory" }))
        .await
        .refused(422, "framework.invalid")
        .at("/timezone");
    let health = app.host("localhost").get("/health").await.is(200);
    assert!(
        health.json["time_zones"].as_str().is_some_and(|release| release >= "2026f"),
        "{}",
        health.text()
    );
}

const NAMES: [&str; 5] = ["Zebra", "Öl", "apple", "Ärmel", "Banana"];
const SORTED: [&str; 5] = ["apple", "Ärmel", "Banana", "Öl", "Zebra"];

/// The values of `field` on all pages of a list of `of`, two rows at a time.
async fn all(client: &Client, path: &str, field: &str) -> Vec<String> {
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = client.get(&format!("{path}&limit=2{cursor}")).await.is(200).json;
        let rows = page["data"].as_array().expect("rows");
        found.extend(rows.iter().filter_map(|row| row[field].as_str().map(str::to_owned)));
        match page["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return found,
        }
    }
}

#[tokio::test]
async fn names_are_sorted_as_people_sort_them() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    for name in NAMES {
        app.sell("acme", name, 1000, 3).await;
        owner.post("/categories", json!({ "name": name })).await.is(201);
    }
    let turned: Vec<&str> = SORTED.into_iter().rev().collect();
    assert_eq!(all(&app.shop("acme"), "/products?sort=title", "title").await, SORTED);
    assert_eq!(all(&owner, "/products?sort=title", "title").await, SORTED);
    assert_eq!(all(&owner, "/products?sort=-title", "title").await, turned);
    assert_eq!(all(&owner, "/inventory?sort=product", "product_title").await, SORTED);
    assert_eq!(all(&owner, "/inventory?sort=-product", "product_title").await, turned);
    let categories = owner.get("/categories").await.is(200);
    let names: Vec<&str> = categories.json["data"]
        .as_array()
        .expect("rows")
        .iter()
        .filter_map(|row| row["name"].as_str())
        .collect();
    assert_eq!(names, SORTED);
    app.run_jobs().await;
}

#[tokio::test]
async fn customers_and_stores_are_sorted_as_people_sort_them() {
    let app = TestApp::start().await;
    for (number, name) in NAMES.into_iter().enumerate() {
        let body = json!({ "email": format!("c{number}@example.test"), "name": name, "password": orion_tests::PASSWORD });
        app.shop("acme").post("/auth/register", body).await.is(201);
    }
    let owner = app.owner("acme").await;
    let turned: Vec<&str> = SORTED.into_iter().rev().collect();
    assert_eq!(all(&owner, "/customers?sort=name", "name").await, SORTED);
    assert_eq!(all(&owner, "/customers?sort=-name", "name").await, turned);
    app.owner_of_database()
        .batch_execute("UPDATE stores SET name = 'Ärmel' WHERE code = 'acme'; UPDATE stores SET name = 'zebra' WHERE code = 'plain'")
        .expect("the change");
    let stores = all(&app.admin().await, "/stores?sort=name", "name").await;
    assert_eq!(
        (stores.first().map(String::as_str), stores.last().map(String::as_str)),
        (Some("Ärmel"), Some("zebra")),
        "{stores:?}"
    );
    app.run_jobs().await;
}

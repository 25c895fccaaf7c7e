//! `/api/v1/store/customers`

use diesel::connection::SimpleConnection;
use orion_tests::{TestApp, address};
use serde_json::json;

/// Changes what no request can, such as the past.
fn execute(app: &TestApp, sql: &str) {
    app.owner_of_database().batch_execute(sql).expect("the change");
}

#[tokio::test]
async fn staff_find_a_customer_with_addresses_and_orders() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 9).await;
    let ada = app.customer("acme", "ada@example.test").await;
    ada.post("/account/addresses", json!({ "address": address(), "is_default": true }))
        .await
        .is(201);
    let bought = orion_tests::Buyer::fill(&ada, &[(mug, 1)]).await.buy().await.is(201);
    let mut guest = app.buyer("acme", &[(mug, 1)]).await;
    guest.email = "gwen@example.test".to_owned();
    guest.buy().await.is(201);

    let owner = app.owner("acme").await;
    let list = owner.get("/customers?q=example.test").await.is(200);
    assert_eq!(list.json["total"], 2);
    let found = owner.get("/customers?q=ada@").await.is(200);
    let id = found.json["data"][0]["id"].as_str().expect("an id").to_owned();
    let detail = owner.get(&format!("/customers/{id}")).await.is(200);
    assert_eq!(
        (
            &detail.json["email"],
            &detail.json["registered"],
            &detail.json["addresses"][0]["is_default"]
        ),
        (&json!("ada@example.test"), &json!(true), &json!(true))
    );
    let orders = owner.get(&format!("/orders?customer={id}")).await.is(200);
    assert_eq!(orders.json["data"].as_array().map(Vec::len), Some(1));
    assert_eq!(orders.json["data"][0]["id"], bought.json["order_id"]);
    let order = owner
        .get(&format!("/orders/{}", bought.json["order_id"].as_str().expect("an order")))
        .await
        .is(200);
    assert_eq!(order.json["customer_id"], json!(id));
    app.run_jobs().await;
}

#[tokio::test]
async fn a_customer_of_another_store_is_not_there() {
    let app = TestApp::start().await;
    let email = "ada@example.test";
    app.customer("globex", email).await;
    let theirs = app.owner("globex").await.get("/customers").await.is(200);
    let id = theirs.json["data"][0]["id"].as_str().expect("an id").to_owned();
    let owner = app.owner("acme").await;
    owner.get(&format!("/customers/{id}")).await.refused(404, "framework.not_found");
    assert_eq!(owner.get(&format!("/orders?customer={id}")).await.is(200).json["data"], json!([]));
    owner
        .get("/orders?customer=ada")
        .await
        .refused(400, "framework.bad_query")
        .at("customer");
}

#[tokio::test]
async fn the_list_says_what_each_customer_has_ordered() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 20).await;
    let order = async |email: &str, units: i32| {
        let mut buyer = app.buyer("acme", &[(mug, units)]).await;
        buyer.email = email.to_owned();
        buyer.buy().await.is(201).json["order_id"].as_str().expect("an id").to_owned()
    };
    order("gwen@example.test", 1).await;
    order("gwen@example.test", 2).await;
    let given_up = order("gwen@example.test", 3).await;
    let owner = app.owner("acme").await;
    owner.post(&format!("/orders/{given_up}/cancel"), json!({})).await.is(200);
    app.customer("acme", "ada@example.test").await;
    // The same address at another shop is another customer.
    let theirs = app.sell_one("globex", "Bell", 900, 5).await;
    let mut elsewhere = app.buyer("globex", &[(theirs, 1)]).await;
    elsewhere.email = "gwen@example.test".to_owned();
    elsewhere.buy().await.is(201);

    let gwen = owner.get("/customers?q=gwen").await.is(200).json["data"][0].clone();
    let spent = app.count("SELECT sum(total_minor)::bigint FROM orders WHERE currency = 'EUR' AND status <> 'cancelled'");
    assert_eq!(gwen["orders"]["count"], 2);
    assert_eq!(gwen["orders"]["spent"], json!({ "amount_minor": spent, "currency": "EUR" }));
    assert!(gwen["orders"]["last_placed_at"].is_string());
    let ada = owner.get("/customers?q=ada").await.is(200).json["data"][0].clone();
    assert_eq!(
        (&ada["orders"]["count"], &ada["orders"]["last_placed_at"]),
        (&json!(0), &json!(null))
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn customers_are_told_apart_and_sorted_page_by_page() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 9).await;
    for email in ["cleo@example.test", "ada@example.test"] {
        app.customer("acme", email).await;
    }
    let mut guest = app.buyer("acme", &[(mug, 1)]).await;
    guest.email = "gwen@example.test".to_owned();
    guest.buy().await.is(201);
    execute(&app, "UPDATE customers SET name = initcap(split_part(email, '@', 1))");
    let owner = app.owner("acme").await;
    let names = async |query: &str| {
        let (mut names, mut cursor) = (Vec::new(), String::new());
        loop {
            let page = owner.get(&format!("/customers?limit=1{query}{cursor}")).await.is(200).json;
            let row = page["data"].as_array().expect("rows").first().cloned();
            names.extend(row.and_then(|row| row["name"].as_str().map(str::to_owned)));
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return names,
            }
        }
    };
    assert_eq!(names("&sort=name").await, ["Ada", "Cleo", "Gwen"]);
    assert_eq!(names("&sort=-name").await, ["Gwen", "Cleo", "Ada"]);
    assert_eq!(names("").await, ["Gwen", "Ada", "Cleo"], "the newest first");
    assert_eq!(names("&sort=created_at").await, ["Cleo", "Ada", "Gwen"]);
    assert_eq!(names("&kind=guest").await, ["Gwen"]);
    assert_eq!(names("&kind=account&sort=name").await, ["Ada", "Cleo"]);
    owner
        .get("/customers?kind=robot")
        .await
        .refused(400, "framework.bad_query")
        .at("kind");
    owner
        .get("/customers?sort=age")
        .await
        .refused(400, "framework.bad_query")
        .at("sort");
    app.run_jobs().await;
}

#[tokio::test]
async fn a_long_list_is_counted_so_far_and_searched_by_how_things_begin() {
    let app = TestApp::start().await;
    let staff = app.owner("acme").await;
    let fill = |from: i32, to: i32| {
        let sql = format!(
            "INSERT INTO customers (store_id, id, email, name, created_at, updated_at) \
             SELECT s.id, gen_random_uuid(), 'person' || n || '@example.com', 'Zoë Number' || n, now(), now() \
             FROM stores s CROSS JOIN generate_series({from}, {to}) AS n WHERE s.code = 'acme'"
        );
        execute(&app, &sql);
    };
    fill(1, 10);
    let short = staff.get("/customers?q=umber7").await.is(200);
    assert_eq!((&short.json["total"], &short.json["total_capped"]), (&json!(1), &json!(null)));
    fill(11, 10_020);
    let all = staff.get("/customers").await.is(200);
    assert_eq!((&all.json["total"], &all.json["total_capped"]), (&json!(10_000), &json!(true)));
    for (words, found) in [
        ("umber7", 0),
        ("number7777", 1),
        ("zoe number7777", 1),
        ("PERSON7777@", 1),
        ("example.com", 0),
    ] {
        let page = staff.get(&format!("/customers?q={}", words.replace(' ', "%20"))).await.is(200);
        assert_eq!(page.json["total"], json!(found), "{words}");
        assert_eq!(page.json["data"].as_array().map(Vec::len), Some(found), "{words}");
    }
}

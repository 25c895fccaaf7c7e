//! `/api/v1/storefront/cart`

use chrono::{DateTime, TimeDelta};
use diesel::RunQueryDsl;
use diesel::sql_types::{Integer, Text};
use orion_framework::clock::Clock;
use orion_tests::{PASSWORD, TestApp, TestOptions};
use orion_types::cart::{Cart, CartNotice};
use serde_json::json;

#[tokio::test]
async fn a_cart_adds_up_changes_and_empties() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 10).await;
    let bowl = app.sell_one("acme", "Bowl", 2000, 10).await;
    let empty: Cart = app.shop("acme").get("/cart").await.is(200).json();
    assert_eq!((empty.id, empty.items.len(), empty.can_checkout), (None, 0, false));
    let buyer = app.buyer("acme", &[(mug, 1), (bowl, 2), (mug, 2)]).await;
    let cart = buyer.cart().await;
    assert_eq!(
        (cart.items.len(), cart.item_count, cart.subtotal.amount_minor, cart.can_checkout),
        (2, 5, 7600, true)
    );
    let path = format!("/cart/items/{}", cart.items[0].id);
    let changed: Cart = buyer.client.patch(&path, json!({ "quantity": 1 })).await.is(200).json();
    assert_eq!(changed.item_count, 3);
    let left: Cart = buyer.client.delete(&path).await.is(200).json();
    assert_eq!((left.items.len(), left.subtotal.amount_minor), (1, 4000));
    app.run_jobs().await;
}

#[tokio::test]
async fn a_cart_knows_from_where_its_cheapest_way_of_shipping_is_free() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 10).await;
    let owner = app.owner("acme").await;
    for (name, price_minor, free_from_minor) in [("Pigeon", 1, Some(5000)), ("Courier", 9_900, Some(900_000))] {
        let save = json!({ "name": name, "price_minor": price_minor, "free_from_minor": free_from_minor });
        owner.post("/settings/shipping-methods", save).await.is(201);
    }
    let methods = owner.get("/settings/shipping-methods").await.is(200);
    let first = methods.json["data"][0]["id"].as_str().expect("a way of shipping").to_owned();
    let save = json!({ "name": "Parcel", "price_minor": 490, "free_from_minor": null });
    let first_path = format!("/settings/shipping-methods/{first}");
    owner.with("if-match", "\"1\"").put(&first_path, save).await.is(200);
    let buyer = app.buyer("acme", &[(mug, 1)]).await;
    let cart = buyer.cart().await;
    assert_eq!(cart.free_shipping_from.map(|from| from.amount_minor), Some(5000));
    let path = format!("/cart/items/{}", cart.items[0].id);
    let changed: Cart = buyer.client.patch(&path, json!({ "quantity": 2 })).await.is(200).json();
    assert_eq!(changed.free_shipping_from, cart.free_shipping_from);
    // What is never free is cheaper now.
    let save = json!({ "name": "Parcel", "price_minor": 0, "free_from_minor": null });
    owner.with("if-match", "\"2\"").put(&first_path, save).await.is(200);
    assert_eq!(buyer.cart().await.free_shipping_from, None);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_quantity_that_makes_no_sense_is_refused() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 10).await;
    let buyer = app.buyer("acme", &[(mug, 1)]).await;
    let item = buyer.cart().await.items[0].id;
    for quantity in [0, -1, 1_000_000_000] {
        let body = json!({ "variant_id": mug, "quantity": quantity });
        buyer
            .client
            .post("/cart/items", body)
            .await
            .refused(422, "framework.invalid")
            .at("/quantity");
        buyer
            .client
            .patch(&format!("/cart/items/{item}"), json!({ "quantity": quantity }))
            .await
            .refused(422, "framework.invalid")
            .at("/quantity");
    }
    for quantity in [json!("2"), json!(1.5), json!(null), json!(99_999_999_999_i64)] {
        buyer
            .client
            .post("/cart/items", json!({ "variant_id": mug, "quantity": quantity }))
            .await
            .refused(422, "framework.invalid")
            .at("/quantity");
    }
    buyer
        .client
        .post("/cart/items", json!({ "variant_id": mug, "quantity": 11 }))
        .await
        .refused(409, "orders.not_enough_stock");
    assert_eq!(buyer.cart().await.item_count, 1);
    app.run_jobs().await;
}

#[tokio::test]
async fn what_happened_to_a_line_since_is_told() {
    let app = TestApp::start().await;
    let product = app.sell("acme", "Mug", 1200, 10).await;
    let variant = product.variants[0].id;
    let buyer = app.buyer("acme", &[(variant, 3)]).await;
    let owner = app.owner("acme").await;
    let path = format!("/products/{}", product.id);
    let read = owner.get(&path).await.is(200);
    let mut dearer = orion_tests::saved_product(&read.json);
    dearer["variants"][0]["price_minor"] = json!(1500);
    owner
        .with("if-match", read.header("etag").expect("a version"))
        .put(&path, dearer)
        .await
        .is(200);
    owner
        .post(
            "/inventory/adjustments",
            json!({ "variant_id": variant, "delta": -8, "reason": "damaged" }),
        )
        .await
        .is(201);
    let cart = buyer.cart().await;
    assert!(
        cart.items[0]
            .notices
            .iter()
            .any(|notice| matches!(notice, CartNotice::PriceChanged { before } if before.amount_minor == 1200))
    );
    assert!(
        cart.items[0]
            .notices
            .iter()
            .any(|notice| matches!(notice, CartNotice::OnlyLeft { available: 2 }))
    );
    assert!(!cart.can_checkout);
    owner.post(&format!("{path}/archive"), json!({})).await.is(200);
    let cart = buyer.cart().await;
    assert!(
        cart.items[0].notices.iter().any(|notice| matches!(notice, CartNotice::Unavailable)),
        "{:?}",
        cart.items[0].notices
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn the_secret_of_a_cart_opens_it_in_its_own_shop_only() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 10).await;
    let buyer = app.buyer("acme", &[(mug, 1)]).await;
    let there: Cart = buyer
        .client
        .at(app.address(), "globex.orion.localhost")
        .get("/cart")
        .await
        .is(200)
        .json();
    assert_eq!(there.items.len(), 0);
    let guessed: Cart = app.shop("acme").with("orion-cart", "a-guess").get("/cart").await.is(200).json();
    assert_eq!(guessed.items.len(), 0);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_guests_cart_comes_along_when_they_sign_in() {
    let app = TestApp::start().await;
    let mug = app.sell_one("acme", "Mug", 1200, 10).await;
    app.customer("acme", "ada@example.test").await;
    let guest = app.buyer("acme", &[(mug, 2)]).await;
    let login = guest
        .client
        .post("/auth/login", json!({ "email": "ada@example.test", "password": PASSWORD }))
        .await
        .is(200);
    let customer = app.shop("acme").bearer(login.json["access_token"].as_str().expect("a token"));
    let cart: Cart = customer.get("/cart").await.is(200).json();
    assert_eq!(cart.item_count, 2);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_line_shows_the_picture_of_its_glaze_in_every_size() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let variant = |glaze: &str, size: &str| json!({ "price_minor": 900, "initial_on_hand": 5, "option_values": [glaze, size] });
    let options = json!([{ "name": "Glaze", "values": ["Chalk", "Ochre"] }, { "name": "Size", "values": ["Small", "Large"] }]);
    let variants = json!([
        variant("Chalk", "Small"),
        variant("Chalk", "Large"),
        variant("Ochre", "Small"),
        variant("Ochre", "Large")
    ]);
    let made = owner
        .post("/products", json!({ "title": "Mug", "options": options, "variants": variants }))
        .await
        .is(201);
    let product = made.json["id"].as_str().expect("an id").to_owned();
    owner.post(&format!("/products/{product}/publish"), json!({})).await.is(200);
    let id = |at: usize| made.json["variants"][at]["id"].as_str().expect("an id").to_owned();
    // Chalk's picture comes first; Ochre's belongs to the small one.
    let mut database = app.owner_of_database();
    for (position, variant) in [(0, 0), (1, 2)] {
        let statement = "INSERT INTO product_images (store_id, id, product_id, variant_id, position, status, width, height, created_at, updated_at) \
             SELECT store_id, gen_random_uuid(), product_id, id, $1, 'ready', 4, 5, now(), now() FROM product_variants WHERE id = $2::uuid";
        diesel::sql_query(statement)
            .bind::<Integer, _>(position)
            .bind::<Text, _>(id(variant))
            .execute(&mut database)
            .expect("a picture");
    }
    for (at, pictured) in [(0, 0), (1, 0), (2, 2), (3, 2)] {
        let body = json!({ "variant_id": id(at), "quantity": 1 });
        let cart: Cart = app.shop("acme").post("/cart/items", body).await.is(200).json();
        let shown = cart.items[0].image.as_ref().and_then(|image| image.variant_id);
        assert_eq!(shown.map(|id| id.to_string()), Some(id(pictured)), "variant {at}");
    }
    app.run_jobs().await;
}

#[tokio::test]
async fn carts_that_nobody_came_back_to_are_swept_in_shops_that_take_cards_only() {
    let clock = Clock::fixed(DateTime::from_timestamp(1_800_000_000, 0).expect("a time"));
    let app = TestApp::start_with(TestOptions {
        clock: clock.clone(),
        ..TestOptions::default()
    })
    .await;
    let mug = app.sell_one("acme", "Mug", 1200, 50).await;
    app.buyer("acme", &[(mug, 1)]).await.buy_by_card("4242424242424242").await.is(201);
    app.buyer("acme", &[(mug, 2)])
        .await
        .buy_by_card("4000000000000002")
        .await
        .refused(402, "orders.payment_declined");
    app.buyer("acme", &[(mug, 3)]).await;
    app.run_jobs().await;
    let carts = || app.text("SELECT string_agg(status, ' ' ORDER BY status) FROM carts");
    let sweeps = || app.count("SELECT count(*) FROM jobs WHERE kind = 'orders.expire_carts'");
    clock.advance(TimeDelta::days(29));
    app.tidy().await;
    assert_eq!((carts().as_str(), sweeps()), ("open open ordered", 0));
    clock.advance(TimeDelta::days(2));
    app.tidy().await;
    app.tidy().await;
    assert_eq!(sweeps(), 1, "one for the only store that has such carts, however many workers look");
    app.run_jobs().await;
    assert_eq!(carts(), "ordered");
    assert_eq!(
        app.count("SELECT count(*) FROM orders WHERE status = 'cancelled' AND cart_id IS NULL"),
        1
    );
}

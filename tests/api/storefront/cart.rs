//! `/api/v1/storefront/cart`

use orion_tests::{PASSWORD, TestApp};
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

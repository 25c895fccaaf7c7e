//! Somebody with a cart.

use orion_types::VariantId;
use orion_types::cart::Cart;
use serde_json::{Value, json};

use super::{Answer, Client, address};

/// A guest or customer with a cart, on the way to the checkout.
#[derive(Clone)]
pub struct Buyer {
    /// Sends the cart's secret along.
    pub client: Client,
    /// The first way of shipping that the shop offers.
    pub shipping_method_id: String,
    /// Whom the order is for.
    pub email: String,
}

impl Buyer {
    /// Puts things into a new cart.
    pub async fn fill(shop: &Client, lines: &[(VariantId, i32)]) -> Self {
        let mut client = shop.clone();
        for (variant, quantity) in lines {
            let answer = client
                .post("/cart/items", json!({ "variant_id": variant, "quantity": quantity }))
                .await
                .is(200);
            if let Some(secret) = answer.header("orion-cart") {
                client = client.with("orion-cart", secret);
            }
        }
        let options = client.get("/checkout/options").await.is(200);
        let shipping = options.json["shipping_methods"][0]["id"]
            .as_str()
            .expect("a way of shipping")
            .to_owned();
        Self {
            client,
            shipping_method_id: shipping,
            email: "ada@example.test".to_owned(),
        }
    }

    /// The cart as the shop sees it.
    pub async fn cart(&self) -> Cart {
        self.client.get("/cart").await.is(200).json()
    }

    /// What the order would cost in minor units.
    pub async fn total(&self) -> i64 {
        let quote = self
            .client
            .post("/checkouts/quote", json!({ "shipping_method_id": self.shipping_method_id }))
            .await
            .is(200);
        quote.json["total"]["amount_minor"].as_i64().expect("a total")
    }

    /// The request that places the order.
    pub fn order(&self, total_minor: i64, payment: &Value) -> Value {
        json!({
            "email": self.email,
            "shipping_address": address(),
            "shipping_method_id": self.shipping_method_id,
            "payment": payment,
            "expected_total_minor": total_minor,
        })
    }

    /// Places the order under a key.
    pub async fn place(&self, key: &str, total_minor: i64, payment: &Value) -> Answer {
        self.client
            .with("idempotency-key", key)
            .post("/checkouts", self.order(total_minor, payment))
            .await
    }

    /// Asks for the price and places the order, to be paid by bank transfer.
    pub async fn buy(&self) -> Answer {
        self.place("buy-1", self.total().await, &json!({ "provider": "manual" })).await
    }

    /// Asks for the price and places the order, to be paid by card.
    pub async fn buy_by_card(&self, number: &str) -> Answer {
        self.place("card-1", self.total().await, &super::card(number)).await
    }
}

//! From cart to order.

use crate::customer::Address;
use crate::order::OrderConfirmation;
use crate::store::ShippingMethod;
use crate::{Money, OrderId, ShippingMethodId};

wire! {
    /// What a checkout can choose from.
    pub struct CheckoutOptions {
        pub shipping_methods: Vec<ShippingMethod>,
        pub payment_methods: Vec<PaymentMethod>,
        /// Countries that are delivered to, as ISO 3166-1 alpha-2 codes.
        pub countries: Vec<String>,
    }

    /// A way of paying.
    pub struct PaymentMethod {
        /// `manual` or `test-card`.
        pub provider: String,
        pub name: String,
        /// What the customer is told, such as where to transfer the money.
        pub instructions: String,
    }

    /// Asks what the cart would cost.
    #[serde(deny_unknown_fields)]
    pub struct QuoteRequest {
        /// Absent: without shipping.
        #[serde(default)]
        pub shipping_method_id: Option<ShippingMethodId>,
    }

    /// What the cart costs; the same rules make the order.
    pub struct Quote {
        pub lines: Vec<QuoteLine>,
        pub subtotal: Money,
        pub discount: Money,
        pub shipping: Money,
        pub tax: Money,
        pub tax_name: String,
        /// Parts per million: 170 000 is 17 %, 88 750 is 8.875 %.
        pub tax_rate_ppm: u32,
        pub prices_include_tax: bool,
        pub total: Money,
    }

    /// A priced line.
    pub struct QuoteLine {
        pub title: String,
        pub variant_title: String,
        pub quantity: i32,
        pub unit_price: Money,
        pub subtotal: Money,
        pub tax: Money,
    }

    /// Places the order; needs the header `Idempotency-Key`.
    #[serde(deny_unknown_fields)]
    pub struct PlaceOrder {
        pub email: String,
        pub shipping_address: Address,
        /// Absent: as the shipping address.
        #[serde(default)]
        pub billing_address: Option<Address>,
        pub shipping_method_id: ShippingMethodId,
        pub payment: PaymentChoice,
        /// The total the customer agreed to; another one is answered 409 `orders.total_changed`.
        pub expected_total_minor: i64,
        #[serde(default)]
        pub note: String,
    }

    /// How the customer pays.
    #[serde(tag = "provider", rename_all = "kebab-case", deny_unknown_fields)]
    pub enum PaymentChoice {
        /// By bank transfer, later.
        Manual,
        /// With a card of the test provider. Numbers decide the outcome: 4242424242424242 approves, 4000000000000002 declines,
        /// 4000002500003155 wants a confirmation, 4000000000000119 times out.
        TestCard { card_number: String, expiry: String, cvc: String },
    }

    /// What came of placing an order.
    pub struct CheckoutResult {
        pub order_id: OrderId,
        /// `completed`, `requires_confirmation` or `processing` (the provider has not answered; it is looked up later).
        pub outcome: CheckoutOutcome,
        /// A secret that shows this order without signing in.
        pub access_token: String,
        /// Present once the order is confirmed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub confirmation: Option<OrderConfirmation>,
    }

    /// How far a checkout has come.
    #[serde(rename_all = "snake_case")]
    #[derive(Copy, Eq)]
    pub enum CheckoutOutcome {
        Completed,
        RequiresConfirmation,
        Processing,
    }

    /// A checkout whose payment is not decided yet.
    pub struct OpenCheckout {
        pub order_id: OrderId,
        /// `requires_confirmation` or `processing`.
        pub outcome: CheckoutOutcome,
        /// The secret from the checkout's answer.
        pub access_token: String,
        /// What is or will be paid.
        pub total: Money,
    }

    /// Answers the provider's question whether the customer really wants to pay.
    #[serde(deny_unknown_fields)]
    pub struct ConfirmPayment {
        /// The secret from the checkout's answer.
        pub access_token: String,
        /// False: the customer declines, and the cart comes back.
        pub accept: bool,
    }
}

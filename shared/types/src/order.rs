//! Orders.

use std::collections::BTreeMap;

use crate::catalog::ProductImage;
use crate::customer::Address;
use crate::status::{FulfilmentStatus, OrderStatus, PaymentStatus};
use crate::{CustomerId, FulfilmentId, Money, OrderId, OrderItemId, ProductId, Timestamp, VariantId};

wire! {
    /// An order in a list.
    pub struct OrderSummary {
        pub id: OrderId,
        /// Absent while the payment is open.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub number: Option<i64>,
        pub email: String,
        pub customer_name: String,
        pub status: OrderStatus,
        pub payment_status: PaymentStatus,
        pub fulfilment_status: FulfilmentStatus,
        pub total: Money,
        pub item_count: i64,
        /// The id in another system.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub external_id: Option<String>,
        pub placed_at: Timestamp,
        pub updated_at: Timestamp,
    }

    /// An order as staff see it.
    pub struct Order {
        pub id: OrderId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub number: Option<i64>,
        /// Absent when somebody ordered as a guest with the address of an account.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub customer_id: Option<CustomerId>,
        pub email: String,
        pub status: OrderStatus,
        pub payment_status: PaymentStatus,
        pub fulfilment_status: FulfilmentStatus,
        pub items: Vec<OrderItem>,
        pub totals: OrderTotals,
        pub shipping_method: String,
        pub shipping_address: Address,
        pub billing_address: Address,
        pub note: String,
        pub payments: Vec<OrderPayment>,
        pub fulfilments: Vec<Fulfilment>,
        pub timeline: Vec<TimelineEntry>,
        /// What may be done now: `mark_paid`, `fulfil`, `cancel` …
        pub allowed_actions: Vec<String>,
        /// What other programs have noted; the buyer does not see it.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        pub metadata: BTreeMap<String, String>,
        /// The id in another system.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub external_id: Option<String>,
        pub placed_at: Timestamp,
        pub updated_at: Timestamp,
        /// Counts its changes; the `ETag`.
        pub version: i32,
    }

    /// The sums of an order, as they were when it was placed.
    pub struct OrderTotals {
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

    /// A line of an order, as it was when it was placed.
    pub struct OrderItem {
        pub id: OrderItemId,
        pub product_id: ProductId,
        pub variant_id: VariantId,
        pub title: String,
        pub variant_title: String,
        pub sku: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub image: Option<ProductImage>,
        pub quantity: i32,
        pub fulfilled_quantity: i32,
        pub unit_price: Money,
        pub subtotal: Money,
        pub tax: Money,
    }

    /// A payment of an order.
    pub struct OrderPayment {
        pub provider: String,
        pub status: String,
        pub amount: Money,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub card_last4: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub failure_code: Option<String>,
        pub created_at: Timestamp,
    }

    /// A shipment.
    pub struct Fulfilment {
        pub id: FulfilmentId,
        pub carrier: String,
        pub tracking_number: String,
        pub items: Vec<FulfilmentItem>,
        pub created_at: Timestamp,
    }

    /// How many units of a line are shipped together.
    #[serde(deny_unknown_fields)]
    pub struct FulfilmentItem {
        pub order_item_id: OrderItemId,
        pub quantity: i32,
    }

    /// Something that happened to an order.
    pub struct TimelineEntry {
        /// `placed`, `paid`, `payment_failed`, `fulfilled`, `cancelled` …
        pub event: String,
        pub note: String,
        pub actor: String,
        pub created_at: Timestamp,
    }

    /// Ships items of an order.
    #[serde(deny_unknown_fields)]
    pub struct CreateFulfilment {
        /// What is shipped; absent: everything that is left. An empty list ships nothing and is refused.
        #[serde(default)]
        pub items: Option<Vec<FulfilmentItem>>,
        /// Says that everything that is left is meant; never beside `items`.
        #[serde(default)]
        pub all: bool,
        #[serde(default)]
        pub carrier: String,
        #[serde(default)]
        pub tracking_number: String,
    }

    /// Cancels an order.
    #[serde(deny_unknown_fields)]
    pub struct CancelOrder {
        #[serde(default)]
        pub reason: String,
    }

    /// Records that the money of an order has arrived.
    #[serde(deny_unknown_fields)]
    pub struct MarkPaid {
        #[serde(default)]
        pub note: String,
    }

    /// An order as its buyer sees it.
    pub struct OrderConfirmation {
        pub id: OrderId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub number: Option<i64>,
        pub email: String,
        pub status: OrderStatus,
        pub payment_status: PaymentStatus,
        pub fulfilment_status: FulfilmentStatus,
        pub items: Vec<OrderItem>,
        pub totals: OrderTotals,
        pub shipping_method: String,
        pub shipping_address: Address,
        pub fulfilments: Vec<Fulfilment>,
        pub timeline: Vec<TimelineEntry>,
        pub placed_at: Timestamp,
        /// How to pay, when payment is still open.
        pub payment_instructions: String,
        /// The facts in it, one by one; empty where there are none to name.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub payment_details: Vec<PaymentDetail>,
    }

    /// A fact that somebody needs to pay, in the language of the order.
    pub struct PaymentDetail {
        pub label: String,
        pub value: String,
        /// Whether it is typed into the form of a bank as it stands.
        pub copyable: bool,
    }

    /// Looks an order up without signing in.
    #[serde(deny_unknown_fields)]
    pub struct TrackOrder {
        pub number: i64,
        pub email: String,
    }

    /// The sales part of the dashboard.
    pub struct SalesOverview {
        pub orders_today: i64,
        pub orders_yesterday: i64,
        pub revenue_today: Money,
        pub revenue_yesterday: Money,
        /// The last 7 days, today among them.
        pub this_week: SalesPeriod,
        /// The 7 days before.
        pub last_week: SalesPeriod,
        /// Orders that are paid or confirmed and not shipped.
        pub to_fulfil: i64,
        /// Orders that wait for their money.
        pub awaiting_payment: i64,
        /// Checkouts of the last 7 days that ended with a payment that was refused.
        pub failed_payments: i64,
        /// The last 30 days in the store's time zone, today last; days without orders are zero.
        pub days: Vec<SalesDay>,
        pub top_products: Vec<TopProduct>,
    }

    /// The sales of several days together.
    pub struct SalesPeriod {
        pub orders: i64,
        pub units: i64,
        pub revenue: Money,
        /// Revenue by order, in whole minor units; zero without orders.
        pub average_order: Money,
    }

    /// The sales of a day.
    pub struct SalesDay {
        /// `2026-11-23`
        pub date: String,
        pub orders: i64,
        pub units: i64,
        pub revenue_minor: i64,
    }

    /// A product by what it sold in the last 30 days.
    pub struct TopProduct {
        pub product_id: ProductId,
        pub title: String,
        pub units: i64,
        pub revenue: Money,
    }
}

query! {
    /// How to narrow the dashboard's order list.
    pub struct OrderQuery {
        /// A number, or part of the e-mail address: its beginning where a store has more than 10,000 orders.
        pub q: Option<String>,
        pub status: Option<String>,
        pub payment_status: Option<String>,
        pub fulfilment_status: Option<String>,
        /// A customer's id.
        pub customer: Option<String>,
        /// Only what has changed since this time, such as `2026-11-23T10:00:00Z`.
        pub updated_since: Option<String>,
        /// The id in another system.
        pub external_id: Option<String>,
        /// `placed_at`, `-placed_at` (default), `total`, `-total`.
        pub sort: Option<String>,
        pub cursor: Option<String>,
        pub limit: Option<u32>,
    }
}

//! Orders, their lines and their history as rows.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_i18n::Locale;
use orion_rules::order_state::State;
use orion_types::customer::Address;
use orion_types::order::{OrderSummary, OrderTotals};
use orion_types::status::{FulfilmentStatus, OrderStatus, PaymentStatus};
use orion_types::{Currency, Money, OrderId};
use serde_json::Value;
use uuid::Uuid;

use crate::schema::{fulfilment_items, fulfilments, order_items, order_status_history, orders};

/// Beside the notes of other systems an order keeps how its tax was rounded.
pub const TAX_ROUNDING_NOTE: &str = "tax_rounding";

/// A row of `orders`.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = orders)]
pub struct OrderRow {
    pub store_id: Uuid,
    pub id: Uuid,
    pub number: Option<i64>,
    pub cart_id: Option<Uuid>,
    pub customer_id: Option<Uuid>,
    pub email: String,
    pub locale: String,
    pub channel: String,
    pub status: String,
    pub payment_status: String,
    pub fulfilment_status: String,
    pub currency: String,
    pub prices_include_tax: bool,
    pub subtotal_minor: i64,
    pub discount_minor: i64,
    pub shipping_minor: i64,
    pub tax_minor: i64,
    pub total_minor: i64,
    pub shipping_method: String,
    pub tax_name: String,
    pub tax_rate_ppm: i32,
    pub shipping_address: Value,
    pub billing_address: Value,
    pub note: String,
    pub cancel_reason: Option<String>,
    pub metadata: Value,
    pub placed_at: DateTime<Utc>,
    pub cancelled_at: Option<DateTime<Utc>>,
    pub updated_at: DateTime<Utc>,
    pub version: i32,
    /// Its id in another system.
    pub external_id: Option<String>,
}

impl OrderRow {
    /// The typed id.
    pub fn order_id(&self) -> OrderId {
        OrderId(self.id)
    }

    /// The language of the customer; English for one that is not spoken here.
    pub fn language(&self) -> Locale {
        Locale::parse(&self.locale).unwrap_or_default()
    }

    /// The three states. The table's CHECKs list the same words, so none is ever unreadable.
    pub fn state(&self) -> State {
        State {
            order: self.status.parse().unwrap_or(OrderStatus::Pending),
            payment: self.payment_status.parse().unwrap_or(PaymentStatus::Pending),
            fulfilment: self.fulfilment_status.parse().unwrap_or(FulfilmentStatus::Unfulfilled),
        }
    }

    /// Takes over what a transition led to.
    pub fn set_state(&mut self, state: State) {
        self.status = state.order.as_str().to_owned();
        self.payment_status = state.payment.as_str().to_owned();
        self.fulfilment_status = state.fulfilment.as_str().to_owned();
    }

    /// An amount in the currency that the order was placed in.
    pub fn money(&self, amount_minor: i64) -> Money {
        // The table's CHECK and the checkout know only ISO codes.
        Money::new(amount_minor, self.currency.parse().unwrap_or(Currency::EUR))
    }

    /// What the customer pays.
    pub fn total(&self) -> Money {
        self.money(self.total_minor)
    }

    /// The sums, as they were when the order was placed.
    pub fn totals(&self) -> OrderTotals {
        OrderTotals {
            subtotal: self.money(self.subtotal_minor),
            discount: self.money(self.discount_minor),
            shipping: self.money(self.shipping_minor),
            tax: self.money(self.tax_minor),
            tax_name: self.tax_name.clone(),
            tax_rate_ppm: self.tax_rate_ppm.unsigned_abs(),
            prices_include_tax: self.prices_include_tax,
            total: self.total(),
        }
    }

    /// The form of a list.
    pub fn summary(self, item_count: i64) -> OrderSummary {
        let state = self.state();
        OrderSummary {
            id: self.order_id(),
            number: self.number,
            customer_name: address(&self.shipping_address).name,
            status: state.order,
            payment_status: state.payment,
            fulfilment_status: state.fulfilment,
            total: self.total(),
            item_count,
            placed_at: self.placed_at.into(),
            updated_at: self.updated_at.into(),
            external_id: self.external_id,
            email: self.email,
        }
    }
}

/// An address as it was when the order was placed.
pub fn address(value: &Value) -> Address {
    let text = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    Address {
        name: text("name"),
        line1: text("line1"),
        line2: text("line2"),
        city: text("city"),
        region: text("region"),
        postal_code: text("postal_code"),
        country: text("country"),
        phone: text("phone"),
    }
}

/// A row of `order_items`.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = order_items)]
pub struct ItemRow {
    pub id: Uuid,
    pub order_id: Uuid,
    pub product_id: Uuid,
    pub variant_id: Uuid,
    pub title: String,
    pub variant_title: String,
    pub sku: String,
    pub image_id: Option<Uuid>,
    pub quantity: i32,
    pub unit_price_minor: i64,
    pub subtotal_minor: i64,
    pub tax_rate_ppm: i32,
    pub tax_minor: i64,
    pub reserved: bool,
    pub requires_shipping: bool,
    pub fulfilled_quantity: i32,
    pub refunded_quantity: i32,
    pub position: i32,
}

impl ItemRow {
    /// Units that were not shipped yet.
    pub fn left(&self) -> i32 {
        self.quantity - self.fulfilled_quantity
    }
}

/// A row of `order_status_history`.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = order_status_history)]
pub struct HistoryRow {
    pub store_id: Uuid,
    pub id: Uuid,
    pub order_id: Uuid,
    pub event: String,
    pub from_status: Option<String>,
    pub to_status: Option<String>,
    pub actor_kind: String,
    pub actor_label: String,
    pub note: String,
    pub customer_visible: bool,
    pub created_at: DateTime<Utc>,
}

/// A shipment.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = fulfilments)]
pub struct FulfilmentRow {
    pub store_id: Uuid,
    pub id: Uuid,
    pub order_id: Uuid,
    pub carrier: String,
    pub tracking_number: String,
    pub created_at: DateTime<Utc>,
}

/// What is in a shipment.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = fulfilment_items)]
pub struct FulfilmentItemRow {
    pub store_id: Uuid,
    pub fulfilment_id: Uuid,
    pub order_item_id: Uuid,
    pub quantity: i32,
}

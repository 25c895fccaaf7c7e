//! The demo shops, one module each.

mod acme;
mod ghost;
mod globex;
mod plain;
mod tokyo;

use crate::model::*;

/// Every demo store, the busiest first.
pub static STORES: [DemoStore; 5] = [acme::STORE, globex::STORE, tokyo::STORE, plain::STORE, ghost::STORE];

/// Password of `customer@example.test` and the other accounts, except in `globex`.
const PASSWORD: &str = "Orion-demo-2026!";

/// The same e-mail has another password in another shop: accounts belong to a shop.
const GLOBEX_PASSWORD: &str = "Orion-demo-2027!";

const fn variant(values: &'static [&'static str], sku: &'static str, price: i64, stock: u32) -> DemoVariant {
    DemoVariant { values, sku, price, stock }
}

const fn plain_value(name: &'static str) -> DemoValue {
    DemoValue { name, swatch: None }
}

const fn colour(name: &'static str, swatch: &'static str) -> DemoValue {
    DemoValue {
        name,
        swatch: Some(swatch),
    }
}

const fn category(slug: &'static str, name: &'static str, text: &'static str) -> DemoCategory {
    DemoCategory { slug, name, text }
}

const fn line(sku: &'static str, quantity: u32) -> DemoLine {
    DemoLine { sku, quantity }
}

/// An order paid by card, as most are.
const fn card(customer: &'static str, days_ago: u32, minute: u32, state: OrderState, lines: &'static [DemoLine]) -> DemoOrder {
    DemoOrder {
        customer,
        days_ago,
        minute,
        state,
        payment: DemoPayment::TestCard,
        lines,
        note: "",
    }
}

/// An order paid by bank transfer.
const fn transfer(customer: &'static str, days_ago: u32, minute: u32, state: OrderState, lines: &'static [DemoLine]) -> DemoOrder {
    DemoOrder {
        payment: DemoPayment::BankTransfer,
        ..card(customer, days_ago, minute, state, lines)
    }
}

impl DemoOrder {
    const fn noted(self, note: &'static str) -> Self {
        DemoOrder { note, ..self }
    }
}

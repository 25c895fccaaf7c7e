//! What this module writes into files: orders with all that belongs to them, and the terms on which the shop sells.

mod document;
mod orders;
mod parts;
mod terms;

use orion_framework::export::{ExportSource, Reader, no_filter};
use orion_types::permission::Permission;

/// What this module can write out.
pub static SOURCES: &[ExportSource] = &[
    ExportSource {
        kind: "orders",
        layout: None,
        right: Permission::OrdersRead,
        tables: &["orders", "order_items", "order_status_history", "fulfilments", "fulfilment_items"],
        columns: orders::COLUMNS,
        check: |filter| orders::parse(filter).map(|_| ()),
        count: |_, _| Ok(None),
        read: Reader::Store(orders::read),
    },
    ExportSource {
        kind: "shipping_methods",
        layout: None,
        right: Permission::SettingsRead,
        tables: &["shipping_methods"],
        columns: terms::SHIPPING_COLUMNS,
        check: no_filter,
        count: |_, _| Ok(None),
        read: Reader::Store(|tx, _, _| terms::read_shipping(tx)),
    },
    ExportSource {
        kind: "tax_rates",
        layout: None,
        right: Permission::SettingsRead,
        tables: &["tax_rates"],
        columns: terms::TAX_COLUMNS,
        check: no_filter,
        count: |_, _| Ok(None),
        read: Reader::Store(|tx, _, _| terms::read_tax(tx)),
    },
];

//! Orders as rows of a table: one per item.

use orion_framework::db::StoreTx;
use orion_framework::export::{Batch, Cell, ExportError, Record};
use orion_framework::http::Query;
use orion_framework::problem::ProblemDraft;
use orion_types::Money;
use orion_types::number::percent_text;
use orion_types::order::OrderQuery;
use serde_json::{Value, json};
use uuid::Uuid;

use super::document::document;
use super::parts::{Part, Parts};
use crate::model::order::{ItemRow, OrderRow, address};
use crate::queries::order_list::{self, OrderFilter};
use crate::service::orders::list;

/// Orders of one batch.
const BATCH: i64 = 250;

/// The order's own columns first; those of money stand on its first row only, so that a column can be summed.
pub(super) const COLUMNS: &[&str] = &[
    "Order",
    "Placed at",
    "Status",
    "Payment status",
    "Fulfilment status",
    "E-mail",
    "Currency",
    "Subtotal",
    "Discount",
    "Shipping",
    "Tax",
    "Total",
    "Prices include tax",
    "Tax name",
    "Tax rate",
    "Shipping method",
    "Note",
    "Cancelled at",
    "Cancel reason",
    "Ship to name",
    "Ship to line 1",
    "Ship to line 2",
    "Ship to city",
    "Ship to region",
    "Ship to postal code",
    "Ship to country",
    "Ship to phone",
    "Bill to name",
    "Bill to line 1",
    "Bill to line 2",
    "Bill to city",
    "Bill to region",
    "Bill to postal code",
    "Bill to country",
    "Bill to phone",
    "Item SKU",
    "Item title",
    "Item variant",
    "Item quantity",
    "Item unit price",
    "Item subtotal",
    "Item tax",
    "Item fulfilled",
];

pub(super) fn parse(filter: &str) -> Result<OrderFilter, ProblemDraft> {
    list::filter(&Query::<OrderQuery>::parse(filter)?)
}

pub(super) fn read(tx: &mut StoreTx, filter: &str, place: Option<Value>) -> Result<Batch, ExportError> {
    let mut filter = OrderFilter {
        limit: BATCH,
        after: None,
        ..parse(filter)?
    };
    filter.after = place.map(serde_json::from_value).transpose()?;
    let mut rows = order_list::list_orders(tx, &filter)?;
    let more = i64::try_from(rows.len()).unwrap_or(BATCH) > BATCH;
    if more {
        rows.pop();
    }
    let next = rows.last().filter(|_| more).map(|row| json!(filter.sort.place(row)));
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut parts = Parts::of(tx, &ids)?;
    let records = rows.iter().map(|row| record(row, &parts.take(row.id)));
    Ok(Batch {
        records: records.collect(),
        next,
    })
}

fn record(order: &OrderRow, part: &Part) -> Record {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for item in &part.items {
        let mut row = order_cells(order, rows.is_empty());
        row.extend(item_cells(order, item));
        rows.push(row);
    }
    if rows.is_empty() {
        let mut row = order_cells(order, true);
        row.resize(COLUMNS.len(), Cell::Empty);
        rows.push(row);
    }
    Record::new(rows, document(order, part))
}

fn amount(money: Money) -> Cell {
    Cell::Number(money.to_decimal_string())
}

fn order_cells(order: &OrderRow, first: bool) -> Vec<Cell> {
    let sum = |minor| if first { amount(order.money(minor)) } else { Cell::Empty };
    let mut cells = vec![
        order.number.map_or(Cell::Empty, Cell::number),
        Cell::text(order.placed_at.to_rfc3339()),
        Cell::text(&order.status),
        Cell::text(&order.payment_status),
        Cell::text(&order.fulfilment_status),
        Cell::text(&order.email),
        Cell::text(&order.currency),
        sum(order.subtotal_minor),
        sum(order.discount_minor),
        sum(order.shipping_minor),
        sum(order.tax_minor),
        sum(order.total_minor),
        Cell::flag(order.prices_include_tax),
        Cell::text(&order.tax_name),
        Cell::Number(percent_text(order.tax_rate_ppm.unsigned_abs())),
        Cell::text(&order.shipping_method),
        Cell::text(&order.note),
        order.cancelled_at.map_or(Cell::Empty, |at| Cell::text(at.to_rfc3339())),
        Cell::text(order.cancel_reason.as_deref().unwrap_or_default()),
    ];
    for value in [&order.shipping_address, &order.billing_address] {
        let to = address(value);
        let lines = [
            to.name,
            to.line1,
            to.line2,
            to.city,
            to.region,
            to.postal_code,
            to.country,
            to.phone,
        ];
        cells.extend(lines.map(Cell::text));
    }
    cells
}

fn item_cells(order: &OrderRow, item: &ItemRow) -> [Cell; 8] {
    [
        Cell::text(&item.sku),
        Cell::text(&item.title),
        Cell::text(&item.variant_title),
        Cell::number(item.quantity),
        amount(order.money(item.unit_price_minor)),
        amount(order.money(item.subtotal_minor)),
        amount(order.money(item.tax_minor)),
        Cell::number(item.fulfilled_quantity),
    ]
}

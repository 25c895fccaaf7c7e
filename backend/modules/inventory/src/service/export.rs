//! Stock as files: a row and a document per variant that is counted, and per line of the ledger.

use orion_framework::db::StoreTx;
use orion_framework::export::{Batch, Cell, ExportError, ExportSource, Reader, Record, no_filter};
use orion_framework::http::Query;
use orion_types::inventory::InventoryQuery;
use orion_types::permission::Permission;
use serde_json::{Value, json};
use uuid::Uuid;

use super::list::filter;
use crate::model::{MovementRow, StockRow};
use crate::queries::{self, LevelFilter};

/// Variants of one batch.
const BATCH: i64 = 500;

/// What this module can write out.
pub static SOURCES: &[ExportSource] = &[STOCK, MOVEMENTS];

const STOCK: ExportSource = ExportSource {
    kind: "stock",
    layout: None,
    right: Permission::InventoryRead,
    tables: &["inventory_levels"],
    columns: &[
        "Product",
        "Variant",
        "SKU",
        "On hand",
        "Reserved",
        "Available",
        "Counted at",
        "Variant id",
    ],
    check: |text| filter(&Query::<InventoryQuery>::parse(text)?).map(|_| ()),
    count: |_, _| Ok(None),
    read: Reader::Store(read),
};

const MOVEMENTS: ExportSource = ExportSource {
    kind: "stock_movements",
    layout: None,
    right: Permission::InventoryRead,
    tables: &["inventory_movements"],
    columns: &["At", "Variant id", "On hand", "Reserved", "Reason", "Order id", "Note", "By"],
    check: no_filter,
    count: |_, _| Ok(None),
    read: Reader::Store(read_movements),
};

fn read(tx: &mut StoreTx, text: &str, place: Option<Value>) -> Result<Batch, ExportError> {
    let query = Query::<InventoryQuery>::parse(text)?;
    let filter = LevelFilter {
        after: place.map(serde_json::from_value).transpose()?,
        limit: BATCH,
        ..filter(&query)?
    };
    let mut rows = queries::list_levels(tx, &filter)?;
    let more = i64::try_from(rows.len()).unwrap_or(BATCH) > BATCH;
    if more {
        rows.pop();
    }
    let next = rows.last().filter(|_| more).map(|row| json!(filter.sort.place(row)));
    Ok(Batch {
        records: rows.iter().map(record).collect(),
        next,
    })
}

fn record(row: &StockRow) -> Record {
    let (on_hand, reserved) = (row.on_hand.unwrap_or(0), row.reserved.unwrap_or(0));
    let counted = row.counted_at.map(|at| at.to_rfc3339());
    let sku = row.sku.as_deref().unwrap_or_default();
    let cells = vec![
        Cell::text(&row.product_title),
        Cell::text(&row.variant_title),
        Cell::text(sku),
        Cell::number(on_hand),
        Cell::number(reserved),
        Cell::number(on_hand - reserved),
        Cell::text(counted.as_deref().unwrap_or_default()),
        Cell::text(row.variant_id.to_string()),
    ];
    let document = json!({
        "product_id": row.product_id, "variant_id": row.variant_id, "product": row.product_title, "variant": row.variant_title, "sku": sku,
        "on_hand": on_hand, "reserved": reserved, "available": on_hand - reserved, "counted_at": counted,
    });
    Record::new(vec![cells], document)
}

/// Newest first, as the page of movements shows them.
fn read_movements(tx: &mut StoreTx, _: &str, place: Option<Value>) -> Result<Batch, ExportError> {
    let before: Option<Uuid> = place.map(serde_json::from_value).transpose()?;
    let found = queries::list_movements(tx, None, before, BATCH)?;
    let size = usize::try_from(BATCH).unwrap_or(usize::MAX);
    Ok(Batch::cut(found, size, |row| json!(row.id), movement))
}

fn movement(row: &MovementRow) -> Record {
    let cells = vec![
        Cell::time(row.created_at),
        Cell::text(row.variant_id.to_string()),
        Cell::number(row.on_hand_delta),
        Cell::number(row.reserved_delta),
        Cell::text(&row.reason),
        row.order_id.map_or(Cell::Empty, |order| Cell::text(order.to_string())),
        Cell::text(&row.note),
        Cell::text(&row.actor_label),
    ];
    let document = json!({
        "id": row.id, "at": row.created_at.to_rfc3339(), "variant_id": row.variant_id, "on_hand_delta": row.on_hand_delta,
        "reserved_delta": row.reserved_delta, "reason": row.reason, "order_id": row.order_id, "note": row.note, "by": row.actor_label,
    });
    Record::new(vec![cells], document)
}

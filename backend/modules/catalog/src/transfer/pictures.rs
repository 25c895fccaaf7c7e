//! Pictures: of which product each is, where it came from, and its file in an archive.

use orion_framework::db::StoreTx;
use orion_framework::export::{Attached, Batch, Cell, ExportError, Record};
use orion_types::ImageId;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::model::ImageRow;
use crate::picture::{FileKind, WIDTHS, file_key};
use crate::queries::images;

/// Pictures of one batch.
const BATCH: usize = 500;

pub(super) const COLUMNS: &[&str] = &[
    "Product",
    "Position",
    "Alt text",
    "Variant SKU",
    "Source",
    "Status",
    "Width",
    "Height",
    "File",
];

/// The name of a picture's file in an archive; none for one that was never fetched.
pub(super) fn file_name(row: &ImageRow) -> Option<String> {
    (row.status == "ready").then(|| format!("pictures/{}.jpg", row.id))
}

/// The largest that is kept, which is what the shop zooms into.
fn key(id: Uuid) -> String {
    let [.., largest] = WIDTHS;
    file_key(ImageId(id), largest, FileKind::Jpeg)
}

pub(super) fn read(tx: &mut StoreTx, _: &str, place: Option<Value>) -> Result<Batch, ExportError> {
    let after: Option<Uuid> = place.map(serde_json::from_value).transpose()?;
    let limit = i64::try_from(BATCH).unwrap_or(i64::MAX - 1) + 1;
    let found = images::list_all(tx, after, limit)?;
    Ok(Batch::cut(found, BATCH, |(row, ..)| json!(row.id), record))
}

fn record((row, product, sku): &(ImageRow, String, Option<String>)) -> Record {
    let file = file_name(row);
    let pixels = |side: Option<i32>| side.map_or(Cell::Empty, Cell::number);
    let optional = |text: &Option<String>| Cell::text(text.as_deref().unwrap_or_default());
    let cells = vec![
        Cell::text(product),
        Cell::number(row.position.saturating_add(1)),
        Cell::text(&row.alt),
        optional(sku),
        optional(&row.source_url),
        Cell::text(&row.status),
        pixels(row.width),
        pixels(row.height),
        optional(&file),
    ];
    let document = json!({
        "id": row.id, "product": product, "position": row.position, "alt": row.alt, "variant_id": row.variant_id, "variant_sku": sku,
        "source_url": row.source_url, "status": row.status, "fetch_error": row.fetch_error, "width": row.width, "height": row.height,
        "file": file,
    });
    let files = file.map(|name| Attached { name, key: key(row.id) }).into_iter().collect();
    Record {
        files,
        ..Record::new(vec![cells], document)
    }
}

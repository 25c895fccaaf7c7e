//! What stands around the products: categories, addresses of before, and the columns of files that were kept.

use std::collections::HashMap;

use orion_framework::db::StoreTx;
use orion_framework::export::{Batch, Cell, ExportError, Record};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::model::{CountedCategory, MappingRow};
use crate::queries::redirects::{self, Redirect};
use crate::queries::{categories, mappings};

/// Addresses of one batch.
const BATCH: usize = 1_000;

pub(super) const CATEGORY_COLUMNS: &[&str] = &["Slug", "Name", "Parent", "Position", "Description", "Products on sale"];
pub(super) const REDIRECT_COLUMNS: &[&str] = &["Of", "Slug", "Leads to", "Since"];
pub(super) const MAPPING_COLUMNS: &[&str] = &["Name", "Column", "Meaning"];

/// In the order of the navigation; a store has a thousand at most.
pub(super) fn read_categories(tx: &mut StoreTx) -> Result<Batch, ExportError> {
    let found = categories::list_categories(tx)?;
    let slugs: HashMap<Uuid, &str> = found.iter().map(|row| (row.id, row.slug.as_str())).collect();
    let record = |row: &CountedCategory| {
        let parent = row.parent_id.and_then(|parent| slugs.get(&parent)).copied();
        let cells = vec![
            Cell::text(&row.slug),
            Cell::text(&row.name),
            Cell::text(parent.unwrap_or_default()),
            Cell::number(row.position),
            Cell::text(&row.description),
            Cell::number(row.product_count),
        ];
        let document = json!({
            "slug": row.slug, "name": row.name, "parent": parent, "position": row.position, "description": row.description,
            "product_count": row.product_count, "updated_at": row.updated_at.to_rfc3339(),
        });
        Record::new(vec![cells], document)
    };
    Ok(Batch::all(found.iter().map(record).collect()))
}

/// Products' first, then those of categories, each in the order of the slugs.
pub(super) fn read_redirects(tx: &mut StoreTx, _: &str, place: Option<Value>) -> Result<Batch, ExportError> {
    let after: Option<(String, String)> = place.map(serde_json::from_value).transpose()?;
    let limit = i64::try_from(BATCH).unwrap_or(i64::MAX - 1) + 1;
    let found = redirects::list(tx, after.as_ref(), limit)?;
    Ok(Batch::cut(found, BATCH, |row| json!((&row.kind, &row.slug)), redirect))
}

fn redirect(row: &Redirect) -> Record {
    let cells = vec![
        Cell::text(&row.kind),
        Cell::text(&row.slug),
        Cell::text(&row.target),
        Cell::time(row.created_at),
    ];
    let document = json!({ "of": row.kind, "slug": row.slug, "leads_to": row.target, "since": row.created_at.to_rfc3339() });
    Record::new(vec![cells], document)
}

/// A row per column; a store keeps a few hundred files' at most.
pub(super) fn read_mappings(tx: &mut StoreTx) -> Result<Batch, ExportError> {
    let found = mappings::list_mappings(tx, None, None, mappings::MAX_MAPPINGS)?;
    let record = |row: &MappingRow| {
        let meaning = |heading: &String| row.mapping.get(heading).and_then(Value::as_str).unwrap_or_default();
        let rows = row
            .headings
            .iter()
            .map(|heading| vec![Cell::text(&row.name), Cell::text(heading), Cell::text(meaning(heading))]);
        let document =
            json!({ "name": row.name, "headings": row.headings, "mapping": row.mapping, "updated_at": row.updated_at.to_rfc3339() });
        Record::new(rows.collect(), document)
    };
    Ok(Batch::all(found.iter().map(record).collect()))
}

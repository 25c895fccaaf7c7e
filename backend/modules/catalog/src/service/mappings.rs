//! The columns of files: what they were taken for, and what is kept under a name for the next file.

use std::collections::{BTreeMap, BTreeSet};

use orion_framework::db::cursor::{self, page_limit};
use orion_framework::db::{AuditEntry, DbError, StoreTx, read_json};
use orion_framework::problem::FieldErrors;
use orion_types::import::{ImportColumn, ImportListQuery, ImportMapping, ImportedColumns, SaveImportMapping};
use orion_types::validation::{self, FieldError, MAX_NAME_LENGTH};
use orion_types::{ImportId, ImportMappingId, Page};
use serde_json::json;
use uuid::Uuid;

use crate::error::CatalogError;
use crate::import::{MAX_HEADING, Mapping};
use crate::model::MappingRow;
use crate::queries::{imports, mappings as rows};

/// Most headings of a file that are kept.
const MAX_HEADINGS: usize = 300;

/// The columns of an import's file, with what is kept for files like it.
///
/// # Errors
/// 404 for an import of another store.
pub(crate) fn read_columns(tx: &mut StoreTx, id: ImportId) -> Result<ImportedColumns, CatalogError> {
    let (columns, chosen) = imports::find_columns(tx, id.0)?;
    let columns: Vec<ImportColumn> = read_json(columns)?;
    let headings = sorted(columns.iter().map(|column| column.heading.clone()));
    let saved = if headings.is_empty() {
        Vec::new()
    } else {
        rows::list_for(tx, &headings)?
    };
    Ok(ImportedColumns {
        columns,
        chosen: read_json(chosen)?,
        saved: saved.into_iter().map(mapping).collect::<Result<_, _>>()?,
    })
}

/// What is kept, newest first.
///
/// # Errors
/// When the query makes no sense.
pub(crate) fn list_mappings(tx: &mut StoreTx, query: &ImportListQuery) -> Result<Page<ImportMapping>, CatalogError> {
    let limit = page_limit(query.limit)?;
    let before = cursor::decode::<Uuid>(query.cursor.as_deref())?;
    let since = cursor::since(query.updated_since.as_deref())?;
    let found = rows::list_mappings(tx, before, since, limit + 1)?;
    let page = cursor::page(found, limit, |row| row.id, |row| row);
    Ok(Page {
        data: page.data.into_iter().map(mapping).collect::<Result<_, _>>()?,
        has_more: page.has_more,
        next_cursor: page.next_cursor,
        total: None,
        total_capped: false,
    })
}

/// Keeps columns under a name; those of the same name are replaced.
///
/// # Errors
/// 422 with every wrong field.
pub(crate) fn save_mapping(tx: &mut StoreTx, save: SaveImportMapping) -> Result<ImportMapping, CatalogError> {
    let SaveImportMapping { name, headings, columns } = save;
    let mut fields = FieldErrors::default();
    let name = fields
        .check("/name", validation::required(&name, MAX_NAME_LENGTH))
        .unwrap_or_default()
        .to_owned();
    if headings.is_empty() {
        fields.add("/headings", "required", "a file has headings");
    }
    if headings.len() > MAX_HEADINGS {
        fields.check("/headings", Err::<(), _>(FieldError::TooLong { max: MAX_HEADINGS }));
    }
    for (place, heading) in headings.iter().enumerate().take(MAX_HEADINGS) {
        if heading.contains('\0') || heading.len() > MAX_HEADING {
            fields.add(format!("/headings/{place}"), "invalid", "is no heading of a file");
        }
    }
    if rows::count_mappings(tx)? >= rows::MAX_MAPPINGS {
        fields.add("/name", "too_many", format!("a store keeps at most {} of them", rows::MAX_MAPPINGS));
    }
    fields.into_result()?;
    Mapping::read(&columns)?;
    let row = MappingRow {
        store_id: tx.store_id(),
        id: tx.new_id(),
        name,
        headings: sorted(headings),
        mapping: json!(columns),
        created_at: tx.now(),
        updated_at: tx.now(),
    };
    let kept = rows::save_mapping(tx, &row)?;
    tx.audit(AuditEntry::new("import_mapping.saved", "import_mappings", kept.id).note("name", &kept.name));
    Ok(mapping(kept)?)
}

/// Forgets what is kept.
///
/// # Errors
/// 404 where the store keeps no such thing.
pub(crate) fn delete_mapping(tx: &mut StoreTx, id: ImportMappingId) -> Result<(), CatalogError> {
    let name = rows::delete_mapping(tx, id.0)?;
    tx.audit(AuditEntry::new("import_mapping.deleted", "import_mappings", id.0).note("name", name));
    Ok(())
}

fn sorted(headings: impl IntoIterator<Item = String>) -> Vec<String> {
    let each: BTreeSet<String> = headings.into_iter().map(|heading| heading.trim().to_owned()).collect();
    each.into_iter().filter(|heading| !heading.is_empty()).collect()
}

fn mapping(row: MappingRow) -> Result<ImportMapping, DbError> {
    let columns: BTreeMap<String, String> = read_json(row.mapping)?;
    Ok(ImportMapping {
        id: row.id.into(),
        name: row.name,
        headings: row.headings,
        columns,
        created_at: row.created_at.into(),
        updated_at: row.updated_at.into(),
    })
}

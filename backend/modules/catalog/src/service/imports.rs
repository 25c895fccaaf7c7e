//! Imports are started, watched, cancelled, and their pictures tried again.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use orion_framework::db::cursor::{self, page_limit};
use orion_framework::db::{AuditEntry, StoreTx, read_json};
use orion_framework::job::JobOptions;
use orion_framework::problem::{BAD_QUERY, ProblemDraft};
use orion_types::import::{Import, ImportImageFailure, ImportImages, ImportListQuery, ImportRowError};
use orion_types::status::ImportStatus;
use orion_types::{ImportId, Page};
use serde_json::json;
use uuid::Uuid;

use super::import_choices::Wanted;
use super::told;
use crate::error::CatalogError;
use crate::import::job::{DeleteImportFile, ImportProducts};
use crate::import::{RefusedFile, queue_fetch};
use crate::model::{ImportErrorRow, ImportRow, UndoRow};
use crate::queries::import_changes::list_undoable;
use crate::queries::{images, import_undos as undos, imports as rows};
use crate::undo::told::{is_open, undo, until};

/// Longest name of a file that is kept, in characters.
const MAX_FILE_NAME: usize = 200;

/// A file that was uploaded and is not yet imported.
#[derive(Debug, Clone)]
pub(crate) struct UploadedFile {
    pub id: Uuid,
    pub name: String,
    pub storage_key: String,
}

impl UploadedFile {
    /// A place for a file; of its name only what can be shown is kept.
    pub fn new(id: Uuid, name: &str) -> Self {
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
        let name: String = name
            .chars()
            .filter(|character| !character.is_control())
            .take(MAX_FILE_NAME)
            .collect();
        let name = if name.trim().is_empty() {
            "products.csv".to_owned()
        } else {
            name.trim().to_owned()
        };
        Self {
            id,
            name,
            storage_key: format!("imports/{id}"),
        }
    }
}

/// Notes an import and queues its job.
pub(crate) fn start_import(tx: &mut StoreTx, file: &UploadedFile, wanted: Wanted) -> Result<Import, CatalogError> {
    let row = note_import(tx, file, wanted)?;
    let options = JobOptions {
        unique_key: Some(row.id.to_string()),
        ..JobOptions::default()
    };
    tx.enqueue_with(&ImportProducts { import_id: row.id }, options);
    import(row, Beside::default())
}

/// Notes an import that nobody runs yet.
pub(crate) fn note_import(tx: &mut StoreTx, file: &UploadedFile, wanted: Wanted) -> Result<ImportRow, CatalogError> {
    let Wanted { dry_run, choices, columns } = wanted;
    let now = tx.now();
    let row = ImportRow {
        store_id: tx.store_id(),
        id: file.id,
        kind: "products".to_owned(),
        status: "queued".to_owned(),
        dry_run,
        file_name: file.name.clone(),
        storage_key: file.storage_key.clone(),
        total_rows: 0,
        processed_rows: 0,
        created_count: 0,
        updated_count: 0,
        unchanged_count: 0,
        failed_count: 0,
        failure: None,
        actor_label: tx.actor().label.clone(),
        created_at: now,
        updated_at: now,
        finished_at: None,
        note_count: 0,
        header: Vec::new(),
        choices: json!(choices),
        left_count: 0,
        missing_count: 0,
        mapping: json!(columns),
    };
    rows::insert_import(tx, &row)?;
    tx.audit(
        AuditEntry::new("import.created", "imports", row.id)
            .note("file", &row.file_name)
            .note("dry_run", dry_run)
            .note("choices", &row.choices)
            .note("columns", &row.mapping),
    );
    Ok(row)
}

/// An import with its progress.
pub fn read_import(tx: &mut StoreTx, id: ImportId) -> Result<Import, CatalogError> {
    let row = rows::find_import(tx, id.0)?;
    let beside = beside(tx, std::slice::from_ref(&row))?.remove(&row.id).unwrap_or_default();
    import(row, beside)
}

/// Imports, newest first.
pub fn list_imports(tx: &mut StoreTx, query: &ImportListQuery) -> Result<Page<Import>, CatalogError> {
    let limit = page_limit(query.limit)?;
    let before = cursor::decode::<Uuid>(query.cursor.as_deref())?;
    let since = cursor::since(query.updated_since.as_deref())?;
    let page = cursor::page(rows::list_imports(tx, before, since, limit + 1)?, limit, |row| row.id, |row| row);
    let mut beside = beside(tx, &page.data)?;
    let data = page.data.into_iter().map(|row| {
        let of_row = beside.remove(&row.id).unwrap_or_default();
        import(row, of_row)
    });
    Ok(Page {
        data: data.collect::<Result<_, CatalogError>>()?,
        has_more: page.has_more,
        next_cursor: page.next_cursor,
        total: None,
        total_capped: false,
    })
}

/// The report of an import, by line: what was refused and what was taken otherwise than the file says, or one of the two.
///
/// # Errors
/// 400 for a severity that is neither.
pub fn list_import_errors(
    tx: &mut StoreTx,
    id: ImportId,
    severity: Option<&str>,
    cursor: Option<&str>,
    limit: Option<u32>,
) -> Result<Page<ImportRowError>, CatalogError> {
    let limit = page_limit(limit)?;
    let after = cursor::decode::<(i32, Uuid)>(cursor)?;
    if severity.is_some_and(|severity| !matches!(severity, "error" | "note")) {
        return Err(ProblemDraft::new(&BAD_QUERY)
            .field("severity", "invalid", "expected error or note")
            .into());
    }
    rows::find_import(tx, id.0)?;
    let total = rows::count_errors(tx, id.0, severity)?;
    let found = rows::list_errors(tx, id.0, severity, after, limit + 1)?;
    let error = |row: ImportErrorRow| ImportRowError {
        line: row.line,
        column: row.column_name,
        code: row.code,
        detail: row.detail,
        severity: row.severity,
        product: row.product,
        value: row.value,
    };
    let page = cursor::page(found, limit, |row| (row.line, row.id), error);
    Ok(page.counted(total))
}

/// The rows of refused products as a CSV that can be mended and sent again: our own columns, and one that says why.
///
/// # Errors
/// 404 for an import of another store.
pub fn refused_file(tx: &mut StoreTx, id: ImportId) -> Result<Vec<u8>, CatalogError> {
    let import = rows::find_import(tx, id.0)?;
    let mut file = RefusedFile::new(&import.header)?;
    let mut last = Uuid::nil();
    loop {
        let rows = rows::list_refused(tx, id.0, last)?;
        let Some(end) = rows.last() else { break };
        last = end.id;
        for row in &rows {
            file.add(&row.reason, &row.cells)?;
        }
    }
    Ok(file.finish()?)
}

/// Pictures of an import that could not be fetched.
pub fn list_image_failures(
    tx: &mut StoreTx,
    id: ImportId,
    cursor: Option<&str>,
    limit: Option<u32>,
) -> Result<Page<ImportImageFailure>, CatalogError> {
    let limit = page_limit(limit)?;
    let after = cursor::decode::<Uuid>(cursor)?.unwrap_or_default();
    rows::find_import(tx, id.0)?;
    let total = images::count_failed(tx, id.0)?;
    let found = images::list_failed(tx, id.0, after, limit + 1)?;
    let failure = |row: images::FailedImage| ImportImageFailure {
        image_id: row.id.into(),
        product_id: row.product_id.into(),
        product_title: row.title,
        source_url: row.source_url,
        detail: row.fetch_error,
    };
    let page = cursor::page(found, limit, |row| row.id, failure);
    Ok(page.counted(total))
}

/// Puts the failed pictures of an import back in line.
pub fn retry_images(tx: &mut StoreTx, id: ImportId) -> Result<Import, CatalogError> {
    rows::lock_import(tx, id.0)?;
    let products = images::retry_failed(tx, id.0)?;
    for product in &products {
        queue_fetch(tx, *product);
    }
    tx.audit(AuditEntry::new("import.images_retried", "imports", id.0).note("products", products.len()));
    read_import(tx, id)
}

/// Stops an import; what it has written stays.
///
/// # Errors
/// [`CatalogError::ImportFinished`] when it has ended.
pub fn cancel_import(tx: &mut StoreTx, id: ImportId) -> Result<Import, CatalogError> {
    let mut row = rows::lock_import(tx, id.0)?;
    if !matches!(row.status.as_str(), "queued" | "running") {
        return Err(CatalogError::ImportFinished);
    }
    row.status = "cancelled".to_owned();
    row.updated_at = tx.now();
    row.finished_at = Some(tx.now());
    rows::update_import(tx, &row)?;
    tx.audit(AuditEntry::new("import.cancelled", "imports", id.0).note("processed_rows", row.processed_rows));
    told::import(tx, &row);
    read_import(tx, id)
}

/// Ends an import whose job was called off by who hosts the store, unless it has ended before.
pub(crate) fn job_called_off(tx: &mut StoreTx, id: Uuid) -> Result<(), CatalogError> {
    tx.no_audit("an import that has ended stays as it is; one that is stopped here audits itself");
    match cancel_import(tx, ImportId(id)) {
        Ok(_) => {
            // The job that would have removed it will never run.
            let storage_key = rows::find_import(tx, id)?.storage_key;
            tx.enqueue(&DeleteImportFile { storage_key });
            Ok(())
        }
        Err(CatalogError::ImportFinished) => Ok(()),
        Err(error) => Err(error),
    }
}

/// What is told of a run beside its row.
#[derive(Default)]
pub(crate) struct Beside {
    images: ImportImages,
    undo: Option<UndoRow>,
    undo_until: Option<DateTime<Utc>>,
}

/// What is told of these runs beside their rows; nothing of those that are not among them.
fn beside(tx: &mut StoreTx, runs: &[ImportRow]) -> Result<HashMap<Uuid, Beside>, CatalogError> {
    let ids: Vec<Uuid> = runs.iter().map(|row| row.id).collect();
    let mut beside: HashMap<Uuid, Beside> = HashMap::new();
    for (id, images) in rows::count_images(tx, &ids)? {
        beside.entry(id).or_default().images = images;
    }
    for undo in undos::list_latest(tx, &ids)? {
        let of_import = beside.entry(undo.import_id).or_default();
        of_import.undo = Some(undo);
    }
    let undoable = list_undoable(tx, &ids)?;
    for row in runs.iter().filter(|row| undoable.contains(&row.id) && !is_open(&row.status)) {
        let of_row = beside.entry(row.id).or_default();
        let being_undone = of_row.undo.as_ref().is_some_and(|undo| is_open(&undo.status));
        of_row.undo_until = Some(until(row)).filter(|until| !being_undone && *until > tx.now());
    }
    Ok(beside)
}

/// A run on the wire.
///
/// # Errors
/// When its choices are none that anybody could have made.
pub(crate) fn import(row: ImportRow, beside: Beside) -> Result<Import, CatalogError> {
    let ImportRow {
        store_id: _,
        id,
        kind: _,
        status,
        dry_run,
        file_name,
        storage_key: _,
        total_rows,
        processed_rows,
        created_count,
        updated_count,
        unchanged_count,
        failed_count,
        failure,
        actor_label,
        created_at,
        updated_at,
        finished_at,
        note_count,
        header: _,
        choices,
        left_count,
        missing_count,
        mapping,
    } = row;
    Ok(Import {
        id: id.into(),
        // The CHECK of the column allows nothing else.
        status: status.parse().unwrap_or(ImportStatus::Failed),
        dry_run,
        file_name,
        total_rows,
        processed_rows,
        created_count,
        updated_count,
        unchanged_count,
        failed_count,
        note_count,
        failure,
        images: beside.images,
        undo_until: beside.undo_until.map(Into::into),
        undo: beside.undo.map(undo),
        actor: actor_label,
        created_at: created_at.into(),
        updated_at: updated_at.into(),
        finished_at: finished_at.map(Into::into),
        left_count,
        missing_count,
        choices: read_json(choices)?,
        columns: read_json(mapping)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_file_name_only_what_can_be_shown_is_kept() {
        let name = |typed: &str| UploadedFile::new(Uuid::nil(), typed).name;
        assert_eq!(name("C:\\Users\\me\\products.csv"), "products.csv");
        assert_eq!(name("../../etc/passwd\n"), "passwd");
        assert_eq!(name("  "), "products.csv");
        assert_eq!(name(&"ä".repeat(500)).chars().count(), 200);
    }
}

//! A run, batch by batch (see `batch`): each batch and the progress it made are one transaction, so a server that dies in the middle goes on where it was.

use std::collections::BTreeMap;
use std::io::Read;

use orion_framework::StoreAccess;
use orion_framework::db::{AuditEntry, DbError, StoreTx, read_json};
use orion_framework::job::JobContext;
use orion_types::Currency;
use orion_types::import::{ImportChoices, ImportColumn};
use orion_types::status::ImportMissing;
use serde_json::{Value, json};
use tokio::runtime::Handle;
use uuid::Uuid;

use super::apply::Task;
use super::batch::{StepError, batch, rehearse};
use super::encoding::survey;
use super::formats::{columns, translated};
use super::mapping::Mapping;
use super::missing;
use super::parts::{PartReader, delete_parts};
use super::reader::ProductFile;
use super::report::{FileError, RowError, Tally};
use crate::error::CatalogError;
use crate::model::{ImportErrorRow, ImportRow, RefusedRow};
use crate::queries::import_changes::insert_changes;
use crate::queries::imports as rows;
use crate::service::told;
use crate::undo::job::ForgetChanges;

/// Where a run works.
pub(crate) struct Host<'a> {
    pub access: StoreAccess,
    /// The job that runs it, which then says how far it has come.
    pub job: Option<&'a JobContext>,
}

impl Host<'_> {
    async fn tx<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut StoreTx) -> Result<T, CatalogError> + Send + 'static,
    ) -> Result<T, CatalogError> {
        self.access.tx(work).await
    }
}

impl Host<'_> {
    /// Should that fail, nothing is wrong with the import: lists are slow until PostgreSQL looks by itself.
    async fn look(&self) {
        let looked = self
            .tx(|tx| {
                tx.no_audit("nothing of the store changes");
                Ok(rows::look_at_catalog(tx)?)
            })
            .await;
        if let Err(error) = looked {
            tracing::warn!(%error, "the tables of the catalogue could not be looked at");
        }
    }

    /// Keeps what the columns of the file are, for whoever looks at the report.
    async fn note_columns(&self, id: Uuid, columns: Value) -> Result<(), CatalogError> {
        self.tx(move |tx| {
            tx.no_audit("what a file holds; the import is audited");
            Ok(rows::note_columns(tx, id, &columns)?)
        })
        .await
    }

    /// Tells the job's list. Should that fail, nothing is wrong with the import: whether it may go on is decided where its rows are written.
    async fn note_progress(&self, row: &ImportRow) {
        if let Some(job) = self.job
            && let Err(error) = job.progress(row.processed_rows, row.total_rows).await
        {
            tracing::debug!(%error, import = %row.id, "the progress of an import was not noted");
        }
    }
}

/// Does what is left of a run; `progress` sees the row after each batch. Returns the row at its end.
pub(crate) async fn run(host: &Host<'_>, id: Uuid, mut progress: impl FnMut(&ImportRow)) -> Result<ImportRow, CatalogError> {
    let mut row = host.tx(move |tx| begin(tx, id)).await?;
    if row.status == "running" {
        match open(host, &row).await {
            Ok(Opened { mut file, total, columns }) => loop {
                if row.processed_rows == 0 {
                    let columns = json!(columns);
                    host.note_columns(id, columns).await?;
                }
                let expected = row.processed_rows;
                let (after, rest) = host.tx(move |tx| step(tx, id, expected, total, file)).await?;
                row = after;
                if !row.dry_run && grown(expected, row.processed_rows) {
                    host.look().await;
                }
                progress(&row);
                host.note_progress(&row).await;
                let Some(rest) = rest else { break };
                file = rest;
            },
            Err((FileError(sentence), columns)) => {
                host.note_columns(id, json!(columns)).await?;
                row = host.tx(move |tx| fail(tx, id, &sentence)).await?;
            }
        }
    }
    if row.status == "running" {
        // Another server goes on with it, and needs the file.
        return Err(DbError::Unavailable("another server has gone further with this import".to_owned()).into());
    }
    if let Err(error) = delete_parts(&host.access.services().storage, host.access.store().id, &row.storage_key).await {
        tracing::warn!(%error, import = %id, "the uploaded file of an import could not be removed");
    }
    Ok(row)
}

/// Whether a run has passed a size from which on lists are planned otherwise: 500 rows, and each five times as many.
fn grown(before: i32, after: i32) -> bool {
    let mut size = 500;
    while size <= before {
        size = size.saturating_mul(5);
    }
    size <= after
}

/// Marks a run as running, unless it has ended.
fn begin(tx: &mut StoreTx, id: Uuid) -> Result<ImportRow, CatalogError> {
    let mut row = rows::lock_import(tx, id)?;
    if row.status == "queued" {
        row.status = "running".to_owned();
        row.updated_at = tx.now();
        rows::update_import(tx, &row)?;
        tx.audit(
            AuditEntry::new("import.started", "imports", id)
                .note("file", &row.file_name)
                .note("dry_run", row.dry_run),
        );
        told::import(tx, &row);
        if !row.dry_run {
            ForgetChanges::later(tx, &row);
        }
    } else {
        tx.no_audit("the run has begun or ended before");
    }
    Ok(row)
}

/// Ends a run that cannot go on.
pub(crate) fn fail(tx: &mut StoreTx, id: Uuid, sentence: &str) -> Result<ImportRow, CatalogError> {
    let mut row = rows::lock_import(tx, id)?;
    if matches!(row.status.as_str(), "queued" | "running") {
        row.status = "failed".to_owned();
        row.failure = Some(sentence.to_owned());
        row.updated_at = tx.now();
        row.finished_at = Some(tx.now());
        rows::update_import(tx, &row)?;
        told::import(tx, &row);
    }
    tx.audit(AuditEntry::new("import.failed", "imports", id).note("failure", sentence));
    Ok(row)
}

/// A file that is being imported.
struct Opened {
    file: ProductFile,
    /// Its rows in all.
    total: i32,
    columns: Vec<ImportColumn>,
}

/// Opens the file behind what was done before. Where it cannot be read, its columns are told as far as they can be.
async fn open(host: &Host<'_>, row: &ImportRow) -> Result<Opened, (FileError, Vec<ImportColumn>)> {
    let nothing = |sentence: &str| (FileError(sentence.to_owned()), Vec::new());
    let chosen: BTreeMap<String, String> = match read_json(row.mapping.clone()) {
        Ok(chosen) => chosen,
        Err(error) => return Err(nothing(&error.to_string())),
    };
    let mapping = Mapping::read(&chosen).map_err(|_| nothing("The columns were chosen in words that are no longer known."))?;
    let (storage, store, key) = (
        host.access.services().storage.clone(),
        host.access.store().id,
        row.storage_key.clone(),
    );
    let (done, currency) = (row.processed_rows, host.access.store().currency);
    let opened = tokio::task::spawn_blocking(move || {
        let source = || PartReader::new(storage.clone(), store, &key, Handle::current());
        opened(source, currency, &mapping, done).map_err(|error| (error, columns(source)))
    });
    opened.await.unwrap_or_else(|_| Err(nothing("The file could not be read.")))
}

fn opened<R: Read + Send + 'static>(source: impl Fn() -> R, currency: Currency, mapping: &Mapping, done: i32) -> Result<Opened, FileError> {
    let (mut file, survey, columns) = if let Some(file) = translated(&source, currency, mapping)? {
        let columns = file.columns.clone();
        let survey = ProductFile::of(file.clone()).look_over()?;
        (ProductFile::of(file), survey, columns)
    } else {
        let shape = survey(&source)?;
        let survey = ProductFile::open(Box::new(source()), shape, mapping)?.look_over()?;
        let file = ProductFile::open(Box::new(source()), shape, mapping)?;
        let header = &file.header;
        let columns = survey.seen.columns(&header.headings, |place, _| header.taken_for(place));
        (file, survey, columns)
    };
    let total = survey.rows;
    file.survey = survey;
    skip(&mut file, done)?;
    Ok(Opened { file, total, columns })
}

/// Reads over products that were handled before a restart.
fn skip(file: &mut ProductFile, rows: i32) -> Result<(), FileError> {
    let mut skipped = 0;
    while skipped < rows {
        let Some(group) = file.next_product()? else { break };
        skipped = group.count.saturating_add(skipped);
    }
    Ok(())
}

/// One batch. Without the file in the answer, the run has ended.
fn step(
    tx: &mut StoreTx,
    id: Uuid,
    expected: i32,
    total: i32,
    mut file: ProductFile,
) -> Result<(ImportRow, Option<ProductFile>), CatalogError> {
    let mut row = rows::lock_import(tx, id)?;
    tx.no_audit("the progress of a run; its products carry entries of their own");
    // Cancelled, or taken over by another server that has gone further.
    if row.status != "running" || row.processed_rows != expected {
        return Ok((row, None));
    }
    let choices: ImportChoices = read_json(row.choices.clone())?;
    let task = Task { import: id, choices };
    let batch = if row.dry_run {
        rehearse(tx, &mut file, task)
    } else {
        batch(tx, &mut file, task)
    };
    let (mut tally, mut ended) = match batch {
        Ok(done) => done,
        Err(StepError::Db(error)) => return Err(error.into()),
        Err(StepError::File(FileError(sentence))) => return Ok((fail(tx, id, &sentence)?, None)),
    };
    if expected == 0 {
        tally.note(file.survey.notes(&file.header, choices.stock));
        row.header = file.header.titles();
    }
    if ended && choices.missing == ImportMissing::Archive {
        ended = missing::sweep(tx, &row, &mut file, &mut tally)?;
    }
    report(tx, &row, &tally)?;
    if !row.dry_run {
        insert_changes(tx, &tally.changes)?;
    }
    advance(&mut row, &tally, total);
    row.updated_at = tx.now();
    if ended {
        row.status = "completed".to_owned();
        row.finished_at = Some(tx.now());
        tx.audit(completed(&row));
        told::import(tx, &row);
    }
    rows::update_import(tx, &row)?;
    Ok((row, (!ended).then_some(file)))
}

fn completed(row: &ImportRow) -> AuditEntry {
    AuditEntry::new("import.completed", "imports", row.id)
        .note("created", row.created_count)
        .note("updated", row.updated_count)
        .note("unchanged", row.unchanged_count)
        .note("failed", row.failed_count)
        .note("left", row.left_count)
        .note("missing", row.missing_count)
        .note("notes", row.note_count)
}

fn advance(row: &mut ImportRow, tally: &Tally, total: i32) {
    row.total_rows = total;
    row.processed_rows = row.processed_rows.saturating_add(tally.rows).min(total);
    row.created_count += tally.created;
    row.updated_count += tally.updated;
    row.unchanged_count += tally.unchanged;
    row.failed_count += tally.failed;
    row.left_count += tally.left;
    row.missing_count += tally.missing;
    row.note_count += tally.notes();
}

fn report(tx: &mut StoreTx, row: &ImportRow, tally: &Tally) -> Result<(), DbError> {
    let error = |error: &RowError| ImportErrorRow {
        store_id: tx.store_id(),
        id: tx.new_id(),
        import_id: row.id,
        line: error.line,
        column_name: error.column.clone(),
        code: error.code.clone(),
        detail: error.detail.clone(),
        severity: error.severity.as_str().to_owned(),
        product: error.product.clone(),
        value: error.value.clone(),
    };
    let errors: Vec<ImportErrorRow> = tally.lines.iter().map(error).collect();
    rows::insert_errors(tx, &errors)?;
    keep_refused(tx, row, tally)
}

/// Keeps the rows of refused products, up to a number: who has more than that wrong mends the file itself.
fn keep_refused(tx: &mut StoreTx, row: &ImportRow, tally: &Tally) -> Result<(), DbError> {
    if tally.refused.is_empty() {
        return Ok(());
    }
    let free = rows::MAX_REFUSED_ROWS.saturating_sub(rows::count_refused(tx, row.id)?);
    let kept = tally.refused.iter().take(usize::try_from(free).unwrap_or(0));
    let kept: Vec<RefusedRow> = kept
        .map(|refused| RefusedRow {
            store_id: tx.store_id(),
            id: tx.new_id(),
            import_id: row.id,
            line: refused.line,
            reason: refused.reason.clone(),
            cells: refused.cells.clone(),
        })
        .collect();
    rows::insert_refused(tx, &kept)
}

#[cfg(test)]
mod tests {
    use super::grown;

    #[test]
    fn a_run_is_looked_at_each_time_it_is_five_times_as_large() {
        let looks: Vec<i32> = (0..100_000).step_by(100).filter(|rows| grown(*rows, rows + 100)).collect();
        assert_eq!(looks, [400, 2_400, 12_400, 62_400]);
    }
}

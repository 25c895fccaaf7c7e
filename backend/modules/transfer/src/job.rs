//! The jobs of exports: writing a file, and removing it when its time is over.

use chrono::TimeDelta;
use orion_framework::db::{AuditEntry, DbError, StoreTx};
use orion_framework::export::ExportSource;
use orion_framework::job::{Job, JobContext, JobError, JobOptions, typed};
use orion_tenancy::JobCancelled;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::error::TransferError;
use crate::format::{Finished, Format, Spool};
use crate::model::{ExportRow, storage_key};
use crate::{queries, service};

/// How long a file is kept.
const KEPT: TimeDelta = TimeDelta::hours(24);
/// Batches between two notes of how far it is.
const NOTED_EVERY: usize = 10;

/// Writes an export.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct RunExport {
    pub(crate) export_id: Uuid,
}

impl Job for RunExport {
    const KIND: &'static str = "transfer.run_export";
}

/// Removes the file of an export.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct RemoveExport {
    pub(crate) export_id: Uuid,
}

impl Job for RemoveExport {
    const KIND: &'static str = "transfer.remove_export";
}

/// Writes the file from its beginning, whatever an attempt before has done.
pub(crate) async fn run_export(context: JobContext, payload: Value) -> Result<(), JobError> {
    let RunExport { export_id } = typed(&payload)?;
    let Some((row, source)) = begin(&context, export_id).await? else {
        return Ok(());
    };
    let result = write(&context, &row, source).await;
    if let Err(error) = &result
        && (context.last_attempt() || matches!(error, JobError::Fail(_)))
    {
        context
            .tx(move |tx| fail(tx, export_id, "The file could not be written because of a fault on our side."))
            .await?;
    }
    result
}

/// The export and where its records come from; `None` when it has ended meanwhile.
async fn begin(context: &JobContext, id: Uuid) -> Result<Option<(ExportRow, &'static ExportSource)>, JobError> {
    let start = move |tx: &mut StoreTx| {
        tx.no_audit("the export was noted when it was asked for");
        let mut row = queries::lock(tx, id)?;
        if !matches!(row.status.as_str(), "queued" | "running") {
            return Ok(None);
        }
        let modules = tx.modules();
        let source = service::find_source(&modules, &row.kind, row.format.parse()?);
        let Some(source) = source else {
            fail(tx, id, "What was asked for is no longer there.")?;
            return Ok(None);
        };
        row.status = "running".to_owned();
        row.done_count = 0;
        row.total_count = (source.count)(tx, &row.filter)?;
        queries::update(tx, &row)?;
        Ok::<_, TransferError>(Some((row, source)))
    };
    context.tx(start).await
}

async fn write(context: &JobContext, row: &ExportRow, source: &'static ExportSource) -> Result<(), JobError> {
    let (spool, done) = fill(context, row, source).await?;
    let finished = blocking(move || spool.finish()).await?;
    // Whoever has lost the job leaves the file to whoever has it.
    context.heartbeat().await?;
    let store = context.store()?.id;
    let storage = &context.services().storage;
    storage
        .put_file(store, &row.storage_key(), &finished.path())
        .await
        .map_err(|error| JobError::Retry(error.to_string()))?;
    let id = row.id;
    let kept = context.tx(move |tx| complete(tx, id, done, &finished)).await?;
    if kept {
        return Ok(());
    }
    // Called off while it was written, nobody will ask for it; written by another server as well, it is whole and stays.
    let completed = move |tx: &mut StoreTx| Ok::<_, TransferError>(queries::get(tx, id)?.status == "completed");
    if context.read(completed).await? {
        return Ok(());
    }
    let removed = storage.delete(store, &row.storage_key()).await;
    removed.map_err(|error| JobError::Retry(error.to_string()))
}

/// All records, batch by batch; each batch is a transaction of its own, so that none is open as long as the whole takes.
async fn fill(context: &JobContext, row: &ExportRow, source: &'static ExportSource) -> Result<(Spool, i64), JobError> {
    let format: Format = row.format.parse().map_err(TransferError::from)?;
    let mut spool = blocking(move || Spool::begin(format, source.columns)).await?;
    let (mut place, mut done, mut batches) = (None, 0_i64, 0_usize);
    loop {
        let filter = row.filter.clone();
        let step = move |tx: &mut StoreTx| {
            let batch = (source.read)(tx, &filter, place)?;
            spool.write(&batch)?;
            Ok::<_, TransferError>((spool, batch.records.len(), batch.next))
        };
        let (written, count, next) = context.read(step).await?;
        spool = written;
        done += i64::try_from(count).unwrap_or(0);
        batches += 1;
        if batches % NOTED_EVERY == 0 {
            note(context, row, done).await?;
        }
        match next {
            None => return Ok((spool, done)),
            next => place = next,
        }
    }
}

async fn note(context: &JobContext, row: &ExportRow, done: i64) -> Result<(), JobError> {
    let count = |number: i64| i32::try_from(number).unwrap_or(i32::MAX);
    context
        .progress(count(done), count(row.total_count.unwrap_or(done).max(done)))
        .await?;
    let id = row.id;
    let noted = move |tx: &mut StoreTx| {
        tx.no_audit("how far a file is says nothing of the business");
        Ok::<_, DbError>(queries::set_progress(tx, id, done)?)
    };
    context.tx(noted).await
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, TransferError> + Send + 'static) -> Result<T, JobError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| JobError::Retry(error.to_string()))?.map_err(Into::into)
}

/// The file is there until its time is over; `false` when the export was called off.
fn complete(tx: &mut StoreTx, id: Uuid, done: i64, finished: &Finished) -> Result<bool, TransferError> {
    let mut row = queries::lock(tx, id)?;
    if row.status != "running" {
        tx.no_audit("it was called off");
        return Ok(false);
    }
    let until = tx.now() + KEPT;
    row.status = "completed".to_owned();
    row.done_count = done;
    row.cut_count = finished.cut;
    row.size_bytes = Some(finished.size);
    row.sha256 = Some(finished.sha256.clone());
    row.finished_at = Some(tx.now());
    row.expires_at = Some(until);
    queries::update(tx, &row)?;
    let options = JobOptions {
        run_at: Some(until),
        ..JobOptions::default()
    };
    tx.enqueue_with(&RemoveExport { export_id: id }, options);
    tx.audit(
        AuditEntry::new("export.completed", "exports", id)
            .note("records", done)
            .note("sha256", &finished.sha256),
    );
    Ok(true)
}

fn fail(tx: &mut StoreTx, id: Uuid, sentence: &str) -> Result<(), TransferError> {
    let mut row = queries::lock(tx, id)?;
    row.status = "failed".to_owned();
    row.failure = Some(sentence.to_owned());
    row.finished_at = Some(tx.now());
    queries::update(tx, &row)?;
    tx.audit(AuditEntry::new("export.failed", "exports", id).note("failure", sentence));
    Ok(())
}

/// Where an administrator has called off the job of an export, the export has ended too.
pub(crate) fn job_cancelled(tx: &mut StoreTx, payload: &Value) -> Result<(), JobError> {
    let cancelled: JobCancelled = typed(payload)?;
    if cancelled.kind != RunExport::KIND {
        return Ok(());
    }
    let RunExport { export_id } = typed(&cancelled.payload)?;
    tx.no_audit("an export that has ended stays as it is; one that is stopped here audits itself");
    let row = queries::get(tx, export_id)?;
    if matches!(row.status.as_str(), "queued" | "running") {
        fail(tx, export_id, "It was called off by who hosts the store.")?;
    }
    Ok(())
}

/// Removes the file; then the export says so.
pub(crate) async fn remove_export(context: JobContext, payload: Value) -> Result<(), JobError> {
    let RemoveExport { export_id } = typed(&payload)?;
    let removed = context
        .services()
        .storage
        .delete(context.store()?.id, &storage_key(export_id))
        .await;
    removed.map_err(|error| JobError::Retry(error.to_string()))?;
    let expire = move |tx: &mut StoreTx| {
        let mut row = queries::lock(tx, export_id)?;
        row.status = "expired".to_owned();
        queries::update(tx, &row)?;
        tx.audit(AuditEntry::new("export.expired", "exports", export_id));
        Ok::<_, TransferError>(())
    };
    context.tx(expire).await
}

//! The jobs of exports: writing a file, and removing it when its time is over.

use chrono::TimeDelta;
use orion_events::{ExportExpired, ExportFacts, ExportFailed, ExportFinished, ExportStarted, JobCancelled};
use orion_framework::db::{AuditEntry, StoreTx};
use orion_framework::event::Told;
use orion_framework::job::{Job, JobContext, JobError, JobOptions, Patience, typed};
use orion_types::status::ExportStatus;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::error::TransferError;
use crate::model::{ExportRow, Wanted, storage_key};
use crate::records::{self, Written};
use crate::{archive, queries, service};

/// How long a file is kept.
const KEPT: TimeDelta = TimeDelta::hours(24);

/// Writes an export.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct RunExport {
    pub(crate) export_id: Uuid,
}

impl Job for RunExport {
    const KIND: &'static str = "transfer.run_export";
    // Each begins anew.
    const PATIENCE: Patience = Patience::Attempts(5);
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
    let Some((row, wanted)) = begin(&context, export_id).await? else {
        return Ok(());
    };
    let result = write(&context, &row, wanted).await;
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
async fn begin(context: &JobContext, id: Uuid) -> Result<Option<(ExportRow, Wanted)>, JobError> {
    let start = move |tx: &mut StoreTx| {
        tx.no_audit("the export was noted when it was asked for");
        let mut row = queries::lock(tx, id)?;
        if !matches!(row.status.as_str(), "queued" | "running") {
            return Ok(None);
        }
        let modules = tx.modules();
        let Some(wanted) = service::find_wanted(&modules, tx.store(), &row)? else {
            fail(tx, id, "What was asked for is no longer there.")?;
            return Ok(None);
        };
        let resumed = row.status == "running";
        row.status = "running".to_owned();
        row.done_count = 0;
        row.total_count = service::count(tx, &wanted, &row.filter)?;
        queries::update(tx, &row)?;
        if !resumed {
            tell(tx, &row);
        }
        Ok::<_, TransferError>(Some((row, wanted)))
    };
    context.tx(start).await
}

async fn write(context: &JobContext, row: &ExportRow, wanted: Wanted) -> Result<(), JobError> {
    let written = match wanted {
        Wanted::Records(source, format) => records::write(context, row, source, format).await?,
        Wanted::Store(sources) => archive::write(context, row, sources).await?,
    };
    // Whoever has lost the job leaves the file to whoever has it.
    context.heartbeat().await?;
    let store = context.store()?.id;
    let storage = &context.services().storage;
    storage
        .put_file(store, &row.storage_key(), &written.file.path())
        .await
        .map_err(|error| JobError::Retry(error.to_string()))?;
    let id = row.id;
    let kept = context.tx(move |tx| complete(tx, id, &written)).await?;
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

/// The file is there until its time is over; `false` when the export was called off.
fn complete(tx: &mut StoreTx, id: Uuid, written: &Written) -> Result<bool, TransferError> {
    let mut row = queries::lock(tx, id)?;
    if row.status != "running" {
        tx.no_audit("it was called off");
        return Ok(false);
    }
    let until = tx.now() + KEPT;
    row.status = "completed".to_owned();
    row.done_count = written.done;
    row.cut_count = written.file.cut;
    row.size_bytes = Some(written.file.size);
    row.sha256 = Some(written.file.sha256.clone());
    row.members = json!(written.members);
    row.missing_count = written.missing;
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
            .note("records", written.done)
            .note("missing", written.missing)
            .note("sha256", &written.file.sha256),
    );
    tell(tx, &row);
    Ok(true)
}

/// Tells how far an export has come, after it was brought to another status.
fn tell(tx: &mut StoreTx, row: &ExportRow) {
    // The table's CHECK lists the same words, so none is ever unreadable.
    let status = row.status.parse().unwrap_or(ExportStatus::Queued);
    let facts = ExportFacts {
        export_id: row.id.into(),
        kind: row.kind.clone(),
        format: row.format.clone(),
        status,
        records: row.done_count,
        failure: row.failure.clone(),
    };
    match status {
        // It waits: there is nothing to tell before it begins.
        ExportStatus::Queued => {}
        ExportStatus::Running => tx.emit(&ExportStarted(facts)),
        ExportStatus::Completed => tx.emit(&ExportFinished(facts)),
        ExportStatus::Failed => tx.emit(&ExportFailed(facts)),
        ExportStatus::Expired => tx.emit(&ExportExpired(facts)),
    }
}

fn fail(tx: &mut StoreTx, id: Uuid, sentence: &str) -> Result<(), TransferError> {
    let mut row = queries::lock(tx, id)?;
    row.status = "failed".to_owned();
    row.failure = Some(sentence.to_owned());
    row.finished_at = Some(tx.now());
    queries::update(tx, &row)?;
    tx.audit(AuditEntry::new("export.failed", "exports", id).note("failure", sentence));
    tell(tx, &row);
    Ok(())
}

/// Where an administrator has called off the job of an export, the export has ended too.
pub(crate) fn job_cancelled(tx: &mut StoreTx, told: &Told) -> Result<(), JobError> {
    let cancelled: JobCancelled = told.typed()?;
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
        tell(tx, &row);
        Ok::<_, TransferError>(())
    };
    context.tx(expire).await
}

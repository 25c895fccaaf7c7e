//! The jobs of undoing: running it, and forgetting what can no longer be undone.

use orion_framework::db::{Actor, StoreTx};
use orion_framework::job::{Job, JobContext, JobError, JobOptions, Patience, typed};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::run::{begin, step, stop};
use super::told::until;
use crate::error::CatalogError;
use crate::model::ImportRow;
use crate::queries::import_changes::forget;

/// Undoes an import.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct UndoImport {
    pub undo_id: Uuid,
}

impl Job for UndoImport {
    const KIND: &'static str = "catalog.undo_import";
    // Each goes on where the one before stopped.
    const PATIENCE: Patience = Patience::Attempts(10);
}

impl UndoImport {
    /// Queues it.
    pub(super) fn queue(tx: &mut StoreTx, undo_id: Uuid) {
        let options = JobOptions {
            unique_key: Some(undo_id.to_string()),
            ..JobOptions::default()
        };
        tx.enqueue_with(&Self { undo_id }, options);
    }
}

/// Forgets what an import did.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct ForgetChanges {
    import_id: Uuid,
}

impl Job for ForgetChanges {
    const KIND: &'static str = "catalog.forget_import_changes";
}

impl ForgetChanges {
    /// Queues it for when the import can no longer be undone.
    pub(crate) fn later(tx: &mut StoreTx, import: &ImportRow) {
        let options = JobOptions {
            run_at: Some(until(import)),
            unique_key: Some(import.id.to_string()),
            priority: -1,
        };
        tx.enqueue_with(&Self { import_id: import.id }, options);
    }
}

/// Runs the job.
pub(crate) fn forget_changes(tx: &mut StoreTx, payload: &Value) -> Result<(), JobError> {
    let ForgetChanges { import_id } = typed(payload)?;
    tx.no_audit("what is forgotten says only how things were before");
    while forget(tx, import_id)? > 0 {}
    Ok(())
}

/// Undoes an import to its end; when the last attempt fails, the undo says so.
pub(crate) async fn undo_import(context: JobContext, payload: Value) -> Result<(), JobError> {
    let UndoImport { undo_id } = typed(&payload)?;
    let result = run(&context, undo_id).await;
    if result.is_err() && context.last_attempt() {
        // Whoever has lost the job says nothing about it: it goes on elsewhere.
        context.heartbeat().await?;
        let sentence = "The undo stopped several times because of a fault on our side.";
        context.tx(move |tx| stop(tx, undo_id, "failed", sentence)).await?;
    }
    result
}

async fn run(context: &JobContext, id: Uuid) -> Result<(), JobError> {
    let mut row = context.tx(move |tx| begin(tx, id)).await?;
    let access = context
        .access()?
        .named(Actor::system(format!("{} (undo of an import)", row.actor_label)));
    while row.status == "running" {
        row = access.tx(move |tx| step(tx, id)).await?;
        context.progress(row.processed_count, row.total_count).await?;
    }
    Ok(())
}

/// An undo whose job was called off by who hosts the store has ended.
pub(crate) fn called_off(tx: &mut StoreTx, undo_id: Uuid) -> Result<(), CatalogError> {
    stop(tx, undo_id, "cancelled", "It was called off by who hosts the store.")
}

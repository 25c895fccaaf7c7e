//! An undo, batch by batch from the newest change to the oldest: each batch and how far it has come are one transaction, so that a server that
//! dies in the middle goes on where it was.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use orion_events::{ImportUndoFailed, ImportUndone};
use orion_framework::db::{AuditEntry, DbError, StoreTx};
use orion_types::status::UndoReason;
use uuid::Uuid;

use super::categories;
use super::judge::judge;
use super::restore::undo;
use super::told::is_open;
use crate::error::CatalogError;
use crate::model::UndoRow;
use crate::queries::import_changes::{self as changes, JudgedChange};
use crate::queries::import_undos as rows;
use crate::queries::products::lock_products;
use crate::service::told;

/// Products per transaction.
const BATCH: i64 = 50;
/// How long before the undo was asked for an order may have begun that was not seen then.
const UNSEEN: TimeDelta = TimeDelta::minutes(15);

/// Marks a run as running, unless it has ended.
pub(super) fn begin(tx: &mut StoreTx, id: Uuid) -> Result<UndoRow, CatalogError> {
    tx.no_audit("it was audited when it was asked for");
    let mut row = rows::lock_undo(tx, id)?;
    if row.status == "queued" {
        row.status = "running".to_owned();
        row.updated_at = tx.now();
        rows::update_undo(tx, &row)?;
    }
    Ok(row)
}

/// One batch, or the end.
pub(super) fn step(tx: &mut StoreTx, id: Uuid) -> Result<UndoRow, CatalogError> {
    let mut row = rows::lock_undo(tx, id)?;
    tx.no_audit("how far it has come; its products carry entries of their own");
    if row.status != "running" {
        return Ok(row);
    }
    let next = next(tx, &row)?;
    match next.last() {
        Some((last, _)) => {
            row.place = Some(*last);
            batch(tx, &mut row, &next)?;
        }
        None => finish(tx, &mut row)?,
    }
    row.updated_at = tx.now();
    rows::update_undo(tx, &row)?;
    Ok(row)
}

/// The next changes, each of another product: one that was changed twice is what it was only after the later change is undone.
fn next(tx: &mut StoreTx, row: &UndoRow) -> Result<Vec<(Uuid, Uuid)>, DbError> {
    let mut seen = HashSet::new();
    let found = changes::list_changes(tx, row.import_id, row.place, BATCH)?;
    Ok(found.into_iter().take_while(|(_, product)| seen.insert(*product)).collect())
}

fn batch(tx: &mut StoreTx, row: &mut UndoRow, next: &[(Uuid, Uuid)]) -> Result<(), CatalogError> {
    let (ids, products): (Vec<Uuid>, Vec<Uuid>) = next.iter().copied().unzip();
    // Nobody changes them between the judgement and what follows from it.
    lock_products(tx, &products)?;
    let since = since(tx, row)?;
    let (mut undone, mut left) = (Vec::new(), Vec::new());
    let judged = judge(tx, &ids, since, true)?;
    for change in &judged {
        let reason = match &change.reason {
            Some(reason) => Some(reason.as_str()),
            None => attempt(tx, change)?.map(UndoReason::as_str),
        };
        match reason {
            Some(reason) => left.push((change.id, reason)),
            None => undone.push(change.id),
        }
        count(row, &change.kind, reason.is_some());
    }
    changes::leave(tx, &left)?;
    Ok(changes::delete_changes(tx, &undone)?)
}

/// Those of before were looked at when the undo was asked for.
fn since(tx: &mut StoreTx, row: &UndoRow) -> Result<DateTime<Utc>, DbError> {
    let first = changes::find_first(tx, row.import_id)?.unwrap_or(row.created_at);
    Ok(first.max(row.created_at - UNSEEN))
}

/// Undoes one change in a savepoint of its own: what is wrong with it does not touch the others.
fn attempt(tx: &mut StoreTx, change: &JudgedChange) -> Result<Option<UndoReason>, CatalogError> {
    match tx.savepoint(|tx| undo(tx, change)) {
        Ok(()) => Ok(None),
        Err(CatalogError::Db(error @ (DbError::Unavailable(_) | DbError::Unconfirmed(_) | DbError::Unaudited))) => Err(error.into()),
        Err(error) => {
            tracing::error!(%error, product = %change.thing_id, "what an import did to a product could not be undone");
            Ok(Some(UndoReason::NotStored))
        }
    }
}

/// A name that only files knew is nothing that anybody counts.
fn count(row: &mut UndoRow, kind: &str, left: bool) {
    if kind == "named" {
        return;
    }
    row.processed_count = row.processed_count.saturating_add(1).min(row.total_count);
    let counted = match (left, kind) {
        (true, _) => &mut row.left_count,
        (false, "made") => &mut row.removed_count,
        (false, _) => &mut row.restored_count,
    };
    *counted += 1;
}

fn finish(tx: &mut StoreTx, row: &mut UndoRow) -> Result<(), CatalogError> {
    let discarded = categories::undo(tx, row.import_id)?;
    row.category_count += discarded.removed;
    row.left_count += discarded.left;
    row.status = "completed".to_owned();
    row.finished_at = Some(tx.now());
    tx.audit(
        AuditEntry::new("import.undone", "imports", row.import_id)
            .note("removed", row.removed_count)
            .note("restored", row.restored_count)
            .note("left", row.left_count)
            .note("categories", row.category_count),
    );
    tx.emit(&ImportUndone(told::undo(row)));
    Ok(())
}

/// Ends a run that cannot go on, or that nobody wants any more; what it has undone stays undone.
pub(super) fn stop(tx: &mut StoreTx, id: Uuid, status: &str, sentence: &str) -> Result<(), CatalogError> {
    let mut row = rows::lock_undo(tx, id)?;
    if !is_open(&row.status) {
        tx.no_audit("it has ended before");
        return Ok(());
    }
    row.status = status.to_owned();
    row.failure = Some(sentence.to_owned());
    row.updated_at = tx.now();
    row.finished_at = Some(tx.now());
    rows::update_undo(tx, &row)?;
    tx.audit(AuditEntry::new("import.undo_stopped", "imports", row.import_id).note("failure", sentence));
    tx.emit(&ImportUndoFailed(told::undo(&row)));
    Ok(())
}

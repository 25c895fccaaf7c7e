//! What people are told of the undo of an import.

use chrono::{DateTime, TimeDelta, Utc};
use orion_types::import::{ImportUndo, ImportUndoLine};
use orion_types::status::{ImportStatus, UndoReason};
use uuid::Uuid;

use crate::model::{ImportRow, UndoRow};
use crate::queries::import_changes::{JudgedChange, LeftRow};

/// How long what an import did is kept.
pub(crate) const KEPT: TimeDelta = TimeDelta::days(30);

/// Until when an import can be undone.
pub(crate) fn until(import: &ImportRow) -> DateTime<Utc> {
    import.created_at + KEPT
}

/// Whether a run has yet to end.
pub(crate) fn is_open(status: &str) -> bool {
    matches!(status, "queued" | "running")
}

/// A run on the wire.
pub(crate) fn undo(row: UndoRow) -> ImportUndo {
    let UndoRow {
        store_id: _,
        id: _,
        import_id: _,
        status,
        place: _,
        total_count,
        processed_count,
        removed_count,
        restored_count,
        left_count,
        category_count,
        failure,
        actor_label,
        created_at,
        updated_at: _,
        finished_at,
    } = row;
    ImportUndo {
        // The CHECK of the column allows nothing else.
        status: status.parse().unwrap_or(ImportStatus::Failed),
        total_count,
        processed_count,
        removed_count,
        restored_count,
        left_count,
        category_count,
        failure,
        actor: actor_label,
        created_at: created_at.into(),
        finished_at: finished_at.map(Into::into),
    }
}

/// A product that cannot be undone.
pub(super) fn example(change: &JudgedChange, reason: &str) -> ImportUndoLine {
    line(Some(change.thing_id), None, change.title.clone(), reason)
}

/// Something that was let be.
pub(super) fn left(row: LeftRow) -> ImportUndoLine {
    let category = row.kind == "category";
    let id = Some(row.thing_id);
    line(id.filter(|_| !category), id.filter(|_| category), row.title, &row.reason)
}

fn line(product: Option<Uuid>, category: Option<Uuid>, title: String, reason: &str) -> ImportUndoLine {
    // The CHECK of the column allows nothing else.
    let reason = reason.parse().unwrap_or(UndoReason::NotStored);
    ImportUndoLine {
        product_id: product.map(Into::into),
        category_id: category.map(Into::into),
        title,
        reason,
        detail: sentence(reason).to_owned(),
    }
}

fn sentence(reason: UndoReason) -> &'static str {
    match reason {
        UndoReason::Deleted => "It was deleted since the import.",
        UndoReason::ImportedSince => "A later import has changed it. Undo that one first.",
        UndoReason::EditedSince => "It was changed since the import.",
        UndoReason::SoldSince => "It was ordered since the import.",
        UndoReason::InUse => "Something else is in this category.",
        UndoReason::NotStored => "It could not be undone because of a fault on our side.",
    }
}

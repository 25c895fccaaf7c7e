//! Categories that an import made go when nothing is in them any more.

use std::collections::HashSet;

use orion_framework::db::StoreTx;
use orion_types::status::UndoReason;
use uuid::Uuid;

use crate::error::CatalogError;
use crate::model::CategoryRow;
use crate::queries::categories as rows;
use crate::queries::import_changes::{delete_changes, leave, list_categories, list_categories_with_others};
use crate::service::categories::discard;

/// What became of the categories of an import.
#[derive(Default)]
pub(super) struct Discarded {
    pub removed: i32,
    pub left: i32,
}

/// Removes those that are empty, the innermost first, and leaves those that somebody has changed or uses.
pub(super) fn undo(tx: &mut StoreTx, import: Uuid) -> Result<Discarded, CatalogError> {
    let made = list_categories(tx, import)?;
    let mut done = Discarded::default();
    if made.is_empty() {
        return Ok(done);
    }
    let mut present = rows::lock_categories(tx)?;
    let ids: Vec<Uuid> = made.iter().map(|(_, id, _)| *id).collect();
    let used: HashSet<Uuid> = rows::list_used(tx, &ids)?.into_iter().collect();
    let (mut undone, mut left) = (Vec::new(), Vec::new());
    for (change, id, version) in made {
        // One that is gone already is as the undo would have it.
        if let Some(place) = present.iter().position(|row| row.id == id) {
            if let Some(reason) = reason(&present, &present[place], version, &used) {
                left.push((change, reason.as_str()));
                continue;
            }
            let row = present.swap_remove(place);
            discard(tx, &row)?;
            done.removed += 1;
        }
        undone.push(change);
    }
    done.left = i32::try_from(left.len()).unwrap_or(i32::MAX);
    leave(tx, &left)?;
    delete_changes(tx, &undone)?;
    Ok(done)
}

/// How many would go, where these products stay.
pub(super) fn count(tx: &mut StoreTx, import: Uuid, staying: &[Uuid]) -> Result<i32, CatalogError> {
    let made = list_categories(tx, import)?;
    if made.is_empty() {
        return Ok(0);
    }
    let mut present = rows::list_rows(tx)?;
    let ids: Vec<Uuid> = made.iter().map(|(_, id, _)| *id).collect();
    let used: HashSet<Uuid> = list_categories_with_others(tx, import, &ids, staying)?.into_iter().collect();
    let mut going = 0;
    for (_, id, version) in made {
        let Some(place) = present.iter().position(|row| row.id == id) else {
            continue;
        };
        if reason(&present, &present[place], version, &used).is_none() {
            present.swap_remove(place);
            going += 1;
        }
    }
    Ok(going)
}

fn reason(present: &[CategoryRow], row: &CategoryRow, version: i32, used: &HashSet<Uuid>) -> Option<UndoReason> {
    if row.version != version {
        return Some(UndoReason::EditedSince);
    }
    let parent = present.iter().any(|other| other.parent_id == Some(row.id));
    (parent || used.contains(&row.id)).then_some(UndoReason::InUse)
}

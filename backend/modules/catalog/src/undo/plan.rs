//! What an undo would do, and the decision to do it.

use orion_events::ImportUndoStarted;
use orion_framework::db::cursor::{self, page_limit};
use orion_framework::db::{AuditEntry, DbError, StoreTx};
use orion_framework::problem::ProblemDraft;
use orion_types::import::{Import, ImportUndoLine, ImportUndoPlan};
use orion_types::status::UndoReason;
use orion_types::{ImportId, Page};
use uuid::Uuid;

use super::categories;
use super::job::UndoImport;
use super::judge::judge;
use super::told::{example, is_open, left, until};
use crate::error::{CatalogError, IMPORT_NOT_UNDOABLE, IMPORT_SOLD};
use crate::model::{ImportRow, UndoRow};
use crate::queries::import_changes::{self as changes, JudgedChange, LeftRow};
use crate::queries::import_undos as undos;
use crate::queries::imports::{find_import, lock_import};
use crate::service::imports::read_import;
use crate::service::told;

/// Changes that are looked at in one go.
const PAGE: i64 = 1_000;
/// Products that are named.
const NAMED: usize = 20;

/// What the undo of an import would do now.
///
/// # Errors
/// 409 where nothing can be undone.
pub(crate) fn plan(tx: &mut StoreTx, id: ImportId) -> Result<ImportUndoPlan, CatalogError> {
    let import = find_import(tx, id.0)?;
    planned(tx, &import)
}

/// Begins to undo an import.
///
/// # Errors
/// 409 where nothing can be undone, or something of it was sold since.
pub(crate) fn start(tx: &mut StoreTx, id: ImportId) -> Result<Import, CatalogError> {
    let import = lock_import(tx, id.0)?;
    let plan = planned(tx, &import)?;
    if plan.sold_count > 0 {
        return Err(sold(&plan).into());
    }
    if plan.removed_count + plan.restored_count + plan.category_count == 0 {
        return Err(refusal("All of it has been changed since, or deleted.").into());
    }
    let now = tx.now();
    let row = UndoRow {
        store_id: tx.store_id(),
        id: tx.new_id(),
        import_id: import.id,
        status: "queued".to_owned(),
        place: None,
        total_count: plan.removed_count + plan.restored_count + plan.left_count,
        processed_count: 0,
        removed_count: 0,
        restored_count: 0,
        left_count: 0,
        category_count: 0,
        failure: None,
        actor_label: tx.actor().label.clone(),
        created_at: now,
        updated_at: now,
        finished_at: None,
    };
    undos::insert_undo(tx, &row)?;
    UndoImport::queue(tx, row.id);
    let entry = AuditEntry::new("import.undo_started", "imports", import.id).note("file", &import.file_name);
    tx.audit(entry.note("products", row.total_count));
    tx.emit(&ImportUndoStarted(told::undo(&row)));
    read_import(tx, id)
}

/// What the last undo has let be, and why.
pub(crate) fn list_left(
    tx: &mut StoreTx,
    id: ImportId,
    cursor: Option<&str>,
    limit: Option<u32>,
) -> Result<Page<ImportUndoLine>, CatalogError> {
    let limit = page_limit(limit)?;
    let after = cursor::decode::<Uuid>(cursor)?.unwrap_or_default();
    find_import(tx, id.0)?;
    let found: Vec<LeftRow> = changes::list_left(tx, id.0, after, limit + 1)?;
    Ok(cursor::page(found, limit, |row| row.id, left))
}

fn planned(tx: &mut StoreTx, import: &ImportRow) -> Result<ImportUndoPlan, CatalogError> {
    check(tx, import)?;
    let mut plan = ImportUndoPlan {
        removed_count: 0,
        restored_count: 0,
        left_count: 0,
        category_count: 0,
        sold_count: 0,
        examples: Vec::new(),
        until: until(import).into(),
    };
    let (mut sold, mut staying) = (Vec::new(), Vec::new());
    let (since, mut place) = (changes::find_first(tx, import.id)?.unwrap_or(import.created_at), None);
    loop {
        let next = changes::list_changes(tx, import.id, place, PAGE)?;
        let Some((last, _)) = next.last() else { break };
        place = Some(*last);
        let ids: Vec<Uuid> = next.iter().map(|(id, _)| *id).collect();
        for change in judge(tx, &ids, since, false)?.iter().filter(|change| change.kind != "named") {
            count(&mut plan, &mut sold, change);
            staying.extend(change.reason.as_ref().map(|_| change.thing_id));
        }
    }
    // What stands in the way comes first.
    sold.append(&mut plan.examples);
    sold.truncate(NAMED);
    plan.examples = sold;
    plan.category_count = categories::count(tx, import.id, &staying)?;
    Ok(plan)
}

fn count(plan: &mut ImportUndoPlan, sold: &mut Vec<ImportUndoLine>, change: &JudgedChange) {
    let (counted, named) = match change.reason.as_deref() {
        Some(reason) if reason == UndoReason::SoldSince.as_str() => (&mut plan.sold_count, sold),
        Some(_) => (&mut plan.left_count, &mut plan.examples),
        None if change.kind == "made" => return plan.removed_count += 1,
        None => return plan.restored_count += 1,
    };
    *counted += 1;
    if let Some(reason) = change.reason.as_deref().filter(|_| named.len() < NAMED) {
        named.push(example(change, reason));
    }
}

fn check(tx: &mut StoreTx, import: &ImportRow) -> Result<(), CatalogError> {
    let why = if import.dry_run {
        "It was a trial: nothing was written."
    } else if is_open(&import.status) {
        "It is still running."
    } else if is_being_undone(tx, import.id)? {
        "It is being undone."
    } else if until(import) <= tx.now() {
        "What it did is forgotten after 30 days."
    } else if changes::list_undoable(tx, &[import.id])?.is_empty() {
        "There is nothing of it left to undo."
    } else {
        return Ok(());
    };
    Err(refusal(why).into())
}

fn is_being_undone(tx: &mut StoreTx, import: Uuid) -> Result<bool, DbError> {
    Ok(undos::list_latest(tx, &[import])?.iter().any(|undo| is_open(&undo.status)))
}

fn refusal(why: &str) -> ProblemDraft {
    ProblemDraft::new(&IMPORT_NOT_UNDOABLE).detail(why)
}

fn sold(plan: &ImportUndoPlan) -> ProblemDraft {
    let lines = plan.examples.iter().filter(|line| line.reason == UndoReason::SoldSince);
    let first = lines.clone().next().map(|line| line.title.as_str()).unwrap_or_default();
    let told = match plan.sold_count {
        1 => format!("“{first}” was ordered since."),
        count => format!("{count} of its products were ordered since, such as “{first}”."),
    };
    let mut problem = ProblemDraft::new(&IMPORT_SOLD).detail(format!("{told} An import can be undone while nothing of it was sold."));
    for (place, line) in lines.enumerate() {
        problem = problem.field(format!("/products/{place}"), "sold", format!("“{}” was ordered since", line.title));
    }
    problem
}

//! Runs that undo imports.

use diesel::prelude::*;
use orion_framework::db::{DbError, StoreTx};
use uuid::Uuid;

use crate::model::UndoRow;
use crate::schema::import_undos::{self, dsl};

/// Inserts a run.
pub fn insert_undo(tx: &mut StoreTx, row: &UndoRow) -> Result<(), DbError> {
    diesel::insert_into(import_undos::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// A run, locked: whoever works on it takes turns.
pub fn lock_undo(tx: &mut StoreTx, id: Uuid) -> Result<UndoRow, DbError> {
    let query = dsl::import_undos
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::id.eq(id))
        .select(UndoRow::as_select())
        .for_update();
    Ok(query.first(tx.conn())?)
}

/// The latest run of each of these imports that has one.
pub fn list_latest(tx: &mut StoreTx, imports: &[Uuid]) -> Result<Vec<UndoRow>, DbError> {
    let query = dsl::import_undos
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::import_id.eq_any(imports))
        .order((dsl::import_id, dsl::id.desc()))
        .distinct_on(dsl::import_id)
        .select(UndoRow::as_select());
    Ok(query.load(tx.conn())?)
}

/// Writes how far a run has come.
pub fn update_undo(tx: &mut StoreTx, row: &UndoRow) -> Result<(), DbError> {
    let target = dsl::import_undos.filter(dsl::store_id.eq(row.store_id)).filter(dsl::id.eq(row.id));
    let set = (
        dsl::status.eq(&row.status),
        dsl::place.eq(row.place),
        dsl::processed_count.eq(row.processed_count),
        dsl::removed_count.eq(row.removed_count),
        dsl::restored_count.eq(row.restored_count),
        dsl::left_count.eq(row.left_count),
        dsl::category_count.eq(row.category_count),
        dsl::failure.eq(&row.failure),
        dsl::updated_at.eq(row.updated_at),
        dsl::finished_at.eq(row.finished_at),
    );
    diesel::update(target).set(set).execute(tx.conn())?;
    Ok(())
}

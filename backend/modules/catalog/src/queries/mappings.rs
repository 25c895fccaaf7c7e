//! Columns of files that are kept under names.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_framework::db::{DbError, StoreTx};
use uuid::Uuid;

use crate::model::MappingRow;
use crate::schema::import_mappings::{self, dsl};

/// Most that a store keeps.
pub const MAX_MAPPINGS: i64 = 200;

/// They, newest first, from behind `before`.
pub fn list_mappings(tx: &mut StoreTx, before: Option<Uuid>, since: Option<DateTime<Utc>>, limit: i64) -> Result<Vec<MappingRow>, DbError> {
    let mut query = dsl::import_mappings
        .filter(dsl::store_id.eq(tx.store_id()))
        .order(dsl::id.desc())
        .limit(limit)
        .select(MappingRow::as_select())
        .into_boxed();
    if let Some(before) = before {
        query = query.filter(dsl::id.lt(before));
    }
    if let Some(since) = since {
        query = query.filter(dsl::updated_at.ge(since));
    }
    Ok(query.load(tx.conn())?)
}

/// Those of files with these headings, the newest first.
pub fn list_for(tx: &mut StoreTx, headings: &[String]) -> Result<Vec<MappingRow>, DbError> {
    let query = dsl::import_mappings
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::headings.eq(headings))
        .order((dsl::updated_at.desc(), dsl::id))
        .limit(MAX_MAPPINGS)
        .select(MappingRow::as_select());
    Ok(query.load(tx.conn())?)
}

/// How many there are.
pub fn count_mappings(tx: &mut StoreTx) -> Result<i64, DbError> {
    let query = dsl::import_mappings.filter(dsl::store_id.eq(tx.store_id())).count();
    Ok(query.get_result(tx.conn())?)
}

/// Keeps columns; those of the same name are replaced.
pub fn save_mapping(tx: &mut StoreTx, row: &MappingRow) -> Result<MappingRow, DbError> {
    let query = diesel::insert_into(import_mappings::table)
        .values(row)
        .on_conflict((dsl::store_id, dsl::name))
        .do_update()
        .set((
            dsl::headings.eq(&row.headings),
            dsl::mapping.eq(&row.mapping),
            dsl::updated_at.eq(row.updated_at),
        ))
        .returning(MappingRow::as_returning());
    Ok(query.get_result(tx.conn())?)
}

/// Forgets columns; tells what they were called.
pub fn delete_mapping(tx: &mut StoreTx, id: Uuid) -> Result<String, DbError> {
    let target = dsl::import_mappings.filter(dsl::store_id.eq(tx.store_id())).filter(dsl::id.eq(id));
    Ok(diesel::delete(target).returning(dsl::name).get_result(tx.conn())?)
}

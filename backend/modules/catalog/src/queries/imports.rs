//! Import runs and what they reported.

use chrono::{DateTime, Utc};
use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Uuid as SqlUuid};
use orion_framework::db::{DbError, StoreTx};
use orion_types::import::ImportImages;
use serde_json::Value;
use uuid::Uuid;

use crate::model::{ImportErrorRow, ImportRow, RefusedRow};
use crate::schema::{import_errors, import_refused_rows, imports};

/// Inserts a run.
pub fn insert_import(tx: &mut StoreTx, row: &ImportRow) -> Result<(), DbError> {
    diesel::insert_into(imports::table).values(row).execute(tx.conn())?;
    Ok(())
}

/// A run.
pub fn find_import(tx: &mut StoreTx, id: Uuid) -> Result<ImportRow, DbError> {
    let store = tx.store_id();
    let query = imports::table
        .filter(imports::store_id.eq(store))
        .filter(imports::id.eq(id))
        .select(ImportRow::as_select());
    Ok(query.first(tx.conn())?)
}

/// A run, locked: its worker and who cancels it take turns.
pub fn lock_import(tx: &mut StoreTx, id: Uuid) -> Result<ImportRow, DbError> {
    let store = tx.store_id();
    let query = imports::table
        .filter(imports::store_id.eq(store))
        .filter(imports::id.eq(id))
        .select(ImportRow::as_select())
        .for_update();
    Ok(query.first(tx.conn())?)
}

/// Writes how far a run has come.
pub fn update_import(tx: &mut StoreTx, row: &ImportRow) -> Result<(), DbError> {
    let target = imports::table
        .filter(imports::store_id.eq(row.store_id))
        .filter(imports::id.eq(row.id));
    let set = (
        imports::status.eq(&row.status),
        imports::total_rows.eq(row.total_rows),
        imports::processed_rows.eq(row.processed_rows),
        imports::created_count.eq(row.created_count),
        imports::updated_count.eq(row.updated_count),
        imports::unchanged_count.eq(row.unchanged_count),
        imports::failed_count.eq(row.failed_count),
        imports::note_count.eq(row.note_count),
        imports::left_count.eq(row.left_count),
        imports::missing_count.eq(row.missing_count),
        imports::header.eq(&row.header),
        imports::failure.eq(&row.failure),
        imports::updated_at.eq(row.updated_at),
        imports::finished_at.eq(row.finished_at),
    );
    diesel::update(target).set(set).execute(tx.conn())?;
    Ok(())
}

/// Keeps the columns of a run's file.
pub fn note_columns(tx: &mut StoreTx, id: Uuid, columns: &Value) -> Result<(), DbError> {
    let target = imports::table
        .filter(imports::store_id.eq(tx.store_id()))
        .filter(imports::id.eq(id));
    diesel::update(target).set(imports::seen_columns.eq(columns)).execute(tx.conn())?;
    Ok(())
}

/// The columns of a run's file, and what was said of them before.
pub fn find_columns(tx: &mut StoreTx, id: Uuid) -> Result<(Value, Value), DbError> {
    let query = imports::table
        .filter(imports::store_id.eq(tx.store_id()))
        .filter(imports::id.eq(id))
        .select((imports::seen_columns, imports::mapping));
    Ok(query.first(tx.conn())?)
}

/// Has PostgreSQL look at how large the catalogue has become.
pub fn look_at_catalog(tx: &mut StoreTx) -> Result<(), DbError> {
    diesel::sql_query("SELECT orion_look_at_catalog()").execute(tx.conn())?;
    Ok(())
}

/// Runs, newest first, from behind `before`.
pub fn list_imports(tx: &mut StoreTx, before: Option<Uuid>, since: Option<DateTime<Utc>>, limit: i64) -> Result<Vec<ImportRow>, DbError> {
    let store = tx.store_id();
    let mut query = imports::table
        .filter(imports::store_id.eq(store))
        .order(imports::id.desc())
        .limit(limit)
        .select(ImportRow::as_select())
        .into_boxed();
    if let Some(before) = before {
        query = query.filter(imports::id.lt(before));
    }
    if let Some(since) = since {
        query = query.filter(imports::updated_at.ge(since));
    }
    Ok(query.load(tx.conn())?)
}

#[derive(QueryableByName)]
struct ImagesOf {
    #[diesel(sql_type = SqlUuid)]
    import_id: Uuid,
    #[diesel(sql_type = BigInt)]
    ready: i64,
    #[diesel(sql_type = BigInt)]
    pending: i64,
    #[diesel(sql_type = BigInt)]
    failed: i64,
}

/// How the pictures of runs are doing; a run without pictures is not among them.
pub fn count_images(tx: &mut StoreTx, ids: &[Uuid]) -> Result<Vec<(Uuid, ImportImages)>, DbError> {
    let query = "SELECT i.import_id, count(*) FILTER (WHERE i.status = 'ready') AS ready, \
         count(*) FILTER (WHERE i.status = 'pending') AS pending, count(*) FILTER (WHERE i.status = 'failed') AS failed \
         FROM product_images i JOIN products p ON p.store_id = i.store_id AND p.id = i.product_id AND p.deleted_at IS NULL \
         WHERE i.store_id = $1 AND i.import_id = ANY($2) GROUP BY i.import_id";
    let store = tx.store_id();
    let query = diesel::sql_query(query)
        .bind::<SqlUuid, _>(store)
        .bind::<diesel::sql_types::Array<SqlUuid>, _>(ids);
    let rows = query.load::<ImagesOf>(tx.conn())?;
    Ok(rows
        .into_iter()
        .map(|row| {
            (
                row.import_id,
                ImportImages {
                    ready: row.ready,
                    pending: row.pending,
                    failed: row.failed,
                },
            )
        })
        .collect())
}

/// Lines of a report per statement: PostgreSQL takes 65,535 values in one.
const LINES: usize = 1_000;

/// Adds lines to a report.
pub fn insert_errors(tx: &mut StoreTx, rows: &[ImportErrorRow]) -> Result<(), DbError> {
    for lines in rows.chunks(LINES) {
        diesel::insert_into(import_errors::table).values(lines).execute(tx.conn())?;
    }
    Ok(())
}

/// Most rows of refused products that are kept of a run.
pub const MAX_REFUSED_ROWS: i64 = 10_000;
/// Refused rows per statement: their cells may be long.
const REFUSED: usize = 200;

/// Keeps rows of refused products.
pub fn insert_refused(tx: &mut StoreTx, rows: &[RefusedRow]) -> Result<(), DbError> {
    for rows in rows.chunks(REFUSED) {
        diesel::insert_into(import_refused_rows::table).values(rows).execute(tx.conn())?;
    }
    Ok(())
}

/// How many rows of refused products are kept of a run.
pub fn count_refused(tx: &mut StoreTx, import: Uuid) -> Result<i64, DbError> {
    let store = tx.store_id();
    let query = import_refused_rows::table
        .filter(import_refused_rows::store_id.eq(store))
        .filter(import_refused_rows::import_id.eq(import))
        .select(count_star());
    Ok(query.first(tx.conn())?)
}

/// Rows of refused products in the order of the file, from behind `after`; a few at a time.
pub fn list_refused(tx: &mut StoreTx, import: Uuid, after: Uuid) -> Result<Vec<RefusedRow>, DbError> {
    let store = tx.store_id();
    let query = import_refused_rows::table
        .filter(import_refused_rows::store_id.eq(store))
        .filter(import_refused_rows::import_id.eq(import))
        .filter(import_refused_rows::id.gt(after))
        .order(import_refused_rows::id)
        .limit(500)
        .select(RefusedRow::as_select());
    Ok(query.load(tx.conn())?)
}

/// How many lines a report has, all or those of a severity.
pub fn count_errors(tx: &mut StoreTx, import: Uuid, severity: Option<&str>) -> Result<i64, DbError> {
    let store = tx.store_id();
    let mut query = import_errors::table
        .filter(import_errors::store_id.eq(store))
        .filter(import_errors::import_id.eq(import))
        .select(count_star())
        .into_boxed();
    if let Some(severity) = severity {
        query = query.filter(import_errors::severity.eq(severity.to_owned()));
    }
    Ok(query.first(tx.conn())?)
}

/// What a run reported, by line, from behind `after`.
pub fn list_errors(
    tx: &mut StoreTx,
    import: Uuid,
    severity: Option<&str>,
    after: Option<(i32, Uuid)>,
    limit: i64,
) -> Result<Vec<ImportErrorRow>, DbError> {
    let store = tx.store_id();
    let mut query = import_errors::table
        .filter(import_errors::store_id.eq(store))
        .filter(import_errors::import_id.eq(import))
        .order((import_errors::line, import_errors::id))
        .limit(limit)
        .select(ImportErrorRow::as_select())
        .into_boxed();
    if let Some(severity) = severity {
        query = query.filter(import_errors::severity.eq(severity.to_owned()));
    }
    if let Some((line, id)) = after {
        query = query.filter(
            import_errors::line
                .gt(line)
                .or(import_errors::line.eq(line).and(import_errors::id.gt(id))),
        );
    }
    Ok(query.load(tx.conn())?)
}

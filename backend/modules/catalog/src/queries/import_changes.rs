//! What imports did, until it is undone or can no longer be.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Int4, Jsonb, Nullable, Text, Uuid as SqlUuid};
use orion_framework::db::{DbError, StoreTx};
use serde_json::Value;
use uuid::Uuid;

use crate::model::ChangeRow;
use crate::schema::import_changes::{self, dsl};

/// Rows per statement: PostgreSQL takes 65,535 values in one.
const ROWS: usize = 1_000;
/// Rows that are forgotten by one statement.
const FORGOTTEN: i64 = 5_000;

/// Keeps what was done.
pub fn insert_changes(tx: &mut StoreTx, rows: &[ChangeRow]) -> Result<(), DbError> {
    for rows in rows.chunks(ROWS) {
        diesel::insert_into(import_changes::table).values(rows).execute(tx.conn())?;
    }
    Ok(())
}

/// What was done to products, newest first, from before `place`: the change and its product.
pub fn list_changes(tx: &mut StoreTx, import: Uuid, place: Option<Uuid>, limit: i64) -> Result<Vec<(Uuid, Uuid)>, DbError> {
    let mut query = dsl::import_changes
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::import_id.eq(import))
        .filter(dsl::kind.ne("category"))
        .order(dsl::id.desc())
        .limit(limit)
        .select((dsl::id, dsl::thing_id))
        .into_boxed();
    if let Some(place) = place {
        query = query.filter(dsl::id.lt(place));
    }
    Ok(query.load(tx.conn())?)
}

/// A change of a product, and whether the product is still as it left it.
#[derive(Debug, QueryableByName)]
pub struct JudgedChange {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = SqlUuid)]
    pub thing_id: Uuid,
    #[diesel(sql_type = Int4)]
    pub version_before: i32,
    #[diesel(sql_type = Array<SqlUuid>)]
    pub variants: Vec<Uuid>,
    #[diesel(sql_type = Jsonb)]
    pub before: Value,
    #[diesel(sql_type = Text)]
    pub title: String,
    /// Why it must stay.
    #[diesel(sql_type = Nullable<Text>)]
    pub reason: Option<String>,
}

/// Whether what was done can be undone, newest first. A picture moves no version, so pictures are looked at by themselves.
pub fn judge(tx: &mut StoreTx, ids: &[Uuid], with_before: bool) -> Result<Vec<JudgedChange>, DbError> {
    let before = if with_before { "c.before" } else { "'{}'::jsonb" };
    let query = format!(
        "SELECT c.id, c.kind, c.thing_id, c.version_before, c.variants, {before} AS before, coalesce(p.title, '') AS title, \
         CASE WHEN p.deleted_at IS NOT NULL THEN 'deleted' \
              WHEN EXISTS (SELECT FROM import_changes n WHERE n.store_id = c.store_id AND n.thing_id = c.thing_id AND n.id > c.id \
                           AND n.import_id <> c.import_id) THEN 'imported_since' \
              WHEN c.kind <> 'named' AND p.version <> c.version THEN 'edited_since' \
              WHEN c.kind = 'made' AND EXISTS (SELECT FROM product_images i WHERE i.store_id = c.store_id AND i.product_id = p.id \
                           AND i.import_id IS DISTINCT FROM c.import_id) THEN 'edited_since' END AS reason \
         FROM import_changes c JOIN products p ON p.store_id = c.store_id AND p.id = c.thing_id \
         WHERE c.store_id = $1 AND c.id = ANY($2) ORDER BY c.id DESC"
    );
    let store = tx.store_id();
    let query = diesel::sql_query(query).bind::<SqlUuid, _>(store).bind::<Array<SqlUuid>, _>(ids);
    Ok(query.load(tx.conn())?)
}

/// When an import did its first change.
pub fn find_first(tx: &mut StoreTx, import: Uuid) -> Result<Option<DateTime<Utc>>, DbError> {
    let query = dsl::import_changes
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::import_id.eq(import))
        .order(dsl::id)
        .select(dsl::created_at);
    Ok(query.first(tx.conn()).optional()?)
}

#[derive(QueryableByName)]
struct IdRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
}

/// Those of the imports of which something is kept that anybody would see undone.
pub fn list_undoable(tx: &mut StoreTx, imports: &[Uuid]) -> Result<Vec<Uuid>, DbError> {
    let query = "SELECT i.id FROM unnest($2) AS i (id) WHERE EXISTS (\
         SELECT FROM import_changes c WHERE c.store_id = $1 AND c.import_id = i.id AND c.kind <> 'named')";
    let store = tx.store_id();
    let query = diesel::sql_query(query)
        .bind::<SqlUuid, _>(store)
        .bind::<Array<SqlUuid>, _>(imports);
    Ok(query.load::<IdRow>(tx.conn())?.into_iter().map(|row| row.id).collect())
}

/// A product has a new version and is what it was before a change: the change before that one counts with the new version.
pub fn follow_version(tx: &mut StoreTx, product: Uuid, undone: Uuid, before: i32, now: i32) -> Result<(), DbError> {
    let target = dsl::import_changes
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::thing_id.eq(product))
        .filter(dsl::id.lt(undone))
        .filter(dsl::version.eq(before));
    diesel::update(target).set(dsl::version.eq(now)).execute(tx.conn())?;
    Ok(())
}

/// Forgets what was undone.
pub fn delete_changes(tx: &mut StoreTx, ids: &[Uuid]) -> Result<(), DbError> {
    if ids.is_empty() {
        return Ok(());
    }
    let target = dsl::import_changes
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::id.eq_any(ids));
    diesel::delete(target).execute(tx.conn())?;
    Ok(())
}

/// Notes why changes stay.
pub fn leave(tx: &mut StoreTx, left: &[(Uuid, &str)]) -> Result<(), DbError> {
    if left.is_empty() {
        return Ok(());
    }
    let (ids, reasons): (Vec<Uuid>, Vec<&str>) = left.iter().copied().unzip();
    let query =
        "UPDATE import_changes c SET left_because = l.reason FROM unnest($2, $3) AS l (id, reason) WHERE c.store_id = $1 AND c.id = l.id";
    let store = tx.store_id();
    diesel::sql_query(query)
        .bind::<SqlUuid, _>(store)
        .bind::<Array<SqlUuid>, _>(ids)
        .bind::<Array<Text>, _>(reasons)
        .execute(tx.conn())?;
    Ok(())
}

/// Something that an undo has let be.
#[derive(Debug, QueryableByName)]
pub struct LeftRow {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = SqlUuid)]
    pub thing_id: Uuid,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Text)]
    pub reason: String,
}

/// What the undo of an import has let be, from behind `after`.
pub fn list_left(tx: &mut StoreTx, import: Uuid, after: Uuid, limit: i64) -> Result<Vec<LeftRow>, DbError> {
    let query = "SELECT c.id, c.kind, c.thing_id, coalesce(p.title, g.name, '') AS title, c.left_because AS reason FROM import_changes c \
         LEFT JOIN products p ON p.store_id = c.store_id AND p.id = c.thing_id AND c.kind <> 'category' \
         LEFT JOIN product_categories g ON g.store_id = c.store_id AND g.id = c.thing_id AND c.kind = 'category' \
         WHERE c.store_id = $1 AND c.import_id = $2 AND c.id > $3 AND c.kind <> 'named' AND c.left_because IS NOT NULL ORDER BY c.id LIMIT $4";
    let store = tx.store_id();
    let query = diesel::sql_query(query)
        .bind::<SqlUuid, _>(store)
        .bind::<SqlUuid, _>(import)
        .bind::<SqlUuid, _>(after)
        .bind::<BigInt, _>(limit);
    Ok(query.load(tx.conn())?)
}

/// Categories that an import made, the newest first: those below others before these.
pub fn list_categories(tx: &mut StoreTx, import: Uuid) -> Result<Vec<(Uuid, Uuid, i32)>, DbError> {
    let query = dsl::import_changes
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::import_id.eq(import))
        .filter(dsl::kind.eq("category"))
        .order(dsl::id.desc())
        .select((dsl::id, dsl::thing_id, dsl::version));
    Ok(query.load(tx.conn())?)
}

/// Those of the categories that hold more than what the import brought and its undo takes away again; `staying` are products that it would let be.
pub fn list_categories_with_others(tx: &mut StoreTx, import: Uuid, categories: &[Uuid], staying: &[Uuid]) -> Result<Vec<Uuid>, DbError> {
    let query = "SELECT DISTINCT l.category_id AS id FROM product_category_links l \
         JOIN products p ON p.store_id = l.store_id AND p.id = l.product_id AND p.deleted_at IS NULL \
         WHERE l.store_id = $1 AND l.category_id = ANY($3) AND (p.id = ANY($4) OR NOT EXISTS (\
             SELECT FROM import_changes o WHERE o.store_id = $1 AND o.thing_id = p.id AND o.import_id = $2 AND o.kind <> 'named'))";
    let store = tx.store_id();
    let query = diesel::sql_query(query)
        .bind::<SqlUuid, _>(store)
        .bind::<SqlUuid, _>(import)
        .bind::<Array<SqlUuid>, _>(categories)
        .bind::<Array<SqlUuid>, _>(staying);
    Ok(query.load::<IdRow>(tx.conn())?.into_iter().map(|row| row.id).collect())
}

/// Forgets some of what an import did; how many that were.
pub fn forget(tx: &mut StoreTx, import: Uuid) -> Result<usize, DbError> {
    let query = "DELETE FROM import_changes WHERE store_id = $1 AND id IN (\
         SELECT id FROM import_changes WHERE store_id = $1 AND import_id = $2 LIMIT $3)";
    let store = tx.store_id();
    let query = diesel::sql_query(query)
        .bind::<SqlUuid, _>(store)
        .bind::<SqlUuid, _>(import)
        .bind::<BigInt, _>(FORGOTTEN);
    Ok(query.execute(tx.conn())?)
}

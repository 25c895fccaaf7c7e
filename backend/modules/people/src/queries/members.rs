//! Members of the store at hand.

use crate::foreign::memberships;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_framework::db::StoreTx;
use uuid::Uuid;

/// Somebody's place in the team.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = memberships)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct MemberRow {
    pub(crate) store_id: Uuid,
    pub(crate) id: Uuid,
    pub(crate) user_id: Uuid,
    pub(crate) role: String,
    pub(crate) role_id: Option<Uuid>,
    pub(crate) active: bool,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) updated_at: DateTime<Utc>,
    pub(crate) version: i32,
}

/// The store's members who have not left.
macro_rules! live {
    ($store:expr) => {
        memberships::table
            .filter(memberships::store_id.eq($store))
            .filter(memberships::deleted_at.is_null())
    };
}

/// All of them, the owner first.
pub(crate) fn list(tx: &mut StoreTx) -> QueryResult<Vec<MemberRow>> {
    live!(tx.store_id())
        .order((memberships::role.eq("owner").desc(), memberships::id))
        .select(MemberRow::as_select())
        .load(tx.conn())
}

/// One.
pub(crate) fn get(tx: &mut StoreTx, id: Uuid) -> QueryResult<MemberRow> {
    let query = live!(tx.store_id()).filter(memberships::id.eq(id));
    query.select(MemberRow::as_select()).first(tx.conn())
}

/// One, held until the transaction ends.
pub(crate) fn lock(tx: &mut StoreTx, id: Uuid) -> QueryResult<MemberRow> {
    let query = live!(tx.store_id()).filter(memberships::id.eq(id));
    query.select(MemberRow::as_select()).for_no_key_update().first(tx.conn())
}

/// Somebody's own place, held until the transaction ends.
pub(crate) fn lock_of(tx: &mut StoreTx, user: Uuid) -> QueryResult<MemberRow> {
    let query = live!(tx.store_id()).filter(memberships::user_id.eq(user));
    query.select(MemberRow::as_select()).for_no_key_update().first(tx.conn())
}

/// Whether somebody is a member, suspended or not.
pub(crate) fn is_member(tx: &mut StoreTx, user: Uuid) -> QueryResult<bool> {
    let query = live!(tx.store_id()).filter(memberships::user_id.eq(user));
    diesel::select(diesel::dsl::exists(query)).get_result(tx.conn())
}

/// Writes role and state.
pub(crate) fn update(tx: &mut StoreTx, row: &MemberRow) -> QueryResult<()> {
    let query = live!(tx.store_id()).filter(memberships::id.eq(row.id));
    diesel::update(query)
        .set((
            memberships::role.eq(&row.role),
            memberships::role_id.eq(row.role_id),
            memberships::active.eq(row.active),
            memberships::updated_at.eq(row.updated_at),
            memberships::version.eq(row.version),
        ))
        .execute(tx.conn())
        .map(|_| ())
}

/// Ends somebody's place in the team.
pub(crate) fn delete(tx: &mut StoreTx, id: Uuid) -> QueryResult<()> {
    let now = tx.now();
    let query = live!(tx.store_id()).filter(memberships::id.eq(id));
    diesel::update(query)
        .set((memberships::deleted_at.eq(now), memberships::updated_at.eq(now)))
        .execute(tx.conn())
        .map(|_| ())
}

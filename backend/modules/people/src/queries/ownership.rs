//! The offer of the store at hand to somebody of its team; there is one at a time.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_framework::db::StoreTx;
use uuid::Uuid;

use crate::schema::ownership_offers::{self as offers, dsl};

/// An offer.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = offers)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct OfferRow {
    pub(crate) store_id: Uuid,
    pub(crate) id: Uuid,
    pub(crate) from_user_id: Uuid,
    pub(crate) member_id: Uuid,
    pub(crate) user_id: Uuid,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) expires_at: DateTime<Utc>,
}

/// The one that can still be accepted.
pub(crate) fn find(tx: &mut StoreTx) -> QueryResult<Option<OfferRow>> {
    let now = tx.now();
    offers::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::expires_at.gt(now))
        .select(OfferRow::as_select())
        .first(tx.conn())
        .optional()
}

/// Likewise, held until the transaction ends.
pub(crate) fn lock(tx: &mut StoreTx) -> QueryResult<Option<OfferRow>> {
    let now = tx.now();
    offers::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::expires_at.gt(now))
        .select(OfferRow::as_select())
        .for_update()
        .first(tx.conn())
        .optional()
}

/// Makes one; there must be none.
pub(crate) fn insert(tx: &mut StoreTx, row: &OfferRow) -> QueryResult<()> {
    diesel::insert_into(offers::table).values(row).execute(tx.conn()).map(|_| ())
}

/// Takes away the one that there is.
pub(crate) fn delete(tx: &mut StoreTx) -> QueryResult<()> {
    let own = offers::table.filter(dsl::store_id.eq(tx.store_id()));
    diesel::delete(own).execute(tx.conn()).map(|_| ())
}

/// Takes away one whose time is over.
pub(crate) fn delete_expired(tx: &mut StoreTx) -> QueryResult<()> {
    let now = tx.now();
    let over = offers::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::expires_at.le(now));
    diesel::delete(over).execute(tx.conn()).map(|_| ())
}

/// Takes away what was offered to a member, who is one no more.
pub(crate) fn delete_of(tx: &mut StoreTx, member: Uuid) -> QueryResult<()> {
    let theirs = offers::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::member_id.eq(member));
    diesel::delete(theirs).execute(tx.conn()).map(|_| ())
}

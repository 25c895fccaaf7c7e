//! Links that prove addresses of a store's customers.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_framework::db::StoreTx;
use uuid::Uuid;

use crate::schema::customer_email_links::{self as links, dsl};

/// What a link proves, and for whom.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = links)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct LinkRow {
    pub(crate) customer_id: Uuid,
    pub(crate) email: String,
    /// The session that asked.
    pub(crate) asked_in: Option<Uuid>,
}

/// When links were sent since a time for the account or to the address, the newest first.
pub(crate) fn list_times_since(tx: &mut StoreTx, link: &LinkRow, since: DateTime<Utc>) -> QueryResult<Vec<DateTime<Utc>>> {
    links::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::customer_id.eq(link.customer_id).or(dsl::email.eq(&link.email)))
        .filter(dsl::created_at.gt(since))
        .order(dsl::created_at.desc())
        .select(dsl::created_at)
        .load(tx.conn())
}

/// Ends all links of somebody.
pub(crate) fn void(tx: &mut StoreTx, customer: Uuid) -> QueryResult<()> {
    let live = links::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::customer_id.eq(customer))
        .filter(dsl::token_hash.is_not_null());
    diesel::update(live)
        .set(dsl::token_hash.eq(None::<Vec<u8>>))
        .execute(tx.conn())
        .map(|_| ())
}

/// Adds a link; without a token it is only counted.
pub(crate) fn insert(tx: &mut StoreTx, id: Uuid, link: &LinkRow, hash: Option<Vec<u8>>, expires_at: DateTime<Utc>) -> QueryResult<()> {
    let (store, now) = (tx.store_id(), tx.now());
    diesel::insert_into(links::table)
        .values((
            dsl::store_id.eq(store),
            dsl::id.eq(id),
            dsl::customer_id.eq(link.customer_id),
            dsl::email.eq(&link.email),
            dsl::asked_in.eq(link.asked_in),
            dsl::token_hash.eq(hash),
            dsl::created_at.eq(now),
            dsl::expires_at.eq(expires_at),
        ))
        .execute(tx.conn())
        .map(|_| ())
}

/// What a token proves, while it works.
pub(crate) fn find(tx: &mut StoreTx, hash: &[u8]) -> QueryResult<Option<LinkRow>> {
    links::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::token_hash.eq(hash))
        .filter(dsl::expires_at.gt(tx.now()))
        .select(LinkRow::as_select())
        .first(tx.conn())
        .optional()
}

/// Uses a link up; of two who follow it at once one hears that it was.
pub(crate) fn take(tx: &mut StoreTx, hash: &[u8]) -> QueryResult<bool> {
    let live = links::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::token_hash.eq(hash))
        .filter(dsl::expires_at.gt(tx.now()));
    diesel::update(live)
        .set(dsl::token_hash.eq(None::<Vec<u8>>))
        .execute(tx.conn())
        .map(|used| used == 1)
}

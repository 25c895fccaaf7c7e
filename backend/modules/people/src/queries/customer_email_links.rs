//! Links that prove addresses of a store's customers.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_framework::db::StoreTx;
use uuid::Uuid;

use crate::schema::customer_email_links::{self as links, dsl};

/// What a link proves, and for whom.
#[derive(Debug, Clone)]
pub(crate) struct LinkRow {
    pub(crate) customer_id: Uuid,
    pub(crate) email: String,
}

/// When links were sent since a time for the account, or to an address that it would like to have, the newest first. What others asked for takes
/// nothing from the account's own address.
pub(crate) fn list_times_since(tx: &mut StoreTx, link: &LinkRow, own: bool, since: DateTime<Utc>) -> QueryResult<Vec<DateTime<Utc>>> {
    let mut sent = links::table.filter(dsl::store_id.eq(tx.store_id())).into_boxed();
    sent = if own {
        sent.filter(dsl::customer_id.eq(link.customer_id))
    } else {
        sent.filter(dsl::customer_id.eq(link.customer_id).or(dsl::email.eq(&link.email)))
    };
    sent.filter(dsl::created_at.gt(since))
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
            dsl::token_hash.eq(hash),
            dsl::created_at.eq(now),
            dsl::expires_at.eq(expires_at),
        ))
        .execute(tx.conn())
        .map(|_| ())
}

/// Uses a link of somebody up, while it works, and says which address it proves; of two who follow it at once one hears that it was used.
pub(crate) fn take(tx: &mut StoreTx, customer: Uuid, hash: &[u8]) -> QueryResult<Option<String>> {
    let live = links::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::customer_id.eq(customer))
        .filter(dsl::token_hash.eq(hash))
        .filter(dsl::expires_at.gt(tx.now()));
    diesel::update(live)
        .set(dsl::token_hash.eq(None::<Vec<u8>>))
        .returning(dsl::email)
        .get_result(tx.conn())
        .optional()
}

//! What devices of a store's customers are to sign, each once.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_framework::db::StoreTx;
use serde_json::Value;
use uuid::Uuid;

use crate::schema::customer_passkey_challenges::{self, dsl};

/// Who is to answer, and where.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    /// Whose passkey is to be made; nobody where somebody signs in.
    pub(crate) customer: Option<Uuid>,
    pub(crate) host: String,
}

/// Keeps one until it is answered or its time is over.
pub(crate) fn insert(tx: &mut StoreTx, asked: &Asked, (token_hash, state): (&[u8], &Value), end: DateTime<Utc>) -> QueryResult<()> {
    let (store, id, now) = (tx.store_id(), tx.new_id(), tx.now());
    diesel::insert_into(customer_passkey_challenges::table)
        .values((
            dsl::store_id.eq(store),
            dsl::id.eq(id),
            dsl::customer_id.eq(asked.customer),
            dsl::host.eq(&asked.host),
            dsl::token_hash.eq(token_hash),
            dsl::state.eq(state),
            dsl::created_at.eq(now),
            dsl::expires_at.eq(end),
        ))
        .execute(tx.conn())
        .map(|_| ())
}

/// Takes one away, whoever answers it and however: of two who come with the same one, one gets it.
pub(crate) fn take(tx: &mut StoreTx, token_hash: &[u8], asked: &Asked) -> QueryResult<Option<Value>> {
    let challenge = customer_passkey_challenges::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::token_hash.eq(token_hash))
        .filter(dsl::customer_id.is_not_distinct_from(asked.customer))
        .filter(dsl::host.eq(&asked.host))
        .filter(dsl::expires_at.gt(tx.now()));
    diesel::delete(challenge).returning(dsl::state).get_result(tx.conn()).optional()
}

/// Takes away those of passkeys that an account is about to make.
pub(crate) fn delete_all(tx: &mut StoreTx, customer: Uuid) -> QueryResult<()> {
    let own = customer_passkey_challenges::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::customer_id.eq(customer));
    diesel::delete(own).execute(tx.conn()).map(|_| ())
}

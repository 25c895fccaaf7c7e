//! Stores that somebody wants to open.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use crate::schema::sign_ups::{self, dsl};

/// A store that is asked for, or was made a moment ago.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = sign_ups)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct SignUpRow {
    pub(crate) id: Uuid,
    pub(crate) platform_id: Uuid,
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) code: String,
    pub(crate) currency: String,
    pub(crate) locale: String,
    pub(crate) terms_url: String,
    pub(crate) terms_version: String,
    pub(crate) accepted_at: DateTime<Utc>,
    pub(crate) token_hash: Option<Vec<u8>>,
    pub(crate) made_store: Option<Uuid>,
    pub(crate) made_user: Option<Uuid>,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) expires_at: DateTime<Utc>,
}

/// Adds one.
pub(crate) fn insert(conn: &mut PgConnection, row: &SignUpRow) -> QueryResult<()> {
    diesel::insert_into(sign_ups::table).values(row).execute(conn).map(|_| ())
}

/// One of which no mail has told yet, held until the transaction ends.
pub(crate) fn lock_unsent(conn: &mut PgConnection, id: Uuid, now: DateTime<Utc>) -> QueryResult<Option<SignUpRow>> {
    sign_ups::table
        .filter(dsl::id.eq(id))
        .filter(dsl::token_hash.is_null())
        .filter(dsl::expires_at.gt(now))
        .select(SignUpRow::as_select())
        .for_update()
        .first(conn)
        .optional()
}

/// How many an address has asked for since, on whatever platform.
pub(crate) fn count_since(conn: &mut PgConnection, email: &str, since: DateTime<Utc>) -> QueryResult<i64> {
    sign_ups::table
        .filter(dsl::email.eq(email))
        .filter(dsl::created_at.gt(since))
        .count()
        .get_result(conn)
}

/// Gives one the token that its mail brings.
pub(crate) fn set_token(conn: &mut PgConnection, id: Uuid, hash: &[u8]) -> QueryResult<()> {
    diesel::update(sign_ups::table.filter(dsl::id.eq(id)))
        .set(dsl::token_hash.eq(hash))
        .execute(conn)
        .map(|_| ())
}

/// The one of a token, on its platform and while it waits.
pub(crate) fn find_by_token(conn: &mut PgConnection, hash: &[u8], platform: Uuid, now: DateTime<Utc>) -> QueryResult<Option<SignUpRow>> {
    sign_ups::table
        .filter(dsl::token_hash.eq(hash))
        .filter(dsl::platform_id.eq(platform))
        .filter(dsl::made_store.is_null())
        .filter(dsl::expires_at.gt(now))
        .select(SignUpRow::as_select())
        .first(conn)
        .optional()
}

/// Likewise, and held until the transaction ends: of two who follow a link at once one finds nothing.
pub(crate) fn lock_by_token(conn: &mut PgConnection, hash: &[u8], platform: Uuid, now: DateTime<Utc>) -> QueryResult<Option<SignUpRow>> {
    sign_ups::table
        .filter(dsl::token_hash.eq(hash))
        .filter(dsl::platform_id.eq(platform))
        .filter(dsl::made_store.is_null())
        .filter(dsl::expires_at.gt(now))
        .select(SignUpRow::as_select())
        .for_update()
        .first(conn)
        .optional()
}

/// Removes one.
pub(crate) fn delete(conn: &mut PgConnection, id: Uuid) -> QueryResult<()> {
    diesel::delete(sign_ups::table.filter(dsl::id.eq(id))).execute(conn).map(|_| ())
}

/// Uses up the way into the dashboard of a store; whose it is, and until when it was open.
pub(crate) fn take_entry(
    conn: &mut PgConnection,
    hash: &[u8],
    store: Uuid,
    now: DateTime<Utc>,
) -> QueryResult<Option<(Uuid, DateTime<Utc>)>> {
    let open = sign_ups::table
        .filter(dsl::token_hash.eq(hash))
        .filter(dsl::made_store.eq(store))
        .filter(dsl::expires_at.gt(now));
    let taken = diesel::delete(open).returning((dsl::made_user, dsl::expires_at));
    let taken: Option<(Option<Uuid>, DateTime<Utc>)> = taken.get_result(conn).optional()?;
    Ok(taken.and_then(|(owner, end)| Some((owner?, end))))
}

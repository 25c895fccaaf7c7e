//! Passkeys of accounts.

use chrono::{DateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use crate::foreign::users;
use crate::schema::user_passkeys::{self, dsl};

/// A passkey as its owner sees it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = user_passkeys)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct PasskeyRow {
    pub(crate) id: Uuid,
    pub(crate) host: String,
    pub(crate) name: String,
    pub(crate) credential_id: Vec<u8>,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) last_used_at: Option<DateTime<Utc>>,
}

/// A new one.
#[derive(Debug, Insertable)]
#[diesel(table_name = user_passkeys)]
pub(crate) struct NewPasskey {
    pub(crate) id: Uuid,
    pub(crate) user_id: Uuid,
    pub(crate) host: String,
    pub(crate) name: String,
    pub(crate) credential_id: Vec<u8>,
    pub(crate) credential: Value,
    pub(crate) created_at: DateTime<Utc>,
}

/// The unique index that a passkey breaks which an account has already.
pub(crate) const CREDENTIAL: &str = "user_passkeys_credential";

/// Those of an account, in the order they were made in.
pub(crate) fn list(conn: &mut PgConnection, user: Uuid) -> QueryResult<Vec<PasskeyRow>> {
    let own = user_passkeys::table.filter(dsl::user_id.eq(user));
    own.order((dsl::created_at, dsl::id)).select(PasskeyRow::as_select()).load(conn)
}

/// Whether an account has one, for whatever host.
pub(crate) fn has_any(conn: &mut PgConnection, user: Uuid) -> QueryResult<bool> {
    diesel::select(exists(user_passkeys::table.filter(dsl::user_id.eq(user)))).get_result(conn)
}

/// Adds one; a breach of [`CREDENTIAL`] when an account has it.
pub(crate) fn insert(conn: &mut PgConnection, new: &NewPasskey) -> QueryResult<PasskeyRow> {
    diesel::insert_into(user_passkeys::table)
        .values(new)
        .returning(PasskeyRow::as_returning())
        .get_result(conn)
}

/// The passkey that a device has named at a host, and whose it is: its id, the account and the account's address.
pub(crate) fn find_holder(conn: &mut PgConnection, credential_id: &[u8], host: &str) -> QueryResult<Option<(Uuid, Uuid, String)>> {
    user_passkeys::table
        .inner_join(users::table.on(users::id.eq(dsl::user_id)))
        .filter(dsl::credential_id.eq(credential_id))
        .filter(dsl::host.eq(host))
        .select((dsl::id, users::id, users::email))
        .first(conn)
        .optional()
}

/// What is known of a passkey, held until the transaction ends, so that its counter goes one way.
pub(crate) fn lock(conn: &mut PgConnection, id: Uuid) -> QueryResult<Option<Value>> {
    let passkey = user_passkeys::table.filter(dsl::id.eq(id));
    passkey.select(dsl::credential).for_update().first(conn).optional()
}

/// Notes that it has signed, with what is known of it from then on.
pub(crate) fn set_used(conn: &mut PgConnection, id: Uuid, credential: &Value, now: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(user_passkeys::table.filter(dsl::id.eq(id)))
        .set((dsl::credential.eq(credential), dsl::last_used_at.eq(now)))
        .execute(conn)
        .map(|_| ())
}

/// One of an account's, held until the transaction ends.
pub(crate) fn lock_own(conn: &mut PgConnection, user: Uuid, id: Uuid) -> QueryResult<Option<PasskeyRow>> {
    let own = user_passkeys::table.filter(dsl::user_id.eq(user)).filter(dsl::id.eq(id));
    own.select(PasskeyRow::as_select()).for_update().first(conn).optional()
}

/// Calls one otherwise.
pub(crate) fn set_name(conn: &mut PgConnection, id: Uuid, name: &str) -> QueryResult<()> {
    diesel::update(user_passkeys::table.filter(dsl::id.eq(id)))
        .set(dsl::name.eq(name))
        .execute(conn)
        .map(|_| ())
}

/// Removes one.
pub(crate) fn delete(conn: &mut PgConnection, id: Uuid) -> QueryResult<()> {
    diesel::delete(user_passkeys::table.filter(dsl::id.eq(id)))
        .execute(conn)
        .map(|_| ())
}

/// Removes all of an account; how many there were.
pub(crate) fn delete_all(conn: &mut PgConnection, user: Uuid) -> QueryResult<usize> {
    diesel::delete(user_passkeys::table.filter(dsl::user_id.eq(user))).execute(conn)
}

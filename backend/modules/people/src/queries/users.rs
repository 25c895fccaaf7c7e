//! Accounts of people who sign in to the admin area or to dashboards.

use std::collections::HashMap;

use crate::foreign::{admin_roles, memberships, platforms, stores, user_sessions, users};
use chrono::{DateTime, Utc};
use diesel::dsl::{exists, max};
use diesel::prelude::*;
use orion_framework::auth::UserArea;
use orion_types::validation::email_spellings;
use uuid::Uuid;

/// An account.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = users)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct UserRow {
    pub(crate) id: Uuid,
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) email_verified_at: Option<DateTime<Utc>>,
}

/// The accounts that may sign in.
macro_rules! live {
    () => {
        users::table.filter(users::active).filter(users::deleted_at.is_null())
    };
}

/// The account of an address that may sign in to an area, held until the transaction ends.
pub(crate) fn lock_by_email(conn: &mut PgConnection, area: UserArea, email: &str) -> QueryResult<Option<UserRow>> {
    let query = live!().filter(users::email.eq_any(email_spellings(email)));
    let found: Option<UserRow> = query.select(UserRow::as_select()).for_no_key_update().first(conn).optional()?;
    match found {
        Some(user) if admitted(conn, area, user.id)? => Ok(Some(user)),
        _ => Ok(None),
    }
}

/// Likewise by its id.
pub(crate) fn lock(conn: &mut PgConnection, area: UserArea, id: Uuid) -> QueryResult<Option<UserRow>> {
    let query = live!().filter(users::id.eq(id));
    let found: Option<UserRow> = query.select(UserRow::as_select()).for_no_key_update().first(conn).optional()?;
    match found {
        Some(user) if admitted(conn, area, user.id)? => Ok(Some(user)),
        _ => Ok(None),
    }
}

/// The admin area is for administrators only.
fn admitted(conn: &mut PgConnection, area: UserArea, user: Uuid) -> QueryResult<bool> {
    match area {
        UserArea::Store => Ok(true),
        UserArea::Admin => diesel::select(exists(admin_roles::table.filter(admin_roles::user_id.eq(user)))).get_result(conn),
    }
}

/// Whether an address has an account, whatever its state.
pub(crate) fn find_id(conn: &mut PgConnection, email: &str) -> QueryResult<Option<Uuid>> {
    users::table
        .filter(users::email.eq_any(email_spellings(email)))
        .filter(users::deleted_at.is_null())
        .select(users::id)
        .first(conn)
        .optional()
}

/// The domain of the platform that somebody works for: that of a role or a membership, else that of the first platform.
pub(crate) fn find_home(conn: &mut PgConnection, area: UserArea, user: Uuid) -> QueryResult<Option<String>> {
    let own: Option<String> = match area {
        UserArea::Admin => admin_roles::table
            .inner_join(platforms::table.on(admin_roles::platform_id.eq(platforms::id.nullable())))
            .filter(admin_roles::user_id.eq(user))
            .filter(platforms::active)
            .order(platforms::id)
            .select(platforms::domain)
            .first(conn)
            .optional()?,
        UserArea::Store => memberships::table
            .inner_join(stores::table.on(stores::id.eq(memberships::store_id)))
            .inner_join(platforms::table.on(platforms::id.eq(stores::platform_id)))
            .filter(memberships::user_id.eq(user))
            .filter(memberships::deleted_at.is_null())
            .filter(stores::deleted_at.is_null())
            .filter(platforms::active)
            .order(platforms::id)
            .select(platforms::domain)
            .first(conn)
            .optional()?,
    };
    if own.is_some() {
        return Ok(own);
    }
    platforms::table
        .filter(platforms::active)
        .order(platforms::id)
        .select(platforms::domain)
        .first(conn)
        .optional()
}

/// Whether nobody has ended a session.
pub(crate) fn is_session_live(conn: &mut PgConnection, session: Uuid) -> QueryResult<bool> {
    let live = user_sessions::table
        .filter(user_sessions::id.eq(session))
        .filter(user_sessions::revoked_at.is_null());
    diesel::select(exists(live)).get_result(conn)
}

/// Whether a session of an account was ended after a moment, in whatever area.
pub(crate) fn has_ended_session(conn: &mut PgConnection, id: Uuid, after: DateTime<Utc>) -> QueryResult<bool> {
    let ended = user_sessions::table
        .filter(user_sessions::user_id.eq(id))
        .filter(user_sessions::revoked_at.gt(after));
    diesel::select(exists(ended)).get_result(conn)
}

/// Gives an account another password.
pub(crate) fn set_password(conn: &mut PgConnection, id: Uuid, hash: &str, now: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(users::table.filter(users::id.eq(id)))
        .set((
            users::password_hash.eq(hash),
            users::updated_at.eq(now),
            users::version.eq(users::version + 1),
        ))
        .execute(conn)
        .map(|_| ())
}

/// Notes that somebody has proved to read the mails of an address, which is theirs from now on; a breach of `users_email` when it is taken.
pub(crate) fn set_verified(conn: &mut PgConnection, id: Uuid, email: &str, now: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(users::table.filter(users::id.eq(id)))
        .set((
            users::email.eq(email),
            users::email_verified_at.eq(now),
            users::updated_at.eq(now),
            users::version.eq(users::version + 1),
        ))
        .execute(conn)
        .map(|_| ())
}

/// Accounts by their ids, whatever their state.
pub(crate) fn list(conn: &mut PgConnection, ids: &[Uuid]) -> QueryResult<Vec<UserRow>> {
    users::table.filter(users::id.eq_any(ids)).select(UserRow::as_select()).load(conn)
}

/// When each of these was last seen.
pub(crate) fn list_last_seen(conn: &mut PgConnection, ids: &[Uuid]) -> QueryResult<HashMap<Uuid, DateTime<Utc>>> {
    let rows: Vec<(Uuid, Option<DateTime<Utc>>)> = user_sessions::table
        .filter(user_sessions::user_id.eq_any(ids))
        .group_by(user_sessions::user_id)
        .select((user_sessions::user_id, max(user_sessions::rotated_at)))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(id, seen)| Some((id, seen?))).collect())
}

//! Accounts of people who sign in to the admin area or to dashboards.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_types::status::AdminRole;
use orion_types::validation::email_spellings;
use uuid::Uuid;

use crate::model::UserRow;
use crate::schema::{admin_roles, users};

/// The live account with an e-mail address, in either spelling of its domain.
pub(crate) fn find_by_email(conn: &mut PgConnection, email: &str) -> QueryResult<Option<UserRow>> {
    users::table
        .filter(users::email.eq_any(email_spellings(email)))
        .filter(users::deleted_at.is_null())
        .select(UserRow::as_select())
        .first(conn)
        .optional()
}

/// Accounts by their ids.
pub(crate) fn list_by_ids(conn: &mut PgConnection, ids: &[Uuid]) -> QueryResult<Vec<UserRow>> {
    users::table.filter(users::id.eq_any(ids)).select(UserRow::as_select()).load(conn)
}

/// An account to be added.
#[derive(Debug, Insertable)]
#[diesel(table_name = users)]
pub(crate) struct InsertUser<'a> {
    pub(crate) id: Uuid,
    pub(crate) email: &'a str,
    pub(crate) name: &'a str,
    pub(crate) password_hash: &'a str,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) updated_at: DateTime<Utc>,
}

/// Adds an account.
pub(crate) fn insert_user(conn: &mut PgConnection, row: &InsertUser<'_>) -> QueryResult<()> {
    diesel::insert_into(users::table).values(row).execute(conn).map(|_| ())
}

/// A role in the admin area to be given.
pub(crate) struct InsertGrant {
    pub(crate) id: Uuid,
    pub(crate) user: Uuid,
    pub(crate) role: AdminRole,
    pub(crate) platform: Option<Uuid>,
    pub(crate) now: DateTime<Utc>,
}

/// Gives a role in the admin area; false when it is there already.
pub(crate) fn insert_grant(conn: &mut PgConnection, grant: &InsertGrant) -> QueryResult<bool> {
    diesel::insert_into(admin_roles::table)
        .values((
            admin_roles::id.eq(grant.id),
            admin_roles::user_id.eq(grant.user),
            admin_roles::role.eq(grant.role.as_str()),
            admin_roles::platform_id.eq(grant.platform),
            admin_roles::created_at.eq(grant.now),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .map(|inserted| inserted > 0)
}

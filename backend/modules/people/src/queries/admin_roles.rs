//! Who administers what.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_types::status::AdminRole;
use uuid::Uuid;

use super::people::Platforms;
use crate::foreign::{admin_roles, users};

/// A role of somebody: whose it is, its word, and its platform.
pub(crate) type GrantRow = (Uuid, String, Option<Uuid>);

/// The roles of accounts, as far as the platforms show them, in a fixed order.
pub(crate) fn list(conn: &mut PgConnection, scope: &Platforms, ids: &[Uuid]) -> QueryResult<Vec<GrantRow>> {
    let mut query = admin_roles::table
        .filter(admin_roles::user_id.eq_any(ids))
        .order((admin_roles::user_id, admin_roles::platform_id))
        .select((admin_roles::user_id, admin_roles::role, admin_roles::platform_id))
        .into_boxed();
    if let Some(platforms) = scope {
        query = query.filter(admin_roles::platform_id.eq_any(platforms));
    }
    query.load(conn)
}

/// Holds the accounts of all super admins until the transaction ends, in one order, so that two who take each other's place away take turns. What is
/// asked afterwards sees what the one before has done.
pub(crate) fn lock_super_admins(conn: &mut PgConnection) -> QueryResult<()> {
    let holders = admin_roles::table
        .filter(admin_roles::role.eq(AdminRole::SuperAdmin.as_str()))
        .select(admin_roles::user_id);
    let accounts = users::table.filter(users::id.eq_any(holders)).order(users::id);
    accounts.select(users::id).for_no_key_update().load::<Uuid>(conn).map(|_| ())
}

/// Whether there is a super admin beside somebody who may sign in.
pub(crate) fn has_other_super_admin(conn: &mut PgConnection, user: Uuid) -> QueryResult<bool> {
    let holders = admin_roles::table
        .filter(admin_roles::role.eq(AdminRole::SuperAdmin.as_str()))
        .select(admin_roles::user_id);
    let others = users::table
        .filter(users::id.eq_any(holders))
        .filter(users::id.ne(user))
        .filter(users::active)
        .filter(users::deleted_at.is_null());
    diesel::select(diesel::dsl::exists(others)).get_result(conn)
}

/// Whether somebody is a super admin who may sign in, held until the transaction ends: whoever takes that away waits.
pub(crate) fn hold_super_admin(conn: &mut PgConnection, user: Uuid) -> QueryResult<bool> {
    let holders = admin_roles::table
        .filter(admin_roles::role.eq(AdminRole::SuperAdmin.as_str()))
        .select(admin_roles::user_id);
    let account = users::table
        .filter(users::id.eq_any(holders))
        .filter(users::id.eq(user))
        .filter(users::active)
        .filter(users::deleted_at.is_null());
    let found: Option<Uuid> = account.select(users::id).for_no_key_update().first(conn).optional()?;
    Ok(found.is_some())
}

/// Gives somebody a role: of everything without a platform, else of that one.
pub(crate) fn insert(conn: &mut PgConnection, (id, user): (Uuid, Uuid), platform: Option<Uuid>, now: DateTime<Utc>) -> QueryResult<()> {
    let role = match platform {
        None => AdminRole::SuperAdmin,
        Some(_) => AdminRole::PlatformAdmin,
    };
    diesel::insert_into(admin_roles::table)
        .values((
            admin_roles::id.eq(id),
            admin_roles::user_id.eq(user),
            admin_roles::role.eq(role.as_str()),
            admin_roles::platform_id.eq(platform),
            admin_roles::created_at.eq(now),
        ))
        .execute(conn)
        .map(|_| ())
}

/// Takes a role from somebody.
pub(crate) fn delete(conn: &mut PgConnection, user: Uuid, platform: Option<Uuid>) -> QueryResult<()> {
    let role = admin_roles::table
        .filter(admin_roles::user_id.eq(user))
        .filter(admin_roles::platform_id.is_not_distinct_from(platform));
    diesel::delete(role).execute(conn).map(|_| ())
}

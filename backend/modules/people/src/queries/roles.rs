//! Roles that the store at hand has made, and who has them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::dsl::count_star;
use diesel::prelude::*;
use orion_framework::db::{PlatformTx, StoreTx};
use orion_types::{RoleId, RoleRights};
use uuid::Uuid;

use crate::foreign::memberships;
use crate::schema::{team_invitations, team_roles};

/// A role.
#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = team_roles)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct RoleRow {
    pub(crate) store_id: Uuid,
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) rights: Vec<String>,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) updated_at: DateTime<Utc>,
    pub(crate) version: i32,
}

impl RoleRow {
    /// What it gives.
    pub(crate) fn rights(&self) -> RoleRights {
        RoleRights::listed(&self.rights)
    }
}

/// The roles of the store.
macro_rules! own {
    ($tx:expr) => {
        team_roles::table.filter(team_roles::store_id.eq($tx.store_id()))
    };
}

/// Those who have a role: the store's members who have not left.
macro_rules! members {
    ($tx:expr) => {
        memberships::table
            .filter(memberships::store_id.eq($tx.store_id()))
            .filter(memberships::deleted_at.is_null())
    };
}

macro_rules! invitations {
    ($tx:expr) => {
        team_invitations::table.filter(team_invitations::store_id.eq($tx.store_id()))
    };
}

/// All of them by name.
pub(crate) fn list(tx: &mut StoreTx) -> QueryResult<Vec<RoleRow>> {
    let order = (tx.in_order("team_roles.name"), team_roles::id);
    own!(tx).order(order).select(RoleRow::as_select()).load(tx.conn())
}

/// One.
pub(crate) fn get(tx: &mut StoreTx, id: Uuid) -> QueryResult<RoleRow> {
    let query = own!(tx).filter(team_roles::id.eq(id));
    query.select(RoleRow::as_select()).first(tx.conn())
}

/// One that somebody is to have, if it is there: until the transaction ends it neither goes nor becomes another.
pub(crate) fn hold(tx: &mut StoreTx, id: Uuid) -> QueryResult<Option<RoleRow>> {
    let query = own!(tx).filter(team_roles::id.eq(id));
    query.select(RoleRow::as_select()).for_share().first(tx.conn()).optional()
}

/// One that is to be changed, held until the transaction ends.
pub(crate) fn lock(tx: &mut StoreTx, id: Uuid) -> QueryResult<RoleRow> {
    let query = own!(tx).filter(team_roles::id.eq(id));
    query.select(RoleRow::as_select()).for_no_key_update().first(tx.conn())
}

/// Those of some ids that there are, in one order for everybody: nobody can give or change them until the transaction ends.
pub(crate) fn lock_each(tx: &mut StoreTx, ids: &[Uuid]) -> QueryResult<Vec<RoleRow>> {
    let query = own!(tx).filter(team_roles::id.eq_any(ids)).order(team_roles::id);
    query.select(RoleRow::as_select()).for_update().load(tx.conn())
}

/// How many there are.
pub(crate) fn count(tx: &mut StoreTx) -> QueryResult<i64> {
    own!(tx).count().get_result(tx.conn())
}

/// What each of the roles is called.
pub(crate) fn list_names(tx: &mut StoreTx) -> QueryResult<HashMap<Uuid, String>> {
    let rows: Vec<(Uuid, String)> = own!(tx).select((team_roles::id, team_roles::name)).load(tx.conn())?;
    Ok(rows.into_iter().collect())
}

/// Likewise of some roles of one store, where no store's transaction is open: the filter is what keeps others out.
pub(crate) fn list_names_of(tx: &mut PlatformTx, store: Uuid, ids: &[Uuid]) -> QueryResult<HashMap<Uuid, String>> {
    let rows: Vec<(Uuid, String)> = team_roles::table
        .filter(team_roles::store_id.eq(store))
        .filter(team_roles::id.eq_any(ids))
        .select((team_roles::id, team_roles::name))
        .load(tx.conn())?;
    Ok(rows.into_iter().collect())
}

/// Adds one; a breach of `team_roles_name` when another is called so.
pub(crate) fn insert(tx: &mut StoreTx, row: &RoleRow) -> QueryResult<()> {
    diesel::insert_into(team_roles::table).values(row).execute(tx.conn()).map(|_| ())
}

/// Writes one anew.
pub(crate) fn update(tx: &mut StoreTx, row: &RoleRow) -> QueryResult<()> {
    diesel::update(own!(tx).filter(team_roles::id.eq(row.id)))
        .set((
            team_roles::name.eq(&row.name),
            team_roles::description.eq(&row.description),
            team_roles::rights.eq(&row.rights),
            team_roles::updated_at.eq(row.updated_at),
            team_roles::version.eq(row.version),
        ))
        .execute(tx.conn())
        .map(|_| ())
}

/// Removes one that nobody has; who has left is no reason to keep it.
pub(crate) fn delete(tx: &mut StoreTx, id: Uuid) -> QueryResult<()> {
    let left = memberships::table
        .filter(memberships::store_id.eq(tx.store_id()))
        .filter(memberships::deleted_at.is_not_null())
        .filter(memberships::role_id.eq(id));
    diesel::update(left).set(memberships::role_id.eq(None::<Uuid>)).execute(tx.conn())?;
    diesel::delete(own!(tx).filter(team_roles::id.eq(id)))
        .execute(tx.conn())
        .map(|_| ())
}

/// How many members and invitations have each role, by its word and its id.
#[derive(Debug, Default)]
pub(crate) struct Holders(HashMap<(String, Option<Uuid>), (i64, i64)>);

impl Holders {
    /// Of all roles of the store.
    pub(crate) fn count(tx: &mut StoreTx) -> QueryResult<Self> {
        type Counted = (String, Option<Uuid>, i64);
        let members: Vec<Counted> = members!(tx)
            .group_by((memberships::role, memberships::role_id))
            .select((memberships::role, memberships::role_id, count_star()))
            .load(tx.conn())?;
        let invited: Vec<Counted> = invitations!(tx)
            .group_by((team_invitations::role, team_invitations::role_id))
            .select((team_invitations::role, team_invitations::role_id, count_star()))
            .load(tx.conn())?;
        let mut found = Self::default();
        for (role, id, count) in members {
            found.0.entry((role, id)).or_default().0 = count;
        }
        for (role, id, count) in invited {
            found.0.entry((role, id)).or_default().1 = count;
        }
        Ok(found)
    }

    /// Members and invitations with a role.
    pub(crate) fn of(&self, role: &str, id: Option<RoleId>) -> (i64, i64) {
        let key = (role.to_owned(), id.map(|id| id.0));
        self.0.get(&key).copied().unwrap_or_default()
    }
}

/// What members or invitations get in place of a role: a word, and an id where it is one of the store's own.
pub(crate) type Instead<'a> = (&'a str, Option<Uuid>);

/// Gives another role to all members who have one: their ids and accounts.
pub(crate) fn replace_of_members(tx: &mut StoreTx, id: Uuid, (role, role_id): Instead<'_>) -> QueryResult<Vec<(Uuid, Uuid)>> {
    let now = tx.now();
    diesel::update(members!(tx).filter(memberships::role_id.eq(id)))
        .set((
            memberships::role.eq(role),
            memberships::role_id.eq(role_id),
            memberships::updated_at.eq(now),
            memberships::version.eq(memberships::version + 1),
        ))
        .returning((memberships::id, memberships::user_id))
        .get_results(tx.conn())
}

/// Likewise to all invitations with one: their ids and addresses.
pub(crate) fn replace_of_invitations(tx: &mut StoreTx, id: Uuid, (role, role_id): Instead<'_>) -> QueryResult<Vec<(Uuid, String)>> {
    let now = tx.now();
    diesel::update(invitations!(tx).filter(team_invitations::role_id.eq(id)))
        .set((
            team_invitations::role.eq(role),
            team_invitations::role_id.eq(role_id),
            team_invitations::updated_at.eq(now),
            team_invitations::version.eq(team_invitations::version + 1),
        ))
        .returning((team_invitations::id, team_invitations::email))
        .get_results(tx.conn())
}

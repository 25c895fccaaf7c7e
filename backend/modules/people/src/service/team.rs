//! The team: who is in it, and what becomes of them. What is changed counts with their next request, since the gate reads it each time.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use orion_events::{MemberFacts, MemberRemoved, MemberResumed, MemberRoleChanged, MemberSuspended};
use orion_framework::Services;
use orion_framework::auth::second_factor;
use orion_framework::db::{AuditEntry, PlatformTx, StoreTx};
use orion_framework::http::Expected;
use orion_framework::tenancy::StoreContext;
use orion_types::status::MemberRole;
use orion_types::team::{TeamMember, UpdateTeamMember};
use orion_types::{Page, RoleId, RoleRights, UserId};
use uuid::Uuid;

use super::rights::{self, Role};
use crate::error::PeopleError;
use crate::queries::members::{self, MemberRow};
use crate::queries::ownership;
use crate::queries::roles;
use crate::queries::users::{self, UserRow};

/// What is known of the people themselves, which no store's transaction sees.
pub(crate) struct People {
    accounts: HashMap<Uuid, UserRow>,
    seen: HashMap<Uuid, DateTime<Utc>>,
    /// Who has a second factor.
    guarded: HashSet<Uuid>,
    /// What roles of the store's own are called.
    roles: HashMap<Uuid, String>,
}

impl People {
    /// Of these members of one store.
    pub(crate) fn of(tx: &mut PlatformTx, rows: &[MemberRow]) -> Result<Self, PeopleError> {
        let ids: Vec<Uuid> = rows.iter().map(|row| row.user_id).collect();
        let accounts = users::list(tx.conn(), &ids)?.into_iter().map(|user| (user.id, user)).collect();
        let seen = users::list_last_seen(tx.conn(), &ids)?;
        let guarded = second_factor::list_holders(tx, &ids)?;
        let own: Vec<Uuid> = rows.iter().filter_map(|row| row.role_id).collect();
        let store = rows.first().map(|row| row.store_id).unwrap_or_default();
        Ok(Self {
            accounts,
            seen,
            guarded,
            roles: roles::list_names_of(tx, store, &own)?,
        })
    }

    fn shown(&self, row: MemberRow) -> Option<TeamMember> {
        let account = self.accounts.get(&row.user_id)?;
        Some(TeamMember {
            id: row.id.into(),
            user_id: UserId(row.user_id),
            name: account.name.clone(),
            email: account.email.clone(),
            email_verified: account.email_verified_at.is_some(),
            role: row.role.parse().ok()?,
            role_id: row.role_id.map(Into::into),
            role_name: row.role_id.and_then(|id| self.roles.get(&id).cloned()),
            active: row.active,
            second_factor: self.guarded.contains(&row.user_id),
            joined_at: row.created_at.into(),
            last_seen_at: self.seen.get(&row.user_id).map(|seen| (*seen).into()),
            updated_at: row.updated_at.into(),
            version: row.version,
        })
    }

    /// All of them.
    pub(crate) fn page(&self, rows: Vec<MemberRow>) -> Page<TeamMember> {
        Page::complete(rows.into_iter().filter_map(|row| self.shown(row)).collect())
    }

    /// One of them.
    pub(crate) fn member(&self, row: MemberRow) -> Result<TeamMember, PeopleError> {
        self.shown(row).ok_or_else(|| orion_framework::db::DbError::NotFound.into())
    }
}

/// The members, the owner first.
pub(crate) fn list(tx: &mut StoreTx) -> Result<Vec<MemberRow>, PeopleError> {
    Ok(members::list(tx)?)
}

/// A member.
pub(crate) fn read(tx: &mut StoreTx, id: Uuid) -> Result<MemberRow, PeopleError> {
    Ok(members::get(tx, id)?)
}

/// The role of a member whom somebody with the rights `own` may change.
fn within_reach(tx: &mut StoreTx, row: &MemberRow, own: RoleRights) -> Result<Role, PeopleError> {
    let role = changeable(tx, row)?;
    rights::reaches(own, &role).map(|()| role)
}

/// The role of a member who is not the owner.
fn changeable(tx: &mut StoreTx, row: &MemberRow) -> Result<Role, PeopleError> {
    let role = Role::of(tx, &row.role, row.role_id)?;
    match role.word() {
        MemberRole::Owner => Err(PeopleError::OwnerStays),
        _ => Ok(role),
    }
}

/// Changes role and state of a member, as somebody with the rights `own`, if nobody else has since they were read.
pub(crate) fn change(
    tx: &mut StoreTx,
    own: RoleRights,
    (id, expected): (Uuid, Expected),
    asked: &UpdateTeamMember,
) -> Result<MemberRow, PeopleError> {
    // Roles are held before who has them, here and where a role goes: nobody waits in a circle.
    let new_role = Role::asked(tx, asked.role, asked.role_id)?;
    let before = members::lock(tx, id)?;
    if before.version != expected {
        return Err(PeopleError::Stale);
    }
    let role = within_reach(tx, &before, own)?;
    if let Some(role) = &new_role {
        rights::given(own, role)?;
    }
    let new_role = new_role.unwrap_or_else(|| role.clone());
    let mut after = before.clone();
    after.role = new_role.word().as_str().to_owned();
    after.role_id = new_role.id();
    after.active = asked.active.unwrap_or(before.active);
    if (&after.role, after.role_id, after.active) == (&before.role, before.role_id, before.active) {
        tx.no_audit("nothing was to be changed");
        return Ok(after);
    }
    after.updated_at = tx.now();
    after.version += 1;
    members::update(tx, &after)?;
    let entry = AuditEntry::new("membership.updated", "memberships", id).note("user_id", before.user_id);
    tx.audit(
        entry
            .change("role", role.name(), new_role.name())
            .change("role_id", before.role_id, after.role_id)
            .change("active", before.active, after.active),
    );
    tell(tx, &before, &after, &new_role);
    Ok(after)
}

fn facts(row: &MemberRow, role: &Role) -> MemberFacts {
    MemberFacts {
        user_id: UserId(row.user_id),
        role: role.word(),
        role_id: role.id().map(RoleId),
    }
}

fn tell(tx: &mut StoreTx, before: &MemberRow, after: &MemberRow, role: &Role) {
    let facts = facts(after, role);
    if (&before.role, before.role_id) != (&after.role, after.role_id) {
        tx.emit(&MemberRoleChanged(facts.clone()));
    }
    match (before.active, after.active) {
        (true, false) => tx.emit(&MemberSuspended(facts)),
        (false, true) => tx.emit(&MemberResumed(facts)),
        _ => {}
    }
}

/// Removes a member, as somebody with the rights `own`.
pub(crate) fn remove(tx: &mut StoreTx, own: RoleRights, id: Uuid) -> Result<(), PeopleError> {
    let row = members::lock(tx, id)?;
    let role = within_reach(tx, &row, own)?;
    end(tx, &row, &role)
}

/// Leaves the team oneself.
pub(crate) fn leave(tx: &mut PlatformTx, services: &Services, store: StoreContext, user: UserId) -> Result<(), PeopleError> {
    let context = services.tx_context(store, tx.actor().clone(), tx.meta().clone());
    tx.as_store(context, |tx| {
        let row = members::lock_of(tx, user.0)?;
        // Everybody has a hold on their own place; only the owner's is no place to leave.
        let role = changeable(tx, &row)?;
        end(tx, &row, &role)
    })
}

fn end(tx: &mut StoreTx, row: &MemberRow, role: &Role) -> Result<(), PeopleError> {
    members::delete(tx, row.id)?;
    ownership::delete_of(tx, row.id)?;
    let entry = AuditEntry::new("membership.removed", "memberships", row.id);
    tx.audit(entry.note("user_id", row.user_id).note("role", role.name()));
    tx.emit(&MemberRemoved(facts(row, role)));
    Ok(())
}

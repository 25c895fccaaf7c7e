//! The team: who is in it, and what becomes of them. What is changed counts with their next request, since the gate reads it each time.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use orion_events::{MemberFacts, MemberRemoved, MemberResumed, MemberRoleChanged, MemberSuspended};
use orion_framework::Services;
use orion_framework::auth::second_factor;
use orion_framework::db::{AuditEntry, PlatformTx, StoreTx};
use orion_framework::http::Expected;
use orion_framework::tenancy::StoreContext;
use orion_types::RightSet;
use orion_types::status::MemberRole;
use orion_types::team::{TeamMember, UpdateTeamMember};
use orion_types::{Page, UserId};
use uuid::Uuid;

use super::rights;
use crate::error::PeopleError;
use crate::queries::members::{self, MemberRow};
use crate::queries::ownership;
use crate::queries::users::{self, UserRow};

/// What is known of the people themselves, which no store's transaction sees.
pub(crate) struct People {
    accounts: HashMap<Uuid, UserRow>,
    seen: HashMap<Uuid, DateTime<Utc>>,
    /// Who has a second factor.
    guarded: HashSet<Uuid>,
}

impl People {
    /// Of these members.
    pub(crate) fn of(tx: &mut PlatformTx, rows: &[MemberRow]) -> Result<Self, PeopleError> {
        let ids: Vec<Uuid> = rows.iter().map(|row| row.user_id).collect();
        let accounts = users::list(tx.conn(), &ids)?.into_iter().map(|user| (user.id, user)).collect();
        let seen = users::list_last_seen(tx.conn(), &ids)?;
        let guarded = second_factor::list_holders(tx, &ids)?;
        Ok(Self { accounts, seen, guarded })
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
fn within_reach(row: &MemberRow, own: RightSet) -> Result<MemberRole, PeopleError> {
    match row.role.parse() {
        Ok(MemberRole::Owner) | Err(_) => Err(PeopleError::OwnerStays),
        Ok(role) => rights::reaches(own, role).map(|()| role),
    }
}

/// Changes role and state of a member, as somebody with the rights `own`, if nobody else has since they were read.
pub(crate) fn change(
    tx: &mut StoreTx,
    own: RightSet,
    (id, expected): (Uuid, Expected),
    asked: &UpdateTeamMember,
) -> Result<MemberRow, PeopleError> {
    let before = members::lock(tx, id)?;
    if before.version != expected {
        return Err(PeopleError::Stale);
    }
    let role = within_reach(&before, own)?;
    if let Some(role) = asked.role {
        rights::given(own, role)?;
    }
    let mut after = before.clone();
    let new_role = asked.role.unwrap_or(role);
    after.role = new_role.as_str().to_owned();
    after.active = asked.active.unwrap_or(before.active);
    if after.role == before.role && after.active == before.active {
        tx.no_audit("nothing was to be changed");
        return Ok(after);
    }
    after.updated_at = tx.now();
    after.version += 1;
    members::update(tx, &after)?;
    let entry = AuditEntry::new("membership.updated", "memberships", id).note("user_id", before.user_id);
    tx.audit(
        entry
            .change("role", &before.role, &after.role)
            .change("active", before.active, after.active),
    );
    tell(tx, &before, &after, new_role);
    Ok(after)
}

fn tell(tx: &mut StoreTx, before: &MemberRow, after: &MemberRow, role: MemberRole) {
    let facts = MemberFacts {
        user_id: UserId(after.user_id),
        role,
    };
    if before.role != after.role {
        tx.emit(&MemberRoleChanged(facts.clone()));
    }
    match (before.active, after.active) {
        (true, false) => tx.emit(&MemberSuspended(facts)),
        (false, true) => tx.emit(&MemberResumed(facts)),
        _ => {}
    }
}

/// Removes a member, as somebody with the rights `own`.
pub(crate) fn remove(tx: &mut StoreTx, own: RightSet, id: Uuid) -> Result<(), PeopleError> {
    let row = members::lock(tx, id)?;
    let role = within_reach(&row, own)?;
    end(tx, &row, role)
}

/// Leaves the team oneself.
pub(crate) fn leave(tx: &mut PlatformTx, services: &Services, store: StoreContext, user: UserId) -> Result<(), PeopleError> {
    let context = services.tx_context(store, tx.actor().clone(), tx.meta().clone());
    tx.as_store(context, |tx| {
        let row = members::lock_of(tx, user.0)?;
        // Everybody has a hold on their own place; only the owner's is no place to leave.
        let role: MemberRole = row.role.parse().map_err(|_| PeopleError::OwnerStays)?;
        within_reach(&row, RightSet::of(role))?;
        end(tx, &row, role)
    })
}

fn end(tx: &mut StoreTx, row: &MemberRow, role: MemberRole) -> Result<(), PeopleError> {
    members::delete(tx, row.id)?;
    ownership::delete_of(tx, row.id)?;
    let entry = AuditEntry::new("membership.removed", "memberships", row.id);
    tx.audit(entry.note("user_id", row.user_id).note("role", role));
    tx.emit(&MemberRemoved(MemberFacts {
        user_id: UserId(row.user_id),
        role,
    }));
    Ok(())
}

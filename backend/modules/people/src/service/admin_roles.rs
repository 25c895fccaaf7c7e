//! Who is an administrator, and of what.

use std::collections::BTreeSet;

use orion_framework::Services;
use orion_framework::db::{AuditEntry, PlatformTx};
use orion_framework::http::Expected;
use orion_framework::problem::FieldErrors;
use orion_types::people::{PersonDetail, UpdateAdminRoles};
use orion_types::{PlatformId, UserId};
use uuid::Uuid;

use super::account_state::{lock_other, tell};
use super::people::{Viewer, get};
use crate::error::PeopleError;
use crate::queries::{admin_roles, people};

/// What somebody administers: nothing stands for everything, as in the table.
type Roles = BTreeSet<Option<Uuid>>;

/// The roles that are asked for, which name platforms that there are.
///
/// # Errors
/// Platforms beside everything, and those that are unknown, at their place in the list.
pub(super) fn checked(tx: &mut PlatformTx, (super_admin, ids): (bool, &[PlatformId])) -> Result<Roles, PeopleError> {
    let mut errors = FieldErrors::default();
    if super_admin && !ids.is_empty() {
        errors.add("/platform_ids", "not_allowed", "must be empty for an administrator of everything");
    }
    let asked: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let known: BTreeSet<Uuid> = people::list_platforms(tx.conn(), &asked)?.into_iter().map(|row| row.id).collect();
    for (place, id) in asked.iter().enumerate().filter(|(_, id)| !known.contains(*id)) {
        errors.add(format!("/platform_ids/{place}"), "unknown", format!("{id} is no platform"));
    }
    errors.into_result()?;
    let everything = super_admin.then_some(None);
    Ok(everything.into_iter().chain(known.into_iter().map(Some)).collect())
}

/// Roles as the audit log and mails name them: `super_admin`, or the codes of the platforms.
fn in_words(tx: &mut PlatformTx, roles: &Roles) -> Result<Vec<String>, PeopleError> {
    let ids: Vec<Uuid> = roles.iter().flatten().copied().collect();
    let everything = roles.contains(&None).then(|| "super_admin".to_owned());
    let codes = people::list_platforms(tx.conn(), &ids)?.into_iter().map(|row| row.code);
    Ok(everything.into_iter().chain(codes).collect())
}

/// Makes somebody an administrator of what is asked for and of nothing else, if nobody else has changed the account since it was read; it counts with
/// their next request.
///
/// # Errors
/// [`PeopleError::NotOneself`], [`PeopleError::Stale`], [`PeopleError::AddressNotProved`], [`PeopleError::LastSuperAdmin`], and platforms that are none.
pub(crate) fn update(
    tx: &mut PlatformTx,
    services: &Services,
    (viewer, by): (&Viewer, UserId),
    (id, expected): (UserId, Expected),
    asked: &UpdateAdminRoles,
) -> Result<PersonDetail, PeopleError> {
    let wanted = checked(tx, (asked.super_admin, &asked.platform_ids))?;
    let row = lock_other(tx, by, id)?;
    if row.version != expected {
        return Err(PeopleError::Stale);
    }
    let held = admin_roles::list(tx.conn(), &None, &[id.0])?;
    let held: Roles = held.into_iter().map(|(_, _, platform)| platform).collect();
    if held == wanted {
        tx.no_audit("the roles are as they were");
        return get(tx, viewer, id);
    }
    // A store's administrator may have made the account for somebody else's address, with a password of their own.
    if row.email_verified_at.is_none() && wanted.difference(&held).next().is_some() {
        return Err(PeopleError::AddressNotProved);
    }
    let steps_down = held.contains(&None) && !wanted.contains(&None);
    if steps_down && !admin_roles::has_other_super_admin(tx.conn(), id.0)? {
        return Err(PeopleError::LastSuperAdmin);
    }
    for platform in held.difference(&wanted) {
        admin_roles::delete(tx.conn(), id.0, *platform)?;
    }
    let now = tx.now();
    for platform in wanted.difference(&held) {
        let own = tx.new_id();
        admin_roles::insert(tx.conn(), (own, id.0), *platform, now)?;
    }
    people::note_change(tx.conn(), id.0, now)?;
    let (before, after) = (in_words(tx, &held)?, in_words(tx, &wanted)?);
    let entry = AuditEntry::new("user.admin_roles_changed", "users", id.0).note("email", &row.email);
    tx.audit(None, entry.change("roles", before.join(", "), after.join(", ")));
    tell(tx, services, &row, ("Your part in the administration has changed", &said(&after)))?;
    get(tx, viewer, id)
}

/// What the mail says.
fn said(roles: &[String]) -> String {
    match roles {
        [] => "You are no administrator any more.".to_owned(),
        [only] if only == "super_admin" => "You are an administrator of all platforms now.".to_owned(),
        some => format!("You are an administrator of: {}.", some.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn a_mail_says_what_somebody_is() {
        let words = |roles: &[&str]| said(&roles.iter().map(|role| (*role).to_owned()).collect::<Vec<_>>());
        assert_eq!(words(&[]), "You are no administrator any more.");
        assert_eq!(words(&["super_admin"]), "You are an administrator of all platforms now.");
        assert_eq!(words(&["lite", "main"]), "You are an administrator of: lite, main.");
    }
}

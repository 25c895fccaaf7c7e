//! Accounts switched off and on, and signed out, by whoever runs the platforms. The gates read an account with every request, so it counts with the
//! next one, on every server.

use orion_framework::Services;
use orion_framework::auth::{SessionTable, UserArea, UserSessions};
use orion_framework::db::{AuditEntry, DbError, PlatformTx};
use orion_framework::mail;
use orion_framework::problem::FieldErrors;
use orion_types::people::{DisableUser, MAX_DISABLED_REASON, PersonDetail};
use orion_types::{UserId, validation};

use super::people::{Viewer, get};
use crate::error::PeopleError;
use crate::letter::Letter;
use crate::queries::people::{self, PersonRow};
use crate::queries::{admin_roles, user_links};

/// Switches an account off: no session of it goes on, and none begins. Its places in teams stay.
///
/// # Errors
/// [`PeopleError::NotOneself`], [`PeopleError::LastSuperAdmin`], and a reason that is missing or too long.
pub(crate) fn disable(
    tx: &mut PlatformTx,
    services: &Services,
    (viewer, by): (&Viewer, UserId),
    id: UserId,
    asked: &DisableUser,
) -> Result<PersonDetail, PeopleError> {
    let mut errors = FieldErrors::default();
    let reason = errors.check("/reason", validation::required(&asked.reason, MAX_DISABLED_REASON));
    errors.into_result()?;
    let row = lock_other(tx, by, id)?;
    if !admin_roles::has_other_super_admin(tx.conn(), id.0)? {
        return Err(PeopleError::LastSuperAdmin);
    }
    let now = tx.now();
    people::set_active(tx.conn(), id.0, reason, now)?;
    // A link for a new password that is on its way opens nothing either.
    user_links::void(tx.conn(), id.0)?;
    let ended = UserSessions::new(tx, UserArea::Admin).revoke_all(id.0, None)?;
    let entry = AuditEntry::new("user.disabled", "users", id.0)
        .change("active", row.active, false)
        .change("disabled_reason", &row.disabled_reason, reason);
    tx.audit(None, entry.note("email", &row.email).note("sessions_ended", ended.len()));
    if row.active {
        let said = "Whoever runs the platform has switched your account off: it signs in nowhere any more, and all devices are signed out.";
        tell(tx, services, &row, ("Your account was switched off", said))?;
    }
    get(tx, viewer, id)
}

/// The account of somebody else, held until the transaction ends; the super admins are held before it, as everywhere.
pub(super) fn lock_other(tx: &mut PlatformTx, by: UserId, id: UserId) -> Result<PersonRow, PeopleError> {
    if by == id {
        return Err(PeopleError::NotOneself);
    }
    admin_roles::lock_super_admins(tx.conn())?;
    Ok(people::lock(tx.conn(), id.0)?.ok_or(DbError::NotFound)?)
}

/// Switches an account on again; whose it is signs in anew.
///
/// # Errors
/// When there is no such account.
pub(crate) fn enable(tx: &mut PlatformTx, services: &Services, viewer: &Viewer, id: UserId) -> Result<PersonDetail, PeopleError> {
    let row = people::lock(tx.conn(), id.0)?.ok_or(DbError::NotFound)?;
    if row.active {
        tx.no_audit("the account is on already");
        return get(tx, viewer, id);
    }
    let now = tx.now();
    people::set_active(tx.conn(), id.0, None, now)?;
    // What began in the moment in which it was switched off does not come to life again.
    UserSessions::new(tx, UserArea::Admin).revoke_all(id.0, None)?;
    let entry = AuditEntry::new("user.enabled", "users", id.0)
        .change("active", row.active, true)
        .change("disabled_reason", &row.disabled_reason, None::<&str>);
    tx.audit(None, entry.note("email", &row.email));
    let said = "Whoever runs the platform has switched your account on again. Sign in with the password that you had.";
    tell(tx, services, &row, ("Your account is on again", said))?;
    get(tx, viewer, id)
}

/// Signs somebody out on every device, in both areas.
///
/// # Errors
/// When there is no such account.
pub(crate) fn end_sessions(tx: &mut PlatformTx, services: &Services, id: UserId) -> Result<(), PeopleError> {
    let row = people::lock(tx.conn(), id.0)?.ok_or(DbError::NotFound)?;
    let ended = UserSessions::new(tx, UserArea::Admin).revoke_all(id.0, None)?;
    let entry = AuditEntry::new("user.sessions_ended", "users", id.0).note("email", &row.email);
    tx.audit(None, entry.note("sessions_ended", ended.len()));
    if !ended.is_empty() {
        let said = "Whoever runs the platform has signed your account out on all devices. Sign in again where you need it.";
        tell(tx, services, &row, ("You were signed out everywhere", said))?;
    }
    Ok(())
}

/// Tells somebody by mail what was done to their account.
pub(super) fn tell(tx: &mut PlatformTx, services: &Services, row: &PersonRow, (subject, said): (&str, &str)) -> Result<(), DbError> {
    let letter = Letter {
        subject: subject.to_owned(),
        paragraphs: vec![
            format!("Hello {},", row.name),
            said.to_owned(),
            "If you do not know why, ask whoever runs the platform.".to_owned(),
        ],
        ..Letter::default()
    };
    let id = tx.new_id();
    mail::queue_for_platform(tx, services, &letter.to(&row.email, format!("account-state:{id}")), None)
}

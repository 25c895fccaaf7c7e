//! The passkeys that somebody has.

use orion_framework::Services;
use orion_framework::db::{AuditEntry, DbError, PlatformTx};
use orion_framework::gate::UserIdentity;
use orion_types::PasskeyId;
use orion_types::passkey::{Passkey, UpdatePasskey};

use super::register::checked_name;
use super::{guard, shown};
use crate::error::PeopleError;
use crate::queries::passkeys;
use crate::service::second_factor::tell;

/// All of them, for whatever host; `host` is that of the request. Looking is no change.
pub(crate) fn list(tx: &mut PlatformTx, user: &UserIdentity, host: &str) -> Result<Vec<Passkey>, PeopleError> {
    tx.no_audit("a look at one's own account");
    let own = passkeys::list(tx.conn(), user.id.0)?;
    Ok(own.into_iter().map(|row| shown(row, host)).collect())
}

/// Calls one otherwise.
pub(crate) fn rename(
    tx: &mut PlatformTx,
    user: &UserIdentity,
    (id, host): (PasskeyId, &str),
    asked: &UpdatePasskey,
) -> Result<Passkey, PeopleError> {
    let name = checked_name(&asked.name)?;
    let mut row = passkeys::lock_own(tx.conn(), user.id.0, id.0)?.ok_or(DbError::NotFound)?;
    passkeys::set_name(tx.conn(), row.id, &name)?;
    let entry = AuditEntry::new("user.passkey_renamed", "user_passkeys", row.id).note("user", user.id.0);
    tx.audit(None, entry.change("name", &row.name, &name));
    row.name = name;
    Ok(shown(row, host))
}

/// Removes one; whoever asks has given their password, and a code where the account has a second factor. No session ends by it, but those that it has
/// made are worth no more than a password's from then on.
pub(crate) fn remove(tx: &mut PlatformTx, services: &Services, user: &UserIdentity, id: PasskeyId) -> Result<(), PeopleError> {
    let row = passkeys::lock_own(tx.conn(), user.id.0, id.0)?.ok_or(DbError::NotFound)?;
    guard(tx, user)?;
    passkeys::delete(tx.conn(), row.id)?;
    let entry = AuditEntry::new("user.passkey_removed", "user_passkeys", row.id).note("user", user.id.0);
    tx.audit(None, entry.note("name", &row.name).note("host", &row.host));
    let said = format!(
        "The passkey \"{}\" of your account is removed: it opens nothing at {} any more.",
        row.name, row.host
    );
    Ok(tell(tx, services, user, ("A passkey was removed", &said))?)
}

//! The passkeys that a customer has.

use orion_framework::db::{AuditEntry, DbError, StoreTx};
use orion_i18n::Text;
use orion_types::passkey::{Passkey, UpdatePasskey};
use orion_types::{CustomerId, PasskeyId};

use super::tell;
use crate::error::PeopleError;
use crate::queries::customer_passkeys as passkeys;
use crate::queries::customers;
use crate::service::passkeys::register::checked_name;
use crate::service::passkeys::shown;

/// All of them, for whatever host; `host` is that of the request.
pub(crate) fn list(tx: &mut StoreTx, customer: CustomerId, host: &str) -> Result<Vec<Passkey>, PeopleError> {
    let own = passkeys::list(tx, customer.0)?;
    Ok(own.into_iter().map(|row| shown(row, host)).collect())
}

/// Calls one otherwise.
pub(crate) fn rename(
    tx: &mut StoreTx,
    customer: CustomerId,
    (id, host): (PasskeyId, &str),
    asked: &UpdatePasskey,
) -> Result<Passkey, PeopleError> {
    let name = checked_name(&asked.name)?;
    let mut row = passkeys::lock_own(tx, customer.0, id.0)?.ok_or(DbError::NotFound)?;
    passkeys::set_name(tx, row.id, &name)?;
    let entry = AuditEntry::new("customer.passkey_renamed", "customer_passkeys", row.id).note("customer", customer.0);
    tx.audit(entry.change("name", &row.name, &name));
    row.name = name;
    Ok(shown(row, host))
}

/// Removes one; whoever asks has given their password. No session ends by it.
pub(crate) fn remove(tx: &mut StoreTx, customer: CustomerId, id: PasskeyId) -> Result<(), PeopleError> {
    // The account first, as signing in holds them.
    let owner = customers::lock(tx, customer.0)?.ok_or(DbError::NotFound)?;
    let row = passkeys::lock_own(tx, customer.0, id.0)?.ok_or(DbError::NotFound)?;
    passkeys::delete(tx, row.id)?;
    let entry = AuditEntry::new("customer.passkey_removed", "customer_passkeys", row.id).note("customer", customer.0);
    tx.audit(entry.note("name", &row.name).note("host", &row.host));
    let said = (Text::MailPasskeyRemovedSubject, Text::MailPasskeyRemovedText);
    Ok(tell(tx, &owner, &row, said)?)
}

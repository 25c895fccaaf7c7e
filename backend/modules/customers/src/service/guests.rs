//! Customers who buy without an account.

use orion_framework::db::{AuditEntry, DbError, StoreTx};
use orion_types::{CustomerId, validation};

use crate::queries::customers;

/// The guest with an e-mail address, made when there is none; `locale` is `en`, `fr` or `de`.
///
/// `None` when the address belongs to an account: nobody has proved to be its owner, neither the buyer nor, without a mail that
/// was answered, whoever registered it. Were the order tied to the account, registering a foreign address would be enough to read
/// that person's orders; untied, it is found by its number and address.
pub fn find_or_create_guest(tx: &mut StoreTx, email: &str, name: &str, locale: &str) -> Result<Option<CustomerId>, DbError> {
    let email = validation::normalise_email(email);
    if let Some(id) = customers::insert_guest(tx, &email, name, locale)? {
        tx.audit(AuditEntry::new("customer.created", "customers", id).note("guest", true));
        return Ok(Some(CustomerId(id)));
    }
    let known = customers::find_by_email(tx, &email)?;
    Ok(known
        .filter(|customer| customer.password_hash.is_none())
        .map(|customer| CustomerId(customer.id)))
}

//! Customers who buy without an account.

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::QueryFragment;
use diesel::sql_types::{Array, Bool, Text, Uuid as SqlUuid};
use orion_events::{CustomerCreated, CustomerFacts};
use orion_framework::db::{AuditEntry, DbError, StoreTx};
use orion_types::{CustomerId, validation};
use uuid::Uuid;

use crate::queries::customers;

/// Those of the customers who have bought without an account, out of sight or not.
pub fn guests_among(tx: &mut StoreTx, ids: &[Uuid]) -> Result<Vec<Uuid>, DbError> {
    Ok(customers::guests_among(tx, ids)?)
}

/// The guest with an e-mail address, who is made when there is none by the statement that writes what they have bought; see
/// [`crate::find_or_add_guest`].
///
/// It is the account of the address once its owner has proved to read its mails. It is nobody while they have not: were the order tied to the
/// account, registering a foreign address would be enough to read that person's orders; untied, it is found by its number and address, and is
/// the account's as soon as the address is verified.
#[derive(Debug)]
pub struct NewGuest {
    wanted: bool,
    id: Uuid,
    email: String,
    spellings: [String; 2],
    name: String,
}

impl NewGuest {
    /// Whoever has this address, unless nobody is `wanted` since the buyer is signed in.
    pub fn new(tx: &StoreTx, wanted: bool, email: &str, name: &str) -> Self {
        let email = validation::normalise_email(email);
        Self {
            wanted,
            id: tx.new_id(),
            spellings: validation::email_spellings(&email),
            email,
            name: name.to_owned(),
        }
    }

    /// The first parameters of [`crate::find_or_add_guest`], in their order.
    pub fn columns(&self) -> impl QueryFragment<Pg> + '_ {
        (
            self.wanted.into_sql::<Bool>(),
            self.id.into_sql::<SqlUuid>(),
            self.email.as_str().into_sql::<Text>(),
            self.spellings.as_slice().into_sql::<Array<Text>>(),
            self.name.as_str().into_sql::<Text>(),
        )
    }

    /// Notes that the guest was added.
    pub fn note(&self, tx: &mut StoreTx) {
        tx.audit(AuditEntry::new("customer.created", "customers", self.id).note("guest", true));
        let customer_id = CustomerId(self.id);
        tx.emit(&CustomerCreated(CustomerFacts { customer_id }));
    }

    /// The guest whom somebody else has added at the same moment; what their transaction has done is seen by now.
    pub fn find(&self, tx: &mut StoreTx) -> Result<Option<CustomerId>, DbError> {
        let known = customers::find_by_email(tx, &self.email)?;
        Ok(known
            .filter(|customer| customer.password_hash.is_none() || customer.email_verified_at.is_some())
            .map(|customer| CustomerId(customer.id)))
    }
}

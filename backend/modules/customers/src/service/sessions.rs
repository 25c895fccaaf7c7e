//! The devices on which a customer is signed in.

use orion_framework::auth::{self, CustomerSessions, SessionTable};
use orion_framework::db::{AuditEntry, DbError, StoreTx};
use orion_framework::gate::CustomerIdentity;
use orion_types::auth::Session;
use orion_types::{CustomerId, SessionId};

/// The live sessions of a customer.
pub(crate) fn list(tx: &mut StoreTx, customer: &CustomerIdentity) -> Result<Vec<Session>, DbError> {
    auth::list(&mut CustomerSessions::new(tx), customer.id.0, customer.session_id)
}

/// Ends a session of the customer; another's is not found.
pub(crate) fn end(tx: &mut StoreTx, customer: CustomerId, session: SessionId) -> Result<(), DbError> {
    if !CustomerSessions::new(tx).revoke(customer.0, session)? {
        return Err(DbError::NotFound);
    }
    tx.audit(AuditEntry::new("customer.session_ended", "customer_sessions", session.0).note("customer", customer));
    Ok(())
}

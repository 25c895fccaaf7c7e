//! What people let programs do: looked at, and taken back.

use orion_framework::db::{AuditEntry, StoreTx};
use orion_framework::problem::{NOT_FOUND, ProblemDraft};
use orion_types::oauth::Connection;
use orion_types::permission::Permission;
use orion_types::{Page, RightSet};
use uuid::Uuid;

use crate::error::OauthError;
use crate::queries::{self, Granted};

/// The connections, newest first: one's own, and everybody's for who may see them.
pub(crate) fn list(tx: &mut StoreTx, reader: Uuid, rights: RightSet) -> Result<Page<Connection>, OauthError> {
    let of = (!rights.holds(Permission::ProgramsRead)).then_some(reader);
    let rows = queries::list_grants(tx, of)?;
    let wire = rows.into_iter().map(|(grant, client)| grant.into_wire(&client, reader));
    Ok(Page::complete(wire.collect()))
}

/// Takes a connection back, one's own or, for who may, somebody else's: the program's next request is refused, on every server.
pub(crate) fn delete(tx: &mut StoreTx, id: Uuid, reader: Uuid, rights: RightSet) -> Result<(), OauthError> {
    let granted = queries::lock_grant(tx, id)?;
    if granted.0.user_id != reader && !rights.holds(Permission::ProgramsWrite) {
        return Err(ProblemDraft::new(&NOT_FOUND).into());
    }
    end(tx, &granted, "revoked")
}

/// Ends a connection, with all its tokens; `why` is for the audit log.
pub(crate) fn end(tx: &mut StoreTx, (grant, client): &Granted, why: &'static str) -> Result<(), OauthError> {
    queries::delete_grant(tx, grant.id)?;
    tx.audit(
        AuditEntry::new("connection.ended", "oauth_grants", grant.id)
            .note("program", &client.name)
            .note("person", &grant.person)
            .note("why", why),
    );
    Ok(())
}

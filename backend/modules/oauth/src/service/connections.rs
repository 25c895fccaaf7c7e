//! What people let programs do: looked at, and taken back.

use orion_framework::db::cursor::{self, page_limit};
use orion_framework::db::{AuditEntry, StoreTx};
use orion_framework::problem::{NOT_FOUND, ProblemDraft};
use orion_types::oauth::{Connection, ConnectionQuery};
use orion_types::permission::Permission;
use orion_types::{Page, RightSet};
use uuid::Uuid;

use crate::error::OauthError;
use crate::queries::{self, Granted};

/// A page of the connections, newest first: one's own, and everybody's for who may see them.
pub(crate) fn list(tx: &mut StoreTx, reader: Uuid, rights: RightSet, query: &ConnectionQuery) -> Result<Page<Connection>, OauthError> {
    let limit = page_limit(query.limit)?;
    let before = cursor::decode::<Uuid>(query.cursor.as_deref())?;
    let of_all = rights.holds(Permission::ProgramsRead) && query.own != Some(true);
    let rows = queries::list_grants(tx, (!of_all).then_some(reader), before, limit + 1)?;
    Ok(cursor::page(
        rows,
        limit,
        |(grant, _)| grant.id,
        |(grant, client)| grant.into_wire(&client, reader),
    ))
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

//! What the gate asks this module.

use chrono::TimeDelta;
use orion_framework::db::{AuditEntry, DbError, PlatformTx, StoreTx};
use orion_framework::gate::TokenIdentity;
use orion_types::{ConnectionId, StoreId, UserId};

use crate::model::rights;
use crate::queries;

/// How old what is noted of a use may be. Each server asks once a minute; a little less lets its own note through.
const NOTED_FOR: TimeDelta = TimeDelta::seconds(55);

/// The access token with this hash, if it is good now.
pub(crate) fn find(tx: &mut StoreTx, hash: &[u8; 32]) -> Result<Option<TokenIdentity>, DbError> {
    let found = queries::opened(tx, hash)?;
    Ok(found.map(|(scopes, grant, program)| TokenIdentity {
        connection: grant.id.into(),
        program,
        user: grant.user_id.into(),
        rights: rights(&scopes),
        host: grant.host,
        by_passkey: grant.by_passkey,
    }))
}

/// Notes that a program asked.
pub(crate) fn note_use(tx: &mut StoreTx, id: ConnectionId, ip: &str) -> Result<(), DbError> {
    tx.no_audit("a look at when a connection was used changes nothing");
    Ok(queries::note_use(tx, id.0, ip, NOTED_FOR)?)
}

/// Ends all connections of somebody, in every store.
pub(crate) fn end_all(tx: &mut PlatformTx, user: UserId) -> Result<(), DbError> {
    for (store, id, person) in queries::delete_grants_of(tx, user.0)? {
        let entry = AuditEntry::new("connection.ended", "oauth_grants", id);
        tx.audit(
            Some(StoreId(store)),
            entry.note("person", person).note("why", "all sessions of its person ended"),
        );
    }
    Ok(())
}

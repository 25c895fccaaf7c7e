//! What the gate asks this module.

use chrono::TimeDelta;
use orion_framework::db::{DbError, StoreTx};
use orion_framework::gate::KeyIdentity;
use orion_types::ApiKeyId;

use crate::model::rights;
use crate::queries;

/// How old what is noted of a key's use may be. Each server asks once a minute; a little less lets its own note through.
const NOTED_FOR: TimeDelta = TimeDelta::seconds(55);

/// The key whose secret has this hash, if it is good now.
pub(crate) fn find(tx: &mut StoreTx, hash: &[u8; 32]) -> Result<Option<KeyIdentity>, DbError> {
    let found = queries::find(tx, hash)?;
    Ok(found.map(|(id, name, prefix, scopes)| KeyIdentity {
        id: id.into(),
        name,
        prefix,
        rights: rights(&scopes),
    }))
}

/// Notes that a key was used.
pub(crate) fn note_use(tx: &mut StoreTx, id: ApiKeyId, ip: &str) -> Result<(), DbError> {
    tx.no_audit("a look at when a key was used changes nothing");
    Ok(queries::note_use(tx, id.0, ip, NOTED_FOR)?)
}

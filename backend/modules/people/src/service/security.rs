//! What a store wants of everybody who works for it. The gate reads it with every request.

use orion_framework::db::{AuditEntry, StoreTx};
use orion_types::team::SecurityPolicy;

use crate::error::PeopleError;
use crate::queries::policy;

/// As it is.
pub(crate) fn read(tx: &mut StoreTx) -> Result<SecurityPolicy, PeopleError> {
    let second_factor_required = policy::get(tx)?;
    Ok(SecurityPolicy { second_factor_required })
}

/// Changes it; `own` is whether whoever asks has given one themselves, without which they would shut themselves out.
pub(crate) fn update(tx: &mut StoreTx, own: bool, asked: SecurityPolicy) -> Result<SecurityPolicy, PeopleError> {
    let wanted = asked.second_factor_required;
    if wanted && !own {
        return Err(PeopleError::OwnFactorFirst);
    }
    let before = policy::lock(tx)?;
    if before == wanted {
        tx.no_audit("nothing was to be changed");
        return Ok(asked);
    }
    policy::set(tx, wanted)?;
    let entry = AuditEntry::new("store.security_updated", "stores", tx.store_id());
    tx.audit(entry.change("second_factor_required", before, wanted));
    Ok(asked)
}

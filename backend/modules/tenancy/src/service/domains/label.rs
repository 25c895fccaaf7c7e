//! What becomes of a shop's pages below the platform's domain once it has a domain of its own.

use orion_framework::db::{AuditEntry, DbError, StoreTx};
use orion_types::domain::StoreLabel;

use super::moved;
use crate::queries::domains;

/// The label, and whether the shop's pages there redirect.
pub(crate) fn read(tx: &mut StoreTx) -> Result<StoreLabel, DbError> {
    let redirects = domains::label_redirects(tx)?;
    Ok(StoreLabel {
        host: tx.store().subdomain_host(),
        redirects,
    })
}

/// Says whether they do.
pub(crate) fn update(tx: &mut StoreTx, redirects: bool) -> Result<StoreLabel, DbError> {
    let before = domains::label_redirects(tx)?;
    if before == redirects {
        tx.no_audit("nothing was to be changed");
        return read(tx);
    }
    domains::set_label_redirects(tx, redirects)?;
    tx.audit(AuditEntry::new("store.label_updated", "stores", tx.store_id()).change("redirects", before, redirects));
    moved(tx);
    read(tx)
}

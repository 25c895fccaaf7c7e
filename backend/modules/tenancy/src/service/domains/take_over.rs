//! A domain moves to the store that proves it when the one that has it no longer does.

use orion_framework::db::{DbError, PlatformTx};
use orion_framework::job::JobOptions;
use orion_types::StoreId;
use orion_types::status::DomainProof;
use uuid::Uuid;

use super::dns::Seen;
use super::settle::told;
use super::tell::{News, tell};
use super::turn::{switch_off, switch_on};
use super::{belongs_to_a_platform, changed, noted};
use crate::queries::domains::{self, OwnDomain};
use crate::queries::platforms;

/// Moves the host of a claim to its store, going by what was seen just now. Nothing happens where the proof of whoever has it is there as well.
pub(super) fn take_over(tx: &mut PlatformTx, store: StoreId, id: Uuid, seen: &Seen) -> Result<(), DbError> {
    let claim = domains::lock_of(tx.conn(), store.0, id)?;
    let Some(claim) = claim.filter(|claim| !claim.is_active() && seen.proves(&claim.token)) else {
        tx.no_audit("the claim is over");
        return Ok(());
    };
    let holder = domains::lock_holder(tx.conn(), &claim.host)?;
    if holder.as_ref().is_some_and(|holder| seen.proves(&holder.token)) {
        tx.no_audit("the proof of whoever has the host is there");
        return Ok(());
    }
    if belongs_to_a_platform(&platforms::hold_domains(tx.conn())?, &claim.host) {
        tx.no_audit("the host is a platform's");
        return Ok(());
    }
    if let Some(holder) = holder {
        release(tx, holder)?;
    }
    win(tx, claim, seen)
}

fn release(tx: &mut PlatformTx, mut holder: OwnDomain) -> Result<(), DbError> {
    let was_primary = holder.is_primary;
    switch_off(&mut holder, None);
    changed(&mut holder, tx.now());
    domains::save(tx.conn(), &holder)?;
    let store = StoreId(holder.store_id);
    tx.audit(Some(store), noted("domain.moved_away", &holder).note("primary", was_primary));
    announce(tx, &holder, News::MovedAway);
    tx.invalidate_store(store);
    Ok(())
}

fn win(tx: &mut PlatformTx, mut claim: OwnDomain, seen: &Seen) -> Result<(), DbError> {
    let store = StoreId(claim.store_id);
    let now = tx.now();
    switch_on(&mut claim, now);
    claim.is_primary = seen.leads_here(false) && !domains::has_primary(tx.conn(), store.0)?;
    claim.last_checked_at = Some(now);
    claim.last_check = Some(told(seen, DomainProof::Found, false)?);
    changed(&mut claim, now);
    domains::save(tx.conn(), &claim)?;
    tx.audit(Some(store), noted("domain.moved_here", &claim).note("primary", claim.is_primary));
    announce(tx, &claim, News::Verified);
    tx.invalidate_store(store);
    Ok(())
}

fn announce(tx: &mut PlatformTx, row: &OwnDomain, news: News) {
    let told = tell(row, news, tx.now());
    tx.enqueue_with(StoreId(row.store_id), &told, JobOptions::default());
}

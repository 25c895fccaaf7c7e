//! What was seen of a domain becomes its state, in the store's own transaction.

use orion_framework::db::{DbError, StoreTx};
use orion_framework::job::JobOptions;
use orion_types::domain::Domain;
use orion_types::status::DomainProof;
use uuid::Uuid;

use super::dns::Seen;
use super::jobs::CheckDomain;
use super::place::Place;
use super::tell::{News, tell};
use super::turn::{Turn, switch_on, turn, while_held};
use super::{belongs_to_a_platform, changed, moved, noted, to_wire};
use crate::error::TenancyError;
use crate::queries::domains::{self, OwnDomain};
use crate::queries::platforms;

/// Writes what somebody has asked to see. A host that another store has is looked at again by a job, which may move it over.
pub(crate) fn settle_asked(tx: &mut StoreTx, id: Uuid, seen: &Seen, place: &Place) -> Result<Domain, TenancyError> {
    let (row, proof) = settle(tx, id, seen, true)?;
    if proof == DomainProof::Held {
        let options = JobOptions {
            unique_key: Some(id.to_string()),
            ..JobOptions::default()
        };
        tx.enqueue_with(&CheckDomain { domain_id: id.into() }, options);
    }
    Ok(to_wire(row, place)?)
}

/// Writes what was seen, and what the domain becomes by it. Somebody who asks is at work on it: pauses begin anew, and no mail says what they see.
pub(super) fn settle(tx: &mut StoreTx, id: Uuid, seen: &Seen, asked: bool) -> Result<(OwnDomain, DomainProof), TenancyError> {
    let all = domains::lock(tx)?;
    let mut row = all.iter().find(|row| row.id == id).ok_or(DbError::NotFound)?.clone();
    let now = tx.now();
    let mut proof = seen.proof(&row.token);
    if asked {
        row.missed = 0;
    }
    row.last_checked_at = Some(now);
    let turned = turn(&mut row, proof, now);
    let before = led_here(&row);
    let first = seen.leads_here(before) && !all.iter().any(|row| row.is_primary);
    let arrives = first && !before;
    row.last_check = Some(told(seen, proof, before)?);
    if turned == Turn::Proven {
        match activate(tx, &row, first)? {
            Ok(active) => row = active,
            Err(instead) => {
                proof = instead;
                row.last_check = Some(told(seen, proof, before)?);
                row.missed = row.missed.saturating_add(1);
                row.next_check_at = Some(now + while_held(row.missed));
                domains::save(tx.conn(), &row)?;
                tx.no_audit("another store or a platform has the host, and nothing has changed");
            }
        }
    } else {
        let arrives = arrives && row.is_active();
        row.is_primary |= arrives;
        note(tx, &mut row, turned, arrives)?;
    }
    if !asked {
        announce(tx, &row, turned);
    }
    Ok((row, proof))
}

/// Whether the last look saw the domain lead here. One that does for the first time is made the primary one where there is none; a merchant who
/// has taken that back is not asked again.
fn led_here(row: &OwnDomain) -> bool {
    let last = row.last_check.as_ref().and_then(|check| check.get("leads_here"));
    last.and_then(serde_json::Value::as_bool).unwrap_or(false)
}

pub(super) fn told(seen: &Seen, proof: DomainProof, before: bool) -> Result<serde_json::Value, DbError> {
    serde_json::to_value(seen.told(proof, before)).map_err(|error| DbError::Unavailable(error.to_string()))
}

/// Switches a proved domain on. Where another store has the host, or a platform that was made since the host was asked for, nothing is written, and what
/// the look says instead is the inner error.
fn activate(tx: &mut StoreTx, row: &OwnDomain, primary: bool) -> Result<Result<OwnDomain, DomainProof>, TenancyError> {
    if belongs_to_a_platform(&platforms::hold_domains(tx.conn())?, &row.host) {
        return Ok(Err(DomainProof::Platform));
    }
    let mut active = row.clone();
    switch_on(&mut active, tx.now());
    active.is_primary = primary;
    changed(&mut active, tx.now());
    let written = tx.savepoint(|tx| domains::save(tx.conn(), &active).map_err(DbError::from));
    match written {
        Ok(()) => {}
        Err(error) if error.is_unique("store_domains_active_host") => return Ok(Err(DomainProof::Held)),
        Err(error) => return Err(error.into()),
    }
    tx.audit(noted("domain.verified", &active).note("primary", primary));
    moved(tx);
    Ok(Ok(active))
}

/// Writes a domain whose turn was another one than being proved, and which may have become the primary one.
fn note(tx: &mut StoreTx, row: &mut OwnDomain, turned: Turn, primary: bool) -> Result<(), TenancyError> {
    let action = match turned {
        Turn::Same | Turn::Proven if primary => Some("domain.updated"),
        Turn::Same | Turn::Proven => None,
        Turn::Lost => Some("domain.lost"),
        Turn::Back => Some("domain.found_again"),
        Turn::Off => Some("domain.switched_off"),
    };
    if action.is_some() {
        changed(row, tx.now());
    }
    domains::save(tx.conn(), row)?;
    match action {
        Some(action) if primary => tx.audit(noted(action, row).change("primary", false, true)),
        Some(action) => tx.audit(noted(action, row)),
        None => tx.no_audit("a look at name servers changes nothing that was decided"),
    }
    if turned == Turn::Off || primary {
        moved(tx);
    }
    Ok(())
}

fn announce(tx: &mut StoreTx, row: &OwnDomain, turned: Turn) {
    let news = match turned {
        Turn::Proven if row.is_active() => News::Verified,
        Turn::Lost => News::Lost,
        Turn::Off => News::Off,
        Turn::Same | Turn::Proven | Turn::Back => return,
    };
    tx.enqueue(&tell(row, news, tx.now()));
}

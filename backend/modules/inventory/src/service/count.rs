//! Stock that was counted: the books say what is there.

use std::collections::BTreeMap;

use orion_framework::db::{AuditEntry, StoreTx};
use orion_framework::http::Expected;
use orion_framework::problem::FieldErrors;
use orion_framework::several::{check_count, each};
use orion_types::inventory::{CountInventory, CountSeveral, InventoryLevel};
use orion_types::several::Outcome;
use orion_types::status::MovementReason;
use orion_types::validation;
use orion_types::{Page, VariantId};
use uuid::Uuid;

use super::adjust::{MAX_NOTE_LENGTH, by_hand};
use super::movement::{Cause, Delta, Moved, move_stock};
use crate::error::InventoryError;
use crate::queries;

/// Largest stock of a variant, in units.
const MAX_ON_HAND: i32 = 1_000_000;

/// The stock of one variant.
///
/// # Errors
/// [`InventoryError::UnknownVariant`] when the store has no such variant.
pub fn read(tx: &mut StoreTx, id: VariantId) -> Result<InventoryLevel, InventoryError> {
    if !queries::variant_exists(tx, id.0)? {
        return Err(InventoryError::UnknownVariant);
    }
    Ok(queries::get_level(tx, id.0)?.into_wire()?)
}

/// Sets the units of a variant to what was counted, if the books still have `expected`.
///
/// # Errors
/// [`InventoryError::Stale`] when they do not; [`InventoryError::CountedBelowReserved`] when orders were promised more.
pub fn count(tx: &mut StoreTx, id: VariantId, expected: Expected, request: &CountInventory) -> Result<InventoryLevel, InventoryError> {
    let (reason, note) = checked(request.reason, request.note.as_deref().unwrap_or_default(), request.on_hand)?;
    let cause = Cause {
        reason,
        order_id: None,
        note: &note,
    };
    let (id, before) = (id.0, lock(tx, id.0)?);
    if before != expected {
        return Err(InventoryError::Stale);
    }
    set(tx, id, before, request.on_hand.unwrap_or(before), cause)?;
    Ok(queries::get_level(tx, id)?.into_wire()?)
}

/// Sets the units of several variants, and tells what became of each.
///
/// # Errors
/// 422 when none or too many are named, or the reason is none for people.
pub fn count_several(tx: &mut StoreTx, request: &CountSeveral) -> Result<Page<Outcome>, InventoryError> {
    check_count("/items", request.items.len()).map_err(InventoryError::Invalid)?;
    let (reason, note) = checked(request.reason, &request.note, None)?;
    let cause = Cause {
        reason,
        order_id: None,
        note: &note,
    };
    let things = request.items.iter().map(|item| (item.variant_id.0, item));
    each(tx, things, |tx, item| {
        checked(None, "", Some(item.on_hand))?;
        let before = lock(tx, item.variant_id.0)?;
        if item.expected_on_hand.is_some_and(|expected| expected != before) {
            return Err(InventoryError::Stale);
        }
        set(tx, item.variant_id.0, before, item.on_hand, cause)?;
        Ok(None)
    })
}

/// The units in the books, which nobody else changes until the transaction ends.
fn lock(tx: &mut StoreTx, id: Uuid) -> Result<i32, InventoryError> {
    if !queries::variant_exists(tx, id)? {
        return Err(InventoryError::UnknownVariant);
    }
    queries::create_missing_levels(tx, &[id])?;
    let rows = queries::lock_levels(tx, &[id])?;
    Ok(rows.first().map_or(0, |row| row.on_hand))
}

fn set(tx: &mut StoreTx, id: Uuid, before: i32, counted: i32, cause: Cause<'_>) -> Result<(), InventoryError> {
    let delta = Delta {
        on_hand: counted - before,
        reserved: 0,
    };
    if delta.on_hand == 0 {
        tx.no_audit("the books are right");
        return Ok(());
    }
    match move_stock(tx, &BTreeMap::from([(id, delta)]), cause)? {
        Moved::All => {}
        Moved::Refused(line) => return Err(InventoryError::CountedBelowReserved { reserved: line.reserved }),
    }
    tx.audit(
        AuditEntry::new("inventory.adjusted", "product_variants", id)
            .change("on_hand", before, counted)
            .note("reason", cause.reason.as_str()),
    );
    Ok(())
}

fn checked(reason: Option<MovementReason>, note: &str, on_hand: Option<i32>) -> Result<(MovementReason, String), InventoryError> {
    let mut errors = FieldErrors::default();
    if on_hand.is_some_and(|units| !(0..=MAX_ON_HAND).contains(&units)) {
        errors.add("/on_hand", "out_of_range", format!("must be between 0 and {MAX_ON_HAND}"));
    }
    let reason = reason.unwrap_or(MovementReason::Correction);
    if !by_hand(reason) {
        errors.add("/reason", "not_allowed", "must be received, correction, damaged or returned");
    }
    let note = errors
        .check("/note", validation::optional(note, MAX_NOTE_LENGTH))
        .flatten()
        .unwrap_or_default();
    let note = note.to_owned();
    errors.into_result().map_err(InventoryError::Invalid)?;
    Ok((reason, note))
}

//! Changes by hand.

use std::collections::BTreeMap;

use orion_framework::db::{AuditEntry, StoreTx};
use orion_framework::problem::{FieldErrors, ProblemDraft};
use orion_types::inventory::{AdjustInventory, InventoryLevel};
use orion_types::status::MovementReason;
use orion_types::{VariantId, validation};

use super::movement::{Before, Cause, Delta, Moved, move_stock};
use crate::error::InventoryError;
use crate::queries;

/// Largest change of a level by hand, in units either way.
const MAX_DELTA: i32 = 1_000_000;
/// Longest note, in characters.
pub(super) const MAX_NOTE_LENGTH: usize = 500;

/// Adds or takes away units and returns the level as it is then.
pub fn adjust(tx: &mut StoreTx, request: &AdjustInventory) -> Result<InventoryLevel, InventoryError> {
    let note = checked(request).map_err(InventoryError::Invalid)?;
    let id = request.variant_id.0;
    if !queries::variant_exists(tx, id)? {
        return Err(InventoryError::UnknownVariant);
    }
    queries::create_missing_levels(tx, &[id])?;
    let changes = BTreeMap::from([(
        id,
        Delta {
            on_hand: request.delta,
            reserved: 0,
        },
    )]);
    match move_stock(
        tx,
        &changes,
        Cause {
            reason: request.reason,
            order_id: None,
            note,
        },
    )? {
        Moved::All => {}
        Moved::Refused(line) => return Err(below_reserved(line)),
    }
    let level = queries::get_level(tx, id)?.into_wire()?;
    tx.audit(
        AuditEntry::new("inventory.adjusted", "product_variants", id)
            .change("on_hand", level.on_hand - request.delta, level.on_hand)
            .note("reason", request.reason.as_str()),
    );
    Ok(level)
}

fn below_reserved(line: Before) -> InventoryError {
    InventoryError::BelowReserved {
        variant_id: VariantId(line.variant_id),
        on_hand: line.on_hand,
        reserved: line.reserved,
    }
}

fn checked(request: &AdjustInventory) -> Result<&str, ProblemDraft> {
    let mut errors = FieldErrors::default();
    if request.delta == 0 || !(-MAX_DELTA..=MAX_DELTA).contains(&request.delta) {
        let detail = format!("must be between -{MAX_DELTA} and {MAX_DELTA}, and not 0");
        errors.add("/delta", "out_of_range", detail);
    }
    if !by_hand(request.reason) {
        errors.add("/reason", "not_allowed", "must be received, correction, damaged or returned");
    }
    let note = errors.check("/note", validation::optional(&request.note, MAX_NOTE_LENGTH));
    errors.into_result()?;
    Ok(note.flatten().unwrap_or_default())
}

/// The other reasons belong to orders, products and files; a person who used them would make the ledger lie.
pub(super) fn by_hand(reason: MovementReason) -> bool {
    use MovementReason::{Correction, Damaged, Received, Returned};
    matches!(reason, Received | Correction | Damaged | Returned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(delta: i32, reason: MovementReason) -> AdjustInventory {
        AdjustInventory {
            variant_id: VariantId(uuid::Uuid::nil()),
            delta,
            reason,
            note: " counted ".to_owned(),
        }
    }

    #[test]
    fn a_change_by_hand_has_a_size_and_a_reason_of_its_own() {
        assert_eq!(checked(&request(5, MovementReason::Received)).unwrap(), "counted");
        for delta in [0, MAX_DELTA + 1, i32::MIN] {
            assert_eq!(
                checked(&request(delta, MovementReason::Received)).unwrap_err().errors[0].pointer,
                "/delta"
            );
        }
        for reason in [
            MovementReason::Reserved,
            MovementReason::Released,
            MovementReason::Sold,
            MovementReason::Import,
        ] {
            assert_eq!(checked(&request(1, reason)).unwrap_err().errors[0].pointer, "/reason");
        }
    }
}

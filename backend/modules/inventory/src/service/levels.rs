//! Levels come into being with their variant, and follow counts that products and files give.

use std::collections::{BTreeMap, HashMap};

use orion_framework::db::{DbError, SavedVariant, StoreTx};
use orion_types::VariantId;
use orion_types::status::MovementReason;
use uuid::Uuid;

use super::movement::{Cause, Delta, move_stock};
use crate::model::LevelRow;
use crate::queries;

/// The stock of a variant, in units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level {
    /// Units in the house.
    pub on_hand: i32,
    /// Units promised to orders.
    pub reserved: i32,
}

impl Level {
    /// Units that can be sold.
    pub fn available(self) -> i32 {
        self.on_hand - self.reserved
    }
}

/// The levels of these variants; a variant that was never counted is not among them.
pub fn levels(tx: &mut StoreTx, variant_ids: &[VariantId]) -> Result<HashMap<VariantId, Level>, DbError> {
    let ids: Vec<Uuid> = variant_ids.iter().map(|id| id.0).collect();
    let rows = queries::find_levels(tx, &ids)?;
    let level = |row: LevelRow| {
        (
            VariantId(row.variant_id),
            Level {
                on_hand: row.on_hand,
                reserved: row.reserved,
            },
        )
    };
    Ok(rows.into_iter().map(level).collect())
}

/// Starts the books of new variants with their first count, in units and not negative.
pub fn create_levels(tx: &mut StoreTx, counts: &[(VariantId, i32)]) -> Result<(), DbError> {
    let saved: Vec<SavedVariant> = counts
        .iter()
        .map(|(id, count)| SavedVariant {
            id: id.0,
            initial_on_hand: Some(*count),
            ..SavedVariant::default()
        })
        .collect();
    variants_saved(tx, &saved)
}

/// Sets what is in the house after a count from a file; never below what is promised to orders.
pub fn set_on_hand(tx: &mut StoreTx, variant_id: VariantId, on_hand: i32) -> Result<(), DbError> {
    variants_saved(
        tx,
        &[SavedVariant {
            id: variant_id.0,
            set_on_hand: Some(on_hand),
            ..SavedVariant::default()
        }],
    )
}

/// Keeps the books when the catalogue saved variants.
pub fn variants_saved(tx: &mut StoreTx, saved: &[SavedVariant]) -> Result<(), DbError> {
    let gone: Vec<Uuid> = saved.iter().filter(|variant| variant.removed).map(|variant| variant.id).collect();
    write_off(tx, &gone)?;
    let ids: Vec<Uuid> = saved.iter().filter(|variant| !variant.removed).map(|variant| variant.id).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let created = queries::create_missing_levels(tx, &ids)?;
    let initial = saved.iter().filter(|variant| created.contains(&variant.id));
    let initial = initial.filter_map(|variant| Some((variant.id, variant.initial_on_hand?.max(0))));
    let first: BTreeMap<Uuid, Delta> = initial
        .map(|(id, count)| {
            (
                id,
                Delta {
                    on_hand: count,
                    reserved: 0,
                },
            )
        })
        .collect();
    move_stock(
        tx,
        &first,
        Cause {
            reason: MovementReason::Initial,
            order_id: None,
            note: "",
        },
    )?;
    apply_counts(tx, saved)
}

/// Takes the units of variants that are no longer sold out of the books. What is promised to orders stays until it is shipped.
fn write_off(tx: &mut StoreTx, gone: &[Uuid]) -> Result<(), DbError> {
    if gone.is_empty() {
        return Ok(());
    }
    let rows = queries::lock_levels(tx, gone)?;
    let changes = rows.iter().map(|row| (row.variant_id, correction(row, 0))).collect();
    move_stock(
        tx,
        &changes,
        Cause {
            reason: MovementReason::Removed,
            order_id: None,
            note: "",
        },
    )?;
    Ok(())
}

fn apply_counts(tx: &mut StoreTx, saved: &[SavedVariant]) -> Result<(), DbError> {
    let counted: BTreeMap<Uuid, i32> = saved
        .iter()
        .filter_map(|variant| Some((variant.id, variant.set_on_hand?)))
        .collect();
    if counted.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = counted.keys().copied().collect();
    let rows = queries::lock_levels(tx, &ids)?;
    let changes = rows
        .iter()
        .map(|row| (row.variant_id, correction(row, counted[&row.variant_id])))
        .collect();
    move_stock(
        tx,
        &changes,
        Cause {
            reason: MovementReason::Import,
            order_id: None,
            note: "",
        },
    )?;
    Ok(())
}

/// What brings a level to its count. What is promised to orders stays promised, whatever a file says.
fn correction(row: &LevelRow, counted: i32) -> Delta {
    Delta {
        on_hand: counted.max(row.reserved) - row.on_hand,
        reserved: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_from_a_file_never_breaks_a_promise() {
        let row = LevelRow {
            variant_id: Uuid::nil(),
            on_hand: 9,
            reserved: 4,
        };
        assert_eq!(correction(&row, 12).on_hand, 3);
        assert_eq!(correction(&row, 6).on_hand, -3);
        assert_eq!(correction(&row, 1).on_hand, -5);
        assert_eq!(correction(&row, -1).on_hand, -5);
    }
}

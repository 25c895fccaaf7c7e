//! Levels come into being with their variant, and follow counts that products and files give.

use std::collections::{BTreeMap, HashMap};

use orion_framework::db::{DbError, SavedVariant, StockMoved, StoreTx};
use orion_types::VariantId;
use orion_types::status::MovementReason;
use uuid::Uuid;

use super::movement::{Cause, Delta, Moved, move_stock};
use crate::model::LevelRow;
use crate::queries;

/// What the ledger says of units that go back where they were.
const UNDONE: &str = "An import was undone";

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
    variants_saved(tx, &saved).map(|_| ())
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
    .map(|_| ())
}

/// Keeps the books when the catalogue saved variants, and tells what has moved.
pub fn variants_saved(tx: &mut StoreTx, saved: &[SavedVariant]) -> Result<Vec<StockMoved>, DbError> {
    let gone: Vec<Uuid> = saved.iter().filter(|variant| variant.removed).map(|variant| variant.id).collect();
    let mut moved = write_off(tx, &gone)?;
    let ids: Vec<Uuid> = saved.iter().filter(|variant| !variant.removed).map(|variant| variant.id).collect();
    if ids.is_empty() {
        return Ok(moved);
    }
    let created = queries::create_missing_levels(tx, &ids)?;
    let initial = saved.iter().filter(|variant| created.contains(&variant.id));
    let first: BTreeMap<Uuid, Delta> = initial
        .filter_map(|variant| Some((variant.id, on_hand(variant.initial_on_hand?.max(0)))))
        .collect();
    moved.extend(move_all(tx, &first, MovementReason::Initial, "")?);
    moved.extend(apply_counts(tx, saved)?);
    moved.extend(apply_changes(tx, saved)?);
    Ok(moved)
}

/// Takes the units of variants that are no longer sold out of the books. What is promised to orders stays until it is shipped.
fn write_off(tx: &mut StoreTx, gone: &[Uuid]) -> Result<Vec<StockMoved>, DbError> {
    if gone.is_empty() {
        return Ok(Vec::new());
    }
    let rows = queries::lock_levels(tx, gone)?;
    let changes = rows.iter().map(|row| (row.variant_id, correction(row, 0))).collect();
    move_all(tx, &changes, MovementReason::Removed, "")
}

fn apply_counts(tx: &mut StoreTx, saved: &[SavedVariant]) -> Result<Vec<StockMoved>, DbError> {
    let counted = |variant: &SavedVariant| Some((variant.id, variant.set_on_hand?));
    correct(tx, saved.iter().filter_map(counted).collect(), "", correction)
}

fn apply_changes(tx: &mut StoreTx, saved: &[SavedVariant]) -> Result<Vec<StockMoved>, DbError> {
    let changed = |variant: &SavedVariant| Some((variant.id, variant.change_on_hand?));
    let towards = |row: &LevelRow, units: i32| correction(row, row.on_hand.saturating_add(units));
    correct(tx, saved.iter().filter_map(changed).collect(), UNDONE, towards)
}

/// Brings levels where the numbers say.
fn correct(
    tx: &mut StoreTx,
    wanted: BTreeMap<Uuid, i32>,
    note: &str,
    delta: impl Fn(&LevelRow, i32) -> Delta,
) -> Result<Vec<StockMoved>, DbError> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = wanted.keys().copied().collect();
    let rows = queries::lock_levels(tx, &ids)?;
    let changes = rows
        .iter()
        .map(|row| (row.variant_id, delta(row, wanted[&row.variant_id])))
        .collect();
    move_all(tx, &changes, MovementReason::Import, note)
}

/// Moves units of levels that are locked, so that nothing can be in the way.
fn move_all(tx: &mut StoreTx, changes: &BTreeMap<Uuid, Delta>, reason: MovementReason, note: &str) -> Result<Vec<StockMoved>, DbError> {
    let order_id = None;
    match move_stock(tx, changes, Cause { reason, order_id, note })? {
        Moved::All => {}
        Moved::Refused(_) => return Ok(Vec::new()),
    }
    let moved = |(id, delta): (&Uuid, &Delta)| StockMoved {
        variant_id: *id,
        units: delta.on_hand,
    };
    Ok(changes.iter().map(moved).filter(|moved| moved.units != 0).collect())
}

fn on_hand(units: i32) -> Delta {
    Delta {
        on_hand: units,
        reserved: 0,
    }
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

//! What orders do with stock: promise it, give it back, ship it.

use std::collections::BTreeMap;

use orion_framework::db::StoreTx;
use orion_types::status::MovementReason;
use orion_types::{OrderId, VariantId};
use uuid::Uuid;

use super::movement::{Cause, Delta, Moved, MovedRow, Movement, judge, move_stock};
use crate::error::InventoryError;

/// Units of a variant, at least one.
pub type Units = (VariantId, i32);

/// Units that are to be promised to an order by the statement that writes it: all lines, or none. [`promised`] says what came of it.
pub fn promise(tx: &StoreTx, lines: &[Units]) -> Movement {
    let delta = |units| Delta {
        on_hand: 0,
        reserved: units,
    };
    Movement::new(tx, &deltas(lines, delta), MovementReason::Reserved, "")
}

/// Whether the rows of a [`promise`], in the order of variant ids, promise all of it; else the first line that lacks units.
pub fn promised(tx: &mut StoreTx, rows: Vec<MovedRow>) -> Result<(), InventoryError> {
    match judge(tx, rows, MovementReason::Reserved) {
        Moved::All => Ok(()),
        Moved::Refused(line) => Err(InventoryError::Short {
            variant_id: VariantId(line.variant_id),
            available: (line.on_hand - line.reserved).max(0),
        }),
    }
}

/// Gives promised units back.
pub fn release(tx: &mut StoreTx, order_id: OrderId, lines: &[Units]) -> Result<(), InventoryError> {
    settle(tx, order_id, MovementReason::Released, lines, |units| Delta {
        on_hand: 0,
        reserved: -units,
    })
}

/// Takes promised units out of the house.
pub fn ship(tx: &mut StoreTx, order_id: OrderId, lines: &[Units]) -> Result<(), InventoryError> {
    settle(tx, order_id, MovementReason::Sold, lines, |units| Delta {
        on_hand: -units,
        reserved: -units,
    })
}

fn settle(
    tx: &mut StoreTx,
    order_id: OrderId,
    reason: MovementReason,
    lines: &[Units],
    delta: fn(i32) -> Delta,
) -> Result<(), InventoryError> {
    match change(tx, order_id, reason, lines, delta)? {
        Moved::All => Ok(()),
        Moved::Refused(line) => Err(InventoryError::NotReserved(VariantId(line.variant_id))),
    }
}

fn change(
    tx: &mut StoreTx,
    order_id: OrderId,
    reason: MovementReason,
    lines: &[Units],
    delta: fn(i32) -> Delta,
) -> Result<Moved, InventoryError> {
    Ok(move_stock(
        tx,
        &deltas(lines, delta),
        Cause {
            reason,
            order_id: Some(order_id),
            note: "",
        },
    )?)
}

fn deltas(lines: &[Units], delta: fn(i32) -> Delta) -> BTreeMap<Uuid, Delta> {
    summed(lines).into_iter().map(|(id, units)| (id, delta(units))).collect()
}

/// One entry per variant, however many lines name it.
fn summed(lines: &[Units]) -> BTreeMap<Uuid, i32> {
    let mut units = BTreeMap::new();
    for (variant_id, quantity) in lines {
        let sum: &mut i32 = units.entry(variant_id.0).or_default();
        *sum = sum.saturating_add(*quantity);
    }
    units
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_lines_of_a_variant_are_one_promise() {
        let [first, second] = [1, 2].map(|number| VariantId(Uuid::from_u128(number)));
        let units = summed(&[(second, 1), (first, 2), (second, 3), (first, i32::MAX)]);
        assert_eq!(units.into_iter().collect::<Vec<_>>(), [(first.0, i32::MAX), (second.0, 4)]);
    }
}

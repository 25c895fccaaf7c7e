//! What others are told about stock.

use orion_events::{StockChanged, StockFacts, StockLow, StockRanOut, StockReturned};
use orion_framework::db::StoreTx;
use orion_types::inventory::LOW_STOCK;
use orion_types::status::MovementReason;

use super::movement::Before;

/// How much there is left to be sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Left {
    Enough,
    Little,
    Nothing,
}

impl Left {
    fn of(available: i32) -> Self {
        match available {
            ..=0 => Self::Nothing,
            1..=LOW_STOCK => Self::Little,
            _ => Self::Enough,
        }
    }
}

/// Something that is told of stock beside its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Low,
    RanOut,
    Returned,
}

/// Tells that a level was changed. What comes with a product or a file is told by those: a file may count every variant there is.
pub fn moved(tx: &mut StoreTx, level: &Before, reason: MovementReason) {
    if matches!(reason, MovementReason::Initial | MovementReason::Import | MovementReason::Removed) {
        return;
    }
    let facts = facts(level, reason);
    let before = Left::of(level.on_hand - level.reserved);
    let step = step(before, Left::of(facts.available));
    match step {
        Some(Step::Low) => tx.emit(&StockLow(facts.clone())),
        Some(Step::RanOut) => tx.emit(&StockRanOut(facts.clone())),
        Some(Step::Returned) => tx.emit(&StockReturned(facts.clone())),
        None => {}
    }
    tx.emit(&StockChanged(facts));
}

fn facts(level: &Before, reason: MovementReason) -> StockFacts {
    let (on_hand, reserved) = (level.on_hand + level.delta.on_hand, level.reserved + level.delta.reserved);
    StockFacts {
        variant_id: level.variant_id.into(),
        on_hand,
        reserved,
        available: on_hand - reserved,
        reason,
    }
}

/// What it means that there is more or less left than before; nothing where it is as much, and where few became many.
fn step(before: Left, after: Left) -> Option<Step> {
    match (before, after) {
        (Left::Enough, Left::Little) => Some(Step::Low),
        (Left::Enough | Left::Little, Left::Nothing) => Some(Step::RanOut),
        (Left::Nothing, Left::Little | Left::Enough) => Some(Step::Returned),
        (Left::Little, Left::Enough | Left::Little) | (Left::Enough, Left::Enough) | (Left::Nothing, Left::Nothing) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_out_is_told_once() {
        let told = |before, after| step(Left::of(before), Left::of(after));
        assert_eq!(told(6, 5), Some(Step::Low));
        assert_eq!(told(5, 4), None);
        assert_eq!(told(5, 0), Some(Step::RanOut));
        assert_eq!(told(9, 0), Some(Step::RanOut));
        assert_eq!(told(0, 3), Some(Step::Returned));
        assert_eq!(told(0, 30), Some(Step::Returned));
        assert_eq!(told(3, 30), None);
    }
}

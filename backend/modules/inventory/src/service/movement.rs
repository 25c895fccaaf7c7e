//! The one way stock changes: a conditional update and its ledger rows, in one statement.

use std::collections::BTreeMap;

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::QueryFragment;
use diesel::sql_types::{Array, Bool, Integer, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use orion_framework::db::{DbError, Statement, StatementText, StoreTx};
use orion_types::OrderId;
use orion_types::status::MovementReason;
use uuid::Uuid;

use super::told;

/// Why units move, and for whom.
#[derive(Debug, Clone, Copy)]
pub struct Cause<'a> {
    pub reason: MovementReason,
    pub order_id: Option<OrderId>,
    pub note: &'a str,
}

/// By how much the two numbers of a level change.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Delta {
    pub on_hand: i32,
    pub reserved: i32,
}

/// A level as it stood before the change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Before {
    pub variant_id: Uuid,
    pub on_hand: i32,
    pub reserved: i32,
    pub delta: Delta,
}

impl Before {
    /// Whether the change keeps the promise made to orders: never less in the house than is reserved, never less than nothing.
    fn allows(&self) -> bool {
        let on_hand = self.on_hand.checked_add(self.delta.on_hand);
        let reserved = self.reserved.checked_add(self.delta.reserved);
        matches!((on_hand, reserved), (Some(on_hand), Some(reserved)) if (0..=on_hand).contains(&reserved))
    }

    /// Whether the variant becomes sold out, or can be had again.
    fn crosses_zero(&self) -> bool {
        let before = self.on_hand - self.reserved;
        (before > 0) != (before + self.delta.on_hand - self.delta.reserved > 0)
    }
}

/// All of it, or nothing because of one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    All,
    /// The first line, in the order of variant ids, that does not allow its change.
    Refused(Before),
}

/// Changes levels, all of them or none, and writes the ledger. A variant without a level counts as one with nothing.
///
/// Rows are locked in the order of variant ids, so that two orders with the same goods wait for each other and never in a
/// circle. The condition stands twice: on the rows just locked, for all or nothing, and in the `UPDATE` itself.
pub fn move_stock(tx: &mut StoreTx, changes: &BTreeMap<Uuid, Delta>, cause: Cause<'_>) -> Result<Moved, DbError> {
    let movement = Movement::new(tx, changes, cause.reason, cause.note);
    if movement.ids.is_empty() {
        return Ok(Moved::All);
    }
    let statement = Statement::<MoveStock, _>::new((
        tx.store_id().into_sql::<SqlUuid>(),
        movement.columns(),
        cause.order_id.map(|id| id.0).into_sql::<Nullable<SqlUuid>>(),
        tx.now().into_sql::<Timestamptz>(),
    ));
    let rows: Vec<MovedRow> = statement.load(tx.conn())?;
    Ok(judge(tx, rows, cause.reason))
}

/// CTEs that move stock of the store `$1`, all of it or nothing: `judged` says of each change whether it is allowed, `moved` has the levels that
/// were changed, once all are allowed. Nothing is looked at before `$when` is known. The parameters are those of [`Movement::columns`], the order's id and the time.
#[macro_export]
macro_rules! move_stock {
    ($when:literal, $ids:literal, $on_hand:literal, $reserved:literal, $movements:literal, $reason:literal, $note:literal, $actor:literal, $order:literal, $now:literal) => {
        concat!(
            ",
wanted AS (
    SELECT * FROM unnest(",
            $ids,
            ", ",
            $on_hand,
            ", ",
            $reserved,
            ", ",
            $movements,
            ") AS w (variant_id, on_hand_delta, reserved_delta, movement_id) WHERE ",
            $when,
            "
),
locked AS MATERIALIZED (
    SELECT l.id, l.variant_id, l.on_hand, l.reserved, w.on_hand_delta, w.reserved_delta, w.movement_id
    FROM inventory_levels l JOIN wanted w ON w.variant_id = l.variant_id
    WHERE l.store_id = $1
      AND l.location_id = (SELECT id FROM inventory_locations WHERE store_id = $1 AND is_default)
    ORDER BY l.variant_id
    FOR UPDATE OF l
),
judged AS (
    SELECT w.variant_id, coalesce(k.on_hand, 0) AS on_hand, coalesce(k.reserved, 0) AS reserved, w.on_hand_delta, w.reserved_delta,
           k.id IS NOT NULL AND k.reserved + w.reserved_delta BETWEEN 0 AND k.on_hand + w.on_hand_delta AS allowed
    FROM wanted w LEFT JOIN locked k ON k.variant_id = w.variant_id
),
moved AS (
    UPDATE inventory_levels l
    SET on_hand = l.on_hand + k.on_hand_delta, reserved = l.reserved + k.reserved_delta, updated_at = ",
            $now,
            "
    FROM locked k
    WHERE l.store_id = $1 AND l.id = k.id
      AND l.reserved + k.reserved_delta BETWEEN 0 AND l.on_hand + k.on_hand_delta
      AND NOT EXISTS (SELECT 1 FROM judged WHERE NOT allowed)
    RETURNING l.id, l.variant_id, k.on_hand_delta, k.reserved_delta, k.movement_id
),
written AS (
    INSERT INTO inventory_movements
        (store_id, id, level_id, variant_id, on_hand_delta, reserved_delta, reason, order_id, note, actor_label, created_at)
    SELECT $1, movement_id, id, variant_id, on_hand_delta, reserved_delta, ",
            $reason,
            ", ",
            $order,
            ", ",
            $note,
            ", ",
            $actor,
            ", ",
            $now,
            " FROM moved
)"
        )
    };
}

struct MoveStock;

impl StatementText for MoveStock {
    const SQL: &'static str = concat!(
        crate::move_stock!("true", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9", "$10"),
        "
SELECT j.variant_id, j.on_hand, j.reserved, j.on_hand_delta, j.reserved_delta, m.id IS NOT NULL
FROM judged j LEFT JOIN moved m ON m.variant_id = j.variant_id
ORDER BY j.variant_id"
    );
    type Row = (SqlUuid, Integer, Integer, Integer, Integer, Bool);
}

/// What a change of stock was: the variant, what was on hand and reserved, by how much either should change, and whether it has.
pub type MovedRow = (Uuid, i32, i32, i32, i32, bool);

/// Changes of levels before they are written.
#[derive(Debug)]
pub struct Movement {
    ids: Vec<Uuid>,
    on_hand: Vec<i32>,
    reserved: Vec<i32>,
    movement_ids: Vec<Uuid>,
    reason: MovementReason,
    note: String,
    actor: String,
}

impl Movement {
    /// Of these levels, each once.
    pub fn new(tx: &StoreTx, changes: &BTreeMap<Uuid, Delta>, reason: MovementReason, note: &str) -> Self {
        let moving = || changes.iter().filter(|(_, delta)| **delta != Delta::default());
        Self {
            ids: moving().map(|(id, _)| *id).collect(),
            on_hand: moving().map(|(_, delta)| delta.on_hand).collect(),
            reserved: moving().map(|(_, delta)| delta.reserved).collect(),
            movement_ids: moving().map(|_| tx.new_id()).collect(),
            reason,
            note: note.to_owned(),
            actor: tx.actor().label.clone(),
        }
    }

    /// The first parameters of [`move_stock!`](crate::move_stock), in their order.
    pub fn columns(&self) -> impl QueryFragment<Pg> + '_ {
        (
            self.ids.as_slice().into_sql::<Array<SqlUuid>>(),
            self.on_hand.as_slice().into_sql::<Array<Integer>>(),
            self.reserved.as_slice().into_sql::<Array<Integer>>(),
            self.movement_ids.as_slice().into_sql::<Array<SqlUuid>>(),
            self.reason.as_str().into_sql::<Text>(),
            self.note.as_str().into_sql::<Text>(),
            self.actor.as_str().into_sql::<Text>(),
        )
    }
}

/// What came of the rows, in the order of variant ids. The shop is told when something sells out or can be had again.
pub fn judge(tx: &mut StoreTx, rows: Vec<MovedRow>, reason: MovementReason) -> Moved {
    let rows: Vec<(Before, bool)> = rows.into_iter().map(before).collect();
    let still = || rows.iter().filter(|(_, moved)| !moved).map(|(line, _)| *line);
    // One line holds all back; a variant without a level is refused even when its numbers would allow the change.
    if let Some(line) = still().find(|line| !line.allows()).or_else(|| still().next()) {
        return Moved::Refused(line);
    }
    if rows.iter().any(|(line, _)| line.crosses_zero()) {
        tx.touch_catalog();
    }
    for (line, _) in &rows {
        told::moved(tx, line, reason);
    }
    Moved::All
}

fn before(row: MovedRow) -> (Before, bool) {
    let (variant_id, on_hand, reserved, on_hand_delta, reserved_delta, moved) = row;
    let delta = Delta {
        on_hand: on_hand_delta,
        reserved: reserved_delta,
    };
    (
        Before {
            variant_id,
            on_hand,
            reserved,
            delta,
        },
        moved,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(on_hand: i32, reserved: i32, delta: Delta) -> Before {
        Before {
            variant_id: Uuid::nil(),
            on_hand,
            reserved,
            delta,
        }
    }

    fn reserving(units: i32) -> Delta {
        Delta {
            on_hand: 0,
            reserved: units,
        }
    }

    #[test]
    fn the_last_unit_can_be_promised_once() {
        assert!(level(1, 0, reserving(1)).allows());
        assert!(!level(1, 1, reserving(1)).allows());
        assert!(!level(i32::MAX, i32::MAX, reserving(1)).allows());
    }

    #[test]
    fn nothing_below_what_is_promised_is_taken_away() {
        assert!(level(5, 2, Delta { on_hand: -3, reserved: 0 }).allows());
        assert!(!level(5, 2, Delta { on_hand: -4, reserved: 0 }).allows());
    }

    #[test]
    fn more_than_was_promised_is_neither_given_back_nor_shipped() {
        assert!(!level(5, 1, reserving(-2)).allows());
        assert!(!level(5, 1, Delta { on_hand: -2, reserved: -2 }).allows());
        assert!(level(5, 2, Delta { on_hand: -2, reserved: -2 }).allows());
    }

    #[test]
    fn the_shop_is_told_only_when_a_variant_sells_out_or_comes_back() {
        assert!(level(1, 0, reserving(1)).crosses_zero());
        assert!(level(1, 1, reserving(-1)).crosses_zero());
        assert!(level(0, 0, Delta { on_hand: 7, reserved: 0 }).crosses_zero());
        assert!(!level(5, 0, reserving(1)).crosses_zero());
        assert!(!level(5, 2, Delta { on_hand: -2, reserved: -2 }).crosses_zero());
    }
}

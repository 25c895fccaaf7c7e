//! Many buyers at once, servers that die, and books that must balance afterwards.

mod keys;
mod last_unit;
mod sign_ins;
mod switches;
mod two_servers;

use orion_tests::TestApp;

/// Books that do not balance: what the ledger says, what is promised, and what the orders say must be the same for every variant.
#[track_caller]
fn assert_books_balance(app: &TestApp) {
    let wrong = app.text(
        "SELECT string_agg(format('%s: on hand %s, ledger %s, reserved %s, ledger %s, orders %s', variant_id, on_hand, moved, reserved, promised, open), '; ') FROM (
            SELECT l.variant_id, l.on_hand, l.reserved,
                (SELECT coalesce(sum(on_hand_delta), 0) FROM inventory_movements m WHERE m.level_id = l.id) AS moved,
                (SELECT coalesce(sum(reserved_delta), 0) FROM inventory_movements m WHERE m.level_id = l.id) AS promised,
                (SELECT coalesce(sum(i.quantity - i.fulfilled_quantity), 0) FROM order_items i JOIN orders o ON o.store_id = i.store_id AND o.id = i.order_id
                 WHERE i.variant_id = l.variant_id AND o.status <> 'cancelled') AS open
            FROM inventory_levels l) AS books
         WHERE on_hand <> moved OR reserved <> promised OR reserved > on_hand OR reserved <> open",
    );
    assert_eq!(wrong, "", "the books do not balance");
}

//! What an order's fate means for stock.

use orion_framework::db::StoreTx;
use orion_inventory::Units;
use orion_types::VariantId;
use uuid::Uuid;

use crate::error::OrdersError;
use crate::model::order::{ItemRow, OrderRow};
use crate::queries::orders;

/// Gives back what is still promised to the order. The caller holds the order's lock and changes its state in the same
/// transaction, so this happens once.
pub fn release_stock(tx: &mut StoreTx, order: &OrderRow) -> Result<(), OrdersError> {
    let items = orders::list_items(tx, order.id)?;
    let units = promised(&items, ItemRow::left);
    Ok(orion_inventory::release(tx, order.order_id(), &units)?)
}

/// Takes what is shipped out of the house: (line, units).
pub fn ship_stock(tx: &mut StoreTx, order: &OrderRow, items: &[ItemRow], shipped: &[(Uuid, i32)]) -> Result<(), OrdersError> {
    let of_line = |item: &ItemRow| shipped.iter().find(|(id, _)| *id == item.id).map_or(0, |(_, units)| *units);
    let units = promised(items, of_line);
    Ok(orion_inventory::ship(tx, order.order_id(), &units)?)
}

/// Units of the lines that stock was reserved for.
fn promised(items: &[ItemRow], units: impl Fn(&ItemRow) -> i32) -> Vec<Units> {
    let reserved = items.iter().filter(|item| item.reserved);
    reserved
        .map(|item| (VariantId(item.variant_id), units(item)))
        .filter(|(_, units)| *units > 0)
        .collect()
}

//! SQL over shipments.

use diesel::prelude::*;
use diesel::sql_types::{Array, Integer, Uuid as SqlUuid};
use orion_framework::db::{DbError, Statement, StatementText, StoreTx};
use uuid::Uuid;

use crate::model::order::{FulfilmentItemRow, FulfilmentRow};
use crate::schema::{fulfilment_items, fulfilments};

/// The shipments of an order, oldest first, and what is in them.
pub fn list_fulfilments(tx: &mut StoreTx, order_id: Uuid) -> Result<(Vec<FulfilmentRow>, Vec<FulfilmentItemRow>), DbError> {
    list_fulfilments_of(tx, &[order_id])
}

/// Likewise of several orders.
pub fn list_fulfilments_of(tx: &mut StoreTx, orders: &[Uuid]) -> Result<(Vec<FulfilmentRow>, Vec<FulfilmentItemRow>), DbError> {
    let store_id = tx.store_id();
    let shipments: Vec<FulfilmentRow> = fulfilments::table
        .filter(fulfilments::store_id.eq(store_id))
        .filter(fulfilments::order_id.eq_any(orders))
        .order(fulfilments::id)
        .select(FulfilmentRow::as_select())
        .load(tx.conn())?;
    let ids: Vec<Uuid> = shipments.iter().map(|shipment| shipment.id).collect();
    let items = fulfilment_items::table
        .filter(fulfilment_items::store_id.eq(store_id))
        .filter(fulfilment_items::fulfilment_id.eq_any(ids))
        .order((fulfilment_items::fulfilment_id, fulfilment_items::order_item_id))
        .select(FulfilmentItemRow::as_select())
        .load(tx.conn())?;
    Ok((shipments, items))
}

struct FulfilItems;

impl StatementText for FulfilItems {
    const SQL: &'static str = ",
wanted AS (
    SELECT * FROM unnest($3, $4) AS w (item_id, quantity)
)
UPDATE order_items i SET fulfilled_quantity = i.fulfilled_quantity + w.quantity
FROM wanted w
WHERE i.store_id = $1 AND i.order_id = $2 AND i.id = w.item_id AND i.fulfilled_quantity + w.quantity <= i.quantity
RETURNING i.id";
    type Row = SqlUuid;
}

/// Counts units of a locked order's lines as shipped; false when one of them has fewer left, and then the caller undoes all.
pub fn fulfil_items(tx: &mut StoreTx, order_id: Uuid, units: &[(Uuid, i32)]) -> Result<bool, DbError> {
    let ids: Vec<Uuid> = units.iter().map(|(id, _)| *id).collect();
    let quantities: Vec<i32> = units.iter().map(|(_, quantity)| *quantity).collect();
    let statement = Statement::<FulfilItems, _>::new((
        tx.store_id().into_sql::<SqlUuid>(),
        order_id.into_sql::<SqlUuid>(),
        ids.into_sql::<Array<SqlUuid>>(),
        quantities.into_sql::<Array<Integer>>(),
    ));
    let changed: Vec<Uuid> = statement.load(tx.conn())?;
    Ok(changed.len() == units.len())
}

/// Writes a shipment and what is in it.
pub fn insert_fulfilment(tx: &mut StoreTx, shipment: &FulfilmentRow, units: &[(Uuid, i32)]) -> Result<(), DbError> {
    diesel::insert_into(fulfilments::table).values(shipment).execute(tx.conn())?;
    let store_id = tx.store_id();
    let item = |(order_item_id, quantity): &(Uuid, i32)| FulfilmentItemRow {
        store_id,
        fulfilment_id: shipment.id,
        order_item_id: *order_item_id,
        quantity: *quantity,
    };
    let rows: Vec<FulfilmentItemRow> = units.iter().map(item).collect();
    diesel::insert_into(fulfilment_items::table).values(rows).execute(tx.conn())?;
    Ok(())
}

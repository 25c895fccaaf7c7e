//! SQL over the history of orders, which is only ever added to.

use diesel::prelude::*;
use orion_framework::db::{DbError, StoreTx};
use uuid::Uuid;

use crate::model::order::HistoryRow;
use crate::schema::order_status_history;

/// The history of an order, oldest entry first.
pub fn list_history(tx: &mut StoreTx, order_id: Uuid) -> Result<Vec<HistoryRow>, DbError> {
    let query = order_status_history::table
        .filter(order_status_history::store_id.eq(tx.store_id()))
        .filter(order_status_history::order_id.eq(order_id))
        .order(order_status_history::id);
    Ok(query.select(HistoryRow::as_select()).load(tx.conn())?)
}

/// Likewise of several orders.
pub fn list_history_of(tx: &mut StoreTx, orders: &[Uuid]) -> Result<Vec<HistoryRow>, DbError> {
    let query = order_status_history::table
        .filter(order_status_history::store_id.eq(tx.store_id()))
        .filter(order_status_history::order_id.eq_any(orders))
        .order(order_status_history::id);
    Ok(query.select(HistoryRow::as_select()).load(tx.conn())?)
}

/// Adds an entry.
pub fn insert_history(tx: &mut StoreTx, entry: &HistoryRow) -> Result<(), DbError> {
    diesel::insert_into(order_status_history::table).values(entry).execute(tx.conn())?;
    Ok(())
}

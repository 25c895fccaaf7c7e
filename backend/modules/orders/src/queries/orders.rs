//! SQL over single orders.

use chrono::{DateTime, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Array, Binary, Bool, Nullable, Text, Uuid as SqlUuid};
use orion_framework::db::{DbError, StoreTx};
use serde_json::Value;
use uuid::Uuid;

use crate::model::order::{ItemRow, OrderRow};
use crate::schema::{order_items, orders};
use crate::service::owner::CartOwner;

/// An order.
pub fn find_order(tx: &mut StoreTx, id: Uuid) -> Result<Option<OrderRow>, DbError> {
    let query = orders::table.filter(orders::store_id.eq(tx.store_id())).filter(orders::id.eq(id));
    Ok(query.select(OrderRow::as_select()).first(tx.conn()).optional()?)
}

/// Orders by their ids.
pub fn find_orders(tx: &mut StoreTx, ids: &[Uuid]) -> Result<Vec<OrderRow>, DbError> {
    let query = orders::table
        .filter(orders::store_id.eq(tx.store_id()))
        .filter(orders::id.eq_any(ids));
    Ok(query.select(OrderRow::as_select()).load(tx.conn())?)
}

/// Whether the order is the owner's: their account's, or what became of a cart whose secret they hold.
pub fn belongs_to(tx: &mut StoreTx, id: Uuid, owner: &CartOwner) -> Result<bool, DbError> {
    if !owner.is_known() {
        return Ok(false);
    }
    let query = "WITH RECURSIVE mine AS (\
             SELECT id, follows FROM carts WHERE store_id = $1 AND token_hash = $3 AND customer_id IS NULL \
             UNION SELECT c.id, c.follows FROM carts c JOIN mine m ON c.store_id = $1 AND c.id = m.follows AND c.customer_id IS NULL) \
         SELECT o.id FROM orders o WHERE o.store_id = $1 AND o.id = $4 AND (o.customer_id = $2 OR o.cart_id IN (SELECT id FROM mine))";
    let store = tx.store_id();
    let query = diesel::sql_query(query)
        .bind::<SqlUuid, _>(store)
        .bind::<Nullable<SqlUuid>, _>(owner.customer_id)
        .bind::<Nullable<Binary>, _>(owner.token_hash.as_deref())
        .bind::<SqlUuid, _>(id);
    Ok(!query.load::<IdRow>(tx.conn())?.is_empty())
}

#[derive(QueryableByName)]
struct IdRow {
    #[diesel(sql_type = SqlUuid)]
    #[expect(dead_code, reason = "that there is a row is the answer")]
    id: Uuid,
}

/// An order by its number.
pub fn find_by_number(tx: &mut StoreTx, number: i64) -> Result<Option<OrderRow>, DbError> {
    let query = orders::table
        .filter(orders::store_id.eq(tx.store_id()))
        .filter(orders::number.eq(number));
    Ok(query.select(OrderRow::as_select()).first(tx.conn()).optional()?)
}

/// An order, locked until the transaction ends: whoever changes it takes turns here.
pub fn lock_order(tx: &mut StoreTx, id: Uuid) -> Result<Option<OrderRow>, DbError> {
    let query = orders::table.filter(orders::store_id.eq(tx.store_id())).filter(orders::id.eq(id));
    Ok(query.select(OrderRow::as_select()).for_update().first(tx.conn()).optional()?)
}

/// The lines of an order.
pub fn list_items(tx: &mut StoreTx, order_id: Uuid) -> Result<Vec<ItemRow>, DbError> {
    let query = order_items::table
        .filter(order_items::store_id.eq(tx.store_id()))
        .filter(order_items::order_id.eq(order_id))
        .order(order_items::position);
    Ok(query.select(ItemRow::as_select()).load(tx.conn())?)
}

/// Writes the states of a locked order, and why and when it was cancelled.
pub fn save_state(tx: &mut StoreTx, order: &OrderRow) -> Result<(), DbError> {
    let row = orders::table
        .filter(orders::store_id.eq(tx.store_id()))
        .filter(orders::id.eq(order.id));
    let set = (
        orders::status.eq(&order.status),
        orders::payment_status.eq(&order.payment_status),
        orders::fulfilment_status.eq(&order.fulfilment_status),
        orders::cancel_reason.eq(&order.cancel_reason),
        orders::cancelled_at.eq(order.cancelled_at),
        orders::updated_at.eq(tx.now()),
        orders::version.eq(orders::version + 1),
    );
    diesel::update(row).set(set).execute(tx.conn())?;
    Ok(())
}

/// Sets what other systems have noted of a locked order.
pub fn set_marks(tx: &mut StoreTx, id: Uuid, metadata: &Value, external_id: Option<&str>) -> Result<(), DbError> {
    let row = orders::table.filter(orders::store_id.eq(tx.store_id())).filter(orders::id.eq(id));
    let set = (
        orders::metadata.eq(metadata),
        orders::external_id.eq(external_id),
        orders::updated_at.eq(tx.now()),
        orders::version.eq(orders::version + 1),
    );
    diesel::update(row).set(set).execute(tx.conn())?;
    Ok(())
}

/// What was ordered with one of these spellings of an address, locked until the transaction ends.
pub fn lock_of_address(tx: &mut StoreTx, spellings: &[String]) -> Result<Vec<OrderRow>, DbError> {
    // The index on addresses compares them byte by byte.
    let address = sql::<Bool>("orders.email COLLATE \"C\" = ANY(")
        .bind::<Array<Text>, _>(spellings)
        .sql(")");
    let query = orders::table
        .filter(orders::store_id.eq(tx.store_id()))
        .filter(address)
        .order(orders::id);
    Ok(query.select(OrderRow::as_select()).for_update().load(tx.conn())?)
}

/// Gives locked orders to an account.
pub fn give_to(tx: &mut StoreTx, customer_id: Uuid, ids: &[Uuid]) -> Result<(), DbError> {
    let rows = orders::table
        .filter(orders::store_id.eq(tx.store_id()))
        .filter(orders::id.eq_any(ids));
    let set = (
        orders::customer_id.eq(customer_id),
        orders::updated_at.eq(tx.now()),
        orders::version.eq(orders::version + 1),
    );
    diesel::update(rows).set(set).execute(tx.conn())?;
    Ok(())
}

/// Whether anything was ever ordered; then the store's currency is fixed.
pub fn any_order(tx: &mut StoreTx) -> Result<bool, DbError> {
    let any = orders::table.filter(orders::store_id.eq(tx.store_id()));
    Ok(diesel::select(diesel::dsl::exists(any)).get_result(tx.conn())?)
}

/// Those of the variants that were ordered since, but for orders that were cancelled.
pub fn sold_since(tx: &mut StoreTx, variants: &[Uuid], since: DateTime<Utc>) -> Result<Vec<Uuid>, DbError> {
    let of_order = order_items::store_id.eq(orders::store_id).and(order_items::order_id.eq(orders::id));
    let query = orders::table
        .inner_join(order_items::table.on(of_order))
        .filter(orders::store_id.eq(tx.store_id()))
        .filter(orders::placed_at.ge(since))
        .filter(orders::status.ne("cancelled"))
        .filter(order_items::variant_id.eq_any(variants))
        .select(order_items::variant_id)
        .distinct();
    Ok(query.load(tx.conn())?)
}

/// Whether a line of any order shows a picture.
pub fn any_item_with_image(tx: &mut StoreTx, image: Uuid) -> Result<bool, DbError> {
    let any = order_items::table
        .filter(order_items::store_id.eq(tx.store_id()))
        .filter(order_items::image_id.eq(image));
    Ok(diesel::select(diesel::dsl::exists(any)).get_result(tx.conn())?)
}

/// The items of these orders, each order's in their order.
pub fn list_items_of(tx: &mut StoreTx, orders: &[Uuid]) -> Result<Vec<ItemRow>, DbError> {
    let query = order_items::table
        .filter(order_items::store_id.eq(tx.store_id()))
        .filter(order_items::order_id.eq_any(orders))
        .order((order_items::order_id, order_items::position));
    Ok(query.select(ItemRow::as_select()).load(tx.conn())?)
}

//! Address books of the customers of the store at hand.

use diesel::prelude::*;
use orion_framework::db::StoreTx;
use serde_json::Value;
use uuid::Uuid;

use crate::model::AddressRow;
use crate::schema::customer_addresses::{self, dsl};

/// A customer's addresses, the default one first, then the newest.
pub(crate) fn list(tx: &mut StoreTx, customer: Uuid) -> QueryResult<Vec<AddressRow>> {
    let store = tx.store_id();
    customer_addresses::table
        .filter(dsl::store_id.eq(store))
        .filter(dsl::customer_id.eq(customer))
        .filter(dsl::deleted_at.is_null())
        .order((dsl::is_default.desc(), dsl::id.desc()))
        .select(AddressRow::as_select())
        .load(tx.conn())
}

/// The addresses of these customers, each customer's in the order of the book.
pub(crate) fn list_of(tx: &mut StoreTx, customers: &[Uuid]) -> QueryResult<Vec<(Uuid, AddressRow)>> {
    let store = tx.store_id();
    customer_addresses::table
        .filter(dsl::store_id.eq(store))
        .filter(dsl::customer_id.eq_any(customers))
        .filter(dsl::deleted_at.is_null())
        .order((dsl::customer_id, dsl::is_default.desc(), dsl::id.desc()))
        .select((dsl::customer_id, AddressRow::as_select()))
        .load(tx.conn())
}

/// How many addresses a customer has.
pub(crate) fn count(tx: &mut StoreTx, customer: Uuid) -> QueryResult<i64> {
    let store = tx.store_id();
    customer_addresses::table
        .filter(dsl::store_id.eq(store))
        .filter(dsl::customer_id.eq(customer))
        .filter(dsl::deleted_at.is_null())
        .count()
        .get_result(tx.conn())
}

/// Takes the mark of the default off whichever address has it.
pub(crate) fn clear_default(tx: &mut StoreTx, customer: Uuid) -> QueryResult<()> {
    let (store, now) = (tx.store_id(), tx.now());
    let default = customer_addresses::table
        .filter(dsl::store_id.eq(store))
        .filter(dsl::customer_id.eq(customer))
        .filter(dsl::is_default);
    diesel::update(default)
        .set((dsl::is_default.eq(false), dsl::updated_at.eq(now)))
        .execute(tx.conn())
        .map(|_| ())
}

/// Adds an address.
pub(crate) fn insert(tx: &mut StoreTx, customer: Uuid, address: &Value, is_default: bool) -> QueryResult<AddressRow> {
    let (store, id, now) = (tx.store_id(), tx.new_id(), tx.now());
    diesel::insert_into(customer_addresses::table)
        .values((
            dsl::store_id.eq(store),
            dsl::id.eq(id),
            dsl::customer_id.eq(customer),
            dsl::address.eq(address),
            dsl::is_default.eq(is_default),
            dsl::created_at.eq(now),
            dsl::updated_at.eq(now),
        ))
        .returning(AddressRow::as_returning())
        .get_result(tx.conn())
}

/// Replaces an address of the customer; `None` when they have no such address.
pub(crate) fn update(tx: &mut StoreTx, (customer, id): (Uuid, Uuid), address: &Value, is_default: bool) -> QueryResult<Option<AddressRow>> {
    let (store, now) = (tx.store_id(), tx.now());
    let own = customer_addresses::table
        .filter(dsl::store_id.eq(store))
        .filter(dsl::customer_id.eq(customer))
        .filter(dsl::id.eq(id))
        .filter(dsl::deleted_at.is_null());
    diesel::update(own)
        .set((
            dsl::address.eq(address),
            dsl::is_default.eq(is_default),
            dsl::updated_at.eq(now),
            dsl::version.eq(customer_addresses::version + 1),
        ))
        .returning(AddressRow::as_returning())
        .get_result(tx.conn())
        .optional()
}

/// Takes an address out of the book; false when the customer has no such address.
pub(crate) fn delete(tx: &mut StoreTx, customer: Uuid, id: Uuid) -> QueryResult<bool> {
    let (store, now) = (tx.store_id(), tx.now());
    let own = customer_addresses::table
        .filter(dsl::store_id.eq(store))
        .filter(dsl::customer_id.eq(customer))
        .filter(dsl::id.eq(id))
        .filter(dsl::deleted_at.is_null());
    let gone = diesel::update(own)
        .set((dsl::deleted_at.eq(now), dsl::is_default.eq(false), dsl::updated_at.eq(now)))
        .execute(tx.conn())?;
    Ok(gone > 0)
}

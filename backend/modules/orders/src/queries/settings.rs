//! SQL over ways of shipping, the tax rate, and both as a checkout needs them.

use diesel::prelude::*;
use orion_framework::db::{DbError, StoreTx};
use uuid::Uuid;

use crate::model::settings::{ShippingMethodRow, TaxRateRow};
use crate::schema::{shipping_methods, tax_rates};

/// What a checkout needs to know beside the goods.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Terms {
    /// The way of shipping, when it was chosen and is offered.
    pub shipping: Option<ShippingTerms>,
    pub tax_name: String,
    /// Basis points; 0 when the store has no rate.
    pub tax_rate_ppm: u32,
}

/// What shipping costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShippingTerms {
    pub name: String,
    pub flat_minor: i64,
    pub free_from_minor: Option<i64>,
}

/// The columns of terms, as they follow others in a row.
pub type TermsRow = (Option<String>, Option<i64>, Option<i64>, Option<String>, Option<i32>);

impl Terms {
    /// Reads the columns.
    pub fn from_row((name, flat_minor, free_from_minor, tax_name, rate_ppm): TermsRow) -> Self {
        let shipping = name.zip(flat_minor).map(|(name, flat_minor)| ShippingTerms {
            name,
            flat_minor,
            free_from_minor,
        });
        Self {
            shipping,
            tax_name: tax_name.unwrap_or_default(),
            tax_rate_ppm: rate_ppm.unwrap_or(0).unsigned_abs(),
        }
    }
}

/// The ways of shipping in their order; `active` leaves out those that are switched off.
pub fn list_shipping_methods(tx: &mut StoreTx, active: bool) -> Result<Vec<ShippingMethodRow>, DbError> {
    let mut query = shipping_methods::table
        .filter(shipping_methods::store_id.eq(tx.store_id()))
        .order((shipping_methods::position, shipping_methods::id))
        .select(ShippingMethodRow::as_select())
        .into_boxed();
    if active {
        query = query.filter(shipping_methods::active);
    }
    Ok(query.load(tx.conn())?)
}

/// The subtotal from which the cheapest way of shipping is free.
pub fn free_shipping_from(tx: &mut StoreTx) -> Result<Option<i64>, DbError> {
    let cheapest = shipping_methods::table
        .filter(shipping_methods::store_id.eq(tx.store_id()))
        .filter(shipping_methods::active)
        .order((shipping_methods::flat_minor, shipping_methods::position))
        .select(shipping_methods::free_from_minor);
    let from: Option<Option<i64>> = cheapest.first(tx.conn()).optional()?;
    Ok(from.flatten())
}

/// One way of shipping, locked for a change.
pub fn lock_shipping_method(tx: &mut StoreTx, id: Uuid) -> Result<ShippingMethodRow, DbError> {
    let query = shipping_methods::table
        .filter(shipping_methods::store_id.eq(tx.store_id()))
        .filter(shipping_methods::id.eq(id))
        .select(ShippingMethodRow::as_select());
    Ok(query.for_update().first(tx.conn())?)
}

/// What a way of shipping is set to.
#[derive(Debug, Clone)]
pub struct ShippingMethodValues {
    pub name: String,
    pub flat_minor: i64,
    pub free_from_minor: Option<i64>,
    pub active: bool,
}

/// Adds a way of shipping behind the others.
pub fn insert_shipping_method(tx: &mut StoreTx, values: &ShippingMethodValues) -> Result<ShippingMethodRow, DbError> {
    let (store_id, now) = (tx.store_id(), tx.now());
    let last: Option<i32> = shipping_methods::table
        .filter(shipping_methods::store_id.eq(store_id))
        .select(diesel::dsl::max(shipping_methods::position))
        .first(tx.conn())?;
    let row = diesel::insert_into(shipping_methods::table)
        .values((
            shipping_methods::store_id.eq(store_id),
            shipping_methods::id.eq(tx.new_id()),
            shipping_methods::name.eq(&values.name),
            shipping_methods::flat_minor.eq(values.flat_minor),
            shipping_methods::free_from_minor.eq(values.free_from_minor),
            shipping_methods::active.eq(values.active),
            shipping_methods::position.eq(last.map_or(0, |position| position.saturating_add(1))),
            shipping_methods::created_at.eq(now),
            shipping_methods::updated_at.eq(now),
        ))
        .returning(ShippingMethodRow::as_returning());
    Ok(row.get_result(tx.conn())?)
}

/// Changes a way of shipping that is locked.
pub fn update_shipping_method(tx: &mut StoreTx, id: Uuid, values: &ShippingMethodValues) -> Result<ShippingMethodRow, DbError> {
    let row = shipping_methods::table
        .filter(shipping_methods::store_id.eq(tx.store_id()))
        .filter(shipping_methods::id.eq(id));
    let set = (
        shipping_methods::name.eq(&values.name),
        shipping_methods::flat_minor.eq(values.flat_minor),
        shipping_methods::free_from_minor.eq(values.free_from_minor),
        shipping_methods::active.eq(values.active),
        shipping_methods::updated_at.eq(tx.now()),
        shipping_methods::version.eq(shipping_methods::version + 1),
    );
    Ok(diesel::update(row)
        .set(set)
        .returning(ShippingMethodRow::as_returning())
        .get_result(tx.conn())?)
}

/// Removes a way of shipping; orders keep its name.
pub fn delete_shipping_method(tx: &mut StoreTx, id: Uuid) -> Result<bool, DbError> {
    let row = shipping_methods::table
        .filter(shipping_methods::store_id.eq(tx.store_id()))
        .filter(shipping_methods::id.eq(id));
    Ok(diesel::delete(row).execute(tx.conn())? == 1)
}

/// The store's tax rate.
pub fn find_tax_rate(tx: &mut StoreTx) -> Result<Option<TaxRateRow>, DbError> {
    let query = tax_rates::table
        .filter(tax_rates::store_id.eq(tx.store_id()))
        .filter(tax_rates::is_default);
    Ok(query.select(TaxRateRow::as_select()).first(tx.conn()).optional()?)
}

/// All tax rates, and whether each is the one that is charged.
pub fn list_tax_rates(tx: &mut StoreTx) -> Result<Vec<(TaxRateRow, bool)>, DbError> {
    let query = tax_rates::table.filter(tax_rates::store_id.eq(tx.store_id())).order(tax_rates::id);
    Ok(query.select((TaxRateRow::as_select(), tax_rates::is_default)).load(tx.conn())?)
}

/// Gives a store that has none its tax rate.
pub fn insert_tax_rate(tx: &mut StoreTx, name: &str, rate_ppm: i32) -> Result<TaxRateRow, DbError> {
    let now = tx.now();
    let row = diesel::insert_into(tax_rates::table)
        .values((
            tax_rates::store_id.eq(tx.store_id()),
            tax_rates::id.eq(tx.new_id()),
            tax_rates::name.eq(name),
            tax_rates::rate_ppm.eq(rate_ppm),
            tax_rates::is_default.eq(true),
            tax_rates::created_at.eq(now),
            tax_rates::updated_at.eq(now),
        ))
        .returning(TaxRateRow::as_returning());
    Ok(row.get_result(tx.conn())?)
}

/// Changes the tax rate that has this version; `None` when somebody else changed it first.
pub fn update_tax_rate(tx: &mut StoreTx, before: &TaxRateRow, name: &str, rate_ppm: i32) -> Result<Option<TaxRateRow>, DbError> {
    let row = tax_rates::table
        .filter(tax_rates::store_id.eq(tx.store_id()))
        .filter(tax_rates::id.eq(before.id))
        .filter(tax_rates::version.eq(before.version));
    let set = (
        tax_rates::name.eq(name),
        tax_rates::rate_ppm.eq(rate_ppm),
        tax_rates::updated_at.eq(tx.now()),
        tax_rates::version.eq(tax_rates::version + 1),
    );
    Ok(diesel::update(row)
        .set(set)
        .returning(TaxRateRow::as_returning())
        .get_result(tx.conn())
        .optional()?)
}

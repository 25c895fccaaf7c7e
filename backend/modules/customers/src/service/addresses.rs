//! The address book of a customer.

use orion_events::{CustomerAddressesChanged, CustomerFacts};
use orion_framework::db::{AuditEntry, DbError, StoreTx, read_json};
use orion_framework::problem::{INVALID, ProblemDraft};
use orion_types::customer::{Address, SaveAddress, SavedAddress};
use orion_types::{AddressId, CustomerId};
use serde_json::Value;

use super::address_check::check_address;
use crate::error::CustomersError;
use crate::model::AddressRow;
use crate::queries::{addresses, customers};

/// The most addresses in one book.
const MAX_ADDRESSES: i64 = 50;

/// The whole book, the default address first.
pub(crate) fn list(tx: &mut StoreTx, customer: CustomerId) -> Result<Vec<SavedAddress>, DbError> {
    addresses::list(tx, customer.0)?.into_iter().map(to_wire).collect()
}

/// Adds an address; the first one is the default whether that is asked for or not.
pub fn add_address(tx: &mut StoreTx, customer: CustomerId, new: &SaveAddress) -> Result<SavedAddress, CustomersError> {
    let address = checked(new)?;
    // The row stands for the book: two additions at once would both be the first, or both become the default.
    customers::lock(tx, customer.0)?;
    let count = addresses::count(tx, customer.0)?;
    if count >= MAX_ADDRESSES {
        return Err(CustomersError::TooManyAddresses(MAX_ADDRESSES));
    }
    let is_default = new.is_default || count == 0;
    if is_default {
        addresses::clear_default(tx, customer.0)?;
    }
    let row = addresses::insert(tx, customer.0, &address, is_default)?;
    tx.audit(AuditEntry::new("customer_address.created", "customer_addresses", row.id).note("customer_id", customer));
    tell(tx, customer);
    Ok(to_wire(row)?)
}

/// Replaces an address. Orders keep the one they were placed with.
pub(crate) fn replace(tx: &mut StoreTx, customer: CustomerId, id: AddressId, change: &SaveAddress) -> Result<SavedAddress, CustomersError> {
    let address = checked(change)?;
    customers::lock(tx, customer.0)?;
    if change.is_default {
        addresses::clear_default(tx, customer.0)?;
    }
    let row = addresses::update(tx, (customer.0, id.0), &address, change.is_default)?.ok_or(DbError::NotFound)?;
    tx.audit(AuditEntry::new("customer_address.updated", "customer_addresses", row.id).note("customer_id", customer));
    tell(tx, customer);
    Ok(to_wire(row)?)
}

/// Takes an address out of the book.
pub(crate) fn delete(tx: &mut StoreTx, customer: CustomerId, id: AddressId) -> Result<(), CustomersError> {
    if !addresses::delete(tx, customer.0, id.0)? {
        return Err(DbError::NotFound.into());
    }
    tx.audit(AuditEntry::new("customer_address.deleted", "customer_addresses", id.0).note("customer_id", customer));
    tell(tx, customer);
    Ok(())
}

fn tell(tx: &mut StoreTx, customer_id: CustomerId) {
    tx.emit(&CustomerAddressesChanged(CustomerFacts { customer_id }));
}

fn checked(save: &SaveAddress) -> Result<Value, CustomersError> {
    let address = check_address("/address", &save.address).map_err(|errors| {
        let mut draft = ProblemDraft::new(&INVALID);
        draft.errors = errors;
        CustomersError::Invalid(draft)
    })?;
    Ok(serde_json::json!(address))
}

fn to_wire(row: AddressRow) -> Result<SavedAddress, DbError> {
    let AddressRow { id, address, is_default } = row;
    let address: Address = read_json(address)?;
    Ok(SavedAddress {
        id: AddressId(id),
        address,
        is_default,
    })
}

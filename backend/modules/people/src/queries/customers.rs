//! Customers of the store at hand who have an account.

use crate::foreign::customers;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orion_framework::db::StoreTx;
use orion_types::validation::email_spellings;
use uuid::Uuid;

/// A customer with an account.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = customers)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct CustomerRow {
    pub(crate) id: Uuid,
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) locale: String,
    pub(crate) email_verified_at: Option<DateTime<Utc>>,
}

/// Those who may sign in; who bought as a guest has nothing to sign in to.
macro_rules! live {
    ($store:expr) => {
        customers::table
            .filter(customers::store_id.eq($store))
            .filter(customers::password_hash.is_not_null())
            .filter(customers::active)
            .filter(customers::deleted_at.is_null())
    };
}

/// The account of an address, held until the transaction ends.
pub(crate) fn lock_by_email(tx: &mut StoreTx, email: &str) -> QueryResult<Option<CustomerRow>> {
    let query = live!(tx.store_id()).filter(customers::email.eq_any(email_spellings(email)));
    let query = query.select(CustomerRow::as_select()).for_no_key_update();
    query.first(tx.conn()).optional()
}

/// Likewise by its id.
pub(crate) fn lock(tx: &mut StoreTx, id: Uuid) -> QueryResult<Option<CustomerRow>> {
    let query = live!(tx.store_id()).filter(customers::id.eq(id));
    let query = query.select(CustomerRow::as_select()).for_no_key_update();
    query.first(tx.conn()).optional()
}

/// Gives an account another password.
pub(crate) fn set_password(tx: &mut StoreTx, id: Uuid, hash: &str) -> QueryResult<()> {
    let now = tx.now();
    let row = customers::table
        .filter(customers::store_id.eq(tx.store_id()))
        .filter(customers::id.eq(id));
    diesel::update(row)
        .set((
            customers::password_hash.eq(hash),
            customers::updated_at.eq(now),
            customers::version.eq(customers::version + 1),
        ))
        .execute(tx.conn())
        .map(|_| ())
}

/// Notes that somebody has proved to read the mails of an address, which is theirs from now on; a breach of `customers_email` when it is taken.
pub(crate) fn set_verified(tx: &mut StoreTx, id: Uuid, email: &str) -> QueryResult<()> {
    let now = tx.now();
    let row = customers::table
        .filter(customers::store_id.eq(tx.store_id()))
        .filter(customers::id.eq(id));
    diesel::update(row)
        .set((
            customers::email.eq(email),
            customers::email_verified_at.eq(now),
            customers::updated_at.eq(now),
            customers::version.eq(customers::version + 1),
        ))
        .execute(tx.conn())
        .map(|_| ())
}

/// Whether an address has an account, whatever its state.
pub(crate) fn is_taken(tx: &mut StoreTx, email: &str) -> QueryResult<bool> {
    let account = customers::table
        .filter(customers::store_id.eq(tx.store_id()))
        .filter(customers::email.eq_any(email_spellings(email)))
        .filter(customers::password_hash.is_not_null())
        .filter(customers::deleted_at.is_null());
    diesel::select(diesel::dsl::exists(account)).get_result(tx.conn())
}

/// Takes the guest of an address out of sight, since an account has it now; their orders keep pointing to the row until they join it.
pub(crate) fn retire_guest(tx: &mut StoreTx, email: &str) -> QueryResult<()> {
    let now = tx.now();
    let guest = customers::table
        .filter(customers::store_id.eq(tx.store_id()))
        .filter(customers::email.eq_any(email_spellings(email)))
        .filter(customers::password_hash.is_null())
        .filter(customers::deleted_at.is_null());
    diesel::update(guest)
        .set((
            customers::deleted_at.eq(now),
            customers::updated_at.eq(now),
            customers::version.eq(customers::version + 1),
        ))
        .execute(tx.conn())
        .map(|_| ())
}

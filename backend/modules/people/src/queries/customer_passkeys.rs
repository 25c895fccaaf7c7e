//! Passkeys of a store's customers.

use diesel::prelude::*;
use orion_framework::db::StoreTx;
use serde_json::Value;
use uuid::Uuid;

use super::passkeys::PasskeyRow;
use crate::foreign::customers;
use crate::schema::customer_passkeys::{self, dsl};

/// What its owner sees of one, in the order of [`PasskeyRow`].
type Shown = (
    dsl::id,
    dsl::host,
    dsl::name,
    dsl::credential_id,
    dsl::created_at,
    dsl::last_used_at,
);
const SHOWN: Shown = (
    dsl::id,
    dsl::host,
    dsl::name,
    dsl::credential_id,
    dsl::created_at,
    dsl::last_used_at,
);

/// A new one.
#[derive(Debug)]
pub(crate) struct NewPasskey {
    pub(crate) customer: Uuid,
    pub(crate) host: String,
    pub(crate) name: String,
    pub(crate) credential_id: Vec<u8>,
    pub(crate) credential: Value,
}

/// The unique index that a passkey breaks which an account of the store has already.
pub(crate) const CREDENTIAL: &str = "customer_passkeys_credential";

/// Those of an account, in the order they were made in.
pub(crate) fn list(tx: &mut StoreTx, customer: Uuid) -> QueryResult<Vec<PasskeyRow>> {
    customer_passkeys::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::customer_id.eq(customer))
        .order((dsl::created_at, dsl::id))
        .select(SHOWN)
        .load(tx.conn())
}

/// Adds one; a breach of [`CREDENTIAL`] when an account of the store has it.
pub(crate) fn insert(tx: &mut StoreTx, new: &NewPasskey) -> QueryResult<PasskeyRow> {
    let (store, id, now) = (tx.store_id(), tx.new_id(), tx.now());
    diesel::insert_into(customer_passkeys::table)
        .values((
            dsl::store_id.eq(store),
            dsl::id.eq(id),
            dsl::customer_id.eq(new.customer),
            dsl::host.eq(&new.host),
            dsl::name.eq(&new.name),
            dsl::credential_id.eq(&new.credential_id),
            dsl::credential.eq(&new.credential),
            dsl::created_at.eq(now),
        ))
        .returning(SHOWN)
        .get_result(tx.conn())
}

/// The passkey that a device has named at a host, and whose it is: its id, the account and the account's address.
pub(crate) fn find_holder(tx: &mut StoreTx, credential_id: &[u8], host: &str) -> QueryResult<Option<(Uuid, Uuid, String)>> {
    let owner = customers::store_id.eq(dsl::store_id).and(customers::id.eq(dsl::customer_id));
    customer_passkeys::table
        .inner_join(customers::table.on(owner))
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::credential_id.eq(credential_id))
        .filter(dsl::host.eq(host))
        .select((dsl::id, customers::id, customers::email))
        .first(tx.conn())
        .optional()
}

/// What is known of a passkey, held until the transaction ends, so that its counter goes one way.
pub(crate) fn lock(tx: &mut StoreTx, id: Uuid) -> QueryResult<Option<Value>> {
    customer_passkeys::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::id.eq(id))
        .select(dsl::credential)
        .for_update()
        .first(tx.conn())
        .optional()
}

/// Notes that it has signed, with what is known of it from then on.
pub(crate) fn set_used(tx: &mut StoreTx, id: Uuid, credential: &Value) -> QueryResult<()> {
    let now = tx.now();
    let passkey = customer_passkeys::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::id.eq(id));
    diesel::update(passkey)
        .set((dsl::credential.eq(credential), dsl::last_used_at.eq(now)))
        .execute(tx.conn())
        .map(|_| ())
}

/// One of an account's, held until the transaction ends.
pub(crate) fn lock_own(tx: &mut StoreTx, customer: Uuid, id: Uuid) -> QueryResult<Option<PasskeyRow>> {
    customer_passkeys::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::customer_id.eq(customer))
        .filter(dsl::id.eq(id))
        .select(SHOWN)
        .for_update()
        .first(tx.conn())
        .optional()
}

/// Calls one otherwise.
pub(crate) fn set_name(tx: &mut StoreTx, id: Uuid, name: &str) -> QueryResult<()> {
    let passkey = customer_passkeys::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::id.eq(id));
    diesel::update(passkey).set(dsl::name.eq(name)).execute(tx.conn()).map(|_| ())
}

/// Removes one.
pub(crate) fn delete(tx: &mut StoreTx, id: Uuid) -> QueryResult<()> {
    let passkey = customer_passkeys::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::id.eq(id));
    diesel::delete(passkey).execute(tx.conn()).map(|_| ())
}

/// Removes all of an account; how many there were.
pub(crate) fn delete_all(tx: &mut StoreTx, customer: Uuid) -> QueryResult<usize> {
    let own = customer_passkeys::table
        .filter(dsl::store_id.eq(tx.store_id()))
        .filter(dsl::customer_id.eq(customer));
    diesel::delete(own).execute(tx.conn())
}

//! SQL over the store's bank account, which is one of its settings.

use diesel::prelude::*;
use orion_framework::db::{DbError, StoreTx, read_json_option};
use serde_json::{Value, json};

use crate::bank::{BankAccount, SETTING};
use crate::foreign::store_settings::{self, dsl};

/// The account; an empty one when the store has said nothing.
pub fn find_bank_account(tx: &mut StoreTx) -> Result<BankAccount, DbError> {
    let query = dsl::store_settings.find((tx.store_id(), SETTING)).select(dsl::value);
    let value: Option<Value> = query.first(tx.conn()).optional()?;
    read(value)
}

/// The account, held until the transaction ends. The row is made when it is missing: what is not there cannot be held.
pub fn lock_bank_account(tx: &mut StoreTx) -> Result<BankAccount, DbError> {
    diesel::insert_into(store_settings::table)
        .values((
            dsl::store_id.eq(tx.store_id()),
            dsl::key.eq(SETTING),
            dsl::value.eq(json!({})),
            dsl::updated_at.eq(tx.now()),
        ))
        .on_conflict_do_nothing()
        .execute(tx.conn())?;
    let query = dsl::store_settings.find((tx.store_id(), SETTING)).select(dsl::value);
    read(Some(query.for_update().first(tx.conn())?))
}

/// Writes the account into the row that [`lock_bank_account`] holds.
pub fn save_bank_account(tx: &mut StoreTx, account: &BankAccount) -> Result<(), DbError> {
    let target = dsl::store_settings.find((tx.store_id(), SETTING));
    diesel::update(target)
        .set((dsl::value.eq(json!(account)), dsl::updated_at.eq(tx.now())))
        .execute(tx.conn())?;
    Ok(())
}

/// The account of a value of [`SETTING`]; an empty one without it.
pub fn read(value: Option<Value>) -> Result<BankAccount, DbError> {
    Ok(read_json_option(value)?.unwrap_or_default())
}

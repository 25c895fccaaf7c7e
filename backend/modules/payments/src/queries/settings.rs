//! The store's bank account, which is one of its settings.

use orion_framework::db::{DbError, StoreTx, read_json_option};
use orion_tenancy::{find_setting, lock_setting, save_setting};
use serde_json::{Value, json};

use crate::bank::{BankAccount, SETTING};

/// The account; an empty one when the store has said nothing.
pub fn find_bank_account(tx: &mut StoreTx) -> Result<BankAccount, DbError> {
    read(find_setting(tx, SETTING)?)
}

/// The account, held until the transaction ends.
pub fn lock_bank_account(tx: &mut StoreTx) -> Result<BankAccount, DbError> {
    read(Some(lock_setting(tx, SETTING, &json!({}))?))
}

/// Writes the account.
pub fn save_bank_account(tx: &mut StoreTx, account: &BankAccount) -> Result<(), DbError> {
    save_setting(tx, SETTING, &json!(account))
}

/// The account of a value of [`SETTING`]; an empty one without it.
pub fn read(value: Option<Value>) -> Result<BankAccount, DbError> {
    Ok(read_json_option(value)?.unwrap_or_default())
}

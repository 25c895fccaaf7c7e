//! Settings that other modules keep for a store, each under its own key: they are declared in [`Module::settings`](orion_framework::module::Module).
//! And whose the store is.

use orion_framework::db::{DbError, StoreTx};
use orion_types::UserId;
use serde_json::Value;

use crate::queries::settings;

/// The value of a setting; nothing where the store has said nothing.
///
/// # Errors
/// When the database fails.
pub fn find_setting(tx: &mut StoreTx, key: &str) -> Result<Option<Value>, DbError> {
    Ok(settings::find(tx, key)?)
}

/// The value of a setting, which nobody else changes until the transaction ends; it becomes `missing` where there was none.
///
/// # Errors
/// When the database fails.
pub fn lock_setting(tx: &mut StoreTx, key: &str, missing: &Value) -> Result<Value, DbError> {
    Ok(settings::lock(tx, key, missing)?)
}

/// Sets a setting.
///
/// # Errors
/// When the database fails.
pub fn save_setting(tx: &mut StoreTx, key: &str, value: &Value) -> Result<(), DbError> {
    Ok(settings::set(tx, key, value)?)
}

/// Says in the store's own row whose it is; who holds the owner's place in its team is the caller's business.
///
/// # Errors
/// When the database fails.
pub fn name_owner(tx: &mut StoreTx, owner: UserId) -> Result<(), DbError> {
    Ok(settings::update_owner(tx, owner.0)?)
}

/// The value of a setting of the store `$1` as SQL, for a statement that needs it beside other things; its key is a parameter.
#[macro_export]
macro_rules! setting {
    ($key:literal) => {
        concat!("(SELECT value FROM store_settings WHERE store_id = $1 AND key = ", $key, ")")
    };
}

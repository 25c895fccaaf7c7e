//! Where customers transfer their money to.

use orion_events::BankAccountUpdated;
use orion_framework::db::{AuditEntry, DbError, StoreTx};
use orion_framework::http::IfMatch;
use orion_framework::tenancy::StoreContext;
use orion_types::opening::OpeningCheck;
use orion_types::store::{BankTransfer, SaveBankTransfer};
use serde_json::Value;

use crate::bank::{self, BankAccount};
use crate::error::PaymentsError;
use crate::provider::{Due, Instructions, how_to_pay};
use crate::queries::settings;

/// The account; empty fields when the store has none.
pub fn get_bank_transfer(tx: &mut StoreTx) -> Result<BankTransfer, DbError> {
    Ok(settings::find_bank_account(tx)?.into_wire())
}

/// How to pay a transfer, for whoever has read the setting [`crate::BANK_ACCOUNT`] beside something else.
pub fn transfer_instructions(store: &StoreContext, account: Option<Value>, due: &[Due]) -> Result<Vec<Instructions>, DbError> {
    Ok(how_to_pay(store, &settings::read(account)?, due))
}

/// Sets the account, if nobody else has changed it since it was read; without a version it is set whatever it was.
pub fn set_bank_transfer(tx: &mut StoreTx, version: Option<IfMatch>, save: &SaveBankTransfer) -> Result<BankTransfer, PaymentsError> {
    let checked = bank::check(save)?;
    let before = settings::lock_bank_account(tx)?;
    version.map_or(Ok(()), |version| version.check(before.version))?;
    let after = BankAccount {
        version: before.version + 1,
        ..checked
    };
    settings::save_bank_account(tx, &after)?;
    tx.audit(change(tx, &before, &after));
    tx.emit(&BankAccountUpdated { store_id: tx.store().id });
    Ok(after.into_wire())
}

/// Whoever moves the shop's money to another account is to be found.
fn change(tx: &StoreTx, before: &BankAccount, after: &BankAccount) -> AuditEntry {
    let (was, is) = (ending(&before.account_number), ending(&after.account_number));
    let entry = AuditEntry::new("bank_transfer.updated", "store_settings", tx.store_id());
    // Two numbers may end alike; that it is another one must be told all the same.
    let entry = if before.account_number != after.account_number && was == is {
        entry.note("account_number", format!("another one, {is} too"))
    } else {
        entry.change("account_number", was, is)
    };
    entry
        .change("account_holder", &before.account_holder, &after.account_holder)
        .change("bank_name", &before.bank_name, &after.bank_name)
        .change("bank_code", &before.bank_code, &after.bank_code)
        .change("instructions", &before.instructions, &after.instructions)
}

/// Enough of an account's number to know it by; whoever reads the audit log need not know more.
fn ending(number: &str) -> String {
    let signs: Vec<char> = number.chars().filter(|sign| !sign.is_whitespace()).collect();
    match signs.len().checked_sub(4) {
        Some(from) if from > 0 => format!("…{}", signs[from..].iter().collect::<String>()),
        _ if signs.is_empty() => String::new(),
        _ => "…".to_owned(),
    }
}

/// A way to be paid. Test cards are none.
pub fn opening_checks(tx: &mut StoreTx) -> Result<Vec<OpeningCheck>, DbError> {
    let done = !settings::find_bank_account(tx)?.account_number.is_empty();
    let text = if done {
        "Customers are told where to transfer their money to."
    } else {
        "There is no bank account that customers could transfer their money to."
    };
    Ok(vec![OpeningCheck {
        key: "payment".to_owned(),
        title: "Set up a way to be paid".to_owned(),
        text: text.to_owned(),
        done,
        link: "/settings?tab=payments".to_owned(),
    }])
}

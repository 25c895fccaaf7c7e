//! Payment outside of the shop: a person says when the money has arrived.

use orion_framework::StoreAccess;
use std::time::Duration;

use chrono::NaiveDate;
use futures_util::FutureExt;
use futures_util::future::ready;
use orion_framework::db::{DbError, StoreTx};
use orion_framework::problem::FieldErrors;
use orion_framework::tenancy::StoreContext;
use orion_i18n::{Locale, Text, fill, format_money};
use orion_types::Money;
use orion_types::checkout::{PaymentChoice, PaymentMethod};
use orion_types::order::PaymentDetail;
use uuid::Uuid;

use super::{Answer, Charge, Due, Instructions, Outcome, PaymentProvider, ProviderId, Token};
use crate::bank::BankAccount;
use crate::queries::settings;

/// Bank transfer and the like.
pub struct Manual;

impl PaymentProvider for Manual {
    fn id(&self) -> ProviderId {
        ProviderId::Manual
    }

    fn method(&self, locale: Locale) -> PaymentMethod {
        PaymentMethod {
            provider: self.id().as_str().to_owned(),
            name: Text::TransferName.words(locale).to_owned(),
            instructions: Text::TransferLater.words(locale).to_owned(),
        }
    }

    fn instructions(&self, tx: &mut StoreTx, due: &[Due]) -> Result<Vec<Instructions>, DbError> {
        let account = settings::find_bank_account(tx)?;
        Ok(how_to_pay(tx.store(), &account, due))
    }

    fn patience(&self) -> Duration {
        Duration::ZERO
    }

    fn tokenise(&self, _: &PaymentChoice, _: NaiveDate, _: &mut FieldErrors) -> Option<Token> {
        None
    }

    fn authorise_and_capture<'a>(&'a self, _: &'a StoreAccess, _: &'a Charge) -> Answer<'a, Outcome> {
        ready(Ok(Outcome::Pending)).boxed()
    }

    fn confirm<'a>(&'a self, _: &'a StoreAccess, _: Uuid, _: bool) -> Answer<'a, Outcome> {
        ready(Ok(Outcome::Pending)).boxed()
    }

    fn lookup<'a>(&'a self, _: &'a StoreAccess, _: Uuid) -> Answer<'a, Option<Outcome>> {
        ready(Ok(Some(Outcome::Pending))).boxed()
    }

    fn call_off<'a>(&'a self, _: &'a StoreAccess, _: Uuid) -> Answer<'a, Outcome> {
        ready(Ok(Outcome::Declined {
            code: "called_off".to_owned(),
        }))
        .boxed()
    }

    /// A person returns what a person received; the timeline of the order tells them to.
    fn refund<'a>(&'a self, _: &'a StoreAccess, _: Uuid, _: Money) -> Answer<'a, ()> {
        ready(Ok(())).boxed()
    }
}

/// How to pay into the account, or whom to ask for it.
pub fn how_to_pay(store: &StoreContext, account: &BankAccount, due: &[Due]) -> Vec<Instructions> {
    let instructions = |due| {
        if account.is_known() {
            transfer(account, due)
        } else {
            Instructions {
                text: ask(&store.name, &store.contact_email, due),
                details: Vec::new(),
            }
        }
    };
    due.iter().map(instructions).collect()
}

/// One line for each thing that the customer's bank asks for; the merchant's own words come last.
fn transfer(account: &BankAccount, due: &Due) -> Instructions {
    let amount = format_money(due.amount, due.locale);
    let facts = facts(account, due);
    let line = |label: &str, value: &str| fill(Text::TransferLine.words(due.locale), &[("label", label), ("value", value)]);
    let mut lines = vec![fill(Text::TransferPlease.words(due.locale), &[("amount", &amount)])];
    lines.extend(facts.iter().map(|(label, value)| line(label, value)));
    let detail = |label: &str, value: &str, copyable| PaymentDetail {
        label: label.to_owned(),
        value: value.to_owned(),
        copyable,
    };
    let mut details = vec![detail(Text::TransferAmount.words(due.locale), &amount, false)];
    details.extend(facts.iter().map(|(label, value)| detail(label, value, true)));
    if !account.instructions.is_empty() {
        lines.extend([String::new(), account.instructions.clone()]);
        details.push(detail(Text::TransferNote.words(due.locale), &account.instructions, false));
    }
    Instructions {
        text: lines.join("\n"),
        details,
    }
}

/// What the customer's bank asks for, in its order.
fn facts(account: &BankAccount, due: &Due) -> Vec<(&'static str, String)> {
    let iban = if account.has_iban() {
        "IBAN"
    } else {
        Text::TransferAccount.words(due.locale)
    };
    let is_bic = account.bank_code.starts_with(|c: char| c.is_ascii_alphabetic());
    let code = if is_bic { "BIC" } else { Text::TransferBankCode.words(due.locale) };
    let number = due.number.map(|number| number.to_string()).unwrap_or_default();
    let rows = [
        (Text::TransferHolder.words(due.locale), account.account_holder.clone()),
        (iban, account.account_number.clone()),
        (code, account.bank_code.clone()),
        (Text::TransferBank.words(due.locale), account.bank_name.clone()),
        (Text::TransferReference.words(due.locale), number),
    ];
    rows.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// A shop that has not said where its account is has to be asked.
fn ask(shop: &str, email: &str, due: &Due) -> String {
    let amount = format_money(due.amount, due.locale);
    let mut text = fill(Text::TransferAskShop.words(due.locale), &[("amount", &amount), ("shop", shop)]);
    if !email.is_empty() {
        text.push_str(&fill(Text::TransferAskForDetails.words(due.locale), &[("email", email)]));
    }
    text
}

#[cfg(test)]
mod tests {
    use orion_types::Currency;

    use super::*;

    fn due(locale: Locale) -> Due {
        Due {
            locale,
            number: Some(1001),
            amount: Money::new(4488, Currency::EUR),
        }
    }

    fn account() -> BankAccount {
        BankAccount {
            account_holder: "Acme S.à r.l.".to_owned(),
            account_number: "LU28 0019 4006 4475 0000".to_owned(),
            bank_code: "BCEELULL".to_owned(),
            ..BankAccount::default()
        }
    }

    #[test]
    fn the_details_stand_line_by_line_with_the_number_of_the_order_as_reference() {
        let Instructions { text, details } = transfer(&account(), &due(Locale::En));
        let expected =
            "Please transfer €44.88 to:\nAccount holder: Acme S.à r.l.\nIBAN: LU28 0019 4006 4475 0000\nBIC: BCEELULL\nReference: 1001";
        assert_eq!(text, expected);
        let to_copy: Vec<&str> = details.iter().filter(|one| one.copyable).map(|one| one.value.as_str()).collect();
        assert_eq!(to_copy, ["Acme S.à r.l.", "LU28 0019 4006 4475 0000", "BCEELULL", "1001"]);
        assert_eq!((details[0].label.as_str(), details[0].value.as_str()), ("Amount", "€44.88"));
    }

    #[test]
    fn they_speak_the_language_of_the_customer_and_end_with_the_words_of_the_shop() {
        let american = BankAccount {
            account_number: "000123456789".to_owned(),
            bank_code: "123456780".to_owned(),
            instructions: "Thank you!".to_owned(),
            ..account()
        };
        let Instructions { text, details } = transfer(&american, &due(Locale::De));
        assert!(
            text.contains("Kontonummer: 000123456789\nBankleitzahl: 123456780\nVerwendungszweck: 1001\n\nThank you!"),
            "{text}"
        );
        let last = details.last().expect("the words of the shop");
        assert_eq!(
            (last.label.as_str(), last.value.as_str(), last.copyable),
            ("Hinweis", "Thank you!", false)
        );
    }

    #[test]
    fn a_shop_without_details_is_asked_for_them() {
        assert_eq!(
            ask("Acme", "", &due(Locale::En)),
            "Transfer €44.88 to Acme and state your order number."
        );
        assert!(ask("Acme", "shop@acme.test", &due(Locale::Fr)).ends_with("écrivez à shop@acme.test."));
    }
}

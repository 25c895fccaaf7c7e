//! The store's bank account, as a merchant types it and as it is kept.

use iban::{BaseIban, Iban, ParseIbanError};
use orion_framework::problem::{FieldErrors, ProblemDraft};
use orion_types::store::{BankTransfer, SaveBankTransfer};
use orion_types::validation;
use serde::{Deserialize, Serialize};

/// The setting of a store that holds it.
pub const SETTING: &str = "payments.bank_transfer";

/// The longest number of an account, spaces included.
const MAX_ACCOUNT: usize = 42;
/// Countries of the registry that `iban_validate` does not know: the length of a number and of the bank's letters in it.
const REGISTERED: [(&str, usize, usize); 2] = [("HN", 28, 4), ("PK", 24, 4)];
/// The longest code of a bank.
const MAX_BANK_CODE: usize = 20;
/// The longest text of the merchant's own, in characters.
const MAX_INSTRUCTIONS: usize = 500;

/// The account, checked; all empty when there is none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BankAccount {
    pub account_holder: String,
    pub account_number: String,
    pub bank_name: String,
    pub bank_code: String,
    pub instructions: String,
    /// Counts the changes; 0 before the first.
    pub version: i32,
}

impl BankAccount {
    /// Whether customers can transfer money to it.
    pub fn is_known(&self) -> bool {
        !self.account_number.is_empty()
    }

    /// Whether the number is an IBAN, and not the number of an account in a country that has none.
    pub fn has_iban(&self) -> bool {
        let country = |(country, ..): &(&str, usize, usize)| self.account_number.starts_with(country);
        self.account_number.parse::<Iban>().is_ok() || (REGISTERED.iter().any(country) && self.account_number.parse::<BaseIban>().is_ok())
    }

    /// The wire form.
    pub fn into_wire(self) -> BankTransfer {
        BankTransfer {
            account_holder: self.account_holder,
            account_number: self.account_number,
            bank_name: self.bank_name,
            bank_code: self.bank_code,
            instructions: self.instructions,
            version: self.version,
        }
    }
}

/// Checks what was typed; every wrong field is named.
///
/// # Errors
/// A problem with a pointer for each field that is wrong.
pub fn check(save: &SaveBankTransfer) -> Result<BankAccount, ProblemDraft> {
    let mut errors = FieldErrors::default();
    let mut line = |pointer: &str, text: &str| {
        let line = errors.check(pointer, validation::optional(text, validation::MAX_NAME_LENGTH));
        line.flatten().unwrap_or_default().to_owned()
    };
    let account_holder = line("/account_holder", &save.account_holder);
    let bank_name = line("/bank_name", &save.bank_name);
    let account_number = account_number(&save.account_number, &mut errors);
    let bank_code = bank_code(&save.bank_code, &mut errors);
    let instructions = errors
        .check("/instructions", validation::description(&save.instructions))
        .unwrap_or_default();
    if instructions.chars().count() > MAX_INSTRUCTIONS {
        errors.add(
            "/instructions",
            "too_long",
            format!("must have at most {MAX_INSTRUCTIONS} characters"),
        );
    }
    let given = |text: &str| !text.trim().is_empty();
    let anything = [
        &save.account_holder,
        &save.account_number,
        &save.bank_name,
        &save.bank_code,
        &save.instructions,
    ];
    if anything.into_iter().any(|text| given(text)) {
        for (pointer, text) in [("/account_holder", &save.account_holder), ("/account_number", &save.account_number)] {
            if !given(text) {
                errors.add(pointer, "required", "is required, or leave everything empty");
            }
        }
    }
    errors.into_result()?;
    Ok(BankAccount {
        account_holder,
        account_number,
        bank_name,
        bank_code,
        instructions: instructions.to_owned(),
        version: 0,
    })
}

/// An IBAN in groups of four; money that goes to a mistyped one is hard to get back. Other numbers are taken as they are.
fn account_number(text: &str, errors: &mut FieldErrors) -> String {
    let text = without_label(text.trim());
    let compact: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .collect::<String>()
        .to_ascii_uppercase();
    if compact.is_empty() {
        return String::new();
    }
    if looks_like_iban(&compact) {
        return iban(&compact).unwrap_or_else(|| {
            errors.add("/account_number", "invalid_iban", "is not an IBAN: a character is wrong or missing");
            String::new()
        });
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '/' | '.');
    if text.len() > MAX_ACCOUNT || !text.chars().all(allowed) || !text.chars().any(|c| c.is_ascii_digit()) {
        errors.add("/account_number", "invalid_account_number", "is not the number of an account");
        return String::new();
    }
    text.to_owned()
}

/// What follows the word "IBAN" that is copied along from an invoice.
fn without_label(text: &str) -> &str {
    match text.split_at_checked(4) {
        Some((label, rest)) if label.eq_ignore_ascii_case("IBAN") => {
            rest.trim_start_matches(|c: char| c.is_whitespace() || ":.-".contains(c))
        }
        _ => text,
    }
}

/// The number in groups of four. Its check digits must be right, and its length and signs where the country is known; others,
/// such as Morocco and Senegal, use numbers of this form without having registered it.
fn iban(compact: &str) -> Option<String> {
    let number: BaseIban = compact.parse().ok()?;
    let registered = match compact.parse::<Iban>() {
        Ok(_) => true,
        Err(ParseIbanError::UnknownCountry(_)) => {
            REGISTERED
                .iter()
                .find(|(country, ..)| compact.starts_with(country))
                .is_none_or(|(_, length, bank)| {
                    let (bank, rest) = compact[4..].split_at(*bank);
                    compact.len() == *length
                        && bank.bytes().all(|b| b.is_ascii_alphabetic())
                        && rest.bytes().all(|b| b.is_ascii_alphanumeric())
                })
        }
        Err(_) => false,
    };
    registered.then(|| number.to_string())
}

/// A country and two digits at the start: whoever types that means an IBAN.
fn looks_like_iban(compact: &str) -> bool {
    let bytes = compact.as_bytes();
    bytes.len() > 4 && bytes[..2].iter().all(u8::is_ascii_alphabetic) && bytes[2..4].iter().all(u8::is_ascii_digit)
}

/// A BIC (ISO 9362), or digits such as a routing number or a sort code.
fn bank_code(text: &str, errors: &mut FieldErrors) -> String {
    let code: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_uppercase();
    let digits = code.len() <= MAX_BANK_CODE && code.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if code.is_empty() || digits || is_bic(&code) {
        return code;
    }
    errors.add(
        "/bank_code",
        "invalid_bank_code",
        "is neither a BIC of 8 or 11 characters nor a number",
    );
    String::new()
}

fn is_bic(code: &str) -> bool {
    let bytes = code.as_bytes();
    matches!(bytes.len(), 8 | 11) && bytes[..6].iter().all(u8::is_ascii_uppercase) && bytes[6..].iter().all(u8::is_ascii_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn save(account_number: &str, bank_code: &str) -> SaveBankTransfer {
        SaveBankTransfer {
            account_holder: " Atelier Acme ".to_owned(),
            account_number: account_number.to_owned(),
            bank_name: String::new(),
            bank_code: bank_code.to_owned(),
            instructions: String::new(),
        }
    }

    fn refused(save: &SaveBankTransfer) -> Vec<String> {
        let errors = check(save).expect_err("it is refused").errors;
        errors
            .into_iter()
            .map(|error| format!("{} {}", error.pointer, error.code))
            .collect()
    }

    #[test]
    fn an_iban_is_kept_in_groups_and_other_numbers_as_they_are() {
        let kept = |number: &str| check(&save(number, "")).expect("it is taken");
        let iban = kept("lu280019400644750000");
        assert_eq!(
            (iban.account_number.as_str(), iban.account_holder.as_str()),
            ("LU28 0019 4006 4475 0000", "Atelier Acme")
        );
        assert!(iban.has_iban());
        let number = kept(" 12-3456 789 ");
        assert_eq!(number.account_number, "12-3456 789");
        assert!(number.is_known() && !number.has_iban());
    }

    #[test]
    fn an_iban_is_taken_with_its_label_and_from_every_country() {
        for (typed, kept, iban) in [
            ("IBAN: DE89 3704 0044 0532 0130 00", "DE89 3704 0044 0532 0130 00", true),
            ("iban de89-3704-0044-0532-0130-00", "DE89 3704 0044 0532 0130 00", true),
            ("PK36SCBL0000001123456702", "PK36 SCBL 0000 0011 2345 6702", true),
            ("HN88CABF00000000000250005469", "HN88 CABF 0000 0000 0002 5000 5469", true),
            ("MA64011519000001205000534921", "MA64 0115 1900 0001 2050 0053 4921", false),
        ] {
            let account = check(&save(typed, "")).expect(typed);
            assert_eq!((account.account_number.as_str(), account.has_iban()), (kept, iban));
        }
    }

    #[test]
    fn a_mistyped_iban_is_refused() {
        for wrong in [
            "LU29 0019 4006 4475 0000",
            "LU28 0019 4006 4475 000",
            "XX28 0019 4006 4475 0000",
            "DE89 3704 0044 0532 0130 01",
            "IBAN DE89 3704 0044 0532 0130 01",
            "DE89-3704-0044-0532-0130-01",
            "PK37 SCBL 0000 0011 2345 6702",
            "MA65 0115 1900 0001 2050 0053 4921",
        ] {
            assert_eq!(refused(&save(wrong, "")), ["/account_number invalid_iban"], "{wrong}");
        }
        assert_eq!(refused(&save("account", "")), ["/account_number invalid_account_number"]);
    }

    #[test]
    fn the_code_of_a_bank_is_a_bic_or_a_number() {
        for (typed, code) in [
            ("bceelull", "BCEELULL"),
            ("DEUT DE FF 500", "DEUTDEFF500"),
            ("12-34-56", "12-34-56"),
        ] {
            assert_eq!(check(&save("1234567", typed)).expect("it is taken").bank_code, code);
        }
        for wrong in ["BCEELUL", "B0EELULL", "BIC?"] {
            assert_eq!(refused(&save("1234567", wrong)), ["/bank_code invalid_bank_code"], "{wrong}");
        }
    }

    #[test]
    fn it_is_all_there_or_not_at_all() {
        let nothing = SaveBankTransfer {
            account_holder: String::new(),
            ..save(" ", "")
        };
        assert!(!check(&nothing).expect("it may be taken away").is_known());
        let half = SaveBankTransfer {
            instructions: "Thank you".to_owned(),
            ..nothing
        };
        assert_eq!(refused(&half), ["/account_holder required", "/account_number required"]);
    }
}

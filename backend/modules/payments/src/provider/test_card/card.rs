//! The numbers, and what each of them does.

use chrono::{Datelike, NaiveDate};
use orion_framework::problem::FieldErrors;

use super::books::Verdict;
use crate::provider::Token;

/// What a card does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behaviour {
    Approves,
    Declines,
    WantsConfirmation,
    /// Never answers; approved when it is looked up later.
    TimesOutApproved,
    /// Never answers; declined when it is looked up later.
    TimesOutDeclined,
}

/// Number, behaviour and token of every card there is. Of those that time out, the one that ends in 9 turns out approved.
const CARDS: [(&str, Behaviour, &str); 5] = [
    ("4242424242424242", Behaviour::Approves, "tok_approves"),
    ("4000000000000002", Behaviour::Declines, "tok_declines"),
    ("4000002500003155", Behaviour::WantsConfirmation, "tok_wants_confirmation"),
    ("4000000000000119", Behaviour::TimesOutApproved, "tok_times_out_approved"),
    ("4000000000000127", Behaviour::TimesOutDeclined, "tok_times_out_declined"),
];

impl Behaviour {
    /// What a card with this token does; a token of nobody is declined, as every bank would.
    pub fn of_token(token: &str) -> Self {
        let card = CARDS.iter().find(|(_, _, known)| *known == token);
        card.map_or(Self::Declines, |(_, behaviour, _)| *behaviour)
    }

    pub fn never_answers(self) -> bool {
        matches!(self, Self::TimesOutApproved | Self::TimesOutDeclined)
    }

    /// What goes on the books.
    pub fn verdict(self) -> Verdict {
        match self {
            Self::Approves | Self::TimesOutApproved => Verdict::Approved,
            Self::Declines | Self::TimesOutDeclined => Verdict::Declined,
            Self::WantsConfirmation => Verdict::RequiresConfirmation,
        }
    }
}

/// Checks what was typed and trades it for a token. A number that is no test card is refused, so that nobody's real card is ever
/// accepted here.
pub fn tokenise(number: &str, expiry: &str, cvc: &str, today: NaiveDate, errors: &mut FieldErrors) -> Option<Token> {
    let number: String = number.chars().filter(|character| !matches!(character, ' ' | '-')).collect();
    let card = check_number(&number, errors);
    check_expiry(expiry, today, errors);
    if !(3..=4).contains(&cvc.len()) || !cvc.bytes().all(|byte| byte.is_ascii_digit()) {
        errors.add("/payment/cvc", "invalid_cvc", "is three or four digits");
    }
    let (number, _, token) = card?;
    let last4 = number[number.len() - 4..].to_owned();
    Some(Token {
        token: (*token).to_owned(),
        last4,
    })
}

fn check_number(number: &str, errors: &mut FieldErrors) -> Option<&'static (&'static str, Behaviour, &'static str)> {
    let digits = (12..=19).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || !luhn(number) {
        errors.add("/payment/card_number", "invalid_card_number", "is not a card number");
        return None;
    }
    let card = CARDS.iter().find(|(known, _, _)| *known == number);
    if card.is_none() {
        errors.add(
            "/payment/card_number",
            "not_a_test_card",
            "is not a test card; this shop takes test cards only",
        );
    }
    card
}

/// The check digit of card numbers (ISO/IEC 7812-1, annex B).
fn luhn(number: &str) -> bool {
    let sum: u32 = number
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte - b'0') << (place % 2);
            if digit > 9 { digit - 9 } else { digit }
        })
        .sum();
    sum.is_multiple_of(10)
}

fn check_expiry(expiry: &str, today: NaiveDate, errors: &mut FieldErrors) {
    match parse_expiry(expiry) {
        None => errors.add("/payment/expiry", "invalid_expiry", "is a month and a year, such as 04/30"),
        Some(month) if month < (today.year(), today.month()) => {
            errors.add("/payment/expiry", "expired", "is in the past");
        }
        Some(_) => {}
    }
}

/// `04/30`, `04 / 30` or `04/2030` as year and month.
fn parse_expiry(text: &str) -> Option<(i32, u32)> {
    let (month, year) = text.split_once('/')?;
    let (month, year) = (month.trim(), year.trim());
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(month) || !digits(year) || month.is_empty() || month.len() > 2 {
        return None;
    }
    let century = match year.len() {
        2 => 2000,
        4 => 0,
        _ => return None,
    };
    let month: u32 = month.parse().ok().filter(|month| (1..=12).contains(month))?;
    Some((year.parse::<i32>().ok()? + century, month))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
    }

    fn typed(number: &str, expiry: &str, cvc: &str) -> Result<Token, String> {
        let mut errors = FieldErrors::default();
        let token = tokenise(number, expiry, cvc, today(), &mut errors);
        match errors.into_result() {
            Ok(()) => Ok(token.unwrap()),
            Err(draft) => Err(draft.errors.into_iter().map(|error| error.code).collect::<Vec<_>>().join(" ")),
        }
    }

    #[test]
    fn every_test_card_is_a_well_formed_number_with_a_token() {
        for (number, behaviour, token) in CARDS {
            let given = typed(number, "12/30", "123").unwrap();
            assert_eq!(given.token, token);
            assert_eq!(given.last4, number[12..]);
            assert_eq!(Behaviour::of_token(token), behaviour);
            assert!(!given.token.contains(&number[..12]), "a token is no card number");
        }
    }

    #[test]
    fn a_number_may_be_typed_in_groups() {
        assert!(typed("4242 4242-4242 4242", "1/27", "1234").is_ok());
    }

    #[test]
    fn a_card_that_is_no_test_card_is_refused() {
        assert_eq!(typed("4111111111111111", "12/30", "123").unwrap_err(), "not_a_test_card");
        for number in [
            "",
            "4242",
            "4242424242424241",
            "42424242424242424242",
            "424242424242424a",
            "４２４２４２４２",
        ] {
            assert_eq!(typed(number, "12/30", "123").unwrap_err(), "invalid_card_number", "{number:?}");
        }
    }

    #[test]
    fn a_card_is_good_until_the_end_of_its_month() {
        assert!(typed("4242424242424242", "11/26", "123").is_ok());
        assert!(typed("4242424242424242", "11 / 2026", "123").is_ok());
        assert_eq!(typed("4242424242424242", "10/26", "123").unwrap_err(), "expired");
        for expiry in ["", "1226", "13/30", "00/30", "12/3", "12/030", "+1/30", "a/30", "12/"] {
            assert_eq!(
                typed("4242424242424242", expiry, "123").unwrap_err(),
                "invalid_expiry",
                "{expiry:?}"
            );
        }
    }

    #[test]
    fn everything_wrong_is_told_at_once() {
        assert_eq!(typed("x", "x", "x").unwrap_err(), "invalid_card_number invalid_expiry invalid_cvc");
        assert_eq!(typed("4242424242424242", "12/30", "12345").unwrap_err(), "invalid_cvc");
    }

    #[test]
    fn a_token_of_nobody_is_declined() {
        assert_eq!(Behaviour::of_token("tok_stolen"), Behaviour::Declines);
    }
}

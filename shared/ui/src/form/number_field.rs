//! A number as it is typed: the text is what is kept, so that nothing is ever sent in place of what could not be read.

use leptos::prelude::*;
use orion_types::number::{self, ParseNumberError};
use orion_types::{Currency, Money};

use crate::format::{format_money_input, write_scaled};

/// What kind of number a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Money(Currency),
    Whole { min: i64, max: i64 },
    Percent { decimals: u32 },
    Decimal { decimals: u32, max: i64 },
}

/// Why what is typed cannot be taken, as a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable(pub String);

/// A number field's content. Its value is a result: there is no way to it past what could not be read.
#[derive(Clone, PartialEq)]
pub struct NumberField {
    text: ArcRwSignal<String>,
    kind: Kind,
}

impl NumberField {
    /// An amount in minor units, never negative.
    pub fn money(currency: Currency, minor: Option<i64>) -> Self {
        Self::of(Kind::Money(currency), minor)
    }

    /// A whole number, both bounds included.
    pub fn whole(min: i64, max: i64, value: Option<i64>) -> Self {
        Self::of(Kind::Whole { min, max }, value)
    }

    /// A share of at most 100 %, in units of its last decimal.
    pub fn percent(decimals: u32, value: Option<i64>) -> Self {
        Self::of(Kind::Percent { decimals }, value)
    }

    /// A number that is not negative, in units of its last decimal and at most `max` of them.
    pub fn decimal(decimals: u32, max: i64, value: Option<i64>) -> Self {
        Self::of(Kind::Decimal { decimals, max }, value)
    }

    fn of(kind: Kind, value: Option<i64>) -> Self {
        Self {
            text: ArcRwSignal::new(write(kind, value)),
            kind,
        }
    }

    /// Another field with the same text.
    pub fn copy(&self) -> Self {
        Self {
            text: ArcRwSignal::new(self.text.get_untracked()),
            kind: self.kind,
        }
    }

    /// What is typed; to be tracked.
    pub fn text(&self) -> String {
        self.text.get()
    }

    /// The number, or nothing where nothing is typed; to be tracked.
    ///
    /// # Errors
    /// The text is no number of this kind, could be more than one, or lies outside the bounds.
    pub fn read(&self) -> Result<Option<i64>, Unreadable> {
        self.text.with(|text| read(self.kind, text))
    }

    /// Writes a number into the field.
    pub fn set(&self, value: Option<i64>) {
        self.text.set(write(self.kind, value));
    }

    /// Takes a text as if it was typed: one that is no number stays, and is said to be none.
    pub fn typed(&self, text: String) {
        self.text.set(text);
    }

    /// The currency, where the field takes an amount.
    pub(super) fn currency(&self) -> Option<Currency> {
        match self.kind {
            Kind::Money(currency) => Some(currency),
            Kind::Whole { .. } | Kind::Percent { .. } | Kind::Decimal { .. } => None,
        }
    }

    pub(super) fn is_percent(&self) -> bool {
        matches!(self.kind, Kind::Percent { .. })
    }

    /// The keyboard of a phone that has the keys for it.
    pub(super) fn inputmode(&self) -> &'static str {
        match self.kind {
            Kind::Whole { min, .. } if min < 0 => "text",
            Kind::Whole { .. } => "numeric",
            Kind::Money(_) | Kind::Percent { .. } | Kind::Decimal { .. } => "decimal",
        }
    }
}

fn write(kind: Kind, value: Option<i64>) -> String {
    let Some(value) = value else { return String::new() };
    match kind {
        Kind::Money(currency) => format_money_input(value, currency, None),
        Kind::Whole { .. } => value.to_string(),
        // The shortest way: `19` and `8.875`.
        Kind::Percent { decimals } | Kind::Decimal { decimals, .. } => shortest(write_scaled(value, decimals, '.')),
    }
}

fn shortest(text: String) -> String {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

fn read(kind: Kind, text: &str) -> Result<Option<i64>, Unreadable> {
    let (parsed, range) = match kind {
        Kind::Money(currency) => (Money::parse_decimal(text, currency).map(|money| money.amount_minor), None),
        Kind::Whole { min, max } => (number::whole(text), Some((min, max, 0))),
        Kind::Percent { decimals } => (number::percent(text, decimals), Some((0, 100 * 10_i64.pow(decimals), decimals))),
        Kind::Decimal { decimals, max } => (number::decimal(text, decimals), Some((0, max, decimals))),
    };
    let value = match parsed {
        Ok(value) => value,
        Err(ParseNumberError::Empty) if text.trim().is_empty() => return Ok(None),
        Err(error) => return Err(Unreadable(sentence(text, error, kind))),
    };
    match range {
        None if value < 0 => Err(Unreadable("An amount cannot be less than nothing.".to_owned())),
        Some((min, max, decimals)) if !(min..=max).contains(&value) => {
            let bound = |bound| shortest(write_scaled(bound, decimals, '.'));
            Err(Unreadable(format!("This must be between {} and {}.", bound(min), bound(max))))
        }
        None | Some(_) => Ok(Some(value)),
    }
}

/// What is wrong, with what was typed and a way to write it.
fn sentence(text: &str, error: ParseNumberError, kind: Kind) -> String {
    let typed = text.trim();
    match error {
        ParseNumberError::Empty | ParseNumberError::NotANumber => format!("“{typed}” is not a number."),
        ParseNumberError::Ambiguous => {
            let plain: String = typed.chars().filter(char::is_ascii_digit).collect();
            format!("“{typed}” can be read in two ways. Without a separator, {plain} is the large one.")
        }
        ParseNumberError::TooManyDecimals { allowed: 0 } => match kind {
            Kind::Money(currency) => format!("{currency} has no decimals."),
            Kind::Whole { .. } | Kind::Percent { .. } | Kind::Decimal { .. } => "This is a whole number, without decimals.".to_owned(),
        },
        ParseNumberError::TooManyDecimals { allowed: 1 } => "This has at most one decimal.".to_owned(),
        ParseNumberError::TooManyDecimals { allowed } => format!("This has at most {allowed} decimals."),
        ParseNumberError::OtherCurrency { own } => format!("Amounts are in {own} here."),
        ParseNumberError::Overflow => "This number is too large.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, read, write};
    use orion_types::Currency;

    const STOCK: Kind = Kind::Whole { min: 0, max: 1_000_000 };

    #[test]
    fn nothing_typed_is_nothing_and_not_zero() {
        for kind in [Kind::Money(Currency::EUR), STOCK, Kind::Percent { decimals: 2 }] {
            assert_eq!(read(kind, " "), Ok(None));
        }
    }

    #[test]
    fn what_cannot_be_read_is_an_error_with_a_sentence() {
        for (kind, text, part) in [
            (Kind::Money(Currency::EUR), "abc", "not a number"),
            (Kind::Money(Currency::EUR), "19.999", "two ways"),
            (Kind::Money(Currency::EUR), "€", "not a number"),
            (Kind::Money(Currency::EUR), "25 USD", "EUR"),
            (Kind::Money(Currency::EUR), "-5", "less than nothing"),
            (Kind::Money(Currency::JPY), "1999.50", "no decimals"),
            (STOCK, "1.000", "two ways"),
            (STOCK, "1e3", "not a number"),
            (STOCK, "-4", "between 0 and 1000000"),
            (STOCK, "2.5", "whole number"),
            (Kind::Percent { decimals: 2 }, "101", "between 0 and 100"),
        ] {
            let error = read(kind, text).expect_err(text);
            assert!(error.0.contains(part), "{text}: {}", error.0);
        }
    }

    #[test]
    fn what_is_written_reads_back() {
        let rate = Kind::Percent { decimals: 4 };
        for (kind, value, text) in [
            (
                Kind::Decimal {
                    decimals: 3,
                    max: 1_000_000,
                },
                1_250,
                "1.25",
            ),
            (rate, 88_750, "8.875"),
            (rate, 190_000, "19"),
            (STOCK, 1200, "1200"),
        ] {
            assert_eq!(write(kind, Some(value)), text);
            assert_eq!(read(kind, text), Ok(Some(value)));
        }
    }
}

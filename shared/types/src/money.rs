//! Money as whole minor units of an ISO 4217 currency; floating point never touches an amount.

mod currency;
mod parse;

pub use currency::{Currency, UnknownCurrency};

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::json::FromJson;

/// An amount in the minor unit of its currency (cents of EUR, whole yen of JPY); may be negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Whole minor units: 1999 is 19.99 EUR, or 1999 JPY.
    #[cfg_attr(feature = "openapi", schema(examples(1999)))]
    pub amount_minor: i64,
    /// The currency that gives the minor unit its worth.
    pub currency: Currency,
}

/// Two amounts could not be calculated with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoneyError {
    /// Amounts of different currencies are never added up.
    CurrencyMismatch { left: Currency, right: Currency },
    /// The result does not fit into 64 bits.
    Overflow,
}

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CurrencyMismatch { left, right } => {
                write!(f, "cannot calculate {left} with {right}")
            }
            Self::Overflow => f.write_str("the amount is too large"),
        }
    }
}

impl std::error::Error for MoneyError {}

impl Money {
    /// An amount of `amount_minor` minor units.
    pub const fn new(amount_minor: i64, currency: Currency) -> Self {
        Self { amount_minor, currency }
    }

    /// Nothing, in this currency.
    pub const fn zero(currency: Currency) -> Self {
        Self::new(0, currency)
    }

    /// The sum; fails across currencies and on overflow.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.combine(other, i64::checked_add)
    }

    /// The difference; fails across currencies and on overflow.
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.combine(other, i64::checked_sub)
    }

    /// The amount `factor` times; fails on overflow.
    pub fn checked_mul(self, factor: i64) -> Result<Self, MoneyError> {
        let amount_minor = self.amount_minor.checked_mul(factor).ok_or(MoneyError::Overflow)?;
        Ok(Self { amount_minor, ..self })
    }

    /// The amount with a dot and the currency's decimals, without grouping or symbol: `-19.99`.
    pub fn to_decimal_string(self) -> String {
        let sign = if self.amount_minor < 0 { "-" } else { "" };
        let decimals = self.currency.exponent() as usize;
        let digits = format!("{:0width$}", self.amount_minor.unsigned_abs(), width = decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - decimals);
        if decimals == 0 {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}.{fraction}")
        }
    }

    fn combine(self, other: Self, operation: fn(i64, i64) -> Option<i64>) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::CurrencyMismatch {
                left: self.currency,
                right: other.currency,
            });
        }
        let amount_minor = operation(self.amount_minor, other.amount_minor).ok_or(MoneyError::Overflow)?;
        Ok(Self { amount_minor, ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_travels_as_minor_units_and_code() {
        let price = Money::new(1999, Currency::EUR);
        let json = r#"{"amount_minor":1999,"currency":"EUR"}"#;
        assert_eq!(serde_json::to_string(&price).unwrap(), json);
        assert_eq!(serde_json::from_str::<Money>(json).unwrap(), price);
    }

    #[test]
    fn money_that_is_not_exact_is_refused() {
        for json in [
            r#"{"amount_minor":19.99,"currency":"EUR"}"#,
            r#"{"amount_minor":"1999","currency":"EUR"}"#,
            r#"{"amount_minor":1999,"currency":"eur"}"#,
            r#"{"amount_minor":1999,"currency":7}"#,
            r#"{"amount_minor":9223372036854775808,"currency":"EUR"}"#,
            r#"{"amount_minor":1999,"currency":"EUR","scale":2}"#,
        ] {
            assert!(serde_json::from_str::<Money>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn currencies_are_never_mixed() {
        let (euro, yen) = (Money::new(1, Currency::EUR), Money::new(1, Currency::JPY));
        let mismatch = MoneyError::CurrencyMismatch {
            left: Currency::EUR,
            right: Currency::JPY,
        };
        assert_eq!(euro.checked_add(yen), Err(mismatch));
        assert_eq!(euro.checked_sub(yen), Err(mismatch));
    }

    #[test]
    fn arithmetic_is_exact_or_fails() {
        let (most, one) = (Money::new(i64::MAX, Currency::EUR), Money::new(1, Currency::EUR));
        assert_eq!(most.checked_add(one), Err(MoneyError::Overflow));
        assert_eq!(Money::new(i64::MIN, Currency::EUR).checked_sub(one), Err(MoneyError::Overflow));
        assert_eq!(most.checked_mul(2), Err(MoneyError::Overflow));
        assert_eq!(one.checked_add(one), Ok(Money::new(2, Currency::EUR)));
        assert_eq!(Money::zero(Currency::EUR).checked_sub(one), Ok(Money::new(-1, Currency::EUR)));
        assert_eq!(one.checked_mul(-3), Ok(Money::new(-3, Currency::EUR)));
    }

    #[test]
    fn decimals_follow_the_currency() {
        let written = |amount, currency| Money::new(amount, currency).to_decimal_string();
        assert_eq!(written(1999, Currency::EUR), "19.99");
        assert_eq!(written(5, Currency::EUR), "0.05");
        assert_eq!(written(-5, Currency::EUR), "-0.05");
        assert_eq!(written(0, Currency::KWD), "0.000");
        assert_eq!(written(1999, Currency::JPY), "1999");
        assert_eq!(written(i64::MIN, Currency::KWD), "-9223372036854775.808");
    }
}

//! Reads what a person or another shop's export wrote as a price.

use std::fmt;

use super::{Currency, Money};

/// Why a text is not an amount of the currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParseMoneyError {
    /// Nothing but white space.
    Empty,
    /// Not digits with at most one decimal separator.
    NotANumber,
    /// The separator may mean thousands or decimals: `1,234`.
    Ambiguous,
    /// More decimals than the currency has.
    TooManyDecimals { allowed: u32 },
    /// The amount does not fit into 64 bits of minor units.
    Overflow,
}

impl ParseMoneyError {
    /// The stable code for problem documents and translations.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "required",
            Self::NotANumber => "not_a_number",
            Self::Ambiguous => "ambiguous_separator",
            Self::TooManyDecimals { .. } => "too_many_decimals",
            Self::Overflow => "out_of_range",
        }
    }
}

impl fmt::Display for ParseMoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("an amount is required"),
            Self::NotANumber => f.write_str("this is not a number"),
            Self::Ambiguous => f.write_str("this may mean thousands or decimals; write it without thousands separators"),
            Self::TooManyDecimals { allowed: 0 } => f.write_str("this currency has no decimals"),
            Self::TooManyDecimals { allowed } => write!(f, "this currency has {allowed} decimals"),
            Self::Overflow => f.write_str("the amount is too large"),
        }
    }
}

impl std::error::Error for ParseMoneyError {}

impl Money {
    /// Reads an amount in major units, `19.99`, with a dot or comma before the decimals and no grouping.
    ///
    /// Zeros beyond the currency's decimals are accepted, since exports write yen as `1980.00`.
    pub fn parse_decimal(text: &str, currency: Currency) -> Result<Self, ParseMoneyError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(ParseMoneyError::Empty);
        }
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = split_decimals(unsigned, currency.exponent())?;
        let minor = to_minor(whole, fraction, currency.exponent())?;
        let signed = if negative { -minor } else { minor };
        let amount_minor = i64::try_from(signed).map_err(|_| ParseMoneyError::Overflow)?;
        Ok(Self::new(amount_minor, currency))
    }
}

fn split_decimals(text: &str, exponent: u32) -> Result<(&str, &str), ParseMoneyError> {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let Some((whole, rest)) = text.split_once(['.', ',']) else {
        return if is_number(text) {
            Ok((text, ""))
        } else {
            Err(ParseMoneyError::NotANumber)
        };
    };
    let parts: Vec<&str> = rest.split(['.', ',']).collect();
    if !is_number(whole) || !parts.iter().all(|part| is_number(part)) {
        return Err(ParseMoneyError::NotANumber);
    }
    let [fraction] = parts[..] else {
        return Err(ParseMoneyError::Ambiguous);
    };
    // `1,234` is a thousand to one reader and a bit over one to the other: a factor of 1000 in a price is not guessed.
    // Only `1.234` in a currency of three decimals is safe, because that is how machines write it.
    let looks_grouped = fraction.len() == 3 && whole.len() <= 3 && !whole.starts_with('0');
    let machine_written = exponent == 3 && text.contains('.');
    if looks_grouped && !machine_written {
        return Err(ParseMoneyError::Ambiguous);
    }
    Ok((whole, fraction))
}

fn to_minor(whole: &str, fraction: &str, exponent: u32) -> Result<i128, ParseMoneyError> {
    let fraction = fraction.trim_end_matches('0');
    let decimals = fraction.len();
    let missing = (exponent as usize)
        .checked_sub(decimals)
        .ok_or(ParseMoneyError::TooManyDecimals { allowed: exponent })?;
    let zeros = std::iter::repeat_n(b'0', missing);
    whole.bytes().chain(fraction.bytes()).chain(zeros).try_fold(0_i128, |sum, digit| {
        let digit = i128::from(digit - b'0');
        sum.checked_mul(10)
            .and_then(|sum| sum.checked_add(digit))
            .ok_or(ParseMoneyError::Overflow)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str, currency: Currency) -> Result<i64, ParseMoneyError> {
        Money::parse_decimal(text, currency).map(|money| money.amount_minor)
    }

    #[test]
    fn a_price_is_read_with_dot_or_comma() {
        for (text, minor) in [
            ("19.99", 1999),
            ("19,99", 1999),
            ("19.9", 1990),
            ("19", 1900),
            (" 0.05 ", 5),
            ("-3.50", -350),
            ("1299", 129_900),
        ] {
            assert_eq!(parse(text, Currency::EUR), Ok(minor), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_number_is_said_so() {
        for text in [
            "abc",
            "19.99 EUR",
            "€19",
            "1e3",
            "--1",
            "+1",
            ".5",
            "5.",
            "1 000",
            "٣",
            "NaN",
            "-",
            ".",
            "1..2",
        ] {
            assert_eq!(parse(text, Currency::EUR), Err(ParseMoneyError::NotANumber), "{text}");
        }
        assert_eq!(parse("  ", Currency::EUR), Err(ParseMoneyError::Empty));
    }

    #[test]
    fn a_separator_that_may_mean_thousands_is_not_guessed() {
        for text in ["1,234", "1.234", "12,000", "1,234.56", "1.234,56", "1.234.567"] {
            assert_eq!(parse(text, Currency::EUR), Err(ParseMoneyError::Ambiguous), "{text}");
        }
        assert_eq!(parse("1,234", Currency::JPY), Err(ParseMoneyError::Ambiguous));
        assert_eq!(parse("1,234", Currency::KWD), Err(ParseMoneyError::Ambiguous));
        assert_eq!(parse("1.234", Currency::KWD), Ok(1234));
        assert_eq!(parse("0,234", Currency::KWD), Ok(234));
    }

    #[test]
    fn decimals_beyond_the_currency_are_refused_unless_they_are_zero() {
        assert_eq!(
            parse("19.9901", Currency::EUR),
            Err(ParseMoneyError::TooManyDecimals { allowed: 2 })
        );
        assert_eq!(parse("0.001", Currency::EUR), Err(ParseMoneyError::TooManyDecimals { allowed: 2 }));
        assert_eq!(parse("1980.5", Currency::JPY), Err(ParseMoneyError::TooManyDecimals { allowed: 0 }));
        assert_eq!(parse("1980.00", Currency::JPY), Ok(1980));
        assert_eq!(parse("19.9900", Currency::EUR), Ok(1999));
    }

    #[test]
    fn amounts_beyond_64_bits_are_refused() {
        assert_eq!(parse("92233720368547758.07", Currency::EUR), Ok(i64::MAX));
        assert_eq!(parse("-92233720368547758.08", Currency::EUR), Ok(i64::MIN));
        assert_eq!(parse("92233720368547758.08", Currency::EUR), Err(ParseMoneyError::Overflow));
        assert_eq!(parse(&"9".repeat(200), Currency::EUR), Err(ParseMoneyError::Overflow));
    }

    #[test]
    fn what_is_written_reads_back() {
        for currency in [Currency::EUR, Currency::JPY, Currency::KWD] {
            for amount in [0, 1, 9, 10, 99, 100, 1234, 123_456, -1, -1000, i64::MAX, i64::MIN] {
                let money = Money::new(amount, currency);
                assert_eq!(Money::parse_decimal(&money.to_decimal_string(), currency), Ok(money));
            }
        }
    }
}

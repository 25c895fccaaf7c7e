//! What the cells of a product file mean.

use orion_types::{Currency, Money};

/// Why a cell cannot be used: a code and a sentence.
pub(crate) type CellError = (&'static str, String);

/// `true` and `false` in the ways that exports write them; `None` for an empty cell.
pub(crate) fn flag(text: &str) -> Result<Option<bool>, CellError> {
    match text.to_ascii_lowercase().as_str() {
        "" => Ok(None),
        "true" | "yes" | "1" => Ok(Some(true)),
        "false" | "no" | "0" => Ok(Some(false)),
        _ => Err(("invalid", format!("expected true or false, found {}", quoted(text)))),
    }
}

/// A price in minor units; `None` for an empty cell.
pub(crate) fn price(text: &str, currency: Currency) -> Result<Option<i64>, CellError> {
    if text.is_empty() {
        return Ok(None);
    }
    let money = Money::parse_decimal(text, currency).map_err(|error| (error.code(), format!("{}: {error}", quoted(text))))?;
    Ok(Some(money.amount_minor))
}

/// A whole number; `None` for an empty cell. Decimals are fine when they are zeros, as in `1500.0`.
pub(crate) fn whole(text: &str) -> Result<Option<i32>, CellError> {
    if text.is_empty() {
        return Ok(None);
    }
    let (digits, decimals) = text.split_once('.').unwrap_or((text, ""));
    let number = digits.parse::<i32>().ok().filter(|_| decimals.bytes().all(|byte| byte == b'0'));
    number
        .map(Some)
        .ok_or_else(|| ("not_a_number", format!("expected a whole number, found {}", quoted(text))))
}

/// A weight in whole grams; `None` for an empty cell. Fractions of a gram are rounded.
pub(crate) fn grams(text: &str) -> Result<Option<i32>, CellError> {
    if text.is_empty() {
        return Ok(None);
    }
    let weight = text
        .parse::<f64>()
        .ok()
        .filter(|weight| weight.is_finite() && *weight >= 0.0 && *weight <= 1e9);
    let weight = weight.ok_or_else(|| ("not_a_number", format!("expected a weight in grams, found {}", quoted(text))))?;
    #[expect(clippy::cast_possible_truncation, reason = "bounded to a billion in the line above")]
    Ok(Some(weight.round() as i32))
}

/// Words separated by commas.
pub(crate) fn words(text: &str) -> Vec<String> {
    text.split(',')
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The text as a report shows it: on one line and not too long.
pub(crate) fn quoted(text: &str) -> String {
    let mut short: String = text
        .chars()
        .take(40)
        .map(|character| if character.is_control() { ' ' } else { character })
        .collect();
    if text.chars().nth(40).is_some() {
        short.push('…');
    }
    format!("“{short}”")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_read_as_exports_write_them() {
        assert_eq!(flag("TRUE").unwrap(), Some(true));
        assert_eq!(flag("no").unwrap(), Some(false));
        assert_eq!(flag("").unwrap(), None);
        assert_eq!(
            flag("maybe").unwrap_err(),
            ("invalid", "expected true or false, found “maybe”".to_owned())
        );
    }

    #[test]
    fn prices_are_read_in_the_currency_of_the_store() {
        assert_eq!(price("50", Currency::EUR).unwrap(), Some(5000));
        assert_eq!(price("19.99", Currency::EUR).unwrap(), Some(1999));
        assert_eq!(price("1980.00", Currency::JPY).unwrap(), Some(1980));
        assert_eq!(price("", Currency::EUR).unwrap(), None);
        assert_eq!(price("abc", Currency::EUR).unwrap_err().0, "not_a_number");
        assert_eq!(price("9.999", Currency::EUR).unwrap_err().0, "ambiguous_separator");
    }

    #[test]
    fn numbers_are_whole() {
        assert_eq!(whole("1500.0").unwrap(), Some(1500));
        assert_eq!(whole("-3").unwrap(), Some(-3));
        for text in ["1.5", "many", "9999999999", "1e3"] {
            assert_eq!(whole(text).unwrap_err().0, "not_a_number", "{text}");
        }
    }

    #[test]
    fn weights_are_rounded_to_grams() {
        assert_eq!(grams("226.796").unwrap(), Some(227));
        for text in ["-1", "NaN", "inf", "heavy", "1e10"] {
            assert!(grams(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_long_cell_is_cut_in_the_report() {
        assert_eq!(quoted(&"x".repeat(100)).chars().count(), 43);
        assert_eq!(quoted("a\nb"), "“a b”");
    }
}

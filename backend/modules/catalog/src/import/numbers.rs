//! Numbers as spreadsheets write them. Whether `1,234` is a thousand or a bit over one is told by the file's other numbers.

use std::borrow::Cow;

use orion_types::Currency;

use super::values::{CellError, quoted};

/// Which separator a file puts before decimals, as far as its cells give it away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Evidence {
    dot: bool,
    comma: bool,
}

/// What stands between groups of digits and means nothing.
const GROUPING: [char; 5] = [' ', '\u{a0}', '\u{202f}', '\'', '’'];

impl Evidence {
    /// Learns from a cell.
    pub fn learn(&mut self, text: &str) {
        let text = text.trim();
        let only_numeric = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ',' | '-' | '+') || GROUPING.contains(&letter);
        if !text.chars().all(only_numeric) {
            return;
        }
        let separators: Vec<char> = text.chars().filter(|letter| matches!(letter, '.' | ',')).collect();
        let (Some(first), Some(last)) = (separators.first(), separators.last()) else {
            return;
        };
        let decimals = text.rsplit(['.', ',']).next().map_or(0, str::len);
        let decimal = match separators.len() {
            // Both in one number: the last one stands before the decimals.
            _ if first != last => *last,
            1 if decimals != 3 => *last,
            // 1.234.567 is grouped, so the other one is left for the decimals.
            2.. if *last == '.' => ',',
            2.. => '.',
            _ => return,
        };
        match decimal {
            '.' => self.dot = true,
            _ => self.comma = true,
        }
    }

    /// The separator, when all cells agree.
    fn decimal(self) -> Option<char> {
        match (self.dot, self.comma) {
            (true, false) => Some('.'),
            (false, true) => Some(','),
            _ => None,
        }
    }
}

/// A number in two runs of digits.
#[derive(Debug, PartialEq, Eq)]
struct Digits<'t> {
    negative: bool,
    whole: Cow<'t, str>,
    fraction: Cow<'t, str>,
}

/// Splits a cell; `exponent` is how many decimals are usual.
fn split<'t>(text: &'t str, evidence: Evidence, exponent: u32) -> Result<Digits<'t>, CellError> {
    let not_a_number = || ("not_a_number", format!("expected a number, found {}", quoted(text)));
    let (negative, unsigned) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let bare: Cow<'t, str> = if unsigned.contains(GROUPING) {
        unsigned.replace(GROUPING, "").into()
    } else {
        unsigned.into()
    };
    let last = bare.rfind(['.', ',']);
    let mixed = bare.contains('.') && bare.contains(',');
    let count = bare.matches(['.', ',']).count();
    let decimal_at = match (last, evidence.decimal()) {
        (None, _) => None,
        (Some(at), _) if mixed => Some(at),
        (Some(at), Some(decimal)) if bare[at..].starts_with(decimal) => Some(at),
        // The file's other separator: these are groups of digits.
        (Some(_), Some(_)) => None,
        (Some(_), None) if count > 1 => None,
        (Some(at), None) => {
            let digits = bare.len() - at - 1;
            let grouped = digits == 3 && at <= 3 && !bare.starts_with('0');
            if grouped && !(exponent >= 3 && bare.contains('.')) {
                return Err((
                    "ambiguous_separator",
                    format!(
                        "{}: this may mean thousands or decimals; write it without thousands separators",
                        quoted(text)
                    ),
                ));
            }
            Some(at)
        }
    };
    let (whole, fraction) = match decimal_at {
        Some(at) => (bare[..at].replace(['.', ','], ""), bare[at + 1..].to_owned()),
        None => (bare.replace(['.', ','], ""), String::new()),
    };
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !digits(&whole) || !digits(&fraction) {
        return Err(not_a_number());
    }
    Ok(Digits {
        negative,
        whole: whole.into(),
        fraction: fraction.into(),
    })
}

/// An amount in minor units and whether digits beyond the currency's decimals were rounded away (half up); `None` for an empty cell.
pub(crate) fn price(text: &str, currency: Currency, evidence: Evidence) -> Result<Option<(i64, bool)>, CellError> {
    if text.is_empty() {
        return Ok(None);
    }
    let exponent = currency.exponent();
    let Digits { negative, whole, fraction } = split(text, evidence, exponent)?;
    let kept = fraction.len().min(exponent as usize);
    let (kept, beyond) = fraction.split_at(kept);
    let zeros = std::iter::repeat_n(b'0', exponent as usize - kept.len());
    let minor = whole
        .bytes()
        .chain(kept.bytes())
        .chain(zeros)
        .try_fold(0_i64, |sum, digit| sum.checked_mul(10)?.checked_add(i64::from(digit - b'0')));
    let minor = minor.ok_or_else(|| ("out_of_range", format!("{} is too large", quoted(text))))?;
    let rounded = beyond.bytes().any(|digit| digit != b'0');
    let minor = minor.saturating_add(i64::from(beyond.as_bytes().first().is_some_and(|digit| *digit >= b'5')));
    Ok(Some((if negative { -minor } else { minor }, rounded)))
}

/// A number in thousandths; decimals beyond the third are cut off.
pub(crate) fn thousandths(text: &str, evidence: Evidence) -> Result<i64, CellError> {
    let Digits { negative, whole, fraction } = split(text, evidence, 3)?;
    let digits = format!("{whole}{:0<3.3}", fraction);
    let number: i64 = digits
        .parse()
        .map_err(|_| ("out_of_range", format!("{} is too large", quoted(text))))?;
    Ok(if negative { -number } else { number })
}

/// A whole number and whether a fraction was cut off; `None` for an empty cell.
pub(crate) fn whole(text: &str, evidence: Evidence) -> Result<Option<(i64, bool)>, CellError> {
    if text.is_empty() {
        return Ok(None);
    }
    let Digits { negative, whole, fraction } = split(text, evidence, 3)?;
    let number = whole
        .parse::<i64>()
        .or_else(|error| if whole.is_empty() { Ok(0) } else { Err(error) });
    let number = number.map_err(|_| ("out_of_range", format!("{} is too large", quoted(text))))?;
    let cut = fraction.bytes().any(|digit| digit != b'0');
    Ok(Some((if negative { -number } else { number }, cut)))
}

/// A weight in grams, of which the cell gives so many of `unit_grams`; fractions of a gram are rounded. `None` for an empty cell.
pub(crate) fn grams(text: &str, unit_grams: f64, evidence: Evidence) -> Result<Option<i32>, CellError> {
    if text.is_empty() {
        return Ok(None);
    }
    let Digits { negative, whole, fraction } = split(text, evidence, 3)?;
    let weight = format!("{whole}.{fraction}0").parse::<f64>().ok().map(|weight| weight * unit_grams);
    let weight = weight.filter(|weight| !negative && weight.is_finite() && *weight <= 1e9);
    let weight = weight.ok_or_else(|| ("not_a_number", format!("expected a weight, found {}", quoted(text))))?;
    #[expect(clippy::cast_possible_truncation, reason = "bounded to a billion in the line above")]
    Ok(Some(weight.round() as i32))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learned(cells: &[&str]) -> Evidence {
        let mut evidence = Evidence::default();
        cells.iter().for_each(|cell| evidence.learn(cell));
        evidence
    }

    fn euros(text: &str, evidence: Evidence) -> Result<Option<i64>, &'static str> {
        price(text, Currency::EUR, evidence)
            .map(|read| read.map(|(minor, _)| minor))
            .map_err(|(code, _)| code)
    }

    #[test]
    fn a_file_tells_what_its_separators_mean() {
        let (german, english, silent) = (learned(&["19,90"]), learned(&["19.9", "7"]), Evidence::default());
        assert_eq!(euros("1,234", german), Ok(Some(123)), "a third decimal is rounded");
        assert_eq!(euros("1,234", english), Ok(Some(123_400)));
        assert_eq!(euros("1,234", silent), Err("ambiguous_separator"));
        assert_eq!(euros("1.234,50", silent), Ok(Some(123_450)));
        assert_eq!(euros("1 234,50", german), Ok(Some(123_450)));
        assert_eq!(euros("1.234.567", german), Ok(Some(123_456_700)));
        assert_eq!(learned(&["1.234.567"]), learned(&["0,5"]));
        assert_eq!(euros("0.999", silent), Ok(Some(100)), "no grouping begins with a zero");
    }

    #[test]
    fn what_is_no_number_is_told() {
        for text in ["abc", "1e3", "€ 25", "25 EUR", "-", "1-2", "12,", ","] {
            let read = euros(text, Evidence::default());
            assert!(matches!(read, Err("not_a_number")) || text == "12,", "{text}: {read:?}");
        }
        assert_eq!(euros("", Evidence::default()), Ok(None));
        assert_eq!(euros("99999999999999999999", Evidence::default()), Err("out_of_range"));
    }

    #[test]
    fn each_currency_has_its_decimals() {
        let read = |text: &str, currency| price(text, currency, Evidence::default()).unwrap().unwrap();
        assert_eq!(read("1980.00", Currency::JPY), (1980, false));
        assert_eq!(read("1050000", "VND".parse().unwrap()), (1_050_000, false));
        assert_eq!(read("1.234", "KWD".parse().unwrap()), (1234, false));
        assert_eq!(read("19.9951", Currency::EUR), (2000, true));
        assert_eq!(read("-4.5", Currency::EUR), (-450, false));
    }

    #[test]
    fn counts_and_weights_follow_the_file_too() {
        let german = learned(&["19,90"]);
        assert_eq!(whole("1.000", german).unwrap(), Some((1000, false)));
        assert_eq!(whole("-4", german).unwrap(), Some((-4, false)));
        assert_eq!(whole("2,5", german).unwrap(), Some((2, true)));
        assert_eq!(whole("1500.0", learned(&["1500.0"])).unwrap(), Some((1500, false)));
        assert_eq!(grams("56.41555101875", 1.0, Evidence::default()).unwrap(), Some(56));
        assert_eq!(grams("0,25", 1000.0, german).unwrap(), Some(250));
        assert!(grams("-1", 1.0, german).is_err());
    }
}

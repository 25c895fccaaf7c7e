//! Numbers as people and exports write them: read where they can mean one thing, refused where they would have to be guessed.
//!
//! The one reader of typed numbers. A price, a count and a rate are all whole numbers of some smallest unit: `19.99` with two
//! decimals is 1999. Floating point never touches them.

use std::borrow::Cow;
use std::fmt;

use crate::Currency;

/// Why a text is not a number of the wanted kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParseNumberError {
    /// Nothing but white space.
    Empty,
    /// Not digits with decimals and groups.
    NotANumber,
    /// The separator may mean thousands or decimals: `1,234`.
    Ambiguous,
    /// More decimals than there are.
    TooManyDecimals { allowed: u32 },
    /// An amount of another currency than the store's.
    OtherCurrency { own: Currency },
    /// It does not fit into 64 bits.
    Overflow,
}

impl ParseNumberError {
    /// The stable code for problem documents and translations.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "required",
            Self::NotANumber => "not_a_number",
            Self::Ambiguous => "ambiguous_separator",
            Self::TooManyDecimals { .. } => "too_many_decimals",
            Self::OtherCurrency { .. } => "other_currency",
            Self::Overflow => "out_of_range",
        }
    }
}

impl fmt::Display for ParseNumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("a number is required"),
            Self::NotANumber => f.write_str("this is not a number"),
            Self::Ambiguous => f.write_str("this may mean thousands or decimals; write it without thousands separators"),
            Self::TooManyDecimals { allowed: 0 } => f.write_str("this has no decimals"),
            Self::TooManyDecimals { allowed: 1 } => f.write_str("this has at most one decimal"),
            Self::TooManyDecimals { allowed } => write!(f, "this has at most {allowed} decimals"),
            Self::OtherCurrency { own } => write!(f, "prices here are in {own}"),
            Self::Overflow => f.write_str("the number is too large"),
        }
    }
}

impl std::error::Error for ParseNumberError {}

/// What one separator before exactly three digits means, as in `1.234`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum ThreeDigits {
    /// Nobody knows: a factor of a thousand is not guessed.
    Unknown,
    /// A dot begins decimals, which is how machines write amounts of three decimals.
    DecimalsAfterDot,
    /// Decimals, since thousands cannot be meant.
    Decimals,
}

/// A number with at most `decimals` decimals, in units of the last one: `2.5` with three decimals is 2500.
pub fn decimal(text: &str, decimals: u32) -> Result<i64, ParseNumberError> {
    scaled(text, decimals, ThreeDigits::Unknown)
}

/// A whole number; zeros behind a separator are fine, as exports write them: `5.00`.
pub fn whole(text: &str) -> Result<i64, ParseNumberError> {
    decimal(text, 0)
}

/// A share in percent, its sign optional. There are no thousands of percent, so `8.875` can only be decimals.
pub fn percent(text: &str, decimals: u32) -> Result<i64, ParseNumberError> {
    let text = text.trim();
    scaled(text.strip_suffix(['%', '％']).unwrap_or(text), decimals, ThreeDigits::Decimals)
}

/// A rate in parts per million as per cent, without zeros that say nothing: `19`, `5.5`, `8.875`.
pub fn percent_text(ppm: u32) -> String {
    let text = format!("{}.{:04}", ppm / 10_000, ppm % 10_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

pub(crate) fn scaled(text: &str, decimals: u32, three: ThreeDigits) -> Result<i64, ParseNumberError> {
    let text = narrow(text.trim());
    let text = text.as_ref();
    if text.is_empty() {
        return Err(ParseNumberError::Empty);
    }
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = split(unsigned, three)?;
    let units = units(&whole, fraction, decimals)?;
    i64::try_from(if negative { -units } else { units }).map_err(|_| ParseNumberError::Overflow)
}

/// The signs of East Asian keyboards as everybody else's.
fn narrow(text: &str) -> Cow<'_, str> {
    let narrowed = |letter: char| match letter {
        '０'..='９' => char::from_u32(u32::from(letter) - u32::from('０') + u32::from('0')),
        '．' => Some('.'),
        '，' => Some(','),
        '－' | '−' => Some('-'),
        _ => None,
    };
    if text.chars().any(|letter| narrowed(letter).is_some()) {
        text.chars().map(|letter| narrowed(letter).unwrap_or(letter)).collect()
    } else {
        Cow::Borrowed(text)
    }
}

fn is_space(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\'' | '’')
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The digits before and after the decimal separator, groups taken out.
fn split(text: &str, three: ThreeDigits) -> Result<(String, &str), ParseNumberError> {
    let Some(last) = text.rfind(['.', ',']) else {
        return Ok((ungrouped(text, is_space)?, ""));
    };
    let mark = if text[last..].starts_with('.') { '.' } else { ',' };
    let (whole, fraction) = (&text[..last], &text[last + 1..]);
    if !all_digits(fraction) {
        return Err(ParseNumberError::NotANumber);
    }
    let other = if mark == '.' { ',' } else { '.' };
    if whole.contains(mark) {
        // `1,234,567`: twice the same is grouping, and there are no decimals behind it.
        return Ok((ungrouped(text, |letter| letter == mark)?, ""));
    }
    if whole.contains(other) {
        // `1.234,56`: the last one begins the decimals.
        return Ok((ungrouped(whole, |letter| letter == other)?, fraction));
    }
    if whole.chars().any(is_space) {
        return Ok((ungrouped(whole, is_space)?, fraction));
    }
    if whole.is_empty() {
        return Ok((String::from("0"), fraction));
    }
    if !all_digits(whole) {
        return Err(ParseNumberError::NotANumber);
    }
    // `1,234` is a thousand to one reader and a bit over one to the other.
    let looks_grouped = fraction.len() == 3 && whole.len() <= 3 && !whole.starts_with('0');
    let is_decimals = three == ThreeDigits::Decimals || (three == ThreeDigits::DecimalsAfterDot && mark == '.');
    if looks_grouped && !is_decimals {
        return Err(ParseNumberError::Ambiguous);
    }
    Ok((whole.to_owned(), fraction))
}

/// Digits without what groups them: by threes, or the Indian way by twos with three at the end.
fn ungrouped(text: &str, is_mark: impl Fn(char) -> bool) -> Result<String, ParseNumberError> {
    let by_twos = text.contains(',');
    let groups: Vec<&str> = text.split(is_mark).collect();
    let plausible = match groups.as_slice() {
        [only] => all_digits(only),
        [first, between @ .., last] => {
            let wide = if by_twos && between.iter().any(|group| group.len() != 3) {
                2
            } else {
                3
            };
            (1..=wide).contains(&first.len()) && between.iter().all(|group| group.len() == wide) && last.len() == 3
        }
        [] => false,
    };
    if plausible && groups.iter().all(|group| all_digits(group)) {
        Ok(groups.concat())
    } else {
        Err(ParseNumberError::NotANumber)
    }
}

fn units(whole: &str, fraction: &str, decimals: u32) -> Result<i128, ParseNumberError> {
    let fraction = fraction.trim_end_matches('0');
    let missing = (decimals as usize)
        .checked_sub(fraction.len())
        .ok_or(ParseNumberError::TooManyDecimals { allowed: decimals })?;
    let zeros = std::iter::repeat_n(b'0', missing);
    whole.bytes().chain(fraction.bytes()).chain(zeros).try_fold(0_i128, |sum, digit| {
        let digit = i128::from(digit - b'0');
        sum.checked_mul(10)
            .and_then(|sum| sum.checked_add(digit))
            .ok_or(ParseNumberError::Overflow)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_read_in_groups_and_with_zeros_behind() {
        for (text, number) in [
            ("7", 7),
            (" 007 ", 7),
            ("-4", -4),
            ("−4", -4),
            ("5.00", 5),
            ("1500.0", 1500),
            ("1 000", 1000),
            ("1\u{202f}000", 1000),
            ("12'000", 12_000),
            ("1.234.567", 1_234_567),
            ("12,34,567", 1_234_567),
            ("２５", 25),
        ] {
            assert_eq!(whole(text), Ok(number), "{text}");
        }
    }

    #[test]
    fn a_thousand_is_not_guessed() {
        for text in ["1.000", "1,000", "12.000", "999,999"] {
            assert_eq!(whole(text), Err(ParseNumberError::Ambiguous), "{text}");
        }
        assert_eq!(decimal("1.250", 3), Err(ParseNumberError::Ambiguous));
        assert_eq!(decimal("0.250", 3), Ok(250));
        assert_eq!(decimal("1.25", 3), Ok(1250));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "abc",
            "1e3",
            "NaN",
            "--1",
            "+1",
            "5.",
            "-",
            ".",
            "1..2",
            "1 00",
            "10 00",
            "1.00.000",
            "1,2,3",
            "٣",
            "0x10",
            "1 .5",
            "1,23,4567",
        ] {
            assert_eq!(whole(text), Err(ParseNumberError::NotANumber), "{text}");
        }
        assert_eq!(whole(" \u{a0}"), Err(ParseNumberError::Empty));
        assert_eq!(whole("1.5"), Err(ParseNumberError::TooManyDecimals { allowed: 0 }));
        assert_eq!(whole(&"9".repeat(200)), Err(ParseNumberError::Overflow));
    }

    #[test]
    fn a_rate_is_written_without_empty_decimals() {
        let rates = [170_000, 55_000, 82_500, 88_750, 500, 1, 1_000_000, 0];
        assert_eq!(
            rates.map(percent_text),
            ["17", "5.5", "8.25", "8.875", "0.05", "0.0001", "100", "0"]
        );
    }

    #[test]
    fn a_share_has_no_thousands() {
        assert_eq!(percent("8.875", 4), Ok(88_750));
        assert_eq!(percent("9,975 %", 4), Ok(99_750));
        assert_eq!(percent("19", 2), Ok(1900));
        assert_eq!(percent("8.875", 2), Err(ParseNumberError::TooManyDecimals { allowed: 2 }));
        assert_eq!(percent("%", 2), Err(ParseNumberError::Empty));
    }
}

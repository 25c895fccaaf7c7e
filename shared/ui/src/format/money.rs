//! Money: minor units in, the reader's way of writing them out, and back.

use super::intl::{Setting, numbers};

/// Decimal places of a currency's minor unit after ISO 4217: 2 for most, 0 for JPY, 3 for KWD.
///
/// The browser has its own table, but it follows usage (ISK with two places in one release, none in the next), and the ledger follows ISO.
pub fn currency_exponent(currency: &str) -> u32 {
    match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "UYI" | "VND" | "VUV" | "XAF" | "XOF"
        | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        "CLF" | "UYW" => 4,
        _ => 2,
    }
}

/// Writes an amount of minor units with its currency: `format_money(1990, "EUR", Some("de"))` is `19,90 €`.
///
/// Exact up to 2^53 minor units, which is where JSON numbers end too.
pub fn format_money(minor: i64, currency: &str, locale: Option<&str>) -> String {
    let exponent = currency_exponent(currency);
    let settings = [
        Setting::Text("style", "currency"),
        Setting::Text("currency", currency),
        Setting::Digits("minimumFractionDigits", exponent),
        Setting::Digits("maximumFractionDigits", exponent),
    ];
    match numbers(currency, locale, &settings) {
        Some(formatter) => formatter.format(minor as f64 / 10_f64.powi(exponent as i32)),
        None => format!("{} {currency}", write_minor(minor, exponent, '.')),
    }
}

/// Writes an amount in few characters, for axes and tiles: 1234500 cents are `€12.3K`.
pub fn format_money_compact(minor: i64, currency: &str, locale: Option<&str>) -> String {
    let settings = [
        Setting::Text("style", "currency"),
        Setting::Text("currency", currency),
        Setting::Text("notation", "compact"),
        Setting::Digits("minimumFractionDigits", 0),
        Setting::Digits("maximumFractionDigits", 1),
    ];
    let amount = minor as f64 / 10_f64.powi(currency_exponent(currency) as i32);
    numbers(&format!("{currency}-compact"), locale, &settings)
        .map_or_else(|| format_money(minor, currency, locale), |formatter| formatter.format(amount))
}

/// The sign of a currency as the reader writes it: `€`, `US$`, `¥`.
pub fn currency_symbol(currency: &str, locale: Option<&str>) -> String {
    let zero = format_money(0, currency, locale);
    zero.chars()
        .filter(|c| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '\u{a0}' | '\u{202f}' | ' '))
        .collect()
}

/// Writes minor units the way one types them: no sign, no grouping, the locale's decimal mark.
pub fn format_money_input(minor: i64, currency: &str, locale: Option<&str>) -> String {
    write_minor(minor, currency_exponent(currency), decimal_mark(locale))
}

/// Reads what someone typed as an amount of minor units; `None` when it is no amount, or finer than the currency's minor unit.
///
/// Takes both decimal marks, grouping, spaces and apostrophes. `1.234` alone is read after the locale: 1234 in German, too fine in English EUR.
pub fn parse_money(text: &str, currency: &str, locale: Option<&str>) -> Option<i64> {
    parse_minor(text, currency_exponent(currency), decimal_mark(locale))
}

fn decimal_mark(locale: Option<&str>) -> char {
    let sample = numbers("decimal", locale, &[Setting::Digits("minimumFractionDigits", 1)])
        .map_or_else(String::new, |formatter| formatter.format(1.5));
    if sample.contains(',') { ',' } else { '.' }
}

fn write_minor(minor: i64, exponent: u32, mark: char) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    let scale = 10_u64.pow(exponent);
    let (whole, fraction) = (minor.unsigned_abs() / scale, minor.unsigned_abs() % scale);
    match exponent {
        0 => format!("{sign}{whole}"),
        places => format!("{sign}{whole}{mark}{fraction:0width$}", width = places as usize),
    }
}

fn parse_minor(text: &str, exponent: u32, mark: char) -> Option<i64> {
    let text: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’' | '\u{a0}' | '\u{202f}'))
        .collect();
    let (negative, digits) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, text.as_str()),
    };
    let (whole, fraction) = split_decimal(digits, mark)?;
    let whole: String = whole.chars().filter(|c| !matches!(c, '.' | ',')).collect();
    let all_digits = whole.chars().chain(fraction.chars()).all(|c| c.is_ascii_digit());
    let places = exponent as usize;
    if !all_digits || whole.is_empty() && fraction.is_empty() || fraction.len() > places {
        return None;
    }
    let minor: i64 = format!("{whole}{fraction:0<places$}").parse().ok()?;
    Some(if negative { -minor } else { minor })
}

// The last mark is the decimal one, unless it can only be grouping: three digits behind it, and not this locale's decimal mark.
fn split_decimal(digits: &str, mark: char) -> Option<(&str, &str)> {
    let Some(position) = digits.rfind(['.', ',']) else {
        return Some((digits, ""));
    };
    let found = digits[position..].chars().next()?;
    let (whole, fraction) = (&digits[..position], &digits[position + 1..]);
    let repeated = whole.contains(found);
    let grouping = repeated || (fraction.len() == 3 && found != mark && !whole.contains(mark));
    Some(if grouping { (digits, "") } else { (whole, fraction) })
}

#[cfg(test)]
mod tests {
    use super::{parse_minor, write_minor};

    #[test]
    fn amounts_are_written_with_the_exponent_of_their_currency() {
        assert_eq!(write_minor(1990, 2, ','), "19,90");
        assert_eq!(write_minor(-5, 2, '.'), "-0.05");
        assert_eq!(write_minor(1200, 0, '.'), "1200");
        assert_eq!(write_minor(1, 3, '.'), "0.001");
    }

    #[test]
    fn typed_amounts_are_read_with_either_decimal_mark() {
        assert_eq!(parse_minor("19.90", 2, '.'), Some(1990));
        assert_eq!(parse_minor("19,90", 2, '.'), Some(1990));
        assert_eq!(parse_minor("19,9", 2, ','), Some(1990));
        assert_eq!(parse_minor(" 1 234,50 ", 2, ','), Some(123_450));
        assert_eq!(parse_minor("1'234.50", 2, '.'), Some(123_450));
        assert_eq!(parse_minor("1.234,50", 2, ','), Some(123_450));
        assert_eq!(parse_minor("1,234.50", 2, ','), Some(123_450));
        assert_eq!(parse_minor(".5", 2, '.'), Some(50));
        assert_eq!(parse_minor("-3", 2, '.'), Some(-300));
    }

    #[test]
    fn three_digits_behind_a_mark_are_grouping_where_the_locale_says_so() {
        assert_eq!(parse_minor("1.234", 2, ','), Some(123_400));
        assert_eq!(parse_minor("1,234", 2, '.'), Some(123_400));
        assert_eq!(parse_minor("1,234,567", 2, '.'), Some(123_456_700));
        assert_eq!(parse_minor("1,234", 0, '.'), Some(1_234));
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in ["", "abc", "1.999", "1e5", "--1", ".", "12 €", "99999999999999999999"] {
            assert_eq!(parse_minor(text, 2, '.'), None, "{text}");
        }
        assert_eq!(parse_minor("1.5", 0, '.'), None);
    }
}

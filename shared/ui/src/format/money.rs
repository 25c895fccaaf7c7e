//! Money: minor units in, the reader's way of writing them out.

use orion_types::Currency;

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
pub(crate) fn format_money_input(minor: i64, currency: Currency, locale: Option<&str>) -> String {
    // With a comma three decimals would look like thousands, and could not be read back.
    let mark = if currency.exponent() == 3 { '.' } else { decimal_mark(locale) };
    write_minor(minor, currency.exponent(), mark)
}

fn decimal_mark(locale: Option<&str>) -> char {
    let sample = numbers("decimal", locale, &[Setting::Digits("minimumFractionDigits", 1)])
        .map_or_else(String::new, |formatter| formatter.format(1.5));
    if sample.contains(',') { ',' } else { '.' }
}

/// Writes a number of the smallest units with its decimals.
pub(crate) fn write_minor(minor: i64, exponent: u32, mark: char) -> String {
    let sign = if minor < 0 { "-" } else { "" };
    let scale = 10_u64.pow(exponent);
    let (whole, fraction) = (minor.unsigned_abs() / scale, minor.unsigned_abs() % scale);
    match exponent {
        0 => format!("{sign}{whole}"),
        places => format!("{sign}{whole}{mark}{fraction:0width$}", width = places as usize),
    }
}

#[cfg(test)]
mod tests {
    use super::write_minor;

    #[test]
    fn amounts_are_written_with_the_exponent_of_their_currency() {
        assert_eq!(write_minor(1990, 2, ','), "19,90");
        assert_eq!(write_minor(-5, 2, '.'), "-0.05");
        assert_eq!(write_minor(1200, 0, '.'), "1200");
        assert_eq!(write_minor(1, 3, '.'), "0.001");
    }
}

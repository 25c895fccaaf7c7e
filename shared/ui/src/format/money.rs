//! Money: minor units in, the reader's way of writing them out. From the same table as the server's pages and mails, so that no price changes
//! while an app loads.

use leptos::prelude::window;
use orion_i18n::Locale;
use orion_types::{Currency, Money};

use super::intl::{Setting, numbers};
use crate::settings::current_locale;

/// Decimal places of a currency's minor unit after ISO 4217: 2 for most, 0 for JPY, 3 for KWD.
pub fn currency_exponent(currency: &str) -> u32 {
    currency.parse::<Currency>().map_or(2, Currency::exponent)
}

/// Writes an amount of minor units with its currency: `format_money(1990, "EUR", Some("de"))` is `19,90 €`.
pub fn format_money(minor: i64, currency: &str, locale: Option<&str>) -> String {
    match currency.parse::<Currency>() {
        Ok(currency) => orion_i18n::format_money(Money::new(minor, currency), reader(locale)),
        Err(_) => format!("{} {currency}", write_minor(minor, 2, '.')),
    }
}

/// The sign of a currency as the reader writes it: `€`, `US$`, `¥`.
pub fn currency_symbol(currency: &str, locale: Option<&str>) -> String {
    orion_i18n::currency_sign(currency, reader(locale)).to_owned()
}

/// The language that amounts are written in: the page's, else the browser's where it is one of ours.
fn reader(locale: Option<&str>) -> Locale {
    let own = locale.map(str::to_owned).or_else(current_locale);
    own.or_else(|| window().navigator().language())
        .and_then(|code| Locale::parse(&code))
        .unwrap_or_default()
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

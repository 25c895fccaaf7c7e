//! Numbers, shares and amounts as CLDR writes them in each language.

use orion_types::Money;
use orion_types::number::percent_text;

use crate::Locale;

/// How a language writes numbers.
pub(crate) struct Numbers {
    pub decimal: &'static str,
    pub group: &'static str,
    /// Digits before the decimals from which they are grouped.
    pub group_from: usize,
    pub minus: &'static str,
    /// What stands before and behind a share in per cent.
    pub percent: (&'static str, &'static str),
    /// Whether the sign of a currency stands before the amount.
    pub sign_first: bool,
    /// What stands between an amount and the code of a currency without a sign.
    pub space: &'static str,
    /// The signs of currencies with the space that goes with them, ordered by code.
    pub signs: &'static [(&'static str, &'static str)],
}

/// Writes an amount as a reader of the language expects it: `€1,299.00`, `1.299,00 €`, `1 299,00 €`.
///
/// The one way in which pages, apps and mails write money: a browser's own table is of another year, and a price must not change while the app loads.
pub fn format_money(money: Money, locale: Locale) -> String {
    let numbers = locale.numbers();
    let (minus, amount) = written(&money.to_decimal_string(), numbers);
    let code = money.currency.code();
    let (before, after) = match (sign(code, numbers), numbers.sign_first) {
        (Some(sign), true) => (sign, ""),
        (Some(sign), false) => ("", sign),
        (None, true) => return [minus, code, numbers.space, &amount].concat(),
        (None, false) => return [minus, &amount, numbers.space, code].concat(),
    };
    [minus, before, &amount, after].concat()
}

/// The sign of a currency, or its code where the language has none for it.
pub fn currency_sign(code: &str, locale: Locale) -> &str {
    sign(code, locale.numbers()).map_or(code, str::trim)
}

/// Writes a rate in parts per million as per cent: `8.875%`, `8,875 %`.
pub fn format_percent(ppm: u32, locale: Locale) -> String {
    let numbers = locale.numbers();
    let (_, share) = written(&percent_text(ppm), numbers);
    [numbers.percent.0, &share, numbers.percent.1].concat()
}

/// Writes a whole number: `1,299`, `1.299`, `1 299`.
pub fn format_count(count: i64, locale: Locale) -> String {
    let (minus, count) = written(&count.to_string(), locale.numbers());
    [minus, &count].concat()
}

fn sign(code: &str, numbers: &Numbers) -> Option<&'static str> {
    let place = numbers.signs.binary_search_by(|(known, _)| (*known).cmp(code)).ok()?;
    numbers.signs.get(place).map(|(_, sign)| *sign)
}

/// The minus and the rest of a number with a dot, in the language's signs.
fn written(number: &str, numbers: &Numbers) -> (&'static str, String) {
    let (minus, digits) = number.strip_prefix('-').map_or(("", number), |digits| (numbers.minus, digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut amount = String::with_capacity(number.len() + 8);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 && whole.len() >= numbers.group_from {
            amount.push_str(numbers.group);
        }
        amount.push(digit);
    }
    if !fraction.is_empty() {
        amount.push_str(numbers.decimal);
        amount.push_str(fraction);
    }
    (minus, amount)
}

#[cfg(test)]
mod tests {
    use super::*;

    const THREE: [Locale; 3] = [Locale::En, Locale::Fr, Locale::De];
    use orion_types::Currency;

    fn price(minor: i64, code: &str) -> Money {
        Money::new(minor, code.parse().unwrap())
    }

    #[test]
    fn amounts_are_written_as_their_readers_do() {
        let euros = Money::new(129_900, Currency::EUR);
        assert_eq!(format_money(euros, Locale::En), "€1,299.00");
        assert_eq!(format_money(euros, Locale::De), "1.299,00\u{a0}€");
        assert_eq!(format_money(euros, Locale::Fr), "1\u{202f}299,00\u{a0}€");
        assert_eq!(format_money(Money::new(4_800, Currency::JPY), Locale::En), "¥4,800");
        assert_eq!(format_money(Money::new(-50, Currency::USD), Locale::En), "-$0.50");
    }

    #[test]
    fn every_currency_has_the_sign_that_cldr_gives_it() {
        for (minor, code, en, fr, de) in [
            (1_234_567, "CAD", "CA$12,345.67", "12\u{202f}345,67\u{a0}$CA", "12.345,67\u{a0}CA$"),
            (1_234_567, "INR", "₹12,345.67", "12\u{202f}345,67\u{a0}₹", "12.345,67\u{a0}₹"),
            (
                12_345,
                "XOF",
                "F\u{202f}CFA\u{a0}12,345",
                "12\u{202f}345\u{a0}F\u{202f}CFA",
                "12.345\u{a0}F\u{202f}CFA",
            ),
            (
                1_234_567,
                "CHF",
                "CHF\u{a0}12,345.67",
                "12\u{202f}345,67\u{a0}CHF",
                "12.345,67\u{a0}CHF",
            ),
            (
                12_345_678,
                "KWD",
                "KWD\u{a0}12,345.678",
                "12\u{202f}345,678\u{a0}KWD",
                "12.345,678\u{a0}KWD",
            ),
        ] {
            let written = THREE.iter().map(|locale| format_money(price(minor, code), *locale));
            assert_eq!(written.collect::<Vec<_>>(), [en, fr, de], "{code}");
        }
        assert_eq!(
            (currency_sign("XOF", Locale::En), currency_sign("KWD", Locale::Fr)),
            ("F\u{202f}CFA", "KWD")
        );
    }

    #[test]
    fn shares_and_counts_have_the_spaces_of_their_language() {
        let rates = THREE.iter().map(|locale| format_percent(88_750, *locale));
        assert_eq!(rates.collect::<Vec<_>>(), ["8.875%", "8,875\u{a0}%", "8,875\u{a0}%"]);
        let counts = THREE.iter().map(|locale| format_count(-12_345, *locale));
        assert_eq!(counts.collect::<Vec<_>>(), ["-12,345", "-12\u{202f}345", "-12.345"]);
    }

    #[test]
    fn signs_are_found_by_halving() {
        for locale in Locale::ALL {
            assert!(locale.numbers().signs.is_sorted(), "{locale:?}");
        }
    }
}

use orion_types::Money;

use crate::Locale;

/// Writes an amount as a reader of the language expects it: `€1,299.00`, `1.299,00 €`, `1 299,00 €`.
///
/// For the server's pages; in the browser `Intl` does it, with the same result for the currencies that have a sign here.
pub fn format_money(money: Money, locale: Locale) -> String {
    let decimal = money.to_decimal_string();
    let (sign, digits) = decimal.strip_prefix('-').map_or(("", decimal.as_str()), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let (group, mark) = match locale {
        Locale::En => (',', '.'),
        Locale::Fr => ('\u{202f}', ','),
        Locale::De => ('.', ','),
    };
    let mut amount = String::with_capacity(decimal.len() + 8);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            amount.push(group);
        }
        amount.push(digit);
    }
    if !fraction.is_empty() {
        amount.push(mark);
        amount.push_str(fraction);
    }
    let code = money.currency.to_string();
    match (locale, symbol(&code, locale)) {
        (Locale::En, Some(symbol)) => format!("{sign}{symbol}{amount}"),
        (Locale::En, None) => format!("{sign}{code}\u{a0}{amount}"),
        (Locale::Fr | Locale::De, symbol) => format!("{sign}{amount}\u{a0}{}", symbol.unwrap_or(&code)),
    }
}

fn symbol(code: &str, locale: Locale) -> Option<&'static str> {
    match (code, locale) {
        ("EUR", _) => Some("€"),
        ("USD", Locale::Fr) => Some("$US"),
        ("USD", _) => Some("$"),
        ("GBP", Locale::Fr) => Some("£GB"),
        ("GBP", _) => Some("£"),
        ("JPY", Locale::Fr) => Some("JPY"),
        ("JPY", _) => Some("¥"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use orion_types::Currency;

    #[test]
    fn amounts_are_written_as_their_readers_do() {
        let price = Money::new(129_900, Currency::EUR);
        assert_eq!(format_money(price, Locale::En), "€1,299.00");
        assert_eq!(format_money(price, Locale::De), "1.299,00\u{a0}€");
        assert_eq!(format_money(price, Locale::Fr), "1\u{202f}299,00\u{a0}€");
        assert_eq!(format_money(Money::new(4_800, Currency::JPY), Locale::En), "¥4,800");
        assert_eq!(format_money(Money::new(-50, Currency::USD), Locale::En), "-$0.50");
    }
}

//! Reads what a person or another shop's export wrote as a price.

use super::{Currency, Money};
use crate::number::{ParseNumberError, ThreeDigits, scaled};

/// What people write for a currency beside its code. Where several share a sign, it is the store's own.
const SIGNS: &[(&str, &[&str])] = &[
    ("AUD", &["A$", "AU$", "$"]),
    ("BRL", &["R$"]),
    ("CAD", &["C$", "CA$", "$"]),
    ("CHF", &["Fr.", "SFr."]),
    ("CNY", &["¥", "￥", "元"]),
    ("CZK", &["Kč"]),
    ("DKK", &["kr.", "kr"]),
    ("EUR", &["€"]),
    ("GBP", &["£"]),
    ("HKD", &["HK$", "$"]),
    ("HUF", &["Ft"]),
    ("ILS", &["₪"]),
    ("INR", &["₹"]),
    ("JPY", &["¥", "￥", "円"]),
    ("KRW", &["₩", "원"]),
    ("MXN", &["MX$", "$"]),
    ("NOK", &["kr.", "kr"]),
    ("NZD", &["NZ$", "$"]),
    ("PHP", &["₱"]),
    ("PLN", &["zł"]),
    ("SEK", &["kr.", "kr"]),
    ("SGD", &["S$", "$"]),
    ("THB", &["฿"]),
    ("TRY", &["₺"]),
    ("TWD", &["NT$"]),
    ("UAH", &["₴"]),
    ("USD", &["US$", "$"]),
    ("VND", &["₫"]),
];

impl Money {
    /// Reads an amount in major units, `19.99`, with a dot or comma before the decimals, in groups or not, and with the currency's own
    /// code or sign before or behind it.
    ///
    /// Zeros beyond the currency's decimals are accepted, since exports write yen as `1980.00`. What may mean a thousand times another
    /// amount (`19.999`), and what is in another currency, is refused.
    pub fn parse_decimal(text: &str, currency: Currency) -> Result<Self, ParseNumberError> {
        let bare = without_currency(text.trim(), currency)?;
        let three = if currency.exponent() == 3 {
            ThreeDigits::DecimalsAfterDot
        } else {
            ThreeDigits::Unknown
        };
        let amount_minor = scaled(bare, currency.exponent(), three)?;
        Ok(Self::new(amount_minor, currency))
    }
}

fn without_currency(text: &str, currency: Currency) -> Result<&str, ParseNumberError> {
    let own = SIGNS
        .iter()
        .find(|(code, _)| *code == currency.code())
        .map_or(&[][..], |(_, signs)| *signs);
    let bare = strip(text, currency.code(), own);
    if names_another(bare) {
        return Err(ParseNumberError::OtherCurrency { own: currency });
    }
    Ok(bare)
}

/// The amount without its code or sign, once and at one end.
fn strip<'a>(text: &'a str, code: &str, signs: &[&str]) -> &'a str {
    let code_before = text.get(..code.len()).is_some_and(|start| start.eq_ignore_ascii_case(code));
    if code_before {
        return text[code.len()..].trim_start();
    }
    let end = text.len().saturating_sub(code.len());
    if text.get(end..).is_some_and(|end| end.eq_ignore_ascii_case(code)) {
        return text[..end].trim_end();
    }
    let without = |sign: &&str| {
        text.strip_prefix(*sign)
            .map(str::trim_start)
            .or_else(|| text.strip_suffix(*sign).map(str::trim_end))
    };
    signs.iter().find_map(without).unwrap_or(text)
}

/// Whether a currency stands at the beginning or the end: its code, or a sign of any.
fn names_another(text: &str) -> bool {
    let word = |word: &str| word.to_ascii_uppercase().parse::<Currency>().is_ok();
    let first = text.split(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    let last = text.rsplit(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    let sign = |letter: char| matches!(letter, '$' | '\u{a2}'..='\u{a5}' | '\u{e3f}' | '\u{20a0}'..='\u{20cf}' | '￥' | '円' | '元' | '원');
    word(first) || word(last) || text.chars().any(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str, currency: Currency) -> Result<i64, ParseNumberError> {
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
            (".5", 50),
            ("-3.50", -350),
            ("1299", 129_900),
            ("1,234.56", 123_456),
            ("1.234,56", 123_456),
            ("1 234,56", 123_456),
            ("1'234.56", 123_456),
            ("1,23,456.00", 12_345_600),
            ("２５", 2500),
        ] {
            assert_eq!(parse(text, Currency::EUR), Ok(minor), "{text}");
        }
    }

    #[test]
    fn the_stores_own_currency_may_stand_beside_the_amount() {
        for text in ["€ 25", "€25", "25 €", "25 EUR", "eur 25", "25,00€"] {
            assert_eq!(parse(text, Currency::EUR), Ok(2500), "{text}");
        }
        assert_eq!(parse("$1,299.00", Currency::USD), Ok(129_900));
        assert_eq!(parse("¥1980", Currency::JPY), Ok(1980));
        assert_eq!(parse("￥１９８０", Currency::JPY), Ok(1980));
        assert_eq!(parse("1980円", Currency::JPY), Ok(1980));
    }

    #[test]
    fn another_currency_is_refused() {
        let own = Currency::EUR;
        for text in ["$25", "25 USD", "usd 25", "£ 25", "25 €€", "¥25"] {
            assert_eq!(parse(text, own), Err(ParseNumberError::OtherCurrency { own }), "{text}");
        }
        let own = Currency::USD;
        assert_eq!(parse("CA$ 25", own), Err(ParseNumberError::OtherCurrency { own }));
    }

    #[test]
    fn what_is_not_a_number_is_said_so() {
        for text in ["abc", "1e3", "--1", "+1", "5.", "1 00", "٣", "NaN", "-", ".", "1..2", "25 or so"] {
            assert_eq!(parse(text, Currency::EUR), Err(ParseNumberError::NotANumber), "{text}");
        }
        for text in ["  ", "€", "EUR"] {
            assert_eq!(parse(text, Currency::EUR), Err(ParseNumberError::Empty), "{text}");
        }
    }

    #[test]
    fn a_separator_that_may_mean_thousands_is_not_guessed() {
        for text in ["1,234", "1.234", "12,000", "19.999", "19,999"] {
            assert_eq!(parse(text, Currency::EUR), Err(ParseNumberError::Ambiguous), "{text}");
        }
        assert_eq!(parse("1,234", Currency::JPY), Err(ParseNumberError::Ambiguous));
        assert_eq!(parse("1,234", Currency::KWD), Err(ParseNumberError::Ambiguous));
        assert_eq!(parse("1.234", Currency::KWD), Ok(1234));
        assert_eq!(parse("0,234", Currency::KWD), Ok(234));
        assert_eq!(parse("1.234.567", Currency::EUR), Ok(123_456_700));
    }

    #[test]
    fn decimals_beyond_the_currency_are_refused_unless_they_are_zero() {
        let too_many = |allowed| Err(ParseNumberError::TooManyDecimals { allowed });
        assert_eq!(parse("19.9901", Currency::EUR), too_many(2));
        assert_eq!(parse("0.001", Currency::EUR), too_many(2));
        assert_eq!(parse("1999.50", Currency::JPY), too_many(0));
        assert_eq!(parse("1980.00", Currency::JPY), Ok(1980));
        assert_eq!(parse("19.9900", Currency::EUR), Ok(1999));
    }

    #[test]
    fn amounts_beyond_64_bits_are_refused() {
        assert_eq!(parse("92233720368547758.07", Currency::EUR), Ok(i64::MAX));
        assert_eq!(parse("-92233720368547758.08", Currency::EUR), Ok(i64::MIN));
        assert_eq!(parse("92233720368547758.08", Currency::EUR), Err(ParseNumberError::Overflow));
        assert_eq!(parse(&"9".repeat(200), Currency::EUR), Err(ParseNumberError::Overflow));
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

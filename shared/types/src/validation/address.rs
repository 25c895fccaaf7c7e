//! Countries and postal codes.

use super::FieldError;

/// Longest postal code, in characters.
pub const MAX_POSTAL_CODE_LENGTH: usize = 12;

/// The officially assigned codes of ISO 3166-1 alpha-2, ordered.
pub const COUNTRY_CODES: [&str; 249] = [
    "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AQ", "AR", "AS", "AT", "AU", "AW", "AX", "AZ", "BA", "BB", "BD", "BE", "BF", "BG",
    "BH", "BI", "BJ", "BL", "BM", "BN", "BO", "BQ", "BR", "BS", "BT", "BV", "BW", "BY", "BZ", "CA", "CC", "CD", "CF", "CG", "CH", "CI",
    "CK", "CL", "CM", "CN", "CO", "CR", "CU", "CV", "CW", "CX", "CY", "CZ", "DE", "DJ", "DK", "DM", "DO", "DZ", "EC", "EE", "EG", "EH",
    "ER", "ES", "ET", "FI", "FJ", "FK", "FM", "FO", "FR", "GA", "GB", "GD", "GE", "GF", "GG", "GH", "GI", "GL", "GM", "GN", "GP", "GQ",
    "GR", "GS", "GT", "GU", "GW", "GY", "HK", "HM", "HN", "HR", "HT", "HU", "ID", "IE", "IL", "IM", "IN", "IO", "IQ", "IR", "IS", "IT",
    "JE", "JM", "JO", "JP", "KE", "KG", "KH", "KI", "KM", "KN", "KP", "KR", "KW", "KY", "KZ", "LA", "LB", "LC", "LI", "LK", "LR", "LS",
    "LT", "LU", "LV", "LY", "MA", "MC", "MD", "ME", "MF", "MG", "MH", "MK", "ML", "MM", "MN", "MO", "MP", "MQ", "MR", "MS", "MT", "MU",
    "MV", "MW", "MX", "MY", "MZ", "NA", "NC", "NE", "NF", "NG", "NI", "NL", "NO", "NP", "NR", "NU", "NZ", "OM", "PA", "PE", "PF", "PG",
    "PH", "PK", "PL", "PM", "PN", "PR", "PS", "PT", "PW", "PY", "QA", "RE", "RO", "RS", "RU", "RW", "SA", "SB", "SC", "SD", "SE", "SG",
    "SH", "SI", "SJ", "SK", "SL", "SM", "SN", "SO", "SR", "SS", "ST", "SV", "SX", "SY", "SZ", "TC", "TD", "TF", "TG", "TH", "TJ", "TK",
    "TL", "TM", "TN", "TO", "TR", "TT", "TV", "TW", "TZ", "UA", "UG", "UM", "US", "UY", "UZ", "VA", "VC", "VE", "VG", "VI", "VN", "VU",
    "WF", "WS", "YE", "YT", "ZA", "ZM", "ZW",
];

/// How postal codes are written, ordered by country: `N` is a digit, `A` a letter, all else stands for itself.
const POSTAL_FORMATS: &[(&str, &[&str])] = &[
    ("AT", &["NNNN"]),
    ("AU", &["NNNN"]),
    ("BE", &["NNNN"]),
    ("BG", &["NNNN"]),
    ("BR", &["NNNNN-NNN"]),
    ("CA", &["ANA NAN"]),
    ("CH", &["NNNN"]),
    ("CN", &["NNNNNN"]),
    ("CZ", &["NNN NN"]),
    ("DE", &["NNNNN"]),
    ("DK", &["NNNN"]),
    ("EE", &["NNNNN"]),
    ("ES", &["NNNNN"]),
    ("FI", &["NNNNN"]),
    ("FR", &["NNNNN"]),
    ("GB", &["AN NAA", "ANN NAA", "AAN NAA", "AANN NAA", "ANA NAA", "AANA NAA"]),
    ("GR", &["NNN NN"]),
    ("HR", &["NNNNN"]),
    ("HU", &["NNNN"]),
    ("IN", &["NNNNNN"]),
    ("IT", &["NNNNN"]),
    ("JP", &["NNN-NNNN"]),
    ("KR", &["NNNNN"]),
    ("LI", &["NNNN"]),
    ("LU", &["NNNN"]),
    ("MC", &["NNNNN"]),
    ("MX", &["NNNNN"]),
    ("NL", &["NNNN AA"]),
    ("NO", &["NNNN"]),
    ("NZ", &["NNNN"]),
    ("PL", &["NN-NNN"]),
    ("PT", &["NNNN-NNN"]),
    ("RO", &["NNNNNN"]),
    ("SE", &["NNN NN"]),
    ("SG", &["NNNNNN"]),
    ("SI", &["NNNN"]),
    ("SK", &["NNN NN"]),
    ("US", &["NNNNN", "NNNNN-NNNN"]),
];

/// Countries of which a customer may have no postal code to give, ordered.
const WITHOUT_POSTAL_CODES: &[&str] = &[
    "AE", "AG", "AO", "AW", "BF", "BI", "BJ", "BS", "BW", "BZ", "CD", "CF", "CG", "CI", "CM", "CW", "DJ", "DM", "ER", "FJ", "GD", "GM",
    "GQ", "GY", "HK", "KI", "KM", "KP", "ML", "MO", "MR", "NR", "QA", "RW", "SB", "SC", "SL", "SR", "ST", "SX", "SY", "TD", "TG", "TL",
    "TO", "TV", "UG", "VU", "YE", "ZW",
];

/// An ISO 3166-1 alpha-2 country code; returns it in upper case.
pub fn country_code(text: &str) -> Result<&'static str, FieldError> {
    let code = text.trim().to_ascii_uppercase();
    if code.is_empty() {
        return Err(FieldError::Required);
    }
    let found = COUNTRY_CODES.binary_search(&code.as_str());
    found.map(|index| COUNTRY_CODES[index]).map_err(|_| FieldError::InvalidCountry)
}

/// A postal code of the country (alpha-2, upper case); returns it as the post writes it: `sw1a1aa` is `SW1A 1AA`.
///
/// Countries without a rule here accept any 1 to 12 letters, digits, spaces and hyphens; where a country has no postal
/// codes, empty is fine too.
pub fn postal_code(text: &str, country: &str) -> Result<String, FieldError> {
    let code = text.trim().to_uppercase();
    if code.is_empty() {
        let none_expected = WITHOUT_POSTAL_CODES.binary_search(&country).is_ok();
        return if none_expected { Ok(code) } else { Err(FieldError::Required) };
    }
    if code.chars().count() > MAX_POSTAL_CODE_LENGTH {
        return Err(FieldError::TooLong {
            max: MAX_POSTAL_CODE_LENGTH,
        });
    }
    let Ok(index) = POSTAL_FORMATS.binary_search_by_key(&country, |(country, _)| country) else {
        let allowed = |c: char| c.is_alphanumeric() || c == ' ' || c == '-';
        let plausible = code.chars().all(allowed) && code.chars().any(char::is_alphanumeric);
        return if plausible { Ok(code) } else { Err(FieldError::InvalidPostalCode) };
    };
    let (_, formats) = POSTAL_FORMATS[index];
    formats
        .iter()
        .find_map(|format| written_as(&code, format))
        .ok_or(FieldError::InvalidPostalCode)
}

/// Writes the letters and digits of `code` the way `format` shows, if they fit it exactly.
fn written_as(code: &str, format: &str) -> Option<String> {
    let mut given = code.chars().filter(|c| *c != ' ' && *c != '-');
    let mut written = String::with_capacity(format.len());
    for expected in format.chars() {
        written.push(match expected {
            'N' => given.next().filter(char::is_ascii_digit)?,
            'A' => given.next().filter(char::is_ascii_uppercase)?,
            separator => separator,
        });
    }
    given.next().is_none().then_some(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_country_table_is_ordered_and_agrees_with_the_currency_table() {
        assert!(COUNTRY_CODES.is_sorted_by(|a, b| a < b));
        for code in COUNTRY_CODES {
            assert_eq!(code.parse::<iso_currency::Country>().unwrap().to_string(), code);
        }
    }

    #[test]
    fn a_country_is_an_assigned_code() {
        assert_eq!(country_code(" de "), Ok("DE"));
        assert_eq!(country_code("SS"), Ok("SS"));
        for text in ["XX", "UK", "DEU", "D", "ZZ", "EU", "D\u{cb}"] {
            assert_eq!(country_code(text), Err(FieldError::InvalidCountry), "{text}");
        }
        assert_eq!(country_code(""), Err(FieldError::Required));
    }

    #[test]
    fn the_postal_tables_are_ordered_and_name_real_countries() {
        assert!(POSTAL_FORMATS.is_sorted_by_key(|(country, _)| country));
        assert!(WITHOUT_POSTAL_CODES.is_sorted());
        let named = POSTAL_FORMATS.iter().map(|(country, _)| country).chain(WITHOUT_POSTAL_CODES);
        for country in named {
            assert_eq!(country_code(country), Ok(*country));
        }
    }

    #[test]
    fn a_postal_code_is_written_as_the_post_does() {
        for (country, text, expected) in [
            ("DE", " 10115 ", "10115"),
            ("FR", "75008", "75008"),
            ("LU", "1234", "1234"),
            ("US", "94103", "94103"),
            ("US", "941031234", "94103-1234"),
            ("US", "94103-1234", "94103-1234"),
            ("JP", "1000001", "100-0001"),
            ("GB", "sw1a1aa", "SW1A 1AA"),
            ("GB", "M1 1AE", "M1 1AE"),
            ("CA", "k1a0b1", "K1A 0B1"),
            ("NL", "1012ab", "1012 AB"),
            ("PL", "00001", "00-001"),
            ("IE", "d02 af30", "D02 AF30"),
            ("AE", "", ""),
        ] {
            assert_eq!(postal_code(text, country).as_deref(), Ok(expected), "{country} {text}");
        }
    }

    #[test]
    fn a_postal_code_of_another_country_is_refused() {
        for (country, text) in [
            ("DE", "1011"),
            ("DE", "101155"),
            ("DE", "1O115"),
            ("DE", "１０１１５"),
            ("FR", "7500A"),
            ("US", "9410"),
            ("US", "94103-12"),
            ("JP", "100001"),
            ("GB", "12345"),
            ("LU", "L-1234"),
            ("IE", "<b>"),
            ("IE", "--"),
        ] {
            assert_eq!(postal_code(text, country), Err(FieldError::InvalidPostalCode), "{country} {text}");
        }
        assert_eq!(postal_code("", "DE"), Err(FieldError::Required));
        assert_eq!(postal_code("1234567890123", "IE"), Err(FieldError::TooLong { max: 12 }));
    }
}

//! Countries.

use super::FieldError;

/// The officially assigned codes of ISO 3166-1 alpha-2, and those of places with a post of their own that it only reserves
/// (AC Ascension, TA Tristan da Cunha) or leaves to its users (XK Kosovo); ordered.
pub const COUNTRY_CODES: [&str; 252] = [
    "AC", "AD", "AE", "AF", "AG", "AI", "AL", "AM", "AO", "AQ", "AR", "AS", "AT", "AU", "AW", "AX", "AZ", "BA", "BB", "BD", "BE", "BF",
    "BG", "BH", "BI", "BJ", "BL", "BM", "BN", "BO", "BQ", "BR", "BS", "BT", "BV", "BW", "BY", "BZ", "CA", "CC", "CD", "CF", "CG", "CH",
    "CI", "CK", "CL", "CM", "CN", "CO", "CR", "CU", "CV", "CW", "CX", "CY", "CZ", "DE", "DJ", "DK", "DM", "DO", "DZ", "EC", "EE", "EG",
    "EH", "ER", "ES", "ET", "FI", "FJ", "FK", "FM", "FO", "FR", "GA", "GB", "GD", "GE", "GF", "GG", "GH", "GI", "GL", "GM", "GN", "GP",
    "GQ", "GR", "GS", "GT", "GU", "GW", "GY", "HK", "HM", "HN", "HR", "HT", "HU", "ID", "IE", "IL", "IM", "IN", "IO", "IQ", "IR", "IS",
    "IT", "JE", "JM", "JO", "JP", "KE", "KG", "KH", "KI", "KM", "KN", "KP", "KR", "KW", "KY", "KZ", "LA", "LB", "LC", "LI", "LK", "LR",
    "LS", "LT", "LU", "LV", "LY", "MA", "MC", "MD", "ME", "MF", "MG", "MH", "MK", "ML", "MM", "MN", "MO", "MP", "MQ", "MR", "MS", "MT",
    "MU", "MV", "MW", "MX", "MY", "MZ", "NA", "NC", "NE", "NF", "NG", "NI", "NL", "NO", "NP", "NR", "NU", "NZ", "OM", "PA", "PE", "PF",
    "PG", "PH", "PK", "PL", "PM", "PN", "PR", "PS", "PT", "PW", "PY", "QA", "RE", "RO", "RS", "RU", "RW", "SA", "SB", "SC", "SD", "SE",
    "SG", "SH", "SI", "SJ", "SK", "SL", "SM", "SN", "SO", "SR", "SS", "ST", "SV", "SX", "SY", "SZ", "TA", "TC", "TD", "TF", "TG", "TH",
    "TJ", "TK", "TL", "TM", "TN", "TO", "TR", "TT", "TV", "TW", "TZ", "UA", "UG", "UM", "US", "UY", "UZ", "VA", "VC", "VE", "VG", "VI",
    "VN", "VU", "WF", "WS", "XK", "YE", "YT", "ZA", "ZM", "ZW",
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_country_table_is_ordered_and_agrees_with_the_currency_table() {
        assert!(COUNTRY_CODES.is_sorted_by(|a, b| a < b));
        for code in COUNTRY_CODES.into_iter().filter(|code| !["AC", "TA", "XK"].contains(code)) {
            assert_eq!(code.parse::<iso_currency::Country>().unwrap().to_string(), code);
        }
    }

    #[test]
    fn a_country_is_an_assigned_code() {
        assert_eq!(country_code(" de "), Ok("DE"));
        assert_eq!(country_code("SS"), Ok("SS"));
        assert_eq!(country_code("xk"), Ok("XK"));
        for text in ["XX", "UK", "DEU", "D", "ZZ", "EU", "D\u{cb}"] {
            assert_eq!(country_code(text), Err(FieldError::InvalidCountry), "{text}");
        }
        assert_eq!(country_code(""), Err(FieldError::Required));
    }
}

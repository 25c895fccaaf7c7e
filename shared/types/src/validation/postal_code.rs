//! Postal codes of every country.

use regex_lite::Regex;

use super::{FieldError, latin};

/// Longest postal code, in characters.
pub const MAX_POSTAL_CODE_LENGTH: usize = 12;

/// A line for each country, made by `scripts/postal-codes`: the country, whether it has codes, the pattern of a code, the
/// shapes codes are written in (`X` is a letter or digit), and what people put before one. Only the server reads it.
const TABLE: &str = include_str!("postal_codes.tsv");

/// A postal code of the country (alpha-2, upper case); returns it as the post writes it: `sw1a1aa` is `SW1A 1AA`.
///
/// What comes with a code and is no part of it is left out: the sign of the country (`L-1234`), the Japanese 〒, wide digits.
/// Where the country has no codes, or an address is complete without one, empty is fine; where it has none, any 1 to 12
/// letters, digits, spaces and hyphens are too.
pub fn postal_code(text: &str, country: &str) -> Result<String, FieldError> {
    let code = tidy(text);
    let mut columns = TABLE
        .lines()
        .map(|line| line.split('\t'))
        .find_map(|mut columns| (columns.next() == Some(country)).then_some(columns))
        .ok_or(FieldError::InvalidCountry)?;
    let mut column = || columns.next().unwrap_or_default();
    let (need, pattern, shapes, signs) = (column(), column(), column(), column());
    if code.is_empty() {
        return if need == "required" { Err(FieldError::Required) } else { Ok(code) };
    }
    if pattern.is_empty() {
        return plausible(code);
    }
    let pattern = Regex::new(&format!("^(?:{pattern})$")).map_err(|_| FieldError::InvalidPostalCode)?;
    let bare = signs.split('|').filter_map(|sign| code.strip_prefix(sign));
    let found = std::iter::once(code.as_str())
        .chain(bare.map(|code| code.trim_start_matches([' ', '-'])))
        .find_map(|code| written(code, shapes, &pattern));
    match found {
        None if code.chars().count() > MAX_POSTAL_CODE_LENGTH => Err(FieldError::TooLong {
            max: MAX_POSTAL_CODE_LENGTH,
        }),
        found => found.ok_or(FieldError::InvalidPostalCode),
    }
}

/// The code in upper case and in the signs of a keyboard, with single spaces.
fn tidy(text: &str) -> String {
    let plain: String = text.trim().trim_start_matches('〒').chars().filter_map(latin).collect();
    plain.to_uppercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn plausible(code: String) -> Result<String, FieldError> {
    if code.chars().count() > MAX_POSTAL_CODE_LENGTH {
        return Err(FieldError::TooLong {
            max: MAX_POSTAL_CODE_LENGTH,
        });
    }
    let allowed = |c: char| c.is_alphanumeric() || c == ' ' || c == '-';
    let plausible = code.chars().all(allowed) && code.chars().any(char::is_alphanumeric);
    if plausible { Ok(code) } else { Err(FieldError::InvalidPostalCode) }
}

/// The code in the first shape in which the pattern knows it, or as it is if that fits.
fn written(code: &str, shapes: &str, pattern: &Regex) -> Option<String> {
    let shaped = shapes.split('|').filter_map(|shape| shaped(code, shape));
    let fits = |code: &String| code.chars().count() <= MAX_POSTAL_CODE_LENGTH && pattern.is_match(code);
    shaped.chain([code.to_owned()]).find(fits)
}

/// The letters and digits of `code` the way `shape` shows, if there are as many.
fn shaped(code: &str, shape: &str) -> Option<String> {
    let mut given = code.chars().filter(|c| *c != ' ' && *c != '-');
    let mut written = String::with_capacity(shape.len());
    for expected in shape.chars() {
        written.push(if expected == 'X' { given.next()? } else { expected });
    }
    given.next().is_none().then_some(written)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validation::COUNTRY_CODES;

    #[test]
    fn the_table_knows_every_country_and_its_patterns_are_readable() {
        let countries: Vec<&str> = TABLE.lines().filter_map(|line| line.split('\t').next()).collect();
        let all: Vec<&str> = COUNTRY_CODES
            .into_iter()
            .filter(|code| !["AQ", "BV", "HM", "TF"].contains(code))
            .collect();
        assert!(all.iter().all(|code| countries.contains(code)));
        assert!(countries.iter().all(|code| COUNTRY_CODES.contains(code)));
        for line in TABLE.lines() {
            let columns: Vec<&str> = line.split('\t').collect();
            assert_eq!(columns.len(), 5, "{line}");
            assert!(Regex::new(columns[2]).is_ok(), "{line}");
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
            ("GB", "gir0aa", "GIR 0AA"),
            ("GB", "BFPO61", "BFPO 61"),
            ("GB", "BFPO 1234", "BFPO 1234"),
            ("CA", "k1a0b1", "K1A 0B1"),
            ("NL", "1012ab", "1012 AB"),
            ("PL", "00001", "00-001"),
            ("SE", "11455", "114 55"),
            ("GR", "10431", "104 31"),
            ("BR", "01310100", "01310-100"),
            ("IE", "d02 af30", "D02 AF30"),
            ("PE", "lima 23", "LIMA 23"),
            ("XK", "10000", "10000"),
            ("AE", "0000", "0000"),
        ] {
            assert_eq!(postal_code(text, country).as_deref(), Ok(expected), "{country} {text}");
        }
    }

    #[test]
    fn what_comes_with_a_code_is_left_out() {
        for (country, text, expected) in [
            ("LU", "L-1234", "1234"),
            ("LU", "l 1234", "1234"),
            ("DE", "D-10115", "10115"),
            ("AT", "A-1010", "1010"),
            ("CH", "CH-8000", "8000"),
            ("SE", "SE-114 55", "114 55"),
            ("SE", "S\u{2013}11455", "114 55"),
            ("JP", "〒100-0001", "100-0001"),
            ("JP", "１００－０００１", "100-0001"),
            ("NL", "1012\u{a0}AB", "1012 AB"),
            ("HT", "HT6120", "6120"),
            ("AZ", "AZ 1000", "1000"),
        ] {
            assert_eq!(postal_code(text, country).as_deref(), Ok(expected), "{country} {text}");
        }
    }

    #[test]
    fn an_address_needs_no_code_where_its_country_needs_none() {
        for country in ["AE", "GH", "JM", "PA", "TT", "BO", "IE", "CL", "CO", "PE", "KE", "VN", "SA", "XK"] {
            assert_eq!(postal_code(" ", country).as_deref(), Ok(""), "{country}");
        }
        for country in ["DE", "US", "JP", "GB", "LU"] {
            assert_eq!(postal_code("", country), Err(FieldError::Required), "{country}");
        }
    }

    #[test]
    fn a_postal_code_of_another_country_is_refused() {
        for (country, text) in [
            ("DE", "1011"),
            ("DE", "101155"),
            ("DE", "1O115"),
            ("DE", "F-10115"),
            ("FR", "7500A"),
            ("US", "9410"),
            ("US", "94103-12"),
            ("JP", "100001"),
            ("GB", "12345"),
            ("TR", "x"),
            ("TR", "99999"),
            ("ZA", "hello"),
            ("ES", "99999"),
            ("IE", "<b>"),
            ("IE", "--"),
            ("GH", "<b>"),
        ] {
            assert_eq!(postal_code(text, country), Err(FieldError::InvalidPostalCode), "{country} {text}");
        }
        assert_eq!(postal_code("1234567890123", "IE"), Err(FieldError::TooLong { max: 12 }));
        assert_eq!(postal_code("1234567890123", "GH"), Err(FieldError::TooLong { max: 12 }));
    }
}

//! Telephone numbers.

use super::latin;

/// Longest telephone number with its extension, in characters.
pub const MAX_PHONE_LENGTH: usize = 40;
/// Fewest digits of a number that can be dialled.
const MIN_DIGITS: usize = 4;
/// Most digits of an extension.
const MAX_EXTENSION_DIGITS: usize = 8;
/// What stands between a number and its extension, longest first; the first is RFC 3966's.
const EXTENSION_MARKS: [&str; 8] = [";ext=", "extension", "durchwahl", "poste", "ext.", "ext", "x", "#"];

/// A telephone number as it was typed, in the signs of a plain keyboard and without `tel:`; empty is none, which is fine.
///
/// `None` for what cannot be dialled. A number is not rewritten: how it is grouped differs by country and house.
pub fn phone(text: &str) -> Option<String> {
    let plain: String = text.trim().chars().filter_map(latin).collect();
    let plain = plain.trim();
    let number = match plain.get(..4) {
        Some(scheme) if scheme.eq_ignore_ascii_case("tel:") => plain[4..].trim(),
        _ => plain,
    };
    let lower = number.to_ascii_lowercase();
    let split = EXTENSION_MARKS.iter().find_map(|mark| lower.split_once(mark));
    let (main, extension) = split.map_or((lower.as_str(), None), |(main, extension)| (main, Some(extension.trim())));
    let fits = number.is_empty() || (is_number(main) && extension.is_none_or(is_extension));
    (fits && number.chars().count() <= MAX_PHONE_LENGTH).then(|| number.to_owned())
}

fn is_number(text: &str) -> bool {
    let dialled = |c: char| c.is_ascii_digit() || " +()-./,".contains(c);
    text.chars().all(dialled) && text.chars().filter(char::is_ascii_digit).count() >= MIN_DIGITS
}

fn is_extension(text: &str) -> bool {
    (1..=MAX_EXTENSION_DIGITS).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_taken_as_people_and_address_books_write_them() {
        for (typed, kept) in [
            ("", ""),
            ("+44 (0)20 7930-0000", "+44 (0)20 7930-0000"),
            ("+352\u{a0}26\u{202f}12\u{a0}34", "+352 26 12 34"),
            ("tel:+1-201-555-0123", "+1-201-555-0123"),
            ("TEL: 030 123456", "030 123456"),
            ("tel:+1-201-555-0123;ext=12", "+1-201-555-0123;ext=12"),
            ("(201) 555-0123 x12", "(201) 555-0123 x12"),
            ("201-555-0123 Ext. 12", "201-555-0123 Ext. 12"),
            ("201-555-0123, extension 12", "201-555-0123, extension 12"),
            ("01 23 45 67 89 poste 4", "01 23 45 67 89 poste 4"),
            ("030 1234 #56", "030 1234 #56"),
            ("\u{202a}+49 30 123456\u{202c}", "+49 30 123456"),
            ("＋８１　３－１２３４－５６７８", "+81 3-1234-5678"),
            ("030 \u{2013} 123456", "030 - 123456"),
        ] {
            assert_eq!(phone(typed).as_deref(), Some(kept), "{typed:?}");
        }
    }

    #[test]
    fn what_cannot_be_dialled_is_refused() {
        for typed in [
            "call me",
            "x12",
            "123",
            "030 123456 x",
            "030 123456 x12a",
            "030\n123456",
            "tel:",
            "030 1234 ext 123456789",
        ] {
            assert_eq!(phone(typed).filter(|number| !number.is_empty()), None, "{typed:?}");
        }
        assert_eq!(phone(&"1".repeat(MAX_PHONE_LENGTH + 1)), None);
    }
}

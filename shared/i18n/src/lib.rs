//! Every sentence of the shop in every language, for the server's pages, the apps and the mails, and how each language writes numbers.
//!
//! A language is a file, `languages/CODE.toml`. The build makes Rust of it: a sentence that is missing in one language does not compile, and
//! nothing is parsed in the browser.

mod colours;
mod locale;
mod number;
#[cfg(test)]
#[path = "../build/plural.rs"]
mod plural;
mod table;

pub use colours::{colour, swatches};
pub use locale::{LANGUAGE_COOKIE, Locale};
pub use number::{currency_sign, format_count, format_money, format_percent};
pub use table::{Counted, Text};

/// Puts values in place of the `{name}`s of a sentence; a name without a value stays as it is.
pub fn fill(sentence: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(sentence.len() + 16);
    let mut rest = sentence;
    // One pass, so that a value that looks like a placeholder is not replaced again.
    while let Some(start) = rest.find('{') {
        filled.push_str(&rest[..start]);
        let after = &rest[start + 1..];
        let found = after.find('}').and_then(|end| {
            let value = values.iter().find(|(name, _)| *name == &after[..end])?;
            Some((end, value.1))
        });
        match found {
            Some((end, value)) => {
                filled.push_str(value);
                rest = &after[end + 1..];
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// The letter that stands for a name where there is no picture.
pub fn initial(name: &str) -> Option<char> {
    // By number and not by kind: the tables of what is a letter are larger than any page of the shop. The range is punctuation.
    let is_letter = |letter: &char| letter.is_ascii_alphanumeric() || (*letter >= 'À' && !('\u{2000}'..='\u{206f}').contains(letter));
    name.chars().find(is_letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_stood_for_by_its_first_letter() {
        assert_eq!(initial("<b>Mug</b>"), Some('b'));
        assert_eq!(initial("“Ölkanne”"), Some('Ö'));
        assert_eq!(initial("…"), None);
    }

    #[test]
    fn values_are_put_in_once() {
        assert_eq!(fill("{count} of {total}", &[("count", "{total}"), ("total", "9")]), "{total} of 9");
        assert_eq!(fill("a {b} c {", &[]), "a {b} c {");
    }
}

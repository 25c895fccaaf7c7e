//! Every sentence of the shop in English, French and German, for the server's pages and for the app.
//!
//! A plain table: a sentence that is missing in one language does not compile, and nothing is parsed in the browser.

mod colours;
mod locale;
mod money;
mod table;
mod texts;

pub use colours::{colour, swatches};
pub use locale::{LANGUAGE_COOKIE, Locale};
pub use money::format_money;
pub use table::Text;

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

    fn placeholders(sentence: &str) -> Vec<&str> {
        let mut found: Vec<&str> = sentence.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn no_sentence_is_empty_in_any_language() {
        for (name, text) in Text::ALL {
            for locale in Locale::ALL {
                assert!(!text.words(*locale).trim().is_empty(), "{name} in {locale:?}");
            }
        }
    }

    #[test]
    fn placeholders_are_the_same_in_all_languages() {
        for (name, text) in Text::ALL {
            let english = placeholders(text.words(Locale::En));
            for locale in Locale::ALL {
                assert_eq!(placeholders(text.words(*locale)), english, "{name} in {locale:?}");
            }
        }
    }

    #[test]
    fn a_text_is_found_by_its_name() {
        for (name, text) in Text::ALL {
            assert_eq!(Text::by_name(name), Some(*text));
        }
        assert_eq!(Text::by_name("NoSuchText"), None);
    }

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

//! The sentences, made of `languages/*.toml`.

use crate::{Locale, fill, format_count};

/// A sentence of the shop.
///
/// Each stands for itself and not in one table of all: a download keeps only the sentences that its pages name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text(&'static [&'static str; Locale::ALL.len()]);

impl Text {
    const fn new(words: &'static [&'static str; Locale::ALL.len()]) -> Self {
        Self(words)
    }

    /// The sentence in a language, with its `{placeholders}`.
    pub const fn words(self, locale: Locale) -> &'static str {
        self.0[locale as usize]
    }

    /// The sentence with a name.
    pub fn by_name(name: &str) -> Option<Self> {
        let (_, text) = Self::ALL.iter().find(|(known, _)| *known == name)?;
        Some(*text)
    }
}

/// A sentence about a number of things, in the forms that each language has for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted(&'static [&'static [&'static str]; Locale::ALL.len()]);

impl Counted {
    const fn new(forms: &'static [&'static [&'static str]; Locale::ALL.len()]) -> Self {
        Self(forms)
    }

    /// The sentence about so many in a language.
    pub fn say(self, count: i64, locale: Locale) -> String {
        let form = self.0[locale as usize][locale.form(count.unsigned_abs())];
        fill(form, &[("count", &format_count(count, locale))])
    }

    /// The sentence with a name.
    pub fn by_name(name: &str) -> Option<Self> {
        let (_, counted) = Self::ALL.iter().find(|(known, _)| *known == name)?;
        Some(*counted)
    }
}

include!(concat!(env!("OUT_DIR"), "/sentences.rs"));

#[cfg(test)]
mod tests {
    use super::*;

    const THREE: [Locale; 3] = [Locale::En, Locale::Fr, Locale::De];

    #[test]
    fn one_thing_is_not_called_many() {
        let cart = |count| {
            THREE
                .iter()
                .map(|locale| Counted::CartCount.say(count, *locale))
                .collect::<Vec<_>>()
        };
        assert_eq!(cart(1), ["Cart, 1 item", "Panier, 1 article", "Warenkorb, 1 Artikel"]);
        assert_eq!(cart(0), ["Cart, 0 items", "Panier, 0 article", "Warenkorb, 0 Artikel"]);
        assert_eq!(
            cart(1200),
            ["Cart, 1,200 items", "Panier, 1\u{202f}200 articles", "Warenkorb, 1.200 Artikel"]
        );
        let show = THREE.iter().map(|locale| Counted::ShowResults.say(1, *locale));
        assert_eq!(
            show.collect::<Vec<_>>(),
            ["Show 1 product", "Afficher 1 produit", "1 Produkt zeigen"]
        );
    }

    #[test]
    fn no_sentence_breaks_before_its_last_sign() {
        for (name, text) in Text::ALL {
            let (french, german) = (text.words(Locale::Fr), text.words(Locale::De));
            for wrong in [" ?", " !", " ;", " :", " »", "« ", " %"] {
                assert!(!french.contains(wrong), "{name}: {french}");
            }
            assert!(!german.contains(" %"), "{name}: {german}");
        }
    }

    #[test]
    fn a_text_is_found_by_its_name() {
        assert_eq!(Text::by_name("Cart"), Some(Text::Cart));
        assert_eq!(Counted::by_name("Products"), Some(Counted::Products));
        assert_eq!(Text::by_name("NoSuchText"), None);
    }
}

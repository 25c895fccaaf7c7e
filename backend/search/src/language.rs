//! What a store's language means for words: their endings, their order, and whether they are put together without a space.

use icu_collator::options::CollatorOptions;
use icu_collator::{CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;
use rust_stemmers::{Algorithm, Stemmer};

use crate::SearchError;

/// A language at work.
pub(crate) struct Language {
    stemmer: Option<Stemmer>,
    compounds: bool,
    collator: CollatorBorrowed<'static>,
}

impl Language {
    /// Of a locale such as `de` or `pt-BR`.
    ///
    /// # Errors
    /// When the program has no order for it.
    pub fn of(locale: &str) -> Result<Self, SearchError> {
        let code = locale.split(['-', '_']).next().unwrap_or_default();
        // The database sorts by CLDR's root order where a language has none of its own; so does the collator.
        let wanted: Locale = code.parse().unwrap_or(Locale::UNKNOWN);
        let collator = CollatorBorrowed::try_new(CollatorPreferences::from(&wanted), CollatorOptions::default())
            .map_err(|error| SearchError::Foreign(format!("no order for {locale}: {error}")))?;
        Ok(Self {
            stemmer: algorithm(code).map(Stemmer::create),
            compounds: matches!(code, "de" | "nl" | "sv" | "da" | "nb" | "nn" | "no" | "fi" | "hu"),
            collator,
        })
    }

    /// A word in small letters without its ending.
    pub fn stem(&self, word: &str) -> String {
        match &self.stemmer {
            Some(stemmer) => stemmer.stem(word).into_owned(),
            None => word.to_owned(),
        }
    }

    /// Whether words are put together without a space.
    pub fn compounds(&self) -> bool {
        self.compounds
    }

    /// What sorts as the title does: byte by byte, and equal only for equal titles, as in the database.
    pub fn key(&self, title: &str) -> Vec<u8> {
        let mut key = Vec::with_capacity(title.len() * 3);
        let Ok(()) = self.collator.write_sort_key_to(title, &mut key);
        // The database stores no NUL: it ends what sorts and begins what decides.
        key.push(0);
        key.extend_from_slice(title.as_bytes());
        key
    }
}

fn algorithm(code: &str) -> Option<Algorithm> {
    Some(match code {
        "en" => Algorithm::English,
        "de" => Algorithm::German,
        "fr" => Algorithm::French,
        "es" => Algorithm::Spanish,
        "it" => Algorithm::Italian,
        "nl" => Algorithm::Dutch,
        "pt" => Algorithm::Portuguese,
        "sv" => Algorithm::Swedish,
        "da" => Algorithm::Danish,
        "no" | "nb" | "nn" => Algorithm::Norwegian,
        "fi" => Algorithm::Finnish,
        "hu" => Algorithm::Hungarian,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

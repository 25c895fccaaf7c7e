//! The settings by key, each read with what was expected, so that a bad value can be named.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::fs;
use std::str::FromStr;

/// One line that says which key is wrong and what was expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{key}: {message}")]
pub struct ConfigError {
    /// The key, as it is written in the environment.
    pub key: String,
    /// What is wrong with it.
    pub message: String,
}

impl ConfigError {
    pub(super) fn new(key: &str, message: impl Display) -> Self {
        Self {
            key: key.to_owned(),
            message: message.to_string(),
        }
    }
}

/// The values by key and which keys were asked for, so that unknown ones can be named.
pub(super) struct Source {
    values: BTreeMap<String, String>,
    asked: BTreeSet<String>,
}

impl Source {
    pub(super) fn new(file: BTreeMap<String, String>, variables: BTreeMap<String, String>) -> Self {
        let mut values = file;
        for key in variables.keys() {
            // The environment wins, whichever of a secret's two spellings the file uses.
            values.remove(&format!("{key}_FILE"));
            if let Some(key) = key.strip_suffix("_FILE") {
                values.remove(key);
            }
        }
        values.extend(variables);
        Self {
            values,
            asked: BTreeSet::new(),
        }
    }

    /// The text of a key; `KEY_FILE` names a file that holds it.
    pub(super) fn text(&mut self, key: &str) -> Result<Option<String>, ConfigError> {
        let file_key = format!("{key}_FILE");
        self.asked.insert(key.to_owned());
        self.asked.insert(file_key.clone());
        if let Some(path) = self.values.get(&file_key) {
            let text = fs::read_to_string(path).map_err(|error| ConfigError::new(&file_key, format!("{path}: {error}")))?;
            return Ok(Some(text.trim_end_matches(['\n', '\r']).to_owned()));
        }
        Ok(self.values.get(key).filter(|text| !text.is_empty()).cloned())
    }

    pub(super) fn parse<T: FromStr>(&mut self, key: &str, default: T, expected: &str) -> Result<T, ConfigError> {
        match self.text(key)? {
            None => Ok(default),
            Some(text) => text
                .trim()
                .parse()
                .map_err(|_| ConfigError::new(key, format!("expected {expected}, found {text:?}"))),
        }
    }

    pub(super) fn within<T: FromStr + PartialOrd + Display + Copy>(
        &mut self,
        key: &str,
        default: T,
        least: T,
        most: T,
        what: &str,
    ) -> Result<T, ConfigError> {
        let expected = format!("{what} ({least}–{most})");
        let value = self.parse(key, default, &expected)?;
        if value < least || value > most {
            return Err(ConfigError::new(key, format!("expected {expected}, found {value}")));
        }
        Ok(value)
    }

    pub(super) fn flag(&mut self, key: &str) -> Result<Option<bool>, ConfigError> {
        match self.text(key)?.as_deref() {
            None => Ok(None),
            Some("true" | "1" | "yes" | "on") => Ok(Some(true)),
            Some("false" | "0" | "no" | "off") => Ok(Some(false)),
            Some(other) => Err(ConfigError::new(key, format!("expected true or false, found {other:?}"))),
        }
    }

    pub(super) fn list<T: FromStr>(&mut self, key: &str, expected: &str) -> Result<Vec<T>, ConfigError> {
        let text = self.text(key)?.unwrap_or_default();
        let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
        items
            .map(|item| {
                item.parse()
                    .map_err(|_| ConfigError::new(key, format!("expected {expected}, found {item:?}")))
            })
            .collect()
    }

    /// Keys of ours that nothing has asked for: most likely misspelt.
    pub(super) fn unknown(&self) -> Vec<&str> {
        // Set by scripts and tests, not read by the server.
        let ours = ["ORION_CONFIG", "ORION_CACHE", "ORION_ROOT", "ORION_BIN", "ORION_PG_BIN"];
        let unknown = |key: &&String| {
            key.starts_with("ORION_")
                && !self.asked.contains(*key)
                && !ours.contains(&key.as_str())
                && !key.starts_with("ORION_TEST_")
                && !key.starts_with("ORION_WASM_")
        };
        self.values.keys().filter(unknown).map(String::as_str).collect()
    }
}

#[cfg(test)]
impl Source {
    /// The keys that were asked for, without the spelling that names a file.
    pub(super) fn asked(&self) -> BTreeSet<&str> {
        self.asked
            .iter()
            .map(String::as_str)
            .filter(|key| !key.ends_with("_FILE"))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn misspelt_keys_are_named() {
        let mut source = Source::new(
            BTreeMap::new(),
            pairs(&[("ORION_ENV", "test"), ("ORION_PROT", "80"), ("ORION_CACHE", "/x"), ("HOME", "/")]),
        );
        assert_eq!(source.text("ORION_ENV").unwrap().as_deref(), Some("test"));
        assert_eq!(source.unknown(), ["ORION_PROT"]);
    }

    #[test]
    fn the_environment_wins_over_the_file_in_either_spelling() {
        let file = pairs(&[
            ("ORION_METRICS_TOKEN_FILE", "/nowhere"),
            ("ORION_MAIL_SMTP_URL", "smtp://file"),
            ("ORION_PORT", "1"),
        ]);
        let environment = pairs(&[
            ("ORION_METRICS_TOKEN", "given"),
            ("ORION_MAIL_SMTP_URL_FILE", "/given"),
            ("ORION_PORT", "2"),
        ]);
        assert_eq!(Source::new(file, environment.clone()).values, environment);
    }
}

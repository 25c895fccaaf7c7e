//! How the browser reads answers.
//!
//! The server reads with serde, whose code for every pair of type and format is quick and large: it was a sixth of what a phone
//! downloads before it can show a shop. Answers are small, so here every type goes through one parser and a few shared functions.
//! The derive takes the spelling of a type from its `#[serde(…)]` attributes; the tests hold the two readers against each other.

mod parse;
mod read;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;

pub use orion_json_derive::FromJson;

/// A JSON text, read but not yet understood.
#[derive(Debug, Clone, PartialEq)]
pub enum Json<'a> {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// As it is written: an amount never becomes a floating-point number.
    Number(&'a str),
    /// Borrowed where nothing is escaped.
    Text(Cow<'a, str>),
    /// `[…]`
    List(Vec<Json<'a>>),
    /// `{…}`, in the order of the text.
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

/// A type that can be read.
pub trait FromJson: Sized {
    /// The value, or where and why there is none.
    fn from_json(json: &Json<'_>) -> Result<Self, JsonError>;
}

/// Reads a value from a JSON text.
pub fn from_str<T: FromJson>(text: &str) -> Result<T, JsonError> {
    T::from_json(&Json::parse(text)?)
}

/// Why a text could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonError {
    /// The way to the value, such as `/items/3/price`.
    at: String,
    expected: &'static str,
}

impl JsonError {
    /// Something else was expected.
    #[cold]
    pub fn expected(expected: &'static str) -> Self {
        Self {
            at: String::new(),
            expected,
        }
    }

    /// The same, one level up.
    #[cold]
    #[inline(never)]
    fn below(mut self, step: &str) -> Self {
        self.at.insert_str(0, step);
        self.at.insert(0, '/');
        self
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected ")?;
        f.write_str(self.expected)?;
        f.write_str(" at ")?;
        f.write_str(if self.at.is_empty() { "/" } else { &self.at })
    }
}

impl std::error::Error for JsonError {}

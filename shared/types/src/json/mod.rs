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
pub use read::Reader;

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
    /// The value. Where the text has another one, that is noted at the reader, and anything may stand in: to leave early at every field
    /// would be most of the code.
    fn from_json(json: &Json<'_>, reader: &mut Reader) -> Self;
}

/// Reads a value from a JSON text.
pub fn from_str<T: FromJson>(text: &str) -> Result<T, JsonError> {
    let json = Json::parse(text)?;
    let mut reader = Reader::default();
    let value = T::from_json(&json, &mut reader);
    reader.finish(value)
}

/// Why a text could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonError {
    /// The way to the value, such as `/items/3/price`.
    at: String,
    expected: &'static str,
}

impl JsonError {
    #[cold]
    fn new(at: String, expected: &'static str) -> Self {
        Self { at, expected }
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

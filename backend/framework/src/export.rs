//! What a module can write into a file: its records in batches, each as rows of a table and as one JSON document.

use chrono::{DateTime, Utc};
use orion_types::StoreId;
use orion_types::permission::Permission;
use serde_json::Value;

use crate::db::{DbError, PlatformTx, StoreTx};
use crate::problem::{BAD_QUERY, ProblemDraft};

/// Signs with which a cell becomes a formula in a spreadsheet.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text, whatever it looks like.
    Text(String),
    /// A number that is made of digits, a point and a sign, such as `-1.50`.
    Number(String),
}

impl Cell {
    /// A text; nothing when it is empty.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    /// A whole number.
    pub fn number(number: impl Into<i64>) -> Self {
        Self::Number(number.into().to_string())
    }

    /// `true` or `false`.
    pub fn flag(flag: bool) -> Self {
        Self::Text(flag.to_string())
    }

    /// A moment.
    pub fn time(at: DateTime<Utc>) -> Self {
        Self::Text(at.to_rfc3339())
    }
}

/// A text that no spreadsheet takes for a formula: an apostrophe goes before it. [`as_written`] takes it off again.
pub fn harmless(text: &str) -> std::borrow::Cow<'_, str> {
    if text.trim_start_matches('\'').starts_with(FORMULA) {
        format!("'{text}").into()
    } else {
        text.into()
    }
}

/// The text behind [`harmless`].
pub fn as_written(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(FORMULA) => rest,
        _ => text,
    }
}

/// One thing: its rows in a table, and itself as a document.
#[derive(Debug, Clone)]
pub struct Record {
    /// At least one; as wide as the columns.
    pub rows: Vec<Vec<Cell>>,
    /// The same as JSON.
    pub document: Value,
    /// Files of the storage that belong to it; an archive of the whole store takes them along.
    pub files: Vec<Attached>,
}

impl Record {
    /// A record that has no files.
    pub fn new(rows: Vec<Vec<Cell>>, document: Value) -> Self {
        Self {
            rows,
            document,
            files: Vec::new(),
        }
    }
}

/// A file of the store's storage, under the name that it has in an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// Its name in the archive, such as `pictures/1.jpg`.
    pub name: String,
    /// Its key in the storage.
    pub key: String,
}

/// Some records, and the place behind them; `None` when there are no more.
#[derive(Debug, Clone)]
pub struct Batch {
    /// The records.
    pub records: Vec<Record>,
    /// Where the next batch begins.
    pub next: Option<Value>,
}

impl Batch {
    /// All there is.
    pub fn all(records: Vec<Record>) -> Self {
        Self { records, next: None }
    }

    /// Records in the order of a key: `found` has one more than `size` where more follow.
    pub fn cut<R>(mut found: Vec<R>, size: usize, place: impl Fn(&R) -> Value, record: impl FnMut(&R) -> Record) -> Self {
        let more = found.len() > size;
        found.truncate(size);
        Self {
            next: found.last().filter(|_| more).map(place),
            records: found.iter().map(record).collect(),
        }
    }
}

/// Why records could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// What was asked for makes no sense.
    #[error("the filter is not understood")]
    Invalid(ProblemDraft),
    /// The place is none of this source's.
    #[error("the place of the next batch cannot be read")]
    Place(#[from] serde_json::Error),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The file could not be written.
    #[error("the file could not be written")]
    File(#[from] std::io::Error),
}

impl From<ProblemDraft> for ExportError {
    fn from(draft: ProblemDraft) -> Self {
        Self::Invalid(draft)
    }
}

impl From<diesel::result::Error> for ExportError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

/// Reads the batch of a store's records that begins at a place; the text is the filter.
pub type StoreReader = fn(&mut StoreTx, &str, Option<Value>) -> Result<Batch, ExportError>;

/// Likewise across stores: it narrows what it reads to the store itself.
pub type PlatformReader = fn(&mut PlatformTx, StoreId, Option<Value>) -> Result<Batch, ExportError>;

/// Who reads records.
#[derive(Debug, Clone, Copy)]
pub enum Reader {
    /// The store, which sees nothing but its own.
    Store(StoreReader),
    /// The platform, for what no store sees by itself, such as who works for it.
    Platform(PlatformReader),
}

/// For a source whose list cannot be narrowed.
///
/// # Errors
/// When it is to be.
pub fn no_filter(filter: &str) -> Result<(), ProblemDraft> {
    if filter.is_empty() {
        Ok(())
    } else {
        Err(ProblemDraft::new(&BAD_QUERY).detail("is not there: all of these are written"))
    }
}

/// What can be written out. `filter` is the query string of the list that shows the same, without its page.
#[derive(Debug, Clone, Copy)]
pub struct ExportSource {
    /// What it is of, such as `orders`.
    pub kind: &'static str,
    /// The name of another program's format when the columns are its; `None` for our own.
    pub layout: Option<&'static str>,
    /// Whoever holds it may have the file.
    pub right: Permission,
    /// The tables whose rows it writes; those of all sources together are what a store can take away.
    pub tables: &'static [&'static str],
    /// The headings.
    pub columns: &'static [&'static str],
    /// Whether the filter is understood.
    pub check: fn(&str) -> Result<(), ProblemDraft>,
    /// How many records there are, where that is known in a moment.
    pub count: fn(&mut StoreTx, &str) -> Result<Option<i64>, ExportError>,
    /// The records, batch by batch.
    pub read: Reader,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_made_harmless_and_comes_back_as_it_was() {
        for formula in ["=1+1", "+49 151 1", "-4", "@SUM(A1)", "\tx", "\r=1", "'=1", "''-"] {
            let written = harmless(formula);
            assert!(!written.starts_with(FORMULA) && written.starts_with('\''), "{formula:?}");
            assert_eq!(as_written(&written), formula);
        }
    }

    #[test]
    fn other_texts_stay_as_they_are() {
        for text in ["", "Mug", "it's", "'quoted'", "5-6", "a=b", "' apart"] {
            assert_eq!(harmless(text), text);
            assert_eq!(as_written(text), text);
        }
    }
}

//! What an import says about rows that it could not take.

use std::fmt;

/// Something wrong with one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RowError {
    /// The line of the file, counted from 1 with the header.
    pub line: i32,
    /// The column as the file calls it; empty when the whole row is meant.
    pub column: String,
    pub code: String,
    pub detail: String,
}

impl RowError {
    pub fn new(line: i32, column: impl Into<String>, code: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            line,
            column: column.into(),
            code: code.into(),
            detail: detail.into(),
        }
    }
}

/// Why a file cannot be imported at all, in a sentence for the person who sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FileError(pub String);

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What became of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Created,
    Updated,
    Unchanged,
}

/// What a few products have come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub rows: i32,
    pub created: i32,
    pub updated: i32,
    pub unchanged: i32,
    pub failed: i32,
    pub errors: Vec<RowError>,
}

impl Tally {
    pub fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Created => self.created += 1,
            Outcome::Updated => self.updated += 1,
            Outcome::Unchanged => self.unchanged += 1,
        }
    }

    pub fn fail(&mut self, errors: Vec<RowError>) {
        self.failed += 1;
        self.errors.extend(errors);
    }
}

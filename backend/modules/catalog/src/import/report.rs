//! What an import says about rows that it could not take, and about what it took otherwise than they say.

use std::fmt;

use crate::model::ChangeRow;

/// Whether a line of the report tells of a loss.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Severity {
    /// The product was refused.
    Error,
    /// It was taken, and not as the file says.
    Note,
}

impl Severity {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Note => "note",
        }
    }
}

/// Something to say about one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RowError {
    /// The line of the file, counted from 1 with the header.
    pub line: i32,
    /// The column as the file calls it; empty when the whole row is meant.
    pub column: String,
    pub code: String,
    pub detail: String,
    pub severity: Severity,
    /// The product's handle; empty when the whole file is meant.
    pub product: String,
    /// What the cell says, shortened.
    pub value: String,
}

impl RowError {
    pub fn new(line: i32, column: impl Into<String>, code: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            line,
            column: column.into(),
            code: code.into(),
            detail: detail.into(),
            severity: Severity::Error,
            product: String::new(),
            value: String::new(),
        }
    }

    /// The same as a note: nothing was refused for it.
    pub fn noted(self) -> Self {
        Self {
            severity: Severity::Note,
            ..self
        }
    }

    /// What the cell says.
    pub fn of(self, value: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            ..self
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
    /// The choices of the import leave it out.
    Left,
}

/// What a few products have come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub rows: i32,
    pub created: i32,
    pub updated: i32,
    pub unchanged: i32,
    pub failed: i32,
    /// Products that the choices leave out.
    pub left: i32,
    /// Products that the file does not name and that were archived for it.
    pub missing: i32,
    pub lines: Vec<RowError>,
    /// The rows of what was refused.
    pub refused: Vec<Refused>,
    /// What was done, to be undone.
    pub changes: Vec<ChangeRow>,
}

/// A row of a refused product, to be mended and sent again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refused {
    pub line: i32,
    /// What is wrong with it; empty in a row that is only refused along with its product.
    pub reason: String,
    pub cells: Vec<String>,
}

impl Tally {
    pub fn count(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::Created => self.created += 1,
            Outcome::Updated => self.updated += 1,
            Outcome::Unchanged => self.unchanged += 1,
            Outcome::Left => self.left += 1,
        }
    }

    pub fn fail(&mut self, errors: Vec<RowError>, refused: Vec<Refused>) {
        self.failed += 1;
        self.lines.extend(errors);
        self.refused.extend(refused);
    }

    /// Notes about a product that was taken.
    pub fn note(&mut self, notes: Vec<RowError>) {
        self.lines.extend(notes);
    }

    /// How many lines are notes.
    pub fn notes(&self) -> i32 {
        let notes = self.lines.iter().filter(|line| line.severity == Severity::Note).count();
        i32::try_from(notes).unwrap_or(i32::MAX)
    }
}

//! What an archive says about itself.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The name of the list in the archive.
pub(crate) const NAME: &str = "manifest.json";

/// The form of the archive; another number is another form.
pub(crate) const FORM: u32 = 1;

/// The list of an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The archive's form, 1.
    pub form: u32,
    /// The version of the program that made it.
    pub program: String,
    /// The moment that its rows are of.
    pub made_at: DateTime<Utc>,
    /// The one store that is in it; absent: all are.
    pub store: Option<StoreOf>,
    /// Versions of the migrations that had run, oldest first.
    pub migrations: Vec<String>,
    /// What is in each table.
    pub tables: Vec<TableOf>,
    /// Number of files of the storage; none where they were left out.
    pub files: u64,
    /// Their bytes.
    pub file_bytes: u64,
    /// Files that went while it was made, or whose content was gone before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vanished: Vec<String>,
}

/// A store in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreOf {
    /// Its id.
    pub id: Uuid,
    /// Its code.
    pub code: String,
}

/// A table in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableOf {
    /// The table.
    pub name: String,
    /// Its columns, in the order of a row's texts.
    pub columns: Vec<String>,
    /// Rows that are in the archive.
    pub rows: u64,
    /// SHA-256 of its member, in hexadecimal digits.
    pub sha256: String,
}

impl Manifest {
    /// All rows.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }

    pub(crate) fn table(&self, name: &str) -> Option<&TableOf> {
        self.tables.iter().find(|table| table.name == name)
    }
}

impl TableOf {
    /// Its member of the archive.
    pub(crate) fn member(&self) -> String {
        member(&self.name)
    }

    /// The place of a column among a row's texts.
    pub(crate) fn place(&self, column: &str) -> Option<usize> {
        self.columns.iter().position(|name| name == column)
    }
}

/// The member of the archive that holds a table.
pub(crate) fn member(table: &str) -> String {
    format!("data/{table}.jsonl")
}

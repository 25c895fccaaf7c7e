//! What an archive says about itself.

use chrono::{DateTime, Utc};
use orion_types::Currency;
use orion_types::export::ExportMember;
use serde::{Deserialize, Serialize};

/// The name of the list in the archive.
pub(super) const NAME: &str = "manifest.json";
/// What tells this archive from any other ZIP.
const FORMAT: &str = "orion-store";
/// The form of the archive; another number is another form.
const VERSION: u32 = 1;

/// Whose archive it is, and of when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct About {
    /// `orion-store`.
    pub(super) format: String,
    /// The archive's form, 1.
    pub(super) version: u32,
    /// The version of the program that wrote it.
    pub(super) program: String,
    /// The store's code.
    pub(super) store: String,
    /// The store's currency, ISO 4217.
    pub(super) currency: String,
    /// When the first record was read.
    pub(super) begun_at: DateTime<Utc>,
}

impl About {
    pub(super) fn new(store: &str, currency: Currency, begun_at: DateTime<Utc>) -> Self {
        Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            store: store.to_owned(),
            currency: currency.code().to_owned(),
            begun_at,
        }
    }
}

/// A file of the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Member {
    pub(super) name: String,
    /// Rows below the headings, or lines; absent for other files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) rows: Option<i64>,
    pub(super) bytes: i64,
    /// SHA-256 in hexadecimal.
    pub(super) sha256: String,
}

/// The list of an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    #[serde(flatten)]
    pub(super) about: About,
    /// When the last one was.
    pub(super) made_at: DateTime<Utc>,
    /// Every file but this list.
    pub(super) members: Vec<Member>,
    /// Files that the storage no longer had.
    pub(super) missing: Vec<String>,
}

impl Manifest {
    /// The files by name, those of a folder as one.
    pub(super) fn summary(&self) -> Vec<ExportMember> {
        let mut summary: Vec<ExportMember> = Vec::new();
        for member in &self.members {
            let folder = member.name.split_once('/').map(|(folder, _)| format!("{folder}/"));
            let single = folder.is_none();
            let name = folder.unwrap_or_else(|| member.name.clone());
            match summary.last_mut().filter(|last| last.name == name) {
                Some(last) => {
                    last.rows = last.rows.map(|rows| rows + 1);
                    last.bytes += member.bytes;
                }
                None => summary.push(ExportMember {
                    name,
                    rows: if single { member.rows } else { Some(1) },
                    bytes: member.bytes,
                }),
            }
        }
        summary
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_one_entry_with_its_files_counted() {
        let member = |name: &str, rows, bytes| Member {
            name: name.to_owned(),
            rows,
            bytes,
            sha256: String::new(),
        };
        let manifest = Manifest {
            about: About::new("acme", Currency::EUR, DateTime::UNIX_EPOCH),
            made_at: DateTime::UNIX_EPOCH,
            members: vec![
                member("products.csv", Some(3), 30),
                member("pictures/1.jpg", None, 5),
                member("pictures/2.jpg", None, 6),
                member("README.txt", None, 9),
            ],
            missing: Vec::new(),
        };
        let summary: Vec<_> = manifest.summary().into_iter().map(|one| (one.name, one.rows, one.bytes)).collect();
        let expected = [
            ("products.csv".to_owned(), Some(3), 30),
            ("pictures/".to_owned(), Some(2), 11),
            ("README.txt".to_owned(), None, 9),
        ];
        assert_eq!(summary, expected);
    }
}

//! Reading an archive.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use orion_framework::storage::folder_of;
use orion_types::StoreId;
use sha2::{Digest, Sha256};
use uuid::Uuid;
use zip::ZipArchive;

use crate::BackupError;
use crate::archive::hexadecimal;
use crate::manifest::{FORM, Manifest, NAME, TableOf};

/// The folder of files in the archive.
pub(crate) const FILES: &str = "files";

/// An archive to read from.
pub(crate) struct Taken {
    zip: ZipArchive<BufReader<File>>,
    pub manifest: Manifest,
}

/// A row: the text of each column, none for NULL.
pub(crate) type Row = Vec<Option<String>>;

impl Taken {
    /// Opens an archive and reads its list.
    pub fn open(path: &Path) -> Result<Self, BackupError> {
        let file = File::open(path).map_err(BackupError::at(path))?;
        let mut zip = ZipArchive::new(BufReader::new(file))?;
        let manifest: Manifest = serde_json::from_reader(zip.by_name(NAME)?)?;
        if manifest.form != FORM {
            return Err(BackupError::Refused(format!(
                "the archive has form {}, and this program reads form {FORM}",
                manifest.form
            )));
        }
        Ok(Self { zip, manifest })
    }

    /// Reads a table to its end; a member that is not what the list says is an error.
    pub fn table(&mut self, table: &TableOf, mut take: impl FnMut(&str) -> Result<(), BackupError>) -> Result<(), BackupError> {
        let broken = |text: String| BackupError::Broken(format!("{}: {text}", table.member()));
        let mut reader = BufReader::new(self.zip.by_name(&table.member())?);
        let (mut digest, mut rows, mut line) = (Sha256::new(), 0, String::new());
        loop {
            line.clear();
            if reader.read_line(&mut line).map_err(|error| broken(error.to_string()))? == 0 {
                break;
            }
            digest.update(&line);
            rows += 1;
            take(line.trim_end_matches('\n'))?;
        }
        if rows != table.rows {
            return Err(broken(format!("{rows} rows instead of {}", table.rows)));
        }
        if hexadecimal(&digest.finalize()) != table.sha256 {
            return Err(broken("other rows than the list says".to_owned()));
        }
        Ok(())
    }

    /// The names of all members.
    pub fn members(&self) -> Vec<String> {
        self.zip.file_names().map(str::to_owned).collect()
    }

    /// Reads a member to its end.
    pub fn member<T>(&mut self, name: &str, read: impl FnOnce(&mut dyn Read) -> io::Result<T>) -> Result<T, BackupError> {
        let mut member = self.zip.by_name(name)?;
        read(&mut member).map_err(|error| BackupError::Broken(format!("{name}: {error}")))
    }
}

/// The texts of a line.
pub(crate) fn row(table: &TableOf, line: &str) -> Result<Row, BackupError> {
    let row: Row = serde_json::from_str(line)?;
    if row.len() == table.columns.len() {
        return Ok(row);
    }
    Err(BackupError::Broken(format!(
        "{}: a row has another number of columns",
        table.member()
    )))
}

/// The store and the relative path of a file's member. Nothing that could climb out of the storage is one.
pub(crate) fn place(member: &str) -> Result<(Uuid, PathBuf), BackupError> {
    let strange = || BackupError::Broken(format!("{member:?} is no file of a store"));
    let (store, key) = member
        .strip_prefix(FILES)
        .and_then(|rest| rest.strip_prefix('/'))
        .and_then(|rest| rest.split_once('/'))
        .ok_or_else(strange)?;
    let plain = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':', '\0']);
    if !key.split('/').all(plain) {
        return Err(strange());
    }
    let store: Uuid = store.parse().map_err(|_| strange())?;
    Ok((store, Path::new(&folder_of(StoreId(store))).join(key)))
}

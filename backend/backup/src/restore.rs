//! Bringing an archive back: everything into an empty database, or one store beside the others.

mod everything;
mod one_store;

use std::fs::{self, File};
use std::io;
use std::path::Path;

use uuid::Uuid;

use crate::BackupError;
use crate::check::check;
use crate::manifest::Manifest;
use crate::taken::{FILES, Taken, place};

/// What indexes beside the servers are kept up by. Its triggers do not see rows that come back, and it counts the transactions of one
/// database.
const CHANGES: &str = "catalog_changes";

/// What to bring back, and where.
#[derive(Debug, Clone, Copy)]
pub struct Restore<'a> {
    /// The database, as its owner and past any pooler.
    pub url: &'a str,
    /// The folder of the stores' files; `None` leaves them in the archive.
    pub storage: Option<&'a Path>,
    /// The archive.
    pub file: &'a Path,
    /// The code of the only store to bring back; `None` brings everything.
    pub store: Option<&'a str>,
    /// The code of the platform that this store comes to; `None`: the one it was on.
    pub platform: Option<&'a str>,
    /// What the database has of this store is removed before.
    pub replace: bool,
}

/// Checks an archive and brings it back, all or nothing; returns its list. Rows count once the files are there.
///
/// # Errors
/// [`BackupError::Refused`] where the database is not the one for it, and nothing was changed then.
pub fn restore(wanted: &Restore<'_>) -> Result<Manifest, BackupError> {
    let manifest = check(wanted.file)?;
    let mut taken = Taken::open(wanted.file)?;
    match wanted.store {
        None if manifest.store.is_some() => {
            return Err(BackupError::Refused(
                "the archive holds one store: say which with --store".to_owned(),
            ));
        }
        None => everything::bring(wanted, &mut taken)?,
        Some(code) => one_store::bring(wanted, &mut taken, code)?,
    }
    Ok(manifest)
}

/// Writes the files of all stores, or of one, each whole or not at all. Before the rows are committed: files without rows harm nobody, and
/// rows without their pictures could not be brought a second time.
fn bring_files(taken: &mut Taken, storage: Option<&Path>, only: Option<Uuid>) -> Result<(), BackupError> {
    let Some(storage) = storage else { return Ok(()) };
    let files: Vec<String> = taken.members().into_iter().filter(|name| name.starts_with(FILES)).collect();
    for member in files {
        let (store, key) = place(&member)?;
        if only.is_some_and(|only| only != store) {
            continue;
        }
        let path = storage.join(key);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(BackupError::at(folder))?;
        }
        let part = path.with_extension("part");
        let mut file = File::create(&part).map_err(BackupError::at(&part))?;
        taken.member(&member, |content| io::copy(content, &mut file))?;
        fs::rename(&part, &path).map_err(BackupError::at(&path))?;
    }
    Ok(())
}

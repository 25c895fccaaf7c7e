//! Where a server keeps its indexes. Several servers may share the data folder; each takes a place of its own in it.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use uuid::Uuid;

use crate::SearchError;
use crate::schema::FORMAT;

/// Most servers that share a data folder.
const SERVERS: usize = 64;

/// A place that no other server uses while this one runs.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    /// Held until the end; the system frees it also when the server is killed.
    _lock: File,
}

impl Folder {
    /// Takes the first free place below a folder.
    pub fn take(root: &Path) -> Result<Self, SearchError> {
        let format = FORMAT.to_string();
        for number in 1..=SERVERS {
            let place = root.join(number.to_string());
            std::fs::create_dir_all(&place)?;
            let lock = File::options().create(true).truncate(false).write(true).open(place.join("lock"))?;
            match lock.try_lock() {
                Ok(()) => {
                    remove_others(&place, &format)?;
                    return Ok(Self {
                        path: place.join(format),
                        _lock: lock,
                    });
                }
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => return Err(error.into()),
            }
        }
        Err(SearchError::Foreign(format!("{SERVERS} servers use {}", root.display())))
    }

    /// Where the index of a store is.
    pub fn of(&self, store: Uuid) -> PathBuf {
        self.path.join(store.simple().to_string())
    }
}

/// What other versions of the program have written is of no use to this one.
fn remove_others(place: &Path, format: &str) -> Result<(), SearchError> {
    for entry in std::fs::read_dir(place)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() && entry.file_name() != format {
            std::fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

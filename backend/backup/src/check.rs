//! Whether an archive is whole.

use std::collections::HashSet;
use std::io;
use std::path::Path;

use crate::BackupError;
use crate::manifest::{Manifest, NAME};
use crate::taken::{FILES, Taken, place, row};

/// Reads an archive to its end and holds every member against its list.
///
/// # Errors
/// [`BackupError::Archive`] and [`BackupError::Broken`] say what is wrong with it.
pub fn check(path: &Path) -> Result<Manifest, BackupError> {
    let mut taken = Taken::open(path)?;
    let manifest = taken.manifest.clone();
    let mut left: HashSet<String> = taken.members().into_iter().collect();
    left.remove(NAME);
    for table in &manifest.tables {
        if !left.remove(&table.member()) {
            return Err(BackupError::Broken(format!("{} is not there", table.member())));
        }
        taken.table(table, |line| row(table, line).map(|_| ()))?;
    }
    let (mut files, mut bytes) = (0, 0);
    for member in left {
        if !member.starts_with(FILES) {
            return Err(BackupError::Broken(format!("{member:?} is not in the list")));
        }
        place(&member)?;
        // The archive's own checksum is compared at the end of what is read.
        bytes += taken.member(&member, |content| io::copy(content, &mut io::sink()))?;
        files += 1;
    }
    if (files, bytes) != (manifest.files, manifest.file_bytes) {
        let said = format!("{} files of {} bytes", manifest.files, manifest.file_bytes);
        return Err(BackupError::Broken(format!("{files} files of {bytes} bytes instead of {said}")));
    }
    Ok(manifest)
}

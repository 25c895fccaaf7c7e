//! Whether an archive is whole: it is read to its end, and every file is held against the list that lies in it.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use zip::ZipArchive;

use super::manifest::{Manifest, NAME};
use crate::error::TransferError;
use crate::format::digest;

/// Reads the archive as anybody else would; `written` is what was meant to be in it.
pub(super) fn check(path: &Path, written: &Manifest) -> Result<(), TransferError> {
    let mut zip = ZipArchive::new(BufReader::new(File::open(path)?))?;
    let listed: Manifest = serde_json::from_reader(BufReader::new(zip.by_name(NAME)?)).map_err(std::io::Error::from)?;
    if listed != *written {
        return Err(TransferError::Broken("its list is another one".to_owned()));
    }
    if zip.len() != listed.members.len() + 1 {
        return Err(TransferError::Broken(format!("it holds {} files", zip.len())));
    }
    for member in &listed.members {
        let (bytes, sha256) = digest(BufReader::new(zip.by_name(&member.name)?))?;
        if (bytes, &sha256) != (member.bytes, &member.sha256) {
            return Err(TransferError::Broken(member.name.clone()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use chrono::DateTime;
    use orion_framework::export::{Batch, Cell, Record};
    use orion_types::Currency;
    use serde_json::json;

    use super::*;
    use crate::archive::manifest::About;
    use crate::archive::writer::Archive;
    use crate::format::{Format, Spool};

    fn archive() -> (crate::format::Finished, Manifest) {
        let mut spool = Spool::begin(Format::Csv, &["Name"]).unwrap();
        let record = Record::new(vec![vec![Cell::text("Mug")]], json!({}));
        spool.write(&Batch::all(vec![record])).unwrap();
        let mut archive = Archive::begin().unwrap();
        archive.add_spooled("products.csv".to_owned(), &spool.finish().unwrap()).unwrap();
        archive.miss("pictures/1.jpg".to_owned());
        let about = About::new("acme", Currency::EUR, DateTime::UNIX_EPOCH);
        archive.finish(about, DateTime::UNIX_EPOCH).unwrap()
    }

    #[test]
    fn a_list_that_says_otherwise_is_no_list_of_it() {
        let (file, mut manifest) = archive();
        check(&file.path(), &manifest).unwrap();
        assert_eq!(manifest.members[0].rows, Some(1));
        manifest.members[0].sha256 = "0".repeat(64);
        assert!(matches!(check(&file.path(), &manifest), Err(TransferError::Broken(_))));
    }

    #[test]
    fn a_byte_that_has_changed_is_found() {
        let (file, manifest) = archive();
        let whole = fs::read(file.path()).unwrap();
        // In what is packed of the first file, and of the explanation.
        for at in [66, whole.len() / 2] {
            let mut bytes = whole.clone();
            bytes[at] ^= 1;
            fs::write(file.path(), bytes).unwrap();
            assert!(check(&file.path(), &manifest).is_err(), "byte {at}");
        }
    }
}

//! Writing the ZIP, a member after the other.

use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::BackupError;
use crate::manifest::{Manifest, NAME, TableOf, member};
use crate::tables::Table;

/// An archive that is being written.
pub(crate) struct Archive {
    zip: ZipWriter<BufWriter<File>>,
}

/// The member of a table that is being written.
pub(crate) struct Rows<'a> {
    zip: &'a mut ZipWriter<BufWriter<File>>,
    digest: Sha256,
    count: u64,
}

impl Archive {
    /// Begins an archive. A file that is there already is somebody's backup; what holds hashes of passwords is for its owner alone.
    pub fn create(path: &Path) -> Result<Self, BackupError> {
        let file = File::options()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)
            .map_err(BackupError::at(path))?;
        Ok(Self {
            zip: ZipWriter::new(BufWriter::new(file)),
        })
    }

    /// A table, whose rows `write` adds.
    pub fn table(&mut self, table: &Table, write: impl FnOnce(&mut Rows<'_>) -> Result<(), BackupError>) -> Result<TableOf, BackupError> {
        // More than 4 GiB of orders is no exception.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .large_file(true);
        self.zip.start_file(member(&table.name), options)?;
        let mut rows = Rows {
            zip: &mut self.zip,
            digest: Sha256::new(),
            count: 0,
        };
        write(&mut rows)?;
        Ok(TableOf {
            name: table.name.clone(),
            columns: table.columns.clone(),
            rows: rows.count,
            sha256: hexadecimal(&rows.digest.finalize()),
        })
    }

    /// A file of the storage, as it is: pictures do not become smaller. Returns its bytes; nothing where it has gone meanwhile.
    pub fn file(&mut self, name: &str, path: &Path) -> Result<Option<u64>, BackupError> {
        let mut file = match File::open(path) {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(BackupError::at(path)(error)),
        };
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .large_file(true);
        self.zip.start_file(name, options)?;
        io::copy(&mut file, &mut self.zip).map(Some).map_err(BackupError::at(path))
    }

    /// The list, and the end; what was written is on the disk then.
    pub fn finish(mut self, manifest: &Manifest, path: &Path) -> Result<(), BackupError> {
        self.zip.start_file(NAME, SimpleFileOptions::default())?;
        serde_json::to_writer_pretty(&mut self.zip, manifest)?;
        let file = self.zip.finish()?.into_inner().map_err(|error| error.into_error());
        file.and_then(|file| file.sync_all()).map_err(BackupError::at(path))
    }
}

impl Rows<'_> {
    /// A row.
    pub fn add(&mut self, line: &str) -> io::Result<()> {
        self.digest.update(line);
        self.digest.update(b"\n");
        self.zip.write_all(line.as_bytes())?;
        self.zip.write_all(b"\n")?;
        self.count += 1;
        Ok(())
    }
}

/// Bytes as hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

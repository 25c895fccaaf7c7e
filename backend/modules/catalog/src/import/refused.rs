//! The file of refused rows.

use csv::Writer;
use orion_framework::export::harmless;
use orion_framework::storage::StorageError;

use super::header::REASON;

/// A CSV of refused rows that is being written. It begins with the mark by which spreadsheets know UTF-8.
pub(crate) struct RefusedFile {
    rows: Writer<Vec<u8>>,
}

impl RefusedFile {
    pub fn new(header: &[String]) -> Result<Self, StorageError> {
        let mut rows = Writer::from_writer("\u{feff}".as_bytes().to_vec());
        rows.write_record(std::iter::once(REASON).chain(header.iter().map(String::as_str)))
            .map_err(unwritten)?;
        Ok(Self { rows })
    }

    pub fn add(&mut self, reason: &str, cells: &[String]) -> Result<(), StorageError> {
        let cells = std::iter::once(reason).chain(cells.iter().map(String::as_str));
        let cells: Vec<_> = cells.map(harmless).collect();
        self.rows.write_record(cells.iter().map(|cell| cell.as_bytes())).map_err(unwritten)
    }

    pub fn finish(self) -> Result<Vec<u8>, StorageError> {
        self.rows.into_inner().map_err(|error| unwritten(error.into_error()))
    }
}

fn unwritten(error: impl std::error::Error + Send + Sync + 'static) -> StorageError {
    StorageError::Failed(Box::new(error))
}

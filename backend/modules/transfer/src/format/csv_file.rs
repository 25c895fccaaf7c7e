//! Tables as text: RFC 4180, UTF-8 with a byte order mark, by which spreadsheets know it.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use csv::{Terminator, Writer, WriterBuilder};
use orion_framework::export::{Cell, harmless};

use super::text;
use crate::error::TransferError;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// A CSV in the making.
pub(super) struct CsvFile(Writer<BufWriter<File>>);

impl CsvFile {
    pub(super) fn create(path: &Path, columns: &[&str]) -> Result<Self, TransferError> {
        let mut file = BufWriter::new(File::create(path)?);
        file.write_all(BYTE_ORDER_MARK)?;
        let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(file);
        writer.write_record(columns).map_err(std::io::Error::from)?;
        Ok(Self(writer))
    }

    /// Texts that a spreadsheet would take for formulas are made harmless; numbers are numbers.
    pub(super) fn write(&mut self, row: &[Cell]) -> Result<(), TransferError> {
        for cell in row {
            let written = match cell {
                Cell::Text(text) => self.0.write_field(harmless(text).as_bytes()),
                other => self.0.write_field(text(other)),
            };
            written.map_err(std::io::Error::from)?;
        }
        let end: [&[u8]; 0] = [];
        self.0.write_record(end).map_err(std::io::Error::from)?;
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<(), TransferError> {
        Ok(self.0.flush()?)
    }
}

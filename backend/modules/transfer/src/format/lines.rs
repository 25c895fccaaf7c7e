//! JSON lines: a document per record.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use serde_json::Value;

use crate::error::TransferError;

/// A file of lines in the making.
pub(super) struct Lines(BufWriter<File>);

impl Lines {
    pub(super) fn create(path: &Path) -> Result<Self, TransferError> {
        Ok(Self(BufWriter::new(File::create(path)?)))
    }

    pub(super) fn write(&mut self, document: &Value) -> Result<(), TransferError> {
        serde_json::to_writer(&mut self.0, document).map_err(std::io::Error::from)?;
        Ok(self.0.write_all(b"\n")?)
    }

    pub(super) fn finish(mut self) -> Result<(), TransferError> {
        Ok(self.0.flush()?)
    }
}

//! The formats of files.

mod csv_file;
mod lines;
mod sheet;

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use orion_framework::export::{Batch, Cell};
use orion_framework::problem::{INVALID, ProblemDraft};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::error::TransferError;
use csv_file::CsvFile;
use lines::Lines;
use sheet::Sheet;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Csv,
    Xlsx,
    Lines,
    /// A CSV whose columns are those of Shopify's product file.
    Shopify,
}

impl Format {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Lines => "jsonl",
            Self::Shopify => "shopify",
        }
    }

    /// Whose columns they are; `None` for our own.
    pub(crate) fn layout(self) -> Option<&'static str> {
        (self == Self::Shopify).then_some("shopify")
    }

    /// How the file's name ends.
    pub(crate) const fn ending(self) -> &'static str {
        match self {
            Self::Csv | Self::Shopify => "csv",
            Self::Xlsx => "xlsx",
            Self::Lines => "jsonl",
        }
    }

    /// What a browser is told it is.
    pub(crate) const fn content_type(self) -> &'static str {
        match self {
            Self::Csv | Self::Shopify => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Lines => "application/x-ndjson",
        }
    }
}

impl FromStr for Format {
    type Err = ProblemDraft;

    fn from_str(text: &str) -> Result<Self, ProblemDraft> {
        let all = [Self::Csv, Self::Xlsx, Self::Lines, Self::Shopify];
        let found = all.into_iter().find(|format| format.as_str() == text);
        found.ok_or_else(|| ProblemDraft::new(&INVALID).field("/format", "unknown", "is no format of files"))
    }
}

/// A file in the making, in a folder of its own that goes away with it.
pub(crate) struct Spool {
    folder: TempDir,
    sink: Sink,
    cut: i64,
    rows: i64,
}

enum Sink {
    Csv(Box<CsvFile>),
    Lines(Lines),
    Sheet(Box<Sheet>),
}

/// A file that is written.
pub(crate) struct Finished {
    /// Keeps the file until it is dropped.
    folder: TempDir,
    pub(crate) size: i64,
    pub(crate) sha256: String,
    /// Texts that were too long for a cell.
    pub(crate) cut: i64,
    /// Rows below the headings, or lines.
    pub(crate) rows: i64,
}

impl Finished {
    /// The file that lies in a folder, read to its end.
    pub(crate) fn of(folder: TempDir, (rows, cut): (i64, i64)) -> Result<Self, TransferError> {
        let (size, sha256) = digest(BufReader::new(File::open(file_in(folder.path()))?))?;
        Ok(Self {
            folder,
            size,
            sha256,
            cut,
            rows,
        })
    }

    pub(crate) fn path(&self) -> PathBuf {
        file_in(self.folder.path())
    }
}

/// Where the file lies in its folder.
pub(crate) fn file_in(folder: &Path) -> PathBuf {
    folder.join("export")
}

impl Spool {
    /// Begins a file with its headings.
    pub(crate) fn begin(format: Format, columns: &[&str]) -> Result<Self, TransferError> {
        let folder = folder()?;
        let path = file_in(folder.path());
        let sink = match format {
            Format::Csv | Format::Shopify => Sink::Csv(Box::new(CsvFile::create(&path, columns)?)),
            Format::Lines => Sink::Lines(Lines::create(&path)?),
            Format::Xlsx => Sink::Sheet(Box::new(Sheet::create(folder.path(), columns)?)),
        };
        Ok(Self {
            folder,
            sink,
            cut: 0,
            rows: 0,
        })
    }

    /// Writes records behind those that are there.
    pub(crate) fn write(&mut self, batch: &Batch) -> Result<(), TransferError> {
        for record in &batch.records {
            self.rows += match &self.sink {
                Sink::Lines(_) => 1,
                Sink::Csv(_) | Sink::Sheet(_) => i64::try_from(record.rows.len()).unwrap_or(i64::MAX),
            };
            match &mut self.sink {
                Sink::Lines(lines) => lines.write(&record.document)?,
                Sink::Csv(file) => record.rows.iter().try_for_each(|row| file.write(row))?,
                Sink::Sheet(sheet) => {
                    for row in &record.rows {
                        self.cut += sheet.write(row)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Ends the file and reads it once more for its checksum.
    pub(crate) fn finish(self) -> Result<Finished, TransferError> {
        let path = file_in(self.folder.path());
        match self.sink {
            Sink::Csv(file) => file.finish()?,
            Sink::Lines(lines) => lines.finish()?,
            Sink::Sheet(sheet) => sheet.finish(&path)?,
        }
        Finished::of(self.folder, (self.rows, self.cut))
    }
}

/// A folder for a file in the making.
pub(crate) fn folder() -> io::Result<TempDir> {
    tempfile::Builder::new().prefix("orion-export-").tempdir()
}

/// How many bytes come, and their SHA-256 in hexadecimal.
pub(crate) fn digest(mut reader: impl Read) -> io::Result<(i64, String)> {
    let (mut hash, mut size, mut buffer) = (Sha256::new(), 0_i64, vec![0; 64 * 1024]);
    loop {
        let read = reader.read(&mut buffer)?;
        if read == 0 {
            return Ok((size, hex::encode(hash.finalize())));
        }
        hash.update(&buffer[..read]);
        size += i64::try_from(read).unwrap_or(0);
    }
}

/// The text of a cell; empty for an empty one.
fn text(cell: &Cell) -> &str {
    match cell {
        Cell::Empty => "",
        Cell::Text(text) | Cell::Number(text) => text,
    }
}

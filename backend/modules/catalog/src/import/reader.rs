//! Reads a product file product by product; only one product is in memory.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;

use csv::StringRecord;
use encoding_rs_io::DecodeReaderBytes;
use orion_types::validation::slugify;

use super::encoding::{Shape, decoded};
use super::formats::Translated;
use super::header::{Column, Header};
use super::report::{FileError, RowError};

/// Most rows of one product: its variants, and a picture in each row.
const MAX_ROWS: usize = 1_000;

/// One row.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub line: i32,
    pub fields: StringRecord,
}

/// The rows of one product.
#[derive(Debug, Clone)]
pub(crate) struct RowGroup {
    /// The address that the handle stands for.
    pub slug: String,
    pub rows: Vec<Row>,
    /// What makes the whole product unusable, whatever its rows say.
    pub fault: Option<RowError>,
    /// Rows that were read for it, those that were dropped included.
    pub count: i32,
}

type Decoded = DecodeReaderBytes<Box<dyn Read + Send>, Vec<u8>>;

/// Where the rows come from.
enum Rows {
    Text(Box<csv::Reader<Decoded>>),
    Translated(std::vec::IntoIter<StringRecord>),
}

impl Rows {
    fn read_record(&mut self, record: &mut StringRecord) -> Result<bool, FileError> {
        match self {
            Self::Text(rows) => rows.read_record(record).map_err(|error| unreadable(&error)),
            Self::Translated(rows) => Ok(rows.next().map(|row| *record = row).is_some()),
        }
    }
}

/// A product file that is being read.
pub(crate) struct ProductFile {
    rows: Rows,
    pub header: Header,
    ahead: Option<Row>,
    /// Lines by which the parser's count is behind: it takes a line as ended at the `\r` and counts it at the `\n` after that.
    lag: u64,
    /// Fingerprints of the addresses that were read, to notice products whose rows are scattered.
    slugs: HashSet<u64>,
    skus: HashSet<u64>,
}

impl ProductFile {
    /// Opens a file whose shape is known and reads its header.
    pub fn open(source: Box<dyn Read + Send>, shape: Shape) -> Result<Self, FileError> {
        let mut rows = csv::ReaderBuilder::new()
            .delimiter(shape.separator)
            .flexible(true)
            .has_headers(false)
            .from_reader(decoded(source, shape.encoding));
        let mut first = StringRecord::new();
        rows.read_record(&mut first).map_err(|error| unreadable(&error))?;
        let header = Header::read(&first)?;
        let lines = first.iter().flat_map(str::bytes).filter(|byte| *byte == b'\n').count() as u64;
        let lag = (first.position().map_or(1, csv::Position::line) + lines + 1).saturating_sub(rows.position().line());
        Ok(Self::with(Rows::Text(Box::new(rows)), header, lag))
    }

    /// Opens a file of another system, translated.
    pub fn of(file: Translated) -> Self {
        Self::with(Rows::Translated(file.rows.into_iter()), file.header, 0)
    }

    fn with(rows: Rows, header: Header, lag: u64) -> Self {
        Self {
            rows,
            header,
            ahead: None,
            lag,
            slugs: HashSet::new(),
            skus: HashSet::new(),
        }
    }

    /// Counts the rows that are left.
    pub fn count_rows(mut self) -> Result<i32, FileError> {
        let mut count = 0_i32;
        let mut record = StringRecord::new();
        while self.read_record(&mut record)? {
            count = count.saturating_add(1);
        }
        Ok(count)
    }

    /// The next row that says anything: spreadsheets leave rows of nothing but separators behind.
    fn read_record(&mut self, record: &mut StringRecord) -> Result<bool, FileError> {
        while self.rows.read_record(record)? {
            if record.iter().any(|field| !field.trim().is_empty()) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn next_row(&mut self) -> Result<Option<Row>, FileError> {
        if let Some(row) = self.ahead.take() {
            return Ok(Some(row));
        }
        let mut fields = StringRecord::new();
        if !self.read_record(&mut fields)? {
            return Ok(None);
        }
        let line = fields.position().map_or(0, csv::Position::line) + self.lag;
        Ok(Some(Row {
            line: i32::try_from(line).unwrap_or(i32::MAX).max(1),
            fields,
        }))
    }

    /// The next product; its rows are those with the same handle that follow each other.
    pub fn next_product(&mut self) -> Result<Option<RowGroup>, FileError> {
        let Some(first) = self.next_row()? else { return Ok(None) };
        let handle = self.header.get(&first.fields, Column::Handle).to_owned();
        let mut group = RowGroup {
            slug: String::new(),
            rows: Vec::new(),
            fault: None,
            count: 1,
        };
        if handle.is_empty() {
            group.fault = Some(self.fault(&first, Column::Handle, "required", "a row without a handle belongs to no product"));
            return Ok(Some(group));
        }
        group.slug = slugify(&handle);
        if !self.slugs.insert(fingerprint(&group.slug)) {
            let detail = format!("the rows of {handle:?} do not stand together; sort the file by handle");
            group.fault = Some(self.fault(&first, Column::Handle, "scattered", &detail));
        }
        self.collect(&handle, first, &mut group)?;
        Ok(Some(group))
    }

    fn collect(&mut self, handle: &str, first: Row, group: &mut RowGroup) -> Result<(), FileError> {
        self.keep(first, group);
        while let Some(row) = self.next_row()? {
            if self.header.get(&row.fields, Column::Handle) != handle {
                self.ahead = Some(row);
                break;
            }
            group.count = group.count.saturating_add(1);
            self.keep(row, group);
        }
        Ok(())
    }

    fn keep(&self, row: Row, group: &mut RowGroup) {
        if row.fields.len() > self.header.width && group.fault.is_none() {
            let detail = format!("the row has {} columns, the header {}", row.fields.len(), self.header.width);
            group.fault = Some(RowError::new(row.line, "", "too_many_columns", detail));
        }
        if group.rows.len() >= MAX_ROWS {
            let detail = format!("a product has at most {MAX_ROWS} rows");
            group
                .fault
                .get_or_insert_with(|| RowError::new(row.line, "", "too_many_rows", detail));
            return;
        }
        group.rows.push(row);
    }

    fn fault(&self, row: &Row, column: Column, code: &str, detail: &str) -> RowError {
        RowError::new(row.line, self.header.name(column), code, detail)
    }

    /// Whether an earlier product of the file had the SKU.
    pub fn knows_sku(&self, sku: &str) -> bool {
        self.skus.contains(&fingerprint(sku))
    }

    /// Notes the SKUs of a product that was taken.
    pub fn note_skus<'s>(&mut self, skus: impl Iterator<Item = &'s str>) {
        self.skus.extend(skus.map(fingerprint));
    }
}

/// Eight bytes for a name of any length: what a large file has used stays small.
fn fingerprint(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

fn unreadable(error: &csv::Error) -> FileError {
    FileError(format!("The file cannot be read as CSV: {error}."))
}

#[cfg(test)]
#[path = "reader_tests.rs"]
mod tests;

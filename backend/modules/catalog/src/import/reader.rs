//! Reads a product file product by product. In memory are one product, and those whose rows stand apart until their last row has come.

use std::collections::HashMap;
use std::io::Read;

use csv::StringRecord;
use encoding_rs_io::DecodeReaderBytes;
use uuid::Uuid;

use super::encoding::{Shape, decoded};
use super::formats::Translated;
use super::header::{Column, Header};
use super::mapping::Mapping;
use super::report::{FileError, RowError};
use super::survey::{Survey, Surveyor};
use super::values::shortened;

/// Most rows of one product: its variants, and a picture in each further row.
const MAX_ROWS: usize = 2_500;

/// One row.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub line: i32,
    pub fields: StringRecord,
}

/// The rows of one product.
#[derive(Debug, Clone, Default)]
pub(crate) struct RowGroup {
    /// The handle as the file writes it, or the title in a file without handles.
    pub key: String,
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
        let more = match self {
            Self::Text(rows) => rows.read_record(record).map_err(|error| unreadable(&error))?,
            Self::Translated(rows) => rows.next().map(|row| *record = row).is_some(),
        };
        if record.as_slice().contains('\0') {
            *record = without_nul(record);
        }
        Ok(more)
    }
}

/// PostgreSQL has no text with a NUL in it: not in a product, and not in the report that refuses one.
fn without_nul(record: &StringRecord) -> StringRecord {
    let mut clean: StringRecord = record.iter().map(|field| field.replace('\0', "")).collect();
    clean.set_position(record.position().cloned());
    clean
}

/// A product file that is being read.
pub(crate) struct ProductFile {
    rows: Rows,
    pub header: Header,
    pub survey: Survey,
    ahead: Option<Row>,
    /// Lines by which the parser's count is behind: it takes a line as ended at the `\r` and counts it at the `\n` after that.
    lag: u64,
    /// Products whose rows stand apart, and how many stretches of theirs have been read.
    apart: HashMap<String, (RowGroup, u32)>,
    /// Up to where it was looked for products that the file does not name.
    pub swept: Uuid,
}

impl ProductFile {
    /// Opens a file whose shape is known and reads its header.
    pub fn open(source: Box<dyn Read + Send>, shape: Shape, mapping: &Mapping) -> Result<Self, FileError> {
        let mut rows = csv::ReaderBuilder::new()
            .delimiter(shape.separator)
            .flexible(true)
            .has_headers(false)
            .from_reader(decoded(source, shape.encoding));
        let mut first = StringRecord::new();
        // Spreadsheets may name the separator in a line of its own, and leave lines empty before the header.
        while rows.read_record(&mut first).map_err(|error| unreadable(&error))? && is_preface(&first) {}
        let header = Header::read(&first, mapping)?;
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
            survey: Survey::default(),
            ahead: None,
            lag,
            apart: HashMap::new(),
            swept: Uuid::nil(),
        }
    }

    /// Reads what is left for what it tells of the file as a whole.
    pub fn look_over(mut self) -> Result<Survey, FileError> {
        let header = self.header.clone();
        let mut surveyor = Surveyor::new(&header);
        let mut record = StringRecord::new();
        while self.read_record(&mut record)? {
            surveyor.look(&record);
        }
        Ok(surveyor.finish())
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

    /// The next product: the rows with the same key, which are handed out once the last of them has come.
    pub fn next_product(&mut self) -> Result<Option<RowGroup>, FileError> {
        while let Some(stretch) = self.next_stretch()? {
            let wanted = self.survey.stretches(&stretch.key);
            if stretch.key.is_empty() || wanted < 2 {
                return Ok(Some(stretch));
            }
            let (mut group, seen) = self.apart.remove(&stretch.key).unwrap_or_default();
            let key = stretch.key.clone();
            join(&mut group, stretch);
            if seen + 1 >= wanted {
                return Ok(Some(group));
            }
            self.apart.insert(key, (group, seen + 1));
        }
        Ok(None)
    }

    /// Rows with the same key that follow each other.
    fn next_stretch(&mut self) -> Result<Option<RowGroup>, FileError> {
        let Some(first) = self.next_row()? else { return Ok(None) };
        let key = self.header.get(&first.fields, self.header.key()).to_owned();
        let mut group = RowGroup {
            key: key.clone(),
            ..RowGroup::default()
        };
        if key.is_empty() {
            group.count = 1;
            let column = self.header.name(self.header.key());
            let told = "a row without a handle belongs to no product";
            group.fault =
                Some(RowError::new(first.line, column, "required", told).of(shortened(&first.fields.iter().collect::<Vec<_>>().join(" "))));
            group.rows.push(first);
            return Ok(Some(group));
        }
        keep(first, &mut group);
        while let Some(row) = self.next_row()? {
            if self.header.get(&row.fields, self.header.key()) != key {
                self.ahead = Some(row);
                break;
            }
            keep(row, &mut group);
        }
        Ok(Some(group))
    }
}

fn is_preface(record: &StringRecord) -> bool {
    let first = record.get(0).unwrap_or_default().trim_start_matches('\u{feff}').trim();
    let rest_is_empty = record.iter().skip(1).all(|field| field.trim().is_empty());
    rest_is_empty && (first.is_empty() || first.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("sep=")))
}

/// The first row of a product says what is not said again: the one with a title comes first, whichever stretch it stands in.
fn join(group: &mut RowGroup, stretch: RowGroup) {
    group.key = stretch.key;
    group.count = group.count.saturating_add(stretch.count);
    let fault = group.fault.take().or(stretch.fault);
    group.fault = fault;
    group.rows.extend(stretch.rows);
    if group.rows.len() > MAX_ROWS {
        group.rows.truncate(MAX_ROWS);
        let line = group.rows.first().map_or(1, |row| row.line);
        group.fault.get_or_insert_with(|| too_many(line));
    }
}

fn keep(row: Row, group: &mut RowGroup) {
    group.count = group.count.saturating_add(1);
    if group.rows.len() >= MAX_ROWS {
        group.fault.get_or_insert_with(|| too_many(row.line));
        return;
    }
    group.rows.push(row);
}

fn too_many(line: i32) -> RowError {
    RowError::new(line, "", "too_many_rows", format!("a product has at most {MAX_ROWS} rows"))
}

impl RowGroup {
    /// Puts the row that has a title before those that have none.
    pub fn lead_with_title(&mut self, header: &Header) {
        let titled = self.rows.iter().position(|row| !header.get(&row.fields, Column::Title).is_empty());
        if let Some(place) = titled.filter(|place| *place > 0) {
            let row = self.rows.remove(place);
            self.rows.insert(0, row);
        }
    }
}

fn unreadable(error: &csv::Error) -> FileError {
    FileError(format!("The file cannot be read as CSV: {error}."))
}

#[cfg(test)]
#[path = "reader_tests.rs"]
mod tests;

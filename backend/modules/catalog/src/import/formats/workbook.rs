//! Workbooks: XLSX cell by cell, so that a sheet takes what its cells take and not what lies between them, and ODS once it is known how large its
//! tables are. Neither is opened before it is unpacked once to see how much there is in it.

use std::collections::BTreeMap;
use std::io::{BufReader, Cursor, Read};

use calamine::{Data, DataRef, Ods, Reader, Xlsx, XlsxError};
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::super::report::FileError;
use super::Sheet;
use super::room::Room;
use super::source::{Rows, sheet_of, unreadable};

/// Most bytes of a workbook once it is unpacked.
const MAX_UNPACKED: u64 = 256 << 20;
/// Most sheets that are looked at for one that says something.
const MAX_SHEETS: usize = 100;
/// Most cells that are looked at for that, empty ones included.
const MAX_READ: usize = 20_000_000;
/// Where an OpenDocument file has its tables; XLSX has no such file.
const ODS_TABLES: &str = "content.xml";

type Book = Cursor<Vec<u8>>;

/// Whether a file begins like a workbook from before 2007. How many cells one of those has is not seen before all of them are in memory.
pub(super) fn is_old_workbook(start: [u8; 4]) -> bool {
    start == *b"\xd0\xcf\x11\xe0"
}

/// The first sheet of a workbook that says anything.
///
/// # Errors
/// When it cannot be read, or is too large to be held.
pub(super) fn workbook(bytes: Vec<u8>, room: Room) -> Result<Sheet, FileError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| unreadable(&error))?;
    check_unpacked(&mut archive, MAX_UNPACKED)?;
    let is_ods = archive.index_for_name(ODS_TABLES).is_some();
    let found = if is_ods {
        ods(archive, room)?
    } else {
        xlsx(archive.into_inner(), room)?
    };
    found.ok_or_else(|| FileError("The file is empty.".to_owned()))
}

/// What an archive says of its sizes need not be true: they are looked at.
fn check_unpacked(archive: &mut ZipArchive<Book>, most: u64) -> Result<(), FileError> {
    let mut left = most;
    for place in 0..archive.len() {
        let file = archive.by_index(place).map_err(|error| unreadable(&error))?;
        let read = std::io::copy(&mut file.take(left + 1), &mut std::io::sink()).map_err(|error| unreadable(&error))?;
        left = left.checked_sub(read).ok_or_else(|| {
            let detail = format!("A workbook may have {} MB once it is unpacked: send it in parts.", most >> 20);
            FileError(detail)
        })?;
    }
    Ok(())
}

fn xlsx(bytes: Book, mut room: Room) -> Result<Option<Sheet>, FileError> {
    let mut book: Xlsx<Book> = Xlsx::new(bytes).map_err(|error| unreadable(&error))?;
    let mut left = MAX_READ;
    for name in book.sheet_names().into_iter().take(MAX_SHEETS) {
        let mut cells = match book.worksheet_cells_reader(&name) {
            Ok(cells) => cells,
            // A sheet of charts has no cells.
            Err(XlsxError::NotAWorksheet(_)) => continue,
            Err(error) => return Err(unreadable(&error)),
        };
        let mut rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
        while let Some(cell) = cells.next_cell().map_err(|error| unreadable(&error))? {
            left = left
                .checked_sub(1)
                .ok_or_else(|| FileError("The workbook has too many cells.".to_owned()))?;
            // A shared text is one for all cells that say it, until it is made their own here.
            if let DataRef::SharedString(shared) = cell.get_value() {
                room.text(shared.len() as u64)?;
            }
            let said = text(&Data::from(cell.get_value().clone()));
            if said.is_empty() {
                continue;
            }
            let (row, column) = cell.get_position();
            let row = rows.entry(row).or_default();
            room.cell(row, column as usize)?;
            row[column as usize] = said;
        }
        if let Some(sheet) = sheet_of(from_the_first_column(rows)) {
            return Ok(Some(sheet));
        }
    }
    Ok(None)
}

/// What stands left of everything is no column.
fn from_the_first_column(rows: BTreeMap<u32, Vec<String>>) -> Rows {
    let begins = |cells: &Vec<String>| cells.iter().position(|cell| !cell.is_empty());
    let first = rows.values().filter_map(begins).min().unwrap_or_default();
    let row = |(row, mut cells): (u32, Vec<String>)| {
        cells.drain(..first);
        (line(row as usize), cells)
    };
    rows.into_iter().map(row).collect()
}

fn ods(mut archive: ZipArchive<Book>, mut room: Room) -> Result<Option<Sheet>, FileError> {
    let tables = archive.by_name(ODS_TABLES).map_err(|error| unreadable(&error))?;
    measure(BufReader::new(tables), &mut room)?;
    let mut book: Ods<Book> = Ods::new(archive.into_inner()).map_err(|error| unreadable(&error))?;
    for name in book.sheet_names().into_iter().take(MAX_SHEETS) {
        let range = book.worksheet_range(&name).map_err(|error| unreadable(&error))?;
        let first = range.start().map_or(0, |(row, _)| row as usize);
        let rows = range.rows().enumerate();
        let rows = rows.map(|(row, cells)| (line(first + row), cells.iter().map(text).collect::<Vec<String>>()));
        if let Some(sheet) = sheet_of(rows.filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty())).collect()) {
            return Ok(Some(sheet));
        }
    }
    Ok(None)
}

/// How far a table reaches that is being read.
#[derive(Default)]
struct Table {
    /// Rows up to here, and up to the last that says something.
    rows: u64,
    filled_rows: u64,
    /// Of the row that is read: how often it comes, cells up to here, and up to the last that says something.
    repeated: u64,
    cells: u64,
    filled_cells: u64,
    /// The longest row.
    columns: u64,
    /// How often the cell that is read comes, and how much it says; and what the row says.
    cell_repeated: u64,
    cell_bytes: u64,
    row_bytes: u64,
    is_open: bool,
}

impl Table {
    /// Tables within tables no spreadsheet makes, and what would be counted of them is not what is read.
    fn begin(&mut self) -> Result<(), FileError> {
        if self.is_open {
            return Err(FileError("Tables within tables are not read.".to_owned()));
        }
        *self = Self {
            is_open: true,
            ..Self::default()
        };
        Ok(())
    }

    fn begin_row(&mut self, row: &BytesStart<'_>) -> Result<(), FileError> {
        (self.cells, self.filled_cells, self.row_bytes) = (0, 0, 0);
        self.repeated = repeats(row, "table:number-rows-repeated")?;
        Ok(())
    }

    fn cell(&mut self, cell: &BytesStart<'_>) -> Result<(), FileError> {
        self.cell_repeated = repeats(cell, "table:number-columns-repeated")?;
        self.cells = self.cells.saturating_add(self.cell_repeated);
        // With what its attributes say: a formula stands in one of them.
        self.cell_bytes = cell.len() as u64;
        let says = |name: &[u8]| name.starts_with(b"office:") || name == b"table:formula";
        if cell.attributes().flatten().any(|attribute| says(attribute.key.as_ref())) {
            self.filled_cells = self.cells;
        }
        Ok(())
    }

    fn says(&mut self, bytes: u64) {
        self.cell_bytes = self.cell_bytes.saturating_add(bytes);
    }

    /// An empty one at the end of a row can come thousands of times, and is not kept.
    fn end_cell(&mut self) {
        if self.filled_cells < self.cells {
            return;
        }
        self.row_bytes = self.row_bytes.saturating_add(self.cell_bytes.saturating_mul(self.cell_repeated));
    }

    fn end_row(&mut self, room: &mut Room) -> Result<(), FileError> {
        self.rows = self.rows.saturating_add(self.repeated);
        if self.filled_cells > 0 {
            self.filled_rows = self.rows;
            self.columns = self.columns.max(self.filled_cells);
            room.text(self.row_bytes.saturating_mul(self.repeated))?;
        }
        Ok(())
    }
}

/// Takes the room of all tables of an OpenDocument file, in which one cell can stand for a million.
fn measure(tables: impl std::io::BufRead, room: &mut Room) -> Result<(), FileError> {
    let mut reader = quick_xml::Reader::from_reader(tables);
    reader.config_mut().expand_empty_elements = true;
    let (mut table, mut buffer) = (Table::default(), Vec::new());
    loop {
        match reader.read_event_into(&mut buffer).map_err(|error| unreadable(&error))? {
            Event::Start(element) => match element.name().as_ref() {
                b"table:table" => table.begin()?,
                b"table:table-row" => table.begin_row(&element)?,
                b"table:table-cell" | b"table:covered-table-cell" => table.cell(&element)?,
                // So many blanks.
                b"text:s" => table.says(repeats(&element, "text:c")?),
                _ => {}
            },
            Event::End(element) => match element.name().as_ref() {
                b"table:table-cell" | b"table:covered-table-cell" => table.end_cell(),
                b"table:table-row" => table.end_row(room)?,
                b"table:table" => {
                    table.is_open = false;
                    room.table(table.filled_rows, table.columns)?;
                }
                _ => {}
            },
            Event::Text(said) => table.says(said.len() as u64),
            Event::CData(said) => table.says(said.len() as u64),
            Event::Eof => return Ok(()),
            _ => {}
        }
        buffer.clear();
    }
}

fn repeats(element: &BytesStart<'_>, name: &str) -> Result<u64, FileError> {
    let Some(given) = element.try_get_attribute(name).map_err(|error| unreadable(&error))? else {
        return Ok(1);
    };
    // Digits need no escaping; what is none is not read.
    let text = std::str::from_utf8(&given.value).map_err(|error| unreadable(&error))?;
    text.parse().map_err(|error| unreadable(&error))
}

fn line(row: usize) -> i32 {
    i32::try_from(row + 1).unwrap_or(i32::MAX)
}

fn text(cell: &Data) -> String {
    match cell {
        // A number that stands for a code has no decimals and no exponent.
        Data::Float(number) => format!("{number}"),
        Data::Bool(flag) => flag.to_string(),
        other => other.to_string(),
    }
}

#[cfg(test)]
#[path = "workbook_tests.rs"]
pub(super) mod tests;

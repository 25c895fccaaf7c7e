//! What a file is written in: text with separators, a workbook, or a line of JSON for each product.

use std::io::{BufRead, BufReader, Cursor, Read};

use calamine::{Data, Reader, Sheets, open_workbook_auto_from_rs};
use csv::StringRecord;
use serde_json::Value;

use super::super::encoding::{decoded, survey};
use super::super::report::FileError;
use super::Sheet;

/// The largest file that is held as a whole, in bytes.
const MAX_HELD: u64 = 48 << 20;

/// Reads the file if it has to be held: a workbook, JSON, or text whose headings are `wanted`.
pub(super) fn read<R: Read + Send + 'static>(open: &impl Fn() -> R, wanted: impl Fn(&Sheet) -> bool) -> Result<Option<Sheet>, FileError> {
    let mut start = [0_u8; 4];
    let mut source = open();
    let mut length = 0;
    while length < start.len() {
        match source.read(&mut start[length..]).map_err(|error| unreadable(&error))? {
            0 => break,
            more => length += more,
        }
    }
    if start == *b"PK\x03\x04" || start == *b"\xd0\xcf\x11\xe0" {
        return workbook(held(open())?).map(Some);
    }
    if start.starts_with(b"{") {
        return json_lines(BufReader::new(Cursor::new(held(open())?))).map(Some);
    }
    let shape = survey(open)?;
    let reader = || {
        let mut builder = csv::ReaderBuilder::new();
        builder.delimiter(shape.separator).flexible(true).has_headers(false);
        builder
    };
    let mut rows = reader().from_reader(decoded(open(), shape.encoding));
    // Some kinds are told by what the first rows say, not by the headings.
    let head = rows_of(&mut rows, 5)?;
    let Some(head) = sheet_of(head) else { return Ok(None) };
    if !wanted(&head) {
        return Ok(None);
    }
    let mut rows = reader().from_reader(decoded(Cursor::new(held(open())?), shape.encoding));
    Ok(sheet_of(rows_of(&mut rows, usize::MAX)?))
}

fn unreadable(error: &dyn std::fmt::Display) -> FileError {
    FileError(format!("The file cannot be read: {error}."))
}

fn held(source: impl Read) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    source
        .take(MAX_HELD + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable(&error))?;
    if bytes.len() as u64 > MAX_HELD {
        let detail = format!("A file of this kind may have {} MB: send it in parts.", MAX_HELD >> 20);
        return Err(FileError(detail));
    }
    Ok(bytes)
}

type Rows = Vec<(i32, Vec<String>)>;

fn rows_of<R: Read>(reader: &mut csv::Reader<R>, most: usize) -> Result<Rows, FileError> {
    let (mut rows, mut record) = (Vec::new(), StringRecord::new());
    while rows.len() < most && reader.read_record(&mut record).map_err(|error| unreadable(&error))? {
        if record.iter().any(|cell| !cell.trim_matches('\u{feff}').trim().is_empty()) && !is_separator_line(&record) {
            let line = record.position().map_or(1, csv::Position::line);
            rows.push((i32::try_from(line).unwrap_or(i32::MAX), record.iter().map(str::to_owned).collect()));
        }
    }
    Ok(rows)
}

/// Spreadsheets may name the separator in a line of its own.
fn is_separator_line(record: &StringRecord) -> bool {
    record
        .get(0)
        .is_some_and(|cell| cell.trim_start_matches('\u{feff}').starts_with("sep="))
}

/// The first row has the headings.
fn sheet_of(mut rows: Rows) -> Option<Sheet> {
    if rows.is_empty() {
        return None;
    }
    let (_, titles) = rows.remove(0);
    Some(Sheet::new(titles, rows))
}

/// The first sheet of a workbook that says anything.
fn workbook(bytes: Vec<u8>) -> Result<Sheet, FileError> {
    let mut book: Sheets<Cursor<Vec<u8>>> = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|error| unreadable(&error))?;
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).map_err(|error| unreadable(&error))?;
        let first = range.start().map_or(0, |(row, _)| row);
        let line = |row: usize| i32::try_from(first as usize + row + 1).unwrap_or(i32::MAX);
        let rows = range
            .rows()
            .enumerate()
            .map(|(row, cells)| (line(row), cells.iter().map(text).collect::<Vec<String>>()));
        let rows = rows.filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
        if let Some(sheet) = sheet_of(rows.collect()) {
            return Ok(sheet);
        }
    }
    Err(FileError("The file is empty.".to_owned()))
}

fn text(cell: &Data) -> String {
    match cell {
        // A number that stands for a code has no decimals and no exponent.
        Data::Float(number) => format!("{number}"),
        Data::Bool(flag) => flag.to_string(),
        other => other.to_string(),
    }
}

/// An object in each line; its keys are the headings, in the order in which they come.
fn json_lines(lines: impl BufRead) -> Result<Sheet, FileError> {
    let mut titles: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    for (number, line) in lines.lines().enumerate() {
        let line = line.map_err(|error| unreadable(&error))?;
        if line.trim().is_empty() {
            continue;
        }
        let at = i32::try_from(number + 1).unwrap_or(i32::MAX);
        let object: serde_json::Map<String, Value> =
            serde_json::from_str(&line).map_err(|error| FileError(format!("Line {at} is not an object of JSON: {error}.")))?;
        let mut cells = vec![String::new(); titles.len()];
        for (key, value) in object {
            let place = titles.iter().position(|title| *title == key).unwrap_or_else(|| {
                titles.push(key);
                cells.push(String::new());
                titles.len() - 1
            });
            cells[place] = json_text(value);
        }
        rows.push((at, cells));
    }
    Ok(Sheet::new(titles, rows))
}

fn json_text(value: Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text,
        Value::Array(values) => values.into_iter().map(json_text).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

//! What a file is written in: text with separators, a workbook, or a line of JSON for each product.

use std::io::{BufRead, BufReader, Cursor, Read};

use csv::StringRecord;
use serde_json::Value;

use super::super::encoding::{decoded, survey};
use super::super::report::FileError;
use super::Sheet;
use super::room::Room;
use super::workbook::{is_old_workbook, workbook};

/// The largest file that is held as a whole, in bytes.
const MAX_HELD: u64 = 48 << 20;
/// The longest line of JSON, in bytes: read, it takes many times as much.
const MAX_LINE: usize = 1 << 20;

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
    if is_old_workbook(start) {
        return Err(FileError(
            "Workbooks of this old kind (XLS) are not read: save it as XLSX or CSV.".to_owned(),
        ));
    }
    if start == *b"PK\x03\x04" {
        return workbook(held(open())?, Room::default()).map(Some);
    }
    if start.starts_with(b"{") {
        return json_lines(BufReader::new(Cursor::new(held(open())?)), Room::default()).map(Some);
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

pub(super) fn unreadable(error: &dyn std::fmt::Display) -> FileError {
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

/// Lines with their cells.
pub(super) type Rows = Vec<(i32, Vec<String>)>;

fn rows_of<R: Read>(reader: &mut csv::Reader<R>, most: usize) -> Result<Rows, FileError> {
    let (mut rows, mut record, mut room) = (Vec::new(), StringRecord::new(), Room::default());
    while rows.len() < most && reader.read_record(&mut record).map_err(|error| unreadable(&error))? {
        if record.iter().any(|cell| !cell.trim_matches('\u{feff}').trim().is_empty()) && !is_separator_line(&record) {
            let line = record.position().map_or(1, csv::Position::line);
            room.row(record.len())?;
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
pub(super) fn sheet_of(mut rows: Rows) -> Option<Sheet> {
    if rows.is_empty() {
        return None;
    }
    let (_, titles) = rows.remove(0);
    Some(Sheet::new(titles, rows))
}

/// An object in each line; its keys are the headings, in the order in which they come.
pub(super) fn json_lines(lines: impl BufRead, mut room: Room) -> Result<Sheet, FileError> {
    let mut titles: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    for (number, line) in lines.lines().enumerate() {
        let line = line.map_err(|error| unreadable(&error))?;
        if line.trim().is_empty() {
            continue;
        }
        let at = i32::try_from(number + 1).unwrap_or(i32::MAX);
        if line.len() > MAX_LINE {
            return Err(FileError(format!("Line {at} is longer than {} MB.", MAX_LINE >> 20)));
        }
        let object: serde_json::Map<String, Value> =
            serde_json::from_str(&line).map_err(|error| FileError(format!("Line {at} is not an object of JSON: {error}.")))?;
        let mut cells = Vec::new();
        for (key, value) in object {
            let place = titles.iter().position(|title| *title == key).unwrap_or_else(|| {
                titles.push(key);
                titles.len() - 1
            });
            // A line takes no more than its last key needs, however many keys other lines have.
            room.cell(&mut cells, place)?;
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

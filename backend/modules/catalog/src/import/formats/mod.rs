//! Product files of other systems: recognised by their headings and translated into the columns that the parser knows.
//!
//! Each translation keeps the line of the row it comes from and the file's own names of columns, so a report speaks of the file that was sent.

mod any;
mod listed;
mod magento;
mod room;
mod sheet;
mod source;
mod told;
mod woocommerce;
mod workbook;

use std::io::Read;

use csv::{Position, StringRecord};
use orion_types::Currency;
use orion_types::import::ImportColumn;

use self::sheet::{Made, Sheet};
use self::told::Told;
use super::columns::Seen;
use super::header::{Column, Header};
use super::mapping::{Mapping, word};
use super::report::FileError;

/// A file that was translated.
#[derive(Debug, Clone)]
pub(crate) struct Translated {
    pub header: Header,
    /// The rows, each with its place in the file.
    pub rows: Vec<StringRecord>,
    /// The columns of the file as it is.
    pub columns: Vec<ImportColumn>,
}

/// Reads a file whose columns are not those the parser knows; `None` when they are, or when nobody knows them. `open` is called once per pass.
///
/// # Errors
/// When it is a workbook that cannot be read, or too large to be held.
pub(crate) fn translated<R: Read + Send + 'static>(
    open: impl Fn() -> R,
    currency: Currency,
    mapping: &Mapping,
) -> Result<Option<Translated>, FileError> {
    let Some(mut sheet) = source::read(&open, |names| format(names).is_some())? else {
        return Ok(None);
    };
    let Some(format) = format(&sheet) else {
        // A workbook in the columns that the parser knows.
        return Ok(Some(as_it_is(&sheet, mapping)?));
    };
    let seen = sheet.seen();
    let told = sheet.take(mapping);
    let mut made = (format.translate)(&sheet, currency);
    if made.is_empty() && !told.is_empty() && !sheet.rows.is_empty() {
        let told = "With these columns nobody knows any more what kind of file it is: leave those that say what a row is as they were.";
        return Err(FileError(told.to_owned()));
    }
    for told in &told {
        told.fill(&sheet, &mut made);
    }
    if !told.is_empty() {
        told::name(&mut made);
    }
    Ok(Some(finish(&sheet, &seen, &told, &made)))
}

/// The columns of a file that nobody knows; none when it cannot be read at all.
pub(crate) fn columns<R: Read + Send + 'static>(open: impl Fn() -> R) -> Vec<ImportColumn> {
    match source::read(&open, |_| true) {
        Ok(Some(sheet)) => sheet.seen().columns(&sheet.titles, |_, _| Vec::new()),
        Ok(None) => Vec::new(),
        Err(FileError(reason)) => {
            tracing::debug!(reason, "the columns of a file cannot be told");
            Vec::new()
        }
    }
}

/// A system whose files are known.
struct Format {
    /// Whether the headings are its own.
    is: fn(&Sheet) -> bool,
    translate: fn(&Sheet, Currency) -> Vec<Made>,
}

const FORMATS: [Format; 8] = [
    woocommerce::FORMAT,
    magento::FORMAT,
    listed::MEDUSA,
    listed::VENDURE,
    listed::SPREE,
    listed::SQUARESPACE,
    listed::PRESTASHOP,
    any::ANY,
];

fn format(sheet: &Sheet) -> Option<&'static Format> {
    const { &FORMATS }.iter().find(|format| (format.is)(sheet))
}

/// Puts the cells under one header. What nobody read stands behind, where the report counts it.
fn finish(sheet: &Sheet, seen: &Seen, told: &[Told], made: &[Made]) -> Translated {
    let mut columns: Vec<(Column, String)> = Vec::new();
    for (column, title, _) in made.iter().flat_map(|made| &made.cells) {
        if !columns.iter().any(|(known, _)| known == column) {
            columns.push((*column, title.clone()));
        }
    }
    let unread = sheet.unread();
    let rows = made.iter().map(|made| {
        let cells = columns.iter().map(|(column, _)| made.get(*column));
        let rest = unread.iter().map(|place| {
            made.sources
                .iter()
                .map(|row| sheet.cell(*row, Some(*place)))
                .find(|cell| !cell.is_empty())
        });
        let notes = told.iter().filter(|told| told.note().is_some()).map(|told| told.cell(made));
        let rest = rest.map(Option::unwrap_or_default);
        placed(cells.chain(notes).chain(rest), made.line)
    });
    let rows = rows.collect();
    let names = unread.iter().map(|place| sheet.titles[*place].clone());
    let notes = told
        .iter()
        .filter_map(|told| Some((told.note()?, sheet.titles[told.place].clone())));
    let taken_for = |place: usize, heading: &str| {
        let said = told.iter().filter(|told| told.place == place);
        let mut words: Vec<String> = said.filter_map(Told::word).collect();
        let named = columns
            .iter()
            .filter(|(_, title)| title == heading)
            .map(|(column, _)| word(*column).to_owned());
        words.extend(named.filter(|word| !words.contains(word)).collect::<Vec<_>>());
        if words.is_empty() && sheet.is_read(place) {
            words.push("other".to_owned());
        }
        words
    };
    let told_columns = seen.columns(&sheet.titles, taken_for);
    let header = Header::of(columns.clone(), notes.collect(), names.collect());
    Translated {
        header,
        rows,
        columns: told_columns,
    }
}

fn as_it_is(sheet: &Sheet, mapping: &Mapping) -> Result<Translated, FileError> {
    let header = Header::read(&StringRecord::from(sheet.titles.clone()), mapping)?;
    let columns = sheet.seen().columns(&sheet.titles, |place, _| header.taken_for(place));
    let row = |(line, cells): &(i32, Vec<String>)| placed(cells.iter().map(String::as_str), *line);
    Ok(Translated {
        header,
        columns,
        rows: sheet.rows.iter().map(row).collect(),
    })
}

fn placed<'c>(cells: impl Iterator<Item = &'c str>, line: i32) -> StringRecord {
    let mut record: StringRecord = cells.collect();
    let mut position = Position::new();
    position.set_line(u64::try_from(line).unwrap_or(1));
    record.set_position(Some(position));
    record
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;

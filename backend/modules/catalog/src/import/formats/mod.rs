//! Product files of other systems: recognised by their headings and translated into the columns that the parser knows.
//!
//! Each translation keeps the line of the row it comes from and the file's own names of columns, so a report speaks of the file that was sent.

mod any;
mod listed;
mod magento;
mod sheet;
mod source;
mod woocommerce;

use std::io::Read;

use csv::{Position, StringRecord};
use orion_types::Currency;

use self::sheet::{Made, Sheet};
use super::header::{Column, Header};
use super::report::FileError;

/// A file that was translated.
#[derive(Debug, Clone)]
pub(crate) struct Translated {
    pub header: Header,
    /// The rows, each with its place in the file.
    pub rows: Vec<StringRecord>,
}

/// Reads a file whose columns are not those the parser knows; `None` when they are, or when nobody knows them. `open` is called once per pass.
///
/// # Errors
/// When it is a workbook that cannot be read, or too large to be held.
pub(crate) fn translated<R: Read + Send + 'static>(open: impl Fn() -> R, currency: Currency) -> Result<Option<Translated>, FileError> {
    let Some(sheet) = source::read(&open, |names| format(names).is_some())? else {
        return Ok(None);
    };
    Ok(match format(&sheet) {
        Some(format) => Some(finish(&sheet, (format.translate)(&sheet, currency))),
        // A workbook in the columns that the parser knows.
        None => Some(as_it_is(&sheet)?),
    })
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
fn finish(sheet: &Sheet, made: Vec<Made>) -> Translated {
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
        placed(cells.chain(rest.map(Option::unwrap_or_default)), made.line)
    });
    let rows = rows.collect();
    let names = unread.iter().map(|place| sheet.titles[*place].clone());
    let header = Header::of(columns, names.collect());
    Translated { header, rows }
}

fn as_it_is(sheet: &Sheet) -> Result<Translated, FileError> {
    let header = Header::read(&StringRecord::from(sheet.titles.clone()))?;
    let row = |(line, cells): &(i32, Vec<String>)| placed(cells.iter().map(String::as_str), *line);
    Ok(Translated {
        header,
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

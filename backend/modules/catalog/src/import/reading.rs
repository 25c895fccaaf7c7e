//! Cells of one product are read: what cannot be used becomes lines of the report, and as much as possible is used with a note.

use orion_framework::export::as_written;
use orion_framework::marks::MAX_NOTE;
use orion_types::Currency;
use orion_types::measure::{self, Content, MAX_CONTENT_MILLI};
use orion_types::validation::{MAX_PRICE_MINOR, MAX_SKU_LENGTH};

use super::header::{Column, Header};
use super::numbers::{self, Evidence};
use super::parse::ParsedImage;
use super::reader::Row;
use super::report::RowError;
use super::sorting;
use super::values::{self, CellError, quoted, shortened};
use crate::picture::MAX_URL;
use crate::service::draft::{MAX_BARCODE, MAX_ON_HAND};
use crate::service::images::{MAX_ALT, MAX_IMAGES};

/// A product that is being read.
pub(super) struct Reading<'h> {
    pub header: &'h Header,
    currency: Currency,
    evidence: Evidence,
    key: &'h str,
    errors: Vec<RowError>,
    notes: Vec<(RowError, usize)>,
}

impl<'h> Reading<'h> {
    pub fn new(header: &'h Header, currency: Currency, evidence: Evidence, key: &'h str) -> Self {
        Self {
            header,
            currency,
            evidence,
            key,
            errors: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// What is wrong, and what was taken otherwise than the file says.
    pub fn finish(self) -> (Vec<RowError>, Vec<RowError>) {
        let note = |(note, times): (RowError, usize)| match times {
            1 => note,
            times => RowError {
                detail: format!("{} ({times} times in this product)", note.detail),
                ..note
            },
        };
        (self.errors, self.notes.into_iter().map(note).collect())
    }

    pub fn cell<'r>(&self, row: &'r Row, column: Column) -> &'r str {
        self.header.get(&row.fields, column)
    }

    fn complain(&mut self, row: &Row, column: Column, (code, detail): CellError) {
        let line = RowError::new(row.line, self.header.name(column), code, detail);
        self.errors.push(RowError {
            product: self.key.to_owned(),
            ..line.of(shortened(self.cell(row, column)))
        });
    }

    /// Says what was made of a cell; the same of many rows of a product is said once and counted.
    pub fn note(&mut self, row: &Row, column: Column, said: CellError) {
        self.note_at(row.line, column, said, &shortened(self.cell(row, column)));
    }

    pub fn note_at(&mut self, line: i32, column: Column, said: CellError, value: &str) {
        let header = self.header;
        self.note_below(line, header.name(column), said, value);
    }

    fn note_below(&mut self, line: i32, name: &str, (code, detail): CellError, value: &str) {
        let known = self.notes.iter_mut().find(|(note, _)| note.code == code && note.column == name);
        if let Some((_, times)) = known {
            *times += 1;
            return;
        }
        let note = RowError::new(line, name, code, detail).noted().of(shortened(value));
        let product = self.key.to_owned();
        self.notes.push((RowError { product, ..note }, 1));
    }

    /// A line of text; `None` where the file has no such column.
    pub fn text(&mut self, row: &Row, column: Column, max: usize) -> Option<String> {
        if !self.header.has(column) {
            return None;
        }
        let (line, note) = values::tidied(self.cell(row, column), max);
        if let Some(note) = note {
            self.note(row, column, note);
        }
        Some(line)
    }

    /// A SKU or barcode. Spreadsheets put an apostrophe before what they must not take for a number.
    pub fn code(&mut self, row: &Row, column: Column) -> Option<String> {
        let max = if column == Column::Sku { MAX_SKU_LENGTH } else { MAX_BARCODE };
        self.text(row, column, max).map(|code| code.trim_start_matches('\'').to_owned())
    }

    /// Yes or no; what is neither is left open with a note.
    pub fn flag(&mut self, row: &Row, column: Column) -> Option<bool> {
        values::flag(self.cell(row, column)).unwrap_or_else(|(code, detail)| {
            self.note(row, column, (code, format!("{detail}: left as it is")));
            None
        })
    }

    /// A price in minor units. One that cannot be read is refused: a price is never guessed.
    pub fn price(&mut self, row: &Row, column: Column) -> Option<i64> {
        match numbers::price(self.cell(row, column), self.currency, self.evidence) {
            Ok(None) => None,
            Ok(Some((minor, _))) if !(0..=MAX_PRICE_MINOR).contains(&minor) => {
                let found = quoted(self.cell(row, column));
                self.complain(
                    row,
                    column,
                    (
                        "out_of_range",
                        format!("a price is between 0 and {MAX_PRICE_MINOR} minor units, found {found}"),
                    ),
                );
                None
            }
            Ok(Some((minor, rounded))) => {
                if rounded {
                    self.note(
                        row,
                        column,
                        (
                            "rounded",
                            format!("the currency has {} decimals: rounded", self.currency.exponent()),
                        ),
                    );
                }
                Some(minor)
            }
            Err(error) => {
                self.complain(row, column, error);
                None
            }
        }
    }

    /// What the merchant pays. Nobody is sold anything for it, so one that cannot be read is left out with a note.
    pub fn cost(&mut self, row: &Row) -> Option<i64> {
        let column = Column::Cost;
        let read = numbers::price(self.cell(row, column), self.currency, self.evidence);
        let (code, detail) = match read {
            Ok(None) => return None,
            Ok(Some((minor, _))) if (0..=MAX_PRICE_MINOR).contains(&minor) => return Some(minor),
            Ok(Some(_)) => ("out_of_range", format!("{} is no cost", quoted(self.cell(row, column)))),
            Err(error) => error,
        };
        self.note(row, column, (code, format!("{detail}: left out")));
        None
    }

    /// How much is in a variant. A unit that prices are not compared by is left out with a note.
    pub fn content(&mut self, row: &Row) -> Option<Content> {
        let (amount, unit) = (self.cell(row, Column::Content), self.cell(row, Column::ContentUnit).to_lowercase());
        if amount.is_empty() || unit.is_empty() {
            return None;
        }
        if measure::find(&unit).is_none() {
            let detail = format!("{} is no unit that prices are compared by: left out", quoted(&unit));
            self.note(row, Column::ContentUnit, ("unknown_unit", detail));
            return None;
        }
        match numbers::thousandths(amount, self.evidence) {
            // A file writes 0 where nothing was filled in.
            Ok(0) => None,
            Ok(amount_milli) if (1..=MAX_CONTENT_MILLI).contains(&amount_milli) => Some(Content { amount_milli, unit }),
            Ok(_) => {
                let detail = format!("{} is no content: left out", quoted(amount));
                self.note(row, Column::Content, ("out_of_range", detail));
                None
            }
            Err((code, detail)) => {
                self.note(row, Column::Content, (code, format!("{detail}: left out")));
                None
            }
        }
    }

    pub fn grams(&mut self, row: &Row) -> Option<i32> {
        numbers::grams(self.cell(row, Column::Grams), 1.0, self.evidence).unwrap_or_else(|(code, detail)| {
            self.note(row, Column::Grams, (code, format!("{detail}: left out")));
            None
        })
    }

    /// Units on hand. Shops that sell what they do not have count below zero; here that is zero.
    pub fn units(&mut self, row: &Row) -> Option<i32> {
        let column = Column::Quantity;
        let (units, cut) = match numbers::whole(self.cell(row, column), self.evidence) {
            Ok(read) => read?,
            Err((code, detail)) => {
                self.note(row, column, (code, format!("{detail}: taken as 0")));
                (0, false)
            }
        };
        if units < 0 {
            self.note(row, column, ("negative_stock", "below zero: taken as 0".to_owned()));
        }
        if cut || units > i64::from(MAX_ON_HAND) {
            self.note(row, column, ("stock_changed", format!("units are whole and at most {MAX_ON_HAND}")));
        }
        i32::try_from(units.clamp(0, i64::from(MAX_ON_HAND))).ok()
    }

    /// The address of a picture; one that nobody can fetch is left out with a note.
    pub fn picture(&mut self, row: &Row, column: Column) -> Option<String> {
        let text = self.cell(row, column);
        let starts_with = |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
        let known = starts_with("https://") || starts_with("http://");
        if known && text.len() <= MAX_URL && !text.chars().any(char::is_control) {
            return Some(text.to_owned());
        }
        if !text.is_empty() {
            let detail = format!("expected an http or https address, found {}: left out", quoted(text));
            self.note(row, column, ("invalid_url", detail));
        }
        None
    }

    /// What a column says of the product in the first of its rows that says anything.
    pub fn categories(&self, rows: &[Row]) -> Vec<Vec<String>> {
        let said = rows
            .iter()
            .map(|row| self.cell(row, Column::Category))
            .find(|cell| !cell.is_empty());
        said.map(|cell| sorting::paths(cell, self.header.lists)).unwrap_or_default()
    }

    /// Likewise for each column that goes into the metadata.
    pub fn metadata(&mut self, rows: &[Row]) -> Vec<(String, String)> {
        let header = self.header;
        let mut kept = Vec::new();
        for (name, place, heading) in &header.notes {
            let cell = |row: &Row| row.fields.get(*place).map(|cell| (row.line, as_written(cell.trim()).to_owned()));
            let Some((line, text)) = rows.iter().filter_map(cell).find(|(_, text)| !text.is_empty()) else {
                continue;
            };
            let cut: String = text.chars().take(MAX_NOTE).collect();
            if cut.len() < text.len() {
                self.note_below(line, heading, ("cut", format!("cut to {MAX_NOTE} characters")), &text);
            }
            kept.push((name.clone(), cut));
        }
        kept
    }

    /// All pictures once, in their order; those that only a variant names come last.
    pub fn images(&mut self, rows: &[Row]) -> Vec<ParsedImage> {
        let mut images: Vec<ParsedImage> = Vec::new();
        let known = |images: &[ParsedImage], url: &str| images.iter().any(|image| image.url == url);
        let next = |images: &[ParsedImage]| images.iter().map(|image| image.position).max().unwrap_or(0) + 1;
        for row in rows {
            let Some(url) = self.picture(row, Column::ImageSrc).filter(|url| !known(&images, url)) else {
                continue;
            };
            let position = numbers::whole(self.cell(row, Column::ImagePosition), self.evidence).ok().flatten();
            let position = position.map_or_else(|| next(&images), |(place, _)| i32::try_from(place.clamp(0, 100_000)).unwrap_or(0));
            let alt = values::tidied(self.cell(row, Column::ImageAlt), MAX_ALT).0;
            images.push(ParsedImage { url, alt, position });
        }
        for row in rows {
            let url = self.cell(row, Column::VariantImage);
            // One that is wrong was told with its variant.
            if url.starts_with("http") && !known(&images, url) && url.len() <= MAX_URL {
                let position = next(&images);
                let (url, alt) = (url.to_owned(), String::new());
                images.push(ParsedImage { url, alt, position });
            }
        }
        if images.len() > MAX_IMAGES
            && let Some(first) = rows.first()
        {
            let detail = format!("{} pictures beyond {MAX_IMAGES} were left out", images.len() - MAX_IMAGES);
            self.note(first, Column::ImageSrc, ("pictures_left_out", detail));
            images.truncate(MAX_IMAGES);
        }
        images
    }
}

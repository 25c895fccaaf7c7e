//! Spreadsheets: rows go to the disk as they come, so that one of any length needs the same memory.

use std::path::Path;

use orion_framework::export::Cell;
use rust_xlsxwriter::{Workbook, Worksheet};

use crate::error::TransferError;

/// Rows of one sheet; what comes after goes into another.
const LONGEST_SHEET: u32 = 1_048_576;
/// Characters of one cell, as UTF-16 counts them.
const LONGEST_CELL: usize = 32_767;
/// Digits that a spreadsheet keeps of a number.
const MOST_DIGITS: usize = 15;

/// A workbook in the making.
pub(super) struct Sheet {
    book: Workbook,
    columns: Vec<String>,
    sheet: usize,
    row: u32,
}

impl Sheet {
    pub(super) fn create(folder: &Path, columns: &[&str]) -> Result<Self, TransferError> {
        let mut book = Workbook::new();
        book.set_tempdir(folder)?;
        let mut made = Self {
            book,
            columns: columns.iter().map(|column| (*column).to_owned()).collect(),
            sheet: 0,
            row: 0,
        };
        made.begin_sheet()?;
        Ok(made)
    }

    fn begin_sheet(&mut self) -> Result<(), TransferError> {
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        for (column, name) in (0_u16..).zip(&self.columns) {
            sheet.write_string(0, column, name)?;
        }
        self.row = 1;
        Ok(())
    }

    /// Writes a row; the answer is how many texts had to be cut.
    pub(super) fn write(&mut self, cells: &[Cell]) -> Result<i64, TransferError> {
        if self.row == LONGEST_SHEET {
            self.begin_sheet()?;
            self.sheet += 1;
        }
        let (row, mut cut) = (self.row, 0);
        let sheet = self.book.worksheet_from_index(self.sheet)?;
        for (column, cell) in (0_u16..).zip(cells) {
            cut += write_cell(sheet, (row, column), cell)?;
        }
        self.row += 1;
        Ok(cut)
    }

    pub(super) fn finish(mut self, path: &Path) -> Result<(), TransferError> {
        Ok(self.book.save(path)?)
    }
}

/// A text is written as a text, and never becomes a formula.
fn write_cell(sheet: &mut Worksheet, (row, column): (u32, u16), cell: &Cell) -> Result<i64, TransferError> {
    match cell {
        Cell::Empty => {}
        Cell::Number(number) => {
            let digits = number.bytes().filter(u8::is_ascii_digit).count();
            match number.parse::<f64>() {
                Ok(value) if digits <= MOST_DIGITS => sheet.write_number(row, column, value)?,
                _ => sheet.write_string(row, column, number)?,
            };
        }
        Cell::Text(text) => {
            let kept = fitting(text);
            sheet.write_string(row, column, kept)?;
            return Ok(i64::from(kept.len() < text.len()));
        }
    }
    Ok(0)
}

/// As much of a text as a cell can hold.
fn fitting(text: &str) -> &str {
    if text.len() <= LONGEST_CELL {
        return text;
    }
    let mut units = 0;
    for (at, character) in text.char_indices() {
        units += character.len_utf16();
        if units > LONGEST_CELL {
            return &text[..at];
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_where_a_cell_ends_and_never_inside_a_character() {
        let long = "🦊".repeat(20_000);
        assert_eq!(fitting(&long).encode_utf16().count(), 32_766);
        assert_eq!(fitting("short"), "short");
        let exact = "é".repeat(LONGEST_CELL);
        assert_eq!(fitting(&exact), exact);
    }
}

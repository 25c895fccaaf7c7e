//! How much of a file is held in memory: a few kilobytes of a workbook or of JSON can stand for billions of cells.

use super::super::report::FileError;

/// Most columns of a file that is held as a whole; the widest exports known have some hundreds.
pub(super) const MAX_COLUMNS: usize = 2_000;
/// Most cells, empty ones up to the last of each row included: with 24 bytes for an empty one some 240 MB.
const MAX_CELLS: usize = 10_000_000;
/// Most bytes of what the cells say: a text that a workbook has once can stand in each of them.
const MAX_BYTES: u64 = 256 << 20;

/// What is left of it.
#[derive(Debug)]
pub(super) struct Room {
    cells: usize,
    bytes: u64,
}

impl Default for Room {
    fn default() -> Self {
        Self::of(MAX_CELLS)
    }
}

impl Room {
    /// For so many cells.
    pub fn of(cells: usize) -> Self {
        Self { cells, bytes: MAX_BYTES }
    }

    /// Takes the room of a row with so many cells.
    ///
    /// # Errors
    /// When it has more columns than are read, or the file more cells.
    pub fn row(&mut self, cells: usize) -> Result<(), FileError> {
        if cells > MAX_COLUMNS {
            return Err(FileError(format!("A file of this kind may have {MAX_COLUMNS} columns.")));
        }
        self.cells = self.cells.checked_sub(cells).ok_or_else(too_many)?;
        Ok(())
    }

    /// Makes a row long enough for the cell at a place.
    ///
    /// # Errors
    /// As [`Self::row`].
    pub fn cell(&mut self, row: &mut Vec<String>, place: usize) -> Result<(), FileError> {
        if place >= MAX_COLUMNS {
            return self.row(place + 1);
        }
        if place >= row.len() {
            self.row(place + 1 - row.len())?;
            row.resize(place + 1, String::new());
        }
        Ok(())
    }

    /// Takes the room of what cells say, in bytes.
    ///
    /// # Errors
    /// When the file says more than is held.
    pub fn text(&mut self, bytes: u64) -> Result<(), FileError> {
        self.bytes = self.bytes.checked_sub(bytes).ok_or_else(too_much)?;
        Ok(())
    }

    /// Whether a table of so many rows and columns has room.
    ///
    /// # Errors
    /// As [`Self::row`].
    pub fn table(&mut self, rows: u64, columns: u64) -> Result<(), FileError> {
        if columns > MAX_COLUMNS as u64 {
            return self.row(MAX_COLUMNS + 1);
        }
        let cells = usize::try_from(rows.saturating_mul(columns)).unwrap_or(usize::MAX);
        self.cells = self.cells.checked_sub(cells).ok_or_else(too_many)?;
        Ok(())
    }
}

fn too_much() -> FileError {
    FileError(format!("A file of this kind may say {} MB: send it in parts.", MAX_BYTES >> 20))
}

fn too_many() -> FileError {
    FileError(format!("A file of this kind may have {MAX_CELLS} cells: send it in parts."))
}

//! A file as rows and headings, whatever it was written in, and the rows that are made of it.

use std::cell::Cell;

use super::super::columns::Seen;
use super::super::header::Column;

/// What a file holds.
pub(super) struct Sheet {
    /// The headings as they are written.
    pub titles: Vec<String>,
    /// The headings in lower case without what stands in brackets.
    names: Vec<String>,
    /// Line and cells.
    pub rows: Vec<(i32, Vec<String>)>,
    read: Vec<Cell<bool>>,
}

impl Sheet {
    pub fn new(titles: Vec<String>, rows: Vec<(i32, Vec<String>)>) -> Self {
        // A byte order mark may stand behind an empty line, where nobody takes it off.
        let titles: Vec<String> = titles
            .iter()
            .map(|title| title.trim_start_matches('\u{feff}').trim().to_owned())
            .collect();
        let names = titles.iter().map(|title| plain(title)).collect();
        let read = titles.iter().map(|_| Cell::new(false)).collect();
        Self { titles, names, rows, read }
    }

    /// Whether there is a column of one of these names.
    pub fn has(&self, known: &[&str]) -> bool {
        self.place(known).is_some()
    }

    fn place(&self, known: &[&str]) -> Option<usize> {
        known.iter().find_map(|known| self.names.iter().position(|name| name == known))
    }

    /// The column of one of these names, which is read from now on.
    pub fn find(&self, known: &[&str]) -> Option<usize> {
        self.place(known).map(|place| self.at(place))
    }

    /// All columns whose name fits, which are read from now on.
    pub fn find_all(&self, fits: impl Fn(&str) -> bool) -> Vec<usize> {
        let places = self.names.iter().enumerate().filter(|(_, name)| fits(name));
        places.map(|(place, _)| self.at(place)).collect()
    }

    /// A column by its place, which is read from now on.
    pub fn at(&self, place: usize) -> usize {
        if let Some(read) = self.read.get(place) {
            read.set(true);
        }
        place
    }

    /// Whether somebody has read the column.
    pub fn is_read(&self, place: usize) -> bool {
        self.read.get(place).is_some_and(Cell::get)
    }

    /// What its columns hold.
    pub fn seen(&self) -> Seen {
        let mut seen = Seen::default();
        for (_, cells) in &self.rows {
            cells.iter().enumerate().for_each(|(place, cell)| seen.cell(place, cell));
        }
        seen
    }

    /// Takes away the cells of a column, so that whoever translates the file finds nothing there.
    pub fn empty(&mut self, place: usize) -> Vec<String> {
        if let Some(name) = self.names.get_mut(place) {
            name.clear();
        }
        let cells = self
            .rows
            .iter_mut()
            .map(|(_, cells)| cells.get_mut(place).map(std::mem::take).unwrap_or_default());
        cells.collect()
    }

    /// Columns that nobody read.
    pub fn unread(&self) -> Vec<usize> {
        let unread = |place: &usize| !self.read[*place].get() && !self.titles[*place].is_empty();
        (0..self.titles.len()).filter(unread).collect()
    }

    pub fn cell(&self, row: usize, place: Option<usize>) -> &str {
        let cells = self.rows.get(row).map(|(_, cells)| cells);
        place.and_then(|place| cells?.get(place)).map_or("", |cell| cell.trim())
    }

    pub fn title(&self, place: usize) -> &str {
        self.titles.get(place).map_or("", String::as_str)
    }
}

/// `Price tax excluded (0/1) *` and `price tax excluded` are one heading.
fn plain(title: &str) -> String {
    let lower = title.to_lowercase();
    let bare = lower.split(['(', '[']).next().unwrap_or_default();
    bare.trim_end_matches([' ', '*', '#', ':']).replace('_', " ").trim().to_owned()
}

/// A row in columns that the parser knows.
#[derive(Debug, Default, Clone)]
pub(super) struct Made {
    pub line: i32,
    /// Rows of the sheet that it was made of.
    pub sources: Vec<usize>,
    /// Column, what the file calls it, and what it says.
    pub cells: Vec<(Column, String, String)>,
}

impl Made {
    pub fn new(sheet: &Sheet, row: usize) -> Self {
        Self {
            line: sheet.rows.get(row).map_or(1, |(line, _)| *line),
            sources: vec![row],
            cells: Vec::new(),
        }
    }

    pub fn get(&self, column: Column) -> &str {
        self.cells
            .iter()
            .find(|(known, _, _)| *known == column)
            .map_or("", |(_, _, text)| text)
    }

    /// Sets a cell; what was there before is replaced.
    pub fn put(&mut self, column: Column, title: &str, text: impl Into<String>) {
        self.cells.retain(|(known, _, _)| *known != column);
        self.cells.push((column, title.to_owned(), text.into()));
    }

    /// Copies a cell, if the file has the column.
    pub fn copy(&mut self, column: Column, sheet: &Sheet, row: usize, place: Option<usize>) {
        if let Some(place) = place {
            self.put(column, sheet.title(place), sheet.cell(row, Some(place)));
        }
    }

    /// Copies what goes by one of these names.
    pub fn copy_all(&mut self, sheet: &Sheet, row: usize, fields: &[(Column, &[&str])]) {
        for (column, known) in fields {
            self.copy(*column, sheet, row, sheet.find(known));
        }
    }

    /// Choices, the fourth and those behind it joined to the third: a product has three.
    pub fn choose(&mut self, choices: &[(String, String)]) {
        for (option, (name, value)) in choices.iter().take(3).enumerate() {
            let (mut name, mut value) = (name.clone(), value.clone());
            if option == 2 {
                for (other, chosen) in choices.iter().skip(3) {
                    name = format!("{name} / {other}");
                    value = format!("{value} / {chosen}");
                }
            }
            self.put(Column::OptionName(option), &name, name.as_str());
            self.put(Column::OptionValue(option), &name, value);
        }
    }

    /// An amount that is asked for instead of the usual one.
    pub fn reduce(&mut self, title: &str, reduced: &str) {
        let usual = self.get(Column::Price).to_owned();
        if !reduced.is_empty() && reduced.chars().any(|letter| letter.is_ascii_digit() && letter != '0') {
            self.put(Column::CompareAt, title, usual);
            self.put(Column::Price, title, reduced);
        } else {
            self.put(Column::CompareAt, title, "");
        }
    }

    /// A weight of a known unit in grams; one that is no number stays for the report.
    pub fn weigh(&mut self, title: &str, text: &str, unit: &str) {
        let factor = match unit.trim().to_lowercase().as_str() {
            "g" | "gram" | "grams" => 1.0,
            "lb" | "lbs" => 453.592_37,
            "oz" => 28.349_523,
            _ => 1000.0,
        };
        let grams = text
            .replace(',', ".")
            .parse::<f64>()
            .map(|weight| format!("{:.0}", weight * factor));
        self.put(Column::Grams, title, grams.unwrap_or_else(|_| text.to_owned()));
    }

    /// The row and a row for each further picture.
    pub fn with_pictures(mut self, title: &str, addresses: &[&str]) -> Vec<Self> {
        let (handle, sources) = (self.get(Column::Handle).to_owned(), self.sources.clone());
        let line = self.line;
        let mut rows = Vec::new();
        for (number, address) in addresses.iter().enumerate() {
            if number == 0 {
                self.put(Column::ImageSrc, title, *address);
                continue;
            }
            let mut row = Self { line, ..Self::default() };
            // The unread cells are counted with the first row only.
            row.put(Column::Handle, "Handle", handle.as_str());
            row.put(Column::ImageSrc, title, *address);
            rows.push(row);
        }
        self.sources = sources;
        rows.insert(0, self);
        rows
    }
}

/// Words of a cell.
pub(super) fn parts(text: &str, separator: char) -> Vec<&str> {
    text.split(separator).map(str::trim).filter(|part| !part.is_empty()).collect()
}

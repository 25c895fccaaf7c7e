//! Columns of a translated file that somebody has said something of.

use super::super::header::Column;
use super::super::mapping::{Mapping, Target, note_word, word};
use super::sheet::{Made, Sheet};

/// A column and what it is said to be.
pub(super) struct Told {
    pub place: usize,
    target: Target,
    cells: Vec<String>,
}

impl Sheet {
    /// Takes out the columns that somebody has said something of, and keeps those in it that are to be read as usual too.
    pub fn take(&mut self, mapping: &Mapping) -> Vec<Told> {
        let mut told: Vec<Told> = Vec::new();
        for place in 0..self.titles.len() {
            let Some(target) = mapping.of(&self.titles[place]).cloned() else {
                continue;
            };
            if told.iter().any(|told| self.titles[told.place] == self.titles[place]) {
                continue;
            }
            let cells = if target.replaces() {
                self.empty(place)
            } else {
                (0..self.rows.len()).map(|row| self.cell(row, Some(place)).to_owned()).collect()
            };
            if target != Target::Nothing {
                self.at(place);
            }
            told.push(Told { place, target, cells });
        }
        told
    }
}

impl Told {
    /// What the column says of a row.
    pub fn cell<'t>(&'t self, made: &Made) -> &'t str {
        let said = made.sources.iter().filter_map(|row| self.cells.get(*row)).map(|cell| cell.trim());
        said.into_iter().find(|cell| !cell.is_empty()).unwrap_or_default()
    }

    /// The name in the metadata.
    pub fn note(&self) -> Option<String> {
        match &self.target {
            Target::Note(name) => Some(name.clone()),
            _ => None,
        }
    }

    /// The word for it.
    pub fn word(&self) -> Option<String> {
        self.note()
            .map(|name| note_word(&name))
            .or_else(|| Some(word(self.target.column()?).to_owned()))
    }

    /// Puts its cells where they are wanted. What a translation has called by its heading came from nowhere else.
    pub fn fill(&self, sheet: &Sheet, made: &mut [Made]) {
        let heading = sheet.title(self.place);
        for row in made {
            if self.target.replaces() {
                row.cells.retain(|(_, title, _)| title != heading);
            }
            if let Some(column) = self.target.column().filter(|_| !row.sources.is_empty()) {
                let text = self.cell(row).to_owned();
                row.put(column, heading, text);
            }
        }
    }
}

/// A row that has lost its handle belongs to its title, or to the product before it.
pub(super) fn name(made: &mut [Made]) {
    let mut last = String::new();
    for row in made {
        if row.get(Column::Handle).is_empty() {
            let title = row.get(Column::Title);
            let key = if title.is_empty() { last.clone() } else { title.to_owned() };
            row.put(Column::Handle, "Handle", key);
        }
        row.get(Column::Handle).clone_into(&mut last);
    }
}

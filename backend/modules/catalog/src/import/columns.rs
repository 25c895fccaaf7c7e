//! The columns of a file as a person sees them: heading, examples, and what each was taken for.

use csv::StringRecord;
use orion_types::import::ImportColumn;

use super::mapping::MAX_HEADING;
use super::values::shortened;

/// Most columns that are told of.
const MAX_COLUMNS: usize = 300;
/// Examples of a column.
const EXAMPLES: usize = 3;
/// Cells that examples are looked for in: a column that always says the same has no others.
const SEARCHED: i32 = 1_000;

/// What was seen of each column, by its place.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen(Vec<(i32, Vec<String>)>);

impl Seen {
    pub fn look(&mut self, cells: &StringRecord) {
        for (place, cell) in cells.iter().enumerate().take(MAX_COLUMNS) {
            self.cell(place, cell);
        }
    }

    pub fn cell(&mut self, place: usize, cell: &str) {
        let cell = cell.trim();
        if cell.is_empty() {
            return;
        }
        if self.0.len() <= place {
            self.0.resize_with(place + 1, Default::default);
        }
        let (cells, examples) = &mut self.0[place];
        *cells = cells.saturating_add(1);
        if examples.len() < EXAMPLES && *cells <= SEARCHED {
            let example = shortened(cell);
            if !examples.contains(&example) {
                examples.push(example);
            }
        }
    }

    /// The columns; `taken_for` tells by place and heading what each was taken for.
    pub fn columns(&self, headings: &[String], taken_for: impl Fn(usize, &str) -> Vec<String>) -> Vec<ImportColumn> {
        let named = headings.iter().enumerate().take(MAX_COLUMNS);
        let named = named.filter(|(_, heading)| !heading.is_empty() && heading.len() <= MAX_HEADING);
        let column = |(place, heading): (usize, &String)| {
            let (cells, examples) = self.0.get(place).cloned().unwrap_or_default();
            ImportColumn {
                heading: heading.replace('\0', ""),
                cells,
                examples: examples.into_iter().map(|example| example.replace('\0', "")).collect(),
                taken_for: taken_for(place, heading),
            }
        };
        named.map(column).collect()
    }
}

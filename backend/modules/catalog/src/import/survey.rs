//! What a file tells as a whole, found out in a pass of its own before anything is taken from it.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use csv::StringRecord;

use super::columns::Seen;
use super::header::{Column, Header};
use super::numbers::Evidence;
use super::report::RowError;
use super::values::tidied;
use crate::service::draft::MAX_LABEL;

/// Columns whose cells show how the file writes numbers.
const NUMERIC: [Column; 4] = [Column::Price, Column::CompareAt, Column::Grams, Column::Quantity];

/// What is known of a file before its products are read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Survey {
    /// Rows that say anything.
    pub rows: i32,
    /// How it writes numbers.
    pub evidence: Evidence,
    /// Products whose rows stand apart, by fingerprint of the key, with the number of their stretches.
    scattered: HashMap<u64, u32>,
    /// Every product of the file, by fingerprint of the key.
    keys: HashSet<u64>,
    /// The vendors that the file names, by fingerprint.
    vendors: HashSet<u64>,
    /// Cells that say something, for each column that nobody reads.
    ignored: Vec<(String, u32)>,
    /// What was seen of each column.
    pub seen: Seen,
}

/// Takes notes row by row.
pub(super) struct Surveyor<'h> {
    header: &'h Header,
    survey: Survey,
    stretches: HashMap<u64, u32>,
    last: Option<u64>,
    cells: Vec<u32>,
}

impl<'h> Surveyor<'h> {
    pub fn new(header: &'h Header) -> Self {
        Self {
            header,
            survey: Survey::default(),
            stretches: HashMap::new(),
            last: None,
            cells: vec![0; header.ignored.len()],
        }
    }

    pub fn look(&mut self, row: &StringRecord) {
        self.survey.rows = self.survey.rows.saturating_add(1);
        if !self.header.headings.is_empty() {
            self.survey.seen.look(row);
        }
        for column in NUMERIC {
            self.survey.evidence.learn(self.header.get(row, column));
        }
        for ((place, _), count) in self.header.ignored.iter().zip(&mut self.cells) {
            *count += u32::from(row.get(*place).is_some_and(|cell| !cell.trim().is_empty()));
        }
        let key = self.header.get(row, self.header.key());
        if key.is_empty() {
            return;
        }
        let vendor = tidied(self.header.get(row, Column::Vendor), MAX_LABEL).0;
        if !vendor.is_empty() {
            self.survey.vendors.insert(fingerprint(&vendor));
        }
        let key = fingerprint(key);
        if self.last != Some(key) {
            *self.stretches.entry(key).or_default() += 1;
            self.last = Some(key);
        }
    }

    pub fn finish(self) -> Survey {
        let names = self.header.ignored.iter().map(|(_, name)| name.clone());
        Survey {
            keys: self.stretches.keys().copied().collect(),
            scattered: self.stretches.into_iter().filter(|(_, stretches)| *stretches > 1).collect(),
            ignored: names.zip(self.cells).filter(|(_, cells)| *cells > 0).collect(),
            ..self.survey
        }
    }
}

impl Survey {
    /// In how many stretches the rows of a product stand.
    pub fn stretches(&self, key: &str) -> u32 {
        self.scattered.get(&fingerprint(key)).copied().unwrap_or(1)
    }

    /// Whether the file names the product.
    pub fn names(&self, key: &str) -> bool {
        self.keys.contains(&fingerprint(key))
    }

    /// Whether the file speaks of this vendor's products: where it has the column, of no others.
    pub fn speaks_of(&self, header: &Header, vendor: &str) -> bool {
        let unsaid = vendor.is_empty() && self.vendors.is_empty();
        !header.has(Column::Vendor) || unsaid || self.vendors.contains(&fingerprint(vendor))
    }

    /// What the report says of the file as a whole; `stock` is what new variants get where the file has no quantities.
    pub fn notes(&self, header: &Header, stock: Option<i32>) -> Vec<RowError> {
        let ignored = self.ignored.iter().map(|(name, cells)| {
            let detail = format!("this column was not read; {cells} of its cells say something");
            RowError::new(1, name, "column_ignored", detail).noted()
        });
        let uncounted = (!header.counts()).then(|| {
            let new = stock.map_or_else(
                || "is sold without being counted".to_owned(),
                |units| format!("has {units} units each"),
            );
            let detail = format!("the file has no quantities: what is there keeps its stock, what is new {new}");
            RowError::new(1, header.name(Column::Quantity), "not_counted", detail).noted()
        });
        ignored.chain(uncounted).collect()
    }
}

/// Eight bytes for a name of any length: what a large file has used stays small.
fn fingerprint(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

//! What one segment adds to the counts of a list; kept while the catalogue changes around it.

use std::collections::HashMap;

use tantivy::DocId;
use tantivy::fastfield::AliveBitSet;

use crate::snapshot::{Segment, Snapshot};
use crate::walk::Counts;

/// Counts in the numbers of a segment and of the store's tree of categories.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Counted {
    pub total: i64,
    pub in_stock: i64,
    pub sold_out: i64,
    pub priced: i64,
    pub prices: Option<(i64, i64)>,
    /// By the place of the category.
    pub categories: Vec<i64>,
    /// The place of an option, and its products; by place.
    pub options: Vec<(u32, i64)>,
}

impl Counted {
    /// What is left without some of its products; `None` where that cannot be told: the lowest or the highest price is gone.
    pub fn without(&self, gone: &Self) -> Option<Self> {
        if let (Some((least, most)), Some((gone_least, gone_most))) = (self.prices, gone.prices)
            && (gone_least <= least || gone_most >= most)
        {
            return None;
        }
        let mut gone_options = gone.options.iter().peekable();
        let left = |(place, count): &(u32, i64)| {
            let same = gone_options.next_if(|(other, _)| other == place);
            (*place, count - same.map_or(0, |(_, gone)| *gone))
        };
        let options = self.options.iter().map(left).filter(|(_, count)| *count > 0).collect();
        Some(Self {
            total: self.total - gone.total,
            in_stock: self.in_stock - gone.in_stock,
            sold_out: self.sold_out - gone.sold_out,
            priced: self.priced - gone.priced,
            prices: self.prices,
            categories: self.categories.iter().zip(&gone.categories).map(|(all, gone)| all - gone).collect(),
            options,
        })
    }
}

/// Counts, and which documents were there then.
pub(crate) struct Part {
    pub counted: Counted,
    alive: Option<AliveBitSet>,
    deleted: u32,
}

impl Part {
    pub fn new(segment: &Segment, counted: Counted) -> Self {
        Self {
            counted,
            alive: segment.reader.alive_bitset().cloned(),
            deleted: segment.reader.num_deleted_docs(),
        }
    }

    /// Whether nothing has been deleted since. What is deleted never comes back.
    pub fn is_of(&self, segment: &Segment) -> bool {
        self.deleted == segment.reader.num_deleted_docs()
    }

    /// Whether something has been deleted since.
    pub fn is_before(&self, segment: &Segment) -> bool {
        self.deleted < segment.reader.num_deleted_docs()
    }

    /// Whether a document was there then and is not any more.
    pub fn has_lost(&self, segment: &Segment, doc: DocId) -> bool {
        self.alive.as_ref().is_none_or(|alive| alive.is_alive(doc)) && !segment.is_alive(doc)
    }

    /// What it takes in memory, roughly; of the documents that were there much is shared.
    pub fn weight(&self) -> usize {
        let alive = self.alive.as_ref().map_or(0, |_| 1_000);
        self.counted.categories.len() * 8 + self.counted.options.len() * 16 + alive
    }
}

impl Snapshot {
    /// The counts of all segments together.
    pub(crate) fn together(&self, parts: &[impl AsRef<Part>]) -> Counts {
        let mut counts = Counts::default();
        let mut categories = vec![0_i64; self.categories.len()];
        let mut options: HashMap<&(String, String), i64> = HashMap::new();
        for (segment, part) in self.segments.iter().zip(parts) {
            let counted = &part.as_ref().counted;
            counts.total += counted.total;
            counts.in_stock += counted.in_stock;
            counts.sold_out += counted.sold_out;
            counts.priced += counted.priced;
            counts.prices = match (counts.prices, counted.prices) {
                (Some(one), Some(other)) => Some((one.0.min(other.0), one.1.max(other.1))),
                (one, other) => one.or(other),
            };
            categories
                .iter_mut()
                .zip(&counted.categories)
                .for_each(|(sum, count)| *sum += count);
            for (place, count) in &counted.options {
                *options.entry(&segment.columns.options[*place as usize]).or_default() += count;
            }
        }
        let categories = self.categories.iter().zip(categories).filter(|(_, count)| *count > 0);
        counts.categories = categories.map(|(category, count)| (category.id, count)).collect();
        let options = options
            .into_iter()
            .map(|((name, value), count)| (name.clone(), value.clone(), count));
        counts.options = options.collect();
        counts
            .options
            .sort_by(|a, b| a.0.cmp(&b.0).then(b.2.cmp(&a.2)).then_with(|| a.1.cmp(&b.1)));
        counts
    }
}

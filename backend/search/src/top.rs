//! The first products of a list in one segment, in order.

use tantivy::DocId;

use crate::snapshot::Listed;

/// Products that are kept of a list; of that of everything, by which others are ordered, all are.
pub(crate) const KEPT: usize = 1_000;

/// Products in the order of a list; those that were deleted since are among them.
pub(crate) struct Top {
    docs: Vec<DocId>,
    /// Of a search; empty without one.
    ranks: Vec<i64>,
    /// Whether the list has no others.
    pub complete: bool,
}

impl Top {
    pub fn new(listed: &[Listed], is_search: bool, complete: bool) -> Self {
        Self {
            docs: listed.iter().map(|one| one.doc).collect(),
            ranks: if is_search {
                listed.iter().map(|one| one.rank).collect()
            } else {
                Vec::new()
            },
            complete,
        }
    }

    /// Those from the first that `is_behind` says is.
    pub fn behind(&self, segment: u32, is_behind: impl Fn(&Listed) -> bool) -> impl Iterator<Item = Listed> {
        let listed = move |place: usize| Listed {
            segment,
            doc: self.docs[place],
            rank: self.ranks.get(place).copied().unwrap_or_default(),
        };
        let (mut low, mut high) = (0, self.docs.len());
        while low < high {
            let middle = low.midpoint(high);
            if is_behind(&listed(middle)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        (low..self.docs.len()).map(listed)
    }

    /// What it takes in memory.
    pub fn weight(&self) -> usize {
        size_of_val(&*self.docs) + size_of_val(&*self.ranks)
    }
}

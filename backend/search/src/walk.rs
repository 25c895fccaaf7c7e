//! One walk over what a search finds: the total, every facet, and the products of the list.
//!
//! A facet leaves out its own choice, so that a second value can be added; price, options and stock must be met by one variant together.

use std::collections::HashMap;

use tantivy::DocId;
use uuid::Uuid;

use crate::SearchError;
use crate::columns::Columns;
use crate::filter::Filter;
use crate::hits::{self, Scores};
use crate::snapshot::{Listed, Segment, Snapshot};

/// What is in stock outweighs every match of what is not.
const IN_STOCK: i64 = 1_000_000_000;
/// A letter of the title weighs less than any match, and decides between equals: the title that is searched for is not much longer.
const MATCH: i64 = 1_000;

/// The counts of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Products in all.
    pub total: i64,
    /// Products by category, those of the categories below included.
    pub categories: Vec<(Uuid, i64)>,
    /// Products that can be bought now.
    pub in_stock: i64,
    /// Products that are sold out.
    pub sold_out: i64,
    /// The lowest and the highest price.
    pub prices: Option<(i64, i64)>,
    /// Products with a price.
    pub priced: i64,
    /// Name, value, products; by name, then the most frequent first.
    pub options: Vec<(String, String, i64)>,
}

/// What a walk has found.
#[derive(Debug, Default)]
pub(crate) struct Walked {
    pub counts: Counts,
    pub listed: Vec<Listed>,
}

pub(crate) fn walk(snapshot: &Snapshot, filter: &Filter) -> Result<Walked, SearchError> {
    let scores = match &filter.search {
        Some(typed) => Some(hits::search(snapshot, typed)?),
        None => None,
    };
    let mut walked = Walked::default();
    let mut options: HashMap<(String, String), i64> = HashMap::new();
    let mut categories = vec![0_i64; snapshot.categories.len()];
    for (place, segment) in snapshot.segments.iter().enumerate() {
        let scores = scores.as_ref().map(|scores| &scores[place]);
        let mut one = OfSegment::new(segment, filter, categories.len());
        one.walk(place as u32, scores, &mut walked, &mut categories);
        for (pair, count) in segment.columns.options.iter().zip(&one.option_counts) {
            if *count > 0 {
                *options.entry(pair.clone()).or_default() += count;
            }
        }
    }
    let counted = snapshot.categories.iter().zip(categories);
    walked.counts.categories = counted
        .filter(|(_, count)| *count > 0)
        .map(|(category, count)| (category.id, count))
        .collect();
    let mut options: Vec<_> = options.into_iter().map(|((name, value), count)| (name, value, count)).collect();
    options.sort_by(|a, b| a.0.cmp(&b.0).then(b.2.cmp(&a.2)).then_with(|| a.1.cmp(&b.1)));
    walked.counts.options = options;
    Ok(walked)
}

/// The walk over a segment: the filter in its own numbers, and its counts.
struct OfSegment<'s> {
    segment: &'s Segment,
    columns: &'s Columns,
    filter: &'s Filter,
    /// For each option of the segment the wanted one of that name, as a bit, and whether its value is wanted.
    choices: Vec<(u64, bool)>,
    wanted_categories: Option<Vec<bool>>,
    option_counts: Vec<i64>,
    /// The last product that was counted for an option or a category, plus one.
    option_seen: Vec<DocId>,
    category_seen: Vec<DocId>,
}

/// What a product's variants say together.
#[derive(Default)]
struct Fits {
    fits: bool,
    fits_now: bool,
    prices: Option<(i64, i64)>,
    any_in_stock: bool,
}

impl<'s> OfSegment<'s> {
    fn new(segment: &'s Segment, filter: &'s Filter, categories: usize) -> Self {
        let columns = &*segment.columns;
        let choice = |(name, value): &(String, String)| match filter.options.iter().position(|wanted| wanted.name == *name) {
            Some(place) => (1_u64 << place.min(63), filter.options[place].values.contains(value)),
            None => (0, false),
        };
        let is_wanted = |wanted: &Vec<Uuid>| columns.category_ids.iter().map(|id| wanted.contains(id)).collect();
        Self {
            choices: columns.options.iter().map(choice).collect(),
            wanted_categories: filter.categories.as_ref().map(is_wanted),
            option_counts: vec![0; columns.options.len()],
            option_seen: vec![0; columns.options.len()],
            category_seen: vec![0; categories],
            segment,
            columns,
            filter,
        }
    }

    fn walk(&mut self, place: u32, scores: Option<&Scores>, walked: &mut Walked, categories: &mut [i64]) {
        for doc in 0..self.segment.reader.max_doc() {
            let score = scores.map_or(1, |scores| scores[doc as usize]);
            if score == 0 || !self.segment.is_alive(doc) {
                continue;
            }
            let in_category = self.is_in_category(doc);
            let fits = self.variants(doc, in_category);
            let wanted = if self.filter.in_stock { fits.fits_now } else { fits.fits };
            if wanted {
                self.count_categories(doc, categories);
            }
            if !in_category {
                continue;
            }
            let counts = &mut walked.counts;
            if let Some((least, most)) = fits.prices {
                let so_far = counts.prices.unwrap_or((least, most));
                counts.prices = Some((so_far.0.min(least), so_far.1.max(most)));
                counts.priced += 1;
            }
            counts.in_stock += i64::from(fits.fits_now);
            counts.sold_out += i64::from(fits.fits && !fits.fits_now);
            if wanted {
                counts.total += 1;
                let rank = if scores.is_some() {
                    self.rank(doc, score, fits.any_in_stock)
                } else {
                    0
                };
                walked.listed.push(Listed { segment: place, doc, rank });
            }
        }
    }

    fn is_in_category(&self, doc: DocId) -> bool {
        match &self.wanted_categories {
            None => true,
            Some(wanted) => self.columns.categories(doc).iter().any(|place| wanted[*place as usize]),
        }
    }

    fn variants(&mut self, doc: DocId, in_category: bool) -> Fits {
        let all = if self.filter.options.is_empty() {
            0
        } else {
            u64::MAX >> (64 - self.filter.options.len().min(64))
        };
        let mut found = Fits::default();
        for variant in self.columns.variants(doc) {
            let price = self.columns.variant_price[variant];
            let in_stock = !self.filter.stock_kept || self.columns.variant_available[variant];
            let in_price = self.filter.takes_price(price);
            let options = self.columns.variant_options[variant];
            let mut lacking = all;
            for option in options {
                let (bit, met) = self.choices[option as usize];
                if met {
                    lacking &= !bit;
                }
            }
            let can_be_had = in_stock || !self.filter.in_stock;
            found.any_in_stock |= in_stock;
            found.fits |= lacking == 0 && in_price;
            found.fits_now |= lacking == 0 && in_price && in_stock;
            if lacking == 0 && can_be_had {
                let (least, most) = found.prices.unwrap_or((price, price));
                found.prices = Some((least.min(price), most.max(price)));
            }
            if in_category && in_price && can_be_had {
                self.count_options(doc, options, lacking);
            }
        }
        found
    }

    fn count_options(&mut self, doc: DocId, options: [u32; 3], lacking: u64) {
        for option in options {
            let option = option as usize;
            let is_one = !self.columns.options[option].0.is_empty();
            if is_one && lacking & !self.choices[option].0 == 0 && self.option_seen[option] != doc + 1 {
                self.option_seen[option] = doc + 1;
                self.option_counts[option] += 1;
            }
        }
    }

    fn count_categories(&mut self, doc: DocId, categories: &mut [i64]) {
        for place in self.columns.categories(doc) {
            for category in &self.segment.above[*place as usize] {
                let category = *category as usize;
                if self.category_seen[category] != doc + 1 {
                    self.category_seen[category] = doc + 1;
                    categories[category] += 1;
                }
            }
        }
    }

    fn rank(&self, doc: DocId, score: u32, in_stock: bool) -> i64 {
        let letters = self.columns.title(doc).len() as i64;
        i64::from(score) * MATCH - letters.min(MATCH - 1) + if in_stock { IN_STOCK } else { 0 }
    }
}

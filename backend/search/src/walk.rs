//! One walk over what a search finds in a segment: the total and every facet, or the products of the list.
//!
//! A facet leaves out its own choice, so that a second value can be added; price, options and stock must be met by one variant together.

use tantivy::DocId;
use uuid::Uuid;

use crate::columns::Columns;
use crate::filter::Filter;
use crate::part::Counted;
use crate::snapshot::{Listed, Segment};

/// What is in stock outweighs every match of what is not.
const IN_STOCK: i64 = 1_000_000_000;
/// A letter of the title weighs less than any match, and decides between equals: the title that is searched for is not much longer.
pub(crate) const MATCH: i64 = 1_000;

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

/// The filter in the numbers of a segment.
pub(crate) struct Walk<'s> {
    segment: &'s Segment,
    columns: &'s Columns,
    filter: &'s Filter,
    /// For each option of the segment.
    choices: Vec<Choice>,
    /// A bit for each wanted option.
    all: u64,
    wanted_categories: Option<Vec<bool>>,
    /// Every variant fits.
    takes_all: bool,
}

/// What an option of a segment means for the filter.
#[derive(Debug, Clone, Copy)]
struct Choice {
    /// The wanted option of that name.
    bit: u64,
    /// Whether its value is wanted.
    is_met: bool,
    /// Whether it is one: what a variant has no option for is none.
    is_one: bool,
}

/// The counts of a walk under way.
struct Counting {
    counted: Counted,
    options: Vec<i64>,
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
}

impl<'s> Walk<'s> {
    pub fn new(segment: &'s Segment, filter: &'s Filter) -> Self {
        let columns = &*segment.columns;
        let choice = |(name, value): &(String, String)| {
            let wanted = filter.options.iter().position(|wanted| wanted.name == *name);
            Choice {
                bit: wanted.map_or(0, |place| 1_u64 << place.min(63)),
                is_met: wanted.is_some_and(|place| filter.options[place].values.contains(value)),
                is_one: !name.is_empty(),
            }
        };
        let is_wanted = |wanted: &Vec<Uuid>| columns.category_ids.iter().map(|id| wanted.contains(id)).collect();
        let takes_all = !filter.is_about_variants();
        Self {
            choices: if takes_all {
                Vec::new()
            } else {
                columns.options.iter().map(choice).collect()
            },
            all: match filter.options.len() {
                0 => 0,
                many => u64::MAX >> (64 - many.min(64)),
            },
            wanted_categories: filter.categories.as_ref().map(is_wanted),
            segment,
            columns,
            filter,
            takes_all,
        }
    }

    /// Counts some products of the segment.
    pub fn count(&self, categories: usize, docs: impl Iterator<Item = DocId>) -> Counted {
        let mut counting = Counting {
            counted: Counted {
                categories: vec![0; categories],
                ..Counted::default()
            },
            options: vec![0; self.columns.options.len()],
            option_seen: vec![0; self.columns.options.len()],
            category_seen: vec![0; categories],
        };
        for doc in docs {
            self.count_one(doc, &mut counting);
        }
        let mut counted = counting.counted;
        let options = (0..).zip(counting.options);
        counted.options = options.filter(|(_, count)| *count > 0).collect();
        counted
    }

    /// Those of some products that belong into the list; `scores` of a search make their rank.
    pub fn wanted(&self, place: u32, docs: impl Iterator<Item = (DocId, Option<u32>)>) -> Vec<Listed> {
        let mut listed = Vec::new();
        for (doc, score) in docs {
            if self.takes(doc) {
                let rank = score.map_or(0, |score| self.rank(doc, score));
                listed.push(Listed { segment: place, doc, rank });
            }
        }
        listed
    }

    /// Whether a product belongs into the list.
    pub fn takes(&self, doc: DocId) -> bool {
        self.is_in_category(doc) && self.is_wanted(doc)
    }

    fn count_one(&self, doc: DocId, counting: &mut Counting) {
        let in_category = self.is_in_category(doc);
        let fits = if self.takes_all {
            self.all_variants(doc, in_category, counting)
        } else {
            self.variants(doc, in_category, counting)
        };
        let wanted = if self.filter.in_stock { fits.fits_now } else { fits.fits };
        if wanted {
            self.count_categories(doc, counting);
        }
        if !in_category {
            return;
        }
        let counted = &mut counting.counted;
        if let Some((least, most)) = fits.prices {
            let so_far = counted.prices.unwrap_or((least, most));
            counted.prices = Some((so_far.0.min(least), so_far.1.max(most)));
            counted.priced += 1;
        }
        counted.in_stock += i64::from(fits.fits_now);
        counted.sold_out += i64::from(fits.fits && !fits.fits_now);
        counted.total += i64::from(wanted);
    }

    fn is_in_category(&self, doc: DocId) -> bool {
        match &self.wanted_categories {
            None => true,
            Some(wanted) => self.columns.categories(doc).iter().any(|place| wanted[*place as usize]),
        }
    }

    fn is_in_stock(&self, variant: usize) -> bool {
        !self.filter.stock_kept || self.columns.variant_available[variant]
    }

    /// The wanted options that a variant lacks.
    fn lacking(&self, variant: usize) -> u64 {
        let mut lacking = self.all;
        if lacking == 0 {
            return lacking;
        }
        for option in self.columns.variant_options[variant] {
            let choice = self.choices[option as usize];
            if choice.is_met {
                lacking &= !choice.bit;
            }
        }
        lacking
    }

    fn is_wanted(&self, doc: DocId) -> bool {
        let mut variants = self.columns.variants(doc);
        if self.takes_all {
            return !variants.is_empty();
        }
        variants.any(|variant| {
            self.filter.takes_price(self.columns.variant_price[variant])
                && (!self.filter.in_stock || self.is_in_stock(variant))
                && self.lacking(variant) == 0
        })
    }

    /// What is known of a product's variants together is enough when each of them fits.
    fn all_variants(&self, doc: DocId, in_category: bool, counting: &mut Counting) -> Fits {
        if self.columns.variants(doc).is_empty() {
            return Fits::default();
        }
        if in_category {
            for option in self.columns.options_of(doc) {
                counting.options[*option as usize] += 1;
            }
        }
        Fits {
            fits: true,
            fits_now: self.has_stock(doc),
            prices: Some(self.columns.prices[doc as usize]),
        }
    }

    fn variants(&self, doc: DocId, in_category: bool, counting: &mut Counting) -> Fits {
        let mut found = Fits::default();
        for variant in self.columns.variants(doc) {
            let price = self.columns.variant_price[variant];
            let in_stock = self.is_in_stock(variant);
            let in_price = self.filter.takes_price(price);
            let lacking = self.lacking(variant);
            let can_be_had = in_stock || !self.filter.in_stock;
            found.fits |= lacking == 0 && in_price;
            found.fits_now |= lacking == 0 && in_price && in_stock;
            if lacking == 0 && can_be_had {
                let (least, most) = found.prices.unwrap_or((price, price));
                found.prices = Some((least.min(price), most.max(price)));
            }
            // A facet leaves out one choice, its own.
            if in_category && in_price && can_be_had && lacking.count_ones() <= 1 {
                self.count_options(doc, self.columns.variant_options[variant], lacking, counting);
            }
        }
        found
    }

    fn count_options(&self, doc: DocId, options: [u32; 3], lacking: u64, counting: &mut Counting) {
        for option in options {
            let option = option as usize;
            let choice = self.choices[option];
            if choice.is_one && lacking & !choice.bit == 0 && counting.option_seen[option] != doc + 1 {
                counting.option_seen[option] = doc + 1;
                counting.options[option] += 1;
            }
        }
    }

    fn count_categories(&self, doc: DocId, counting: &mut Counting) {
        for place in self.columns.categories(doc) {
            for category in &self.segment.above[*place as usize] {
                let category = *category as usize;
                if counting.category_seen[category] != doc + 1 {
                    counting.category_seen[category] = doc + 1;
                    counting.counted.categories[category] += 1;
                }
            }
        }
    }

    fn has_stock(&self, doc: DocId) -> bool {
        !self.filter.stock_kept || self.columns.any_available[doc as usize]
    }

    fn rank(&self, doc: DocId, score: u32) -> i64 {
        let letters = i64::from(self.columns.letters[doc as usize]);
        i64::from(score) * MATCH - letters + if self.has_stock(doc) { IN_STOCK } else { 0 }
    }
}

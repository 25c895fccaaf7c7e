//! What a list is narrowed by, sorted by, and where it goes on.

use uuid::Uuid;

/// The values of an option that are wanted; any of them will do.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct WantedOption {
    /// The option, such as `Size`.
    pub name: String,
    /// Its values, never empty.
    pub values: Vec<String>,
}

/// What a list is narrowed by. One variant must meet price, options and stock together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// What is searched for.
    pub search: Option<String>,
    /// Any of these categories; those below are named too.
    pub categories: Option<Vec<Uuid>>,
    /// In minor units, inclusive.
    pub min_price: Option<i64>,
    /// In minor units, inclusive.
    pub max_price: Option<i64>,
    /// Only what can be bought now.
    pub in_stock: bool,
    /// Wanted options, at most 64.
    pub options: Vec<WantedOption>,
    /// Whether the shop keeps stock at all; if not, everything can be bought.
    pub stock_kept: bool,
}

impl Filter {
    /// Whether a variant may not fit.
    pub(crate) fn is_about_variants(&self) -> bool {
        self.min_price.is_some() || self.max_price.is_some() || self.in_stock || !self.options.is_empty()
    }

    pub(crate) fn takes_price(&self, price: i64) -> bool {
        self.min_price.is_none_or(|least| price >= least) && self.max_price.is_none_or(|most| price <= most)
    }
}

/// The order of a list; ids decide between equals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Order {
    /// The newest first.
    Newest,
    /// The cheapest first.
    PriceAscending,
    /// The dearest first.
    PriceDescending,
    /// By title, in the order of the store's language.
    Title,
    /// The best match first, what is sold out last.
    Relevance,
    /// Like that; between equals by title.
    Suggestion,
}

/// The place behind a product of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The price or rank, where that is the order.
    pub number: i64,
    /// The title, where that is the order.
    pub text: String,
    /// Microseconds since 1970, where the time is the order.
    pub time: i64,
    /// The product.
    pub id: Uuid,
}

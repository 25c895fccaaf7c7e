//! Who finds what a list of the shop shows: the index beside the program, or the database where there is none.
//!
//! Both answer alike, which a test holds against random catalogues; a search of the index finds what the database's finds, and more.

use std::sync::Arc;

use orion_framework::Services;
use orion_framework::db::{DbError, StoreTx};
use orion_framework::tenancy::StoreContext;
use orion_search::{Category, Counts, Filter, Indexes, Order, SearchError, Snapshot, WantedOption};

use super::{index, tree};
use crate::queries::cards::{CardRow, cards_in_order};
use crate::queries::documents;
use crate::queries::facets::CountRow;
use crate::queries::listing::{self, ListingFilter, ListingOrder, Place};
use crate::queries::needle::Needle;
use crate::queries::shop::{SuggestionRow, list_suggestions, suggestions_in_order};

/// The cards of a page, and the counts of the whole list.
#[derive(Debug)]
pub(crate) struct Found {
    pub rows: Vec<CardRow>,
    pub counts: Vec<CountRow>,
}

/// Makes the lists of a shop.
pub(crate) trait ListMaker: Send {
    /// Whether it is the index.
    fn is_index(&self) -> bool {
        false
    }
    /// The categories in the order in which they are shown.
    fn categories(&self, tx: &mut StoreTx) -> Result<Vec<Category>, DbError>;
    /// The page behind a place, and the counts of the whole list.
    fn list(
        &self,
        tx: &mut StoreTx,
        filter: &ListingFilter,
        categories: &[Category],
        page: (ListingOrder, Option<&Place>, i64),
    ) -> Result<Found, DbError>;
    /// Another spelling for a search that finds nothing.
    fn spelling(&self, tx: &mut StoreTx, needle: &Needle) -> Result<Option<String>, DbError>;
    /// The best matches of what has been typed so far.
    fn suggest(&self, tx: &mut StoreTx, needle: &Needle, limit: i64) -> Result<Vec<SuggestionRow>, DbError>;
}

/// What a request's lists are made by.
pub struct Finder(pub(crate) Box<dyn ListMaker>);

impl Finder {
    /// Whether it is the index that answers.
    pub fn is_by_index(&self) -> bool {
        self.0.is_index()
    }
}

impl Default for Finder {
    fn default() -> Self {
        Self(Box::new(ByDatabase))
    }
}

/// Finds out what the lists of a store can be made by at its present version.
pub async fn finder(services: &Services, store: &StoreContext) -> Finder {
    match index::snapshot(services, store).await {
        Some(snapshot) => Finder(Box::new(ByIndex {
            snapshot,
            indexes: services.search.clone(),
        })),
        None => Finder::default(),
    }
}

/// Pairs of each category with itself and every one above it are made of these.
pub(crate) fn branches(categories: &[Category]) -> Vec<tree::Branch> {
    categories.iter().map(|category| (category.id, category.parent_id)).collect()
}

/// The database walks over the whole catalogue.
pub(crate) struct ByDatabase;

impl ListMaker for ByDatabase {
    fn categories(&self, tx: &mut StoreTx) -> Result<Vec<Category>, DbError> {
        documents::tree(tx)
    }

    fn list(
        &self,
        tx: &mut StoreTx,
        filter: &ListingFilter,
        categories: &[Category],
        (order, after, limit): (ListingOrder, Option<&Place>, i64),
    ) -> Result<Found, DbError> {
        let rows = filter.list(tx, order, after, limit)?;
        let counts = filter.count(tx, &tree::ancestors(&branches(categories)))?;
        Ok(Found { rows, counts })
    }

    fn spelling(&self, tx: &mut StoreTx, needle: &Needle) -> Result<Option<String>, DbError> {
        listing::suggest(tx, needle)
    }

    fn suggest(&self, tx: &mut StoreTx, needle: &Needle, limit: i64) -> Result<Vec<SuggestionRow>, DbError> {
        list_suggestions(tx, needle, limit)
    }
}

/// The index finds, and the database gives the cards of the page.
pub(crate) struct ByIndex {
    pub snapshot: Arc<Snapshot>,
    pub indexes: Indexes,
}

impl ByIndex {
    /// An index that cannot be read is left alone for a while; `None` lets the database answer.
    fn read<T>(&self, tx: &StoreTx, found: Result<T, SearchError>) -> Option<T> {
        match found {
            Ok(found) => Some(found),
            Err(error) => {
                tracing::warn!(%error, store = %tx.store().code, "the index of a store cannot be read: its lists are made by the database");
                self.indexes.fail(tx.store_id());
                None
            }
        }
    }
}

impl ListMaker for ByIndex {
    fn is_index(&self) -> bool {
        true
    }

    fn categories(&self, _: &mut StoreTx) -> Result<Vec<Category>, DbError> {
        Ok(self.snapshot.categories().to_vec())
    }

    fn list(
        &self,
        tx: &mut StoreTx,
        filter: &ListingFilter,
        categories: &[Category],
        (order, after, limit): (ListingOrder, Option<&Place>, i64),
    ) -> Result<Found, DbError> {
        let place = after.map(place_of);
        let wanted = filter_of(tx, filter);
        let listed = self.snapshot.list(&wanted, order_of(order), place.as_ref(), limit.max(0) as usize);
        let Some((hits, counts)) = self.read(tx, listed) else {
            return ByDatabase.list(tx, filter, categories, (order, after, limit));
        };
        let hits: Vec<_> = hits.into_iter().map(|hit| (hit.id, hit.rank)).collect();
        Ok(Found {
            rows: cards_in_order(tx, &hits)?,
            counts: rows_of(counts),
        })
    }

    fn spelling(&self, tx: &mut StoreTx, needle: &Needle) -> Result<Option<String>, DbError> {
        match self.read(tx, self.snapshot.suggest(&needle.text)) {
            Some(found) => Ok(found),
            None => ByDatabase.spelling(tx, needle),
        }
    }

    fn suggest(&self, tx: &mut StoreTx, needle: &Needle, limit: i64) -> Result<Vec<SuggestionRow>, DbError> {
        let searched = ListingFilter {
            needle: Some(needle.clone()),
            ..ListingFilter::default()
        };
        let wanted = filter_of(tx, &searched);
        let listed = self.snapshot.list(&wanted, Order::Suggestion, None, limit.max(0) as usize);
        match self.read(tx, listed) {
            Some((hits, _)) => suggestions_in_order(tx, &hits.into_iter().map(|hit| hit.id).collect::<Vec<_>>()),
            None => ByDatabase.suggest(tx, needle, limit),
        }
    }
}

fn filter_of(tx: &StoreTx, filter: &ListingFilter) -> Filter {
    let option = |option: &listing::OptionFilter| WantedOption {
        name: option.name.clone(),
        values: option.values.clone(),
    };
    Filter {
        search: filter.needle.as_ref().map(|needle| needle.text.clone()),
        categories: filter.categories.clone(),
        min_price: filter.min_price,
        max_price: filter.max_price,
        in_stock: filter.in_stock,
        options: filter.options.iter().map(option).collect(),
        stock_kept: tx.module_enabled("inventory"),
    }
}

fn order_of(order: ListingOrder) -> Order {
    match order {
        ListingOrder::Newest => Order::Newest,
        ListingOrder::PriceAscending => Order::PriceAscending,
        ListingOrder::PriceDescending => Order::PriceDescending,
        ListingOrder::Title => Order::Title,
        ListingOrder::Relevance => Order::Relevance,
    }
}

fn place_of(place: &Place) -> orion_search::Place {
    orion_search::Place {
        number: place.number.unwrap_or_default(),
        text: place.text.clone().unwrap_or_default(),
        time: place.time.map_or(0, |time| time.timestamp_micros()),
        id: place.id,
    }
}

/// The counts as the database gives them.
fn rows_of(counts: Counts) -> Vec<CountRow> {
    let row = |facet: &str, name: &str, value: String, count: i64| CountRow {
        facet: facet.to_owned(),
        name: name.to_owned(),
        value,
        count,
    };
    let mut rows = vec![row("total", "", String::new(), counts.total)];
    let categories = counts.categories.into_iter();
    rows.extend(categories.map(|(id, count)| row("category", "", id.to_string(), count)));
    for (value, count) in [("in_stock", counts.in_stock), ("sold_out", counts.sold_out)] {
        rows.extend((count > 0).then(|| row("availability", "", value.to_owned(), count)));
    }
    if let Some((least, most)) = counts.prices {
        rows.push(row("price", "min", least.to_string(), counts.priced));
        rows.push(row("price", "max", most.to_string(), counts.priced));
    }
    let options = counts.options.into_iter();
    rows.extend(options.map(|(name, value, count)| row("option", &name, value, count)));
    rows
}

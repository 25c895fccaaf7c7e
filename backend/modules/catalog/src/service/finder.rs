//! Who finds what a list of the shop shows: the index beside the program, or the database where there is none.
//!
//! Both answer alike, which a test holds against random catalogues; a search of the index finds what the database's finds, and more.

use std::borrow::Cow;
use std::sync::Arc;

use orion_framework::Services;
use orion_framework::db::{DbError, StoreTx, read_json_option};
use orion_framework::tenancy::StoreContext;
use orion_search::{Category, Counts, Filter, Indexes, Order, SearchError, Snapshot, WantedOption};
use orion_types::Money;
use orion_types::catalog::Suggestion;

use super::card_memory::{ListedCard, cards, known_cards, listed};
use super::{index, tree};
use crate::queries::documents;
use crate::queries::facets::CountRow;
use crate::queries::listing::{self, ListingFilter, ListingOrder, Place};
use crate::queries::needle::Needle;
use crate::queries::shop::{SuggestionRow, list_suggestions};

/// The cards of a page, and the counts of the whole list.
#[derive(Debug)]
pub(crate) struct Found {
    pub cards: Vec<ListedCard>,
    pub counts: Vec<CountRow>,
}

impl Found {
    /// Products in all.
    pub fn total(&self) -> i64 {
        self.counts.iter().find(|row| row.facet == "total").map_or(0, |row| row.count)
    }
}

/// The order of a list, the place that a page begins behind, and how many products it has at most.
pub(crate) type PageOf<'p> = (ListingOrder, Option<&'p Place>, i64);

/// Makes the lists of a shop.
pub(crate) trait ListMaker: Send {
    /// Whether it is the index.
    fn is_index(&self) -> bool {
        false
    }
    /// The categories in the order in which they are shown.
    fn categories(&self, tx: &mut StoreTx) -> Result<Cow<'_, [Category]>, DbError>;
    /// The same where they are remembered.
    fn known_categories(&self) -> Option<&[Category]> {
        None
    }
    /// The page behind a place, and the counts of the whole list.
    fn list(&self, tx: &mut StoreTx, filter: &ListingFilter, categories: &[Category], page: PageOf) -> Result<Found, DbError>;
    /// The same where all of it is remembered.
    fn known_list(&self, _store: &StoreContext, _filter: &ListingFilter, _page: PageOf) -> Option<Found> {
        None
    }
    /// Another spelling for a search that finds nothing.
    fn spelling(&self, tx: &mut StoreTx, needle: &Needle) -> Result<Option<String>, DbError>;
    /// The best matches of what has been typed so far.
    fn suggest(&self, tx: &mut StoreTx, needle: &Needle, limit: i64) -> Result<Vec<Suggestion>, DbError>;
    /// The same where all of it is remembered.
    fn known_suggestions(&self, _store: &StoreContext, _needle: &Needle, _limit: i64) -> Option<Vec<Suggestion>> {
        None
    }
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
    fn categories(&self, tx: &mut StoreTx) -> Result<Cow<'_, [Category]>, DbError> {
        documents::tree(tx).map(Cow::Owned)
    }

    fn list(
        &self,
        tx: &mut StoreTx,
        filter: &ListingFilter,
        categories: &[Category],
        (order, after, limit): PageOf,
    ) -> Result<Found, DbError> {
        let rows = filter.list(tx, order, after, limit)?;
        let cards = rows.into_iter().map(|row| listed(tx, row)).collect::<Result<_, _>>()?;
        let counts = filter.count(tx, &tree::ancestors(&branches(categories)))?;
        Ok(Found { cards, counts })
    }

    fn spelling(&self, tx: &mut StoreTx, needle: &Needle) -> Result<Option<String>, DbError> {
        listing::suggest(tx, needle)
    }

    fn suggest(&self, tx: &mut StoreTx, needle: &Needle, limit: i64) -> Result<Vec<Suggestion>, DbError> {
        let currency = tx.store().currency;
        let suggestion = |row: SuggestionRow| -> Result<Suggestion, DbError> {
            Ok(Suggestion {
                title: row.title,
                slug: row.slug,
                price: Money::new(row.min_price_minor, currency),
                price_varies: row.price_varies,
                image: read_json_option(row.image)?,
            })
        };
        list_suggestions(tx, needle, limit)?.into_iter().map(suggestion).collect()
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

    fn categories(&self, _: &mut StoreTx) -> Result<Cow<'_, [Category]>, DbError> {
        Ok(Cow::Borrowed(self.snapshot.categories()))
    }

    fn known_categories(&self) -> Option<&[Category]> {
        Some(self.snapshot.categories())
    }

    fn list(
        &self,
        tx: &mut StoreTx,
        filter: &ListingFilter,
        categories: &[Category],
        (order, after, limit): PageOf,
    ) -> Result<Found, DbError> {
        let place = after.map(place_of);
        let wanted = filter_of(tx.store(), filter);
        let listed = self.snapshot.list(&wanted, order_of(order), place.as_ref(), limit.max(0) as usize);
        let Some((hits, counts)) = self.read(tx, listed) else {
            return ByDatabase.list(tx, filter, categories, (order, after, limit));
        };
        Ok(Found {
            cards: cards(tx, &hits)?,
            counts: rows_of(&counts),
        })
    }

    fn known_list(&self, store: &StoreContext, filter: &ListingFilter, (order, after, limit): PageOf) -> Option<Found> {
        let place = after.map(place_of);
        let wanted = filter_of(store, filter);
        let known = self
            .snapshot
            .known_list(&wanted, order_of(order), place.as_ref(), limit.max(0) as usize);
        let (hits, counts) = known?;
        Some(Found {
            cards: known_cards(store, &hits)?,
            counts: rows_of(&counts),
        })
    }

    fn spelling(&self, tx: &mut StoreTx, needle: &Needle) -> Result<Option<String>, DbError> {
        match self.read(tx, self.snapshot.suggest(&needle.text)) {
            Some(found) => Ok(found),
            None => ByDatabase.spelling(tx, needle),
        }
    }

    fn suggest(&self, tx: &mut StoreTx, needle: &Needle, limit: i64) -> Result<Vec<Suggestion>, DbError> {
        let wanted = searched(tx.store(), needle);
        let hits = self.snapshot.first(&wanted, Order::Suggestion, limit.max(0) as usize);
        match self.read(tx, hits) {
            Some(hits) => Ok(cards(tx, &hits)?.into_iter().map(suggestion).collect()),
            None => ByDatabase.suggest(tx, needle, limit),
        }
    }

    fn known_suggestions(&self, store: &StoreContext, needle: &Needle, limit: i64) -> Option<Vec<Suggestion>> {
        let wanted = searched(store, needle);
        let hits = self.snapshot.known_first(&wanted, Order::Suggestion, limit.max(0) as usize)?;
        Some(known_cards(store, &hits)?.into_iter().map(suggestion).collect())
    }
}

fn suggestion(listed: ListedCard) -> Suggestion {
    let card = listed.card;
    Suggestion {
        title: card.title,
        slug: card.slug,
        price: card.price,
        price_varies: card.price_varies,
        image: card.images.into_iter().next(),
    }
}

fn searched(store: &StoreContext, needle: &Needle) -> Filter {
    let searched = ListingFilter {
        needle: Some(needle.clone()),
        ..ListingFilter::default()
    };
    filter_of(store, &searched)
}

fn filter_of(store: &StoreContext, filter: &ListingFilter) -> Filter {
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
        stock_kept: store.module_enabled("inventory"),
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
fn rows_of(counts: &Counts) -> Vec<CountRow> {
    let row = |facet: &str, name: &str, value: String, count: i64| CountRow {
        facet: facet.to_owned(),
        name: name.to_owned(),
        value,
        count,
    };
    let mut rows = vec![row("total", "", String::new(), counts.total)];
    let categories = counts.categories.iter();
    rows.extend(categories.map(|(id, count)| row("category", "", id.to_string(), *count)));
    for (value, count) in [("in_stock", counts.in_stock), ("sold_out", counts.sold_out)] {
        rows.extend((count > 0).then(|| row("availability", "", value.to_owned(), count)));
    }
    if let Some((least, most)) = counts.prices {
        rows.push(row("price", "min", least.to_string(), counts.priced));
        rows.push(row("price", "max", most.to_string(), counts.priced));
    }
    let options = counts.options.iter();
    rows.extend(options.map(|(name, value, count)| row("option", name, value.clone(), *count)));
    rows
}

//! Lists from the index beside the program, which finds products and keeps what is shown of them: the database is not asked.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use orion_framework::db::{DbError, StoreTx};
use orion_framework::tenancy::StoreContext;
use orion_search::{Category, Counts, Filter, Indexes, Order, SearchError, Snapshot, WantedOption};
use orion_types::catalog::Suggestion;

use super::card_memory::{ListedCard, ShownHit, card, known, shown};
use super::finder::{ByDatabase, Found, ListMaker, PageOf, Walking};
use crate::queries::facets::CountRow;
use crate::queries::listing::{self, ListingFilter, ListingOrder, Place};
use crate::queries::needle::Needle;

/// The index as one request asks it.
pub(crate) struct ByIndex {
    snapshot: Arc<Snapshot>,
    indexes: Indexes,
    /// What has been walked over for this request.
    walked: Arc<OnceLock<Walked>>,
}

/// What is asked of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Question {
    filter: Filter,
    order: Order,
    after: Option<orion_search::Place>,
    limit: usize,
}

impl Question {
    fn list(store: &StoreContext, filter: &ListingFilter, (order, after, limit): PageOf) -> Self {
        Self {
            filter: filter_of(store, filter),
            order: order_of(order),
            after: after.map(place_of),
            limit: limit.max(0) as usize,
        }
    }

    fn suggestions(store: &StoreContext, needle: &Needle, limit: i64) -> Self {
        Self {
            filter: searched(store, needle),
            order: Order::Suggestion,
            after: None,
            limit: limit.max(0) as usize,
        }
    }

    fn list_of(&self, snapshot: &Snapshot) -> Result<Answer, SearchError> {
        let (hits, counts) = snapshot.list(&self.filter, self.order, self.after.as_ref(), self.limit)?;
        if let (0, Some(typed)) = (counts.total, &self.filter.search) {
            // It will be asked for, and is walked over here, where no connection to the database waits for it.
            snapshot.suggest(typed)?;
        }
        Ok((shown(snapshot, hits)?, Some(counts)))
    }

    fn first_of(&self, snapshot: &Snapshot) -> Result<Answer, SearchError> {
        let hits = snapshot.first(&self.filter, self.order, self.limit)?;
        Ok((shown(snapshot, hits)?, None))
    }
}

/// Products, and the counts of the whole where it is counted.
type Answer = (Vec<ShownHit>, Option<Arc<Counts>>);

/// A question with its answer.
struct Walked {
    asked: Question,
    found: Result<Answer, SearchError>,
}

impl ByIndex {
    /// Answers from a snapshot; one that cannot be read is told to the indexes.
    pub(crate) fn new(snapshot: Arc<Snapshot>, indexes: Indexes) -> Self {
        Self {
            snapshot,
            indexes,
            walked: Arc::default(),
        }
    }

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

    /// What was walked over for the question, or is found now.
    fn answer(&self, tx: &StoreTx, asked: &Question, look: fn(&Question, &Snapshot) -> Result<Answer, SearchError>) -> Option<Answer> {
        match self.walked(asked) {
            Some(answer) => Some(answer.clone()),
            None => self.read(tx, look(asked, &self.snapshot)),
        }
    }

    fn walked(&self, asked: &Question) -> Option<&Answer> {
        let walked = self.walked.get().filter(|walked| walked.asked == *asked)?;
        // One that failed is looked for again, where there is a transaction in which the database can answer.
        walked.found.as_ref().ok()
    }

    fn walking(&self, asked: Question, look: fn(&Question, &Snapshot) -> Result<Answer, SearchError>) -> Walking {
        let (snapshot, walked) = (self.snapshot.clone(), self.walked.clone());
        Box::new(move || {
            walked.get_or_init(|| Walked {
                found: look(&asked, &snapshot),
                asked,
            });
        })
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
        let asked = Question::list(tx.store(), filter, (order, after, limit));
        let Some((hits, Some(counts))) = self.answer(tx, &asked, Question::list_of) else {
            return ByDatabase.list(tx, filter, categories, (order, after, limit));
        };
        Ok(found(tx.store(), &hits, &counts))
    }

    fn known_list(&self, store: &StoreContext, filter: &ListingFilter, page: PageOf) -> Option<Found> {
        let asked = Question::list(store, filter, page);
        if let Some((hits, counts)) = self.walked(&asked) {
            return Some(found(store, hits, counts.as_ref()?));
        }
        let (hits, counts) = self
            .snapshot
            .known_list(&asked.filter, asked.order, asked.after.as_ref(), asked.limit)?;
        Some(found(store, &known(&hits)?, &counts))
    }

    fn walk_list(&self, store: &StoreContext, filter: &ListingFilter, page: PageOf) -> Option<Walking> {
        Some(self.walking(Question::list(store, filter, page), Question::list_of))
    }

    fn walk_suggestions(&self, store: &StoreContext, needle: &Needle, limit: i64) -> Option<Walking> {
        Some(self.walking(Question::suggestions(store, needle, limit), Question::first_of))
    }

    fn spelling(&self, tx: &mut StoreTx, needle: &Needle) -> Result<Option<String>, DbError> {
        match self.read(tx, self.snapshot.suggest(&needle.text)) {
            Some(found) => Ok(found),
            None => ByDatabase.spelling(tx, needle),
        }
    }

    fn known_spelling(&self, needle: &Needle) -> Option<Option<String>> {
        self.snapshot.known_suggestion(&needle.text)
    }

    fn suggest(&self, tx: &mut StoreTx, needle: &Needle, limit: i64) -> Result<Vec<Suggestion>, DbError> {
        let asked = Question::suggestions(tx.store(), needle, limit);
        match self.answer(tx, &asked, Question::first_of) {
            Some((hits, _)) => Ok(suggestions(tx.store(), &hits)),
            None => ByDatabase.suggest(tx, needle, limit),
        }
    }

    fn known_suggestions(&self, store: &StoreContext, needle: &Needle, limit: i64) -> Option<Vec<Suggestion>> {
        let asked = Question::suggestions(store, needle, limit);
        if let Some((hits, _)) = self.walked(&asked) {
            return Some(suggestions(store, hits));
        }
        let hits = self.snapshot.known_first(&asked.filter, asked.order, asked.limit)?;
        Some(suggestions(store, &known(&hits)?))
    }
}

fn found(store: &StoreContext, hits: &[ShownHit], counts: &Counts) -> Found {
    Found {
        cards: hits.iter().map(|hit| card(store, hit)).collect(),
        counts: rows_of(counts),
    }
}

fn suggestions(store: &StoreContext, hits: &[ShownHit]) -> Vec<Suggestion> {
    hits.iter().map(|hit| suggestion(card(store, hit))).collect()
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

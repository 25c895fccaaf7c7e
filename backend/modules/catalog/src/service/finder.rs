//! Who finds what a list of the shop shows: the index beside the program, or the database where there is none.
//!
//! Both answer alike, which a test holds against random catalogues; a search of the index finds what the database's finds, and more.

use std::borrow::Cow;

use orion_framework::StoreAccess;
use orion_framework::db::{DbError, StoreTx, read_json_option};
use orion_framework::tenancy::StoreContext;
use orion_search::Category;
use orion_types::Money;
use orion_types::catalog::{ListingQuery, Suggestion};

use super::by_index::ByIndex;
use super::card_memory::{ListedCard, card_of_row};
use super::listing::walking_list;
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

/// A walk over an index, to be made by [`orion_search::walk`].
pub(crate) type Walking = Box<dyn FnOnce() + Send>;

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
    /// The same where it is remembered.
    fn known_spelling(&self, _needle: &Needle) -> Option<Option<String>> {
        None
    }
    /// What [`Self::list`] has to walk over before it needs the database, if anything: it keeps what it finds for that.
    fn walk_list(&self, _store: &StoreContext, _filter: &ListingFilter, _page: PageOf) -> Option<Walking> {
        None
    }
    /// The same for [`Self::suggest`].
    fn walk_suggestions(&self, _store: &StoreContext, _needle: &Needle, _limit: i64) -> Option<Walking> {
        None
    }
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

    /// Walks over the index for a list that is not remembered, before a connection to the database is taken for it.
    ///
    /// # Errors
    /// 503 when too many searches of the store wait.
    pub async fn walk(&self, store: &StoreContext, query: &ListingQuery) -> Result<(), DbError> {
        walk(store, walking_list(store, self, query)).await
    }

    /// The same for what has been typed so far.
    pub(crate) async fn walk_suggestions(&self, store: &StoreContext, needle: &Needle, limit: i64) -> Result<(), DbError> {
        walk(store, self.0.walk_suggestions(store, needle, limit)).await
    }
}

async fn walk(store: &StoreContext, walking: Option<Walking>) -> Result<(), DbError> {
    match walking {
        Some(walking) => orion_search::walk(store.id.0, walking)
            .await
            .map_err(|error| DbError::Unavailable(error.to_string())),
        None => Ok(()),
    }
}

impl Default for Finder {
    fn default() -> Self {
        Self(Box::new(ByDatabase))
    }
}

/// Finds out what the lists of a store can be made by at its present version.
pub async fn finder(access: &StoreAccess) -> Finder {
    match index::snapshot(access).await {
        Some(snapshot) => Finder(Box::new(ByIndex::new(snapshot, access.services().search.clone()))),
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
        let cards = rows.into_iter().map(|row| card_of_row(tx.store(), row)).collect::<Result<_, _>>()?;
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

//! The listings of the shop: search, filters, facets, sorting, pages.

use chrono::DateTime;
use orion_framework::db::cursor::{self, page, page_limit};
use orion_framework::db::{DbError, StoreTx};
use orion_framework::problem::{BAD_CURSOR, BAD_QUERY, ProblemDraft};
use orion_framework::tenancy::StoreContext;
use orion_search::Category;
use orion_types::catalog::{Facet, FacetValue, ListingQuery, ProductListing};
use orion_types::choices;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::finder::{Finder, Found, Walking, branches};
use super::tree;
use crate::error::CatalogError;
use crate::queries::categories::find_redirect;
use crate::queries::facets::CountRow;
use crate::queries::listing::{ListingFilter, ListingOrder, OptionFilter, Place};
use crate::queries::needle::Needle;

/// Most values of options that one listing is narrowed by.
const MAX_OPTION_VALUES: usize = 50;
/// Most facets made of options, and values in each, that are returned.
const MAX_OPTION_FACETS: usize = 10;
const MAX_FACET_VALUES: usize = 60;

/// A listing of the shop, in at most four statements; in one where there is an index.
///
/// # Errors
/// 400 for a parameter that is not understood; not found for a category that is not there.
pub fn listing(tx: &mut StoreTx, finder: &Finder, query: &ListingQuery) -> Result<ProductListing, CatalogError> {
    let wanted = Wanted::read(query)?;
    let categories = finder.0.categories(tx)?;
    let of_category = match wanted.category_ids(&categories) {
        Ok(ids) => ids,
        Err(slug) => return Err(find_redirect(tx, &slug)?.map_or(DbError::NotFound.into(), CatalogError::CategoryMoved)),
    };
    let filter = wanted.filter(of_category);
    let found = finder.0.list(tx, &filter, &categories, wanted.page())?;
    let suggestion = match &filter.needle {
        Some(needle) if found.total() == 0 => finder.0.spelling(tx, needle)?,
        _ => None,
    };
    wanted.listing(found, &categories, suggestion)
}

/// The same, if the server remembers all of it; `None` where something has to be looked up.
///
/// # Errors
/// As [`listing`].
pub(crate) fn known_listing(store: &StoreContext, finder: &Finder, query: &ListingQuery) -> Result<Option<ProductListing>, CatalogError> {
    let wanted = Wanted::read(query)?;
    let Some(categories) = finder.0.known_categories() else {
        return Ok(None);
    };
    let Ok(of_category) = wanted.category_ids(categories) else {
        return Ok(None);
    };
    let filter = wanted.filter(of_category);
    let Some(found) = finder.0.known_list(store, &filter, wanted.page()) else {
        return Ok(None);
    };
    let suggestion = match &filter.needle {
        Some(needle) if found.total() == 0 => match finder.0.known_spelling(needle) {
            Some(spelling) => spelling,
            None => return Ok(None),
        },
        _ => None,
    };
    wanted.listing(found, categories, suggestion).map(Some)
}

/// What has to be walked over for a listing; nothing for one that will be refused.
pub(crate) fn walking_list(store: &StoreContext, finder: &Finder, query: &ListingQuery) -> Option<Walking> {
    let wanted = Wanted::read(query).ok()?;
    let of_category = wanted.category_ids(finder.0.known_categories()?).ok()?;
    finder.0.walk_list(store, &wanted.filter(of_category), wanted.page())
}

/// What a query asks for.
struct Wanted<'q> {
    query: &'q ListingQuery,
    limit: i64,
    needle: Option<Needle>,
    /// The order with its name.
    order: (&'static str, ListingOrder),
    after: Option<Place>,
    options: Vec<OptionFilter>,
}

impl<'q> Wanted<'q> {
    fn read(query: &'q ListingQuery) -> Result<Self, ProblemDraft> {
        let limit = page_limit(query.limit)?;
        let needle = Needle::new(query.q.as_deref());
        let order = parse_order(query.sort.as_deref(), needle.is_some())?;
        let after = Cursor::decode(query.cursor.as_deref(), order.0)?;
        let options = parse_options(query.options.as_deref())?;
        check_prices(query)?;
        Ok(Self {
            query,
            limit,
            needle,
            order,
            after,
            options,
        })
    }

    /// The categories that the list is of; the slug of one that is not there.
    fn category_ids(&self, categories: &[Category]) -> Result<Option<Vec<Uuid>>, String> {
        let Some(slug) = self.query.category.as_deref().filter(|slug| !slug.is_empty()) else {
            return Ok(None);
        };
        match categories.iter().find(|row| row.slug == slug) {
            Some(root) => Ok(Some(tree::descendants(&branches(categories), root.id))),
            None => Err(slug.to_owned()),
        }
    }

    fn filter(&self, categories: Option<Vec<Uuid>>) -> ListingFilter {
        ListingFilter {
            needle: self.needle.clone(),
            categories,
            min_price: self.query.min_price,
            max_price: self.query.max_price,
            in_stock: self.query.available.unwrap_or(false),
            options: self.options.clone(),
        }
    }

    /// One card more than is shown tells whether others follow.
    fn page(&self) -> (ListingOrder, Option<&Place>, i64) {
        (self.order.1, self.after.as_ref(), self.limit + 1)
    }

    fn listing(&self, found: Found, categories: &[Category], suggestion: Option<String>) -> Result<ProductListing, CatalogError> {
        let (name, order) = self.order;
        let total = found.total();
        let page = page(found.cards, self.limit, |row| Cursor::new(name, order.place(row)), |row| row.card);
        Ok(ProductListing {
            data: page.data,
            has_more: page.has_more,
            next_cursor: page.next_cursor,
            total,
            facets: facets(found.counts, categories),
            suggestion,
        })
    }
}

/// The place behind a row, with the order it belongs to: in another order it would skip rows.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Cursor {
    o: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    n: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    t: Option<String>,
    /// Microseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    c: Option<i64>,
    i: Uuid,
}

impl Cursor {
    pub fn new(order: &str, place: Place) -> Self {
        let Place { number, text, time, id } = place;
        Self {
            o: order.to_owned(),
            n: number,
            t: text,
            c: time.map(|time| time.timestamp_micros()),
            i: id,
        }
    }

    pub fn decode(cursor: Option<&str>, order: &str) -> Result<Option<Place>, ProblemDraft> {
        let Some(found) = cursor::decode::<Self>(cursor)? else {
            return Ok(None);
        };
        if found.o != order {
            let detail = "The cursor belongs to a list in another order.";
            return Err(ProblemDraft::new(&BAD_CURSOR).field("cursor", "invalid", detail));
        }
        let time = found.c.and_then(DateTime::from_timestamp_micros);
        Ok(Some(Place {
            number: found.n,
            text: found.t,
            time,
            id: found.i,
        }))
    }
}

fn parse_order(sort: Option<&str>, searching: bool) -> Result<(&'static str, ListingOrder), ProblemDraft> {
    let usual = if searching { "relevance" } else { "newest" };
    Ok(match sort.filter(|sort| !sort.is_empty()).unwrap_or(usual) {
        "relevance" if searching => ("relevance", ListingOrder::Relevance),
        // Without a search nothing is more relevant than what is new.
        "newest" | "relevance" => ("newest", ListingOrder::Newest),
        "price" => ("price", ListingOrder::PriceAscending),
        "-price" => ("-price", ListingOrder::PriceDescending),
        "title" => ("title", ListingOrder::Title),
        _ => return Err(refused("sort", "It is one of newest, price, -price, title, relevance.")),
    })
}

/// `Size:M|Size:L|Colour:Blue`, gathered by name.
fn parse_options(text: Option<&str>) -> Result<Vec<OptionFilter>, ProblemDraft> {
    let told = "Each value is written as Name:Value, several are separated by |; a backslash stands before one of these that is meant.";
    let text = text.unwrap_or_default();
    let pairs = choices::read(text).map_err(|_| refused("options", told))?;
    if text.contains('\0') {
        return Err(refused("options", told));
    }
    if pairs.len() > MAX_OPTION_VALUES {
        return Err(refused("options", "These are too many values."));
    }
    let mut filters: Vec<OptionFilter> = Vec::new();
    for (name, value) in pairs {
        match filters.iter_mut().find(|filter| filter.name == name) {
            Some(filter) => filter.values.push(value),
            None => filters.push(OptionFilter { name, values: vec![value] }),
        }
    }
    Ok(filters)
}

fn check_prices(query: &ListingQuery) -> Result<(), ProblemDraft> {
    for (name, price) in [("min_price", query.min_price), ("max_price", query.max_price)] {
        if price.is_some_and(|price| price < 0) {
            return Err(refused(name, "A price is not negative."));
        }
    }
    Ok(())
}

fn refused(parameter: &str, detail: &str) -> ProblemDraft {
    ProblemDraft::new(&BAD_QUERY).field(parameter, "invalid", detail)
}

fn facets(counts: Vec<CountRow>, categories: &[Category]) -> Vec<Facet> {
    let mut facets = vec![
        category_facet(&counts, categories),
        availability_facet(&counts),
        price_facet(&counts),
    ];
    for row in counts.into_iter().filter(|row| row.facet == "option") {
        let value = FacetValue {
            label: row.value.clone(),
            value: row.value,
            count: row.count,
        };
        match facets.iter().skip(3).position(|facet| facet.name == row.name) {
            Some(place) if facets[place + 3].values.len() < MAX_FACET_VALUES => facets[place + 3].values.push(value),
            None if facets.len() < 3 + MAX_OPTION_FACETS => facets.push(Facet {
                name: row.name,
                values: vec![value],
            }),
            _ => {}
        }
    }
    facets.retain(|facet| !facet.values.is_empty());
    facets
}

fn category_facet(counts: &[CountRow], categories: &[Category]) -> Facet {
    let value = |category: &Category| {
        let id = category.id.to_string();
        let count = counts.iter().find(|row| row.facet == "category" && row.value == id)?.count;
        Some(FacetValue {
            value: category.slug.clone(),
            label: category.name.clone(),
            count,
        })
    };
    Facet {
        name: "category".to_owned(),
        values: categories.iter().filter_map(value).collect(),
    }
}

fn availability_facet(counts: &[CountRow]) -> Facet {
    let value = |(name, label): (&str, &str)| {
        let count = counts.iter().find(|row| row.facet == "availability" && row.value == name)?.count;
        Some(FacetValue {
            value: name.to_owned(),
            label: label.to_owned(),
            count,
        })
    };
    let values = [("in_stock", "In stock"), ("sold_out", "Sold out")]
        .into_iter()
        .filter_map(value)
        .collect();
    Facet {
        name: "availability".to_owned(),
        values,
    }
}

fn price_facet(counts: &[CountRow]) -> Facet {
    let value = |name: &str| {
        let row = counts.iter().find(|row| row.facet == "price" && row.name == name)?;
        Some(FacetValue {
            value: row.value.clone(),
            label: name.to_owned(),
            count: row.count,
        })
    };
    Facet {
        name: "price".to_owned(),
        values: ["min", "max"].into_iter().filter_map(value).collect(),
    }
}

#[cfg(test)]
#[path = "listing_tests.rs"]
mod tests;

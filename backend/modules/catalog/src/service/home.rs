//! The home page, suggestions while typing, and the addresses of the shop.

use chrono::{DateTime, Utc};
use orion_framework::db::{DbError, StoreTx};
use orion_framework::tenancy::StoreContext;
use orion_types::catalog::{ProductCard, Suggestion};
use orion_types::store::{HomePage, media_path};

use super::finder::Finder;
use crate::error::CatalogError;
use crate::model::AddressRow;
use crate::queries::cards::{CardRow, list_cards};
use crate::queries::needle::Needle;
use crate::queries::shop::{find_hero_image, list_addresses};

/// How many products each row of the home page shows.
const ROW: i64 = 8;
/// How many cards a line of the widest page has.
const LINE: usize = 4;
/// How many products are suggested.
const SUGGESTIONS: i64 = 6;
/// The width of the large picture, in pixels.
const HERO_WIDTH: u32 = 1280;
/// The newest first.
const NEWEST: &str = "p.created_at DESC, p.id DESC";

/// The home page, in four statements.
pub fn home(tx: &mut StoreTx) -> Result<HomePage, CatalogError> {
    let texts = orion_tenancy::shop_texts(tx)?;
    let hero_image_url = match texts.hero_image.as_str() {
        "" => find_hero_image(tx)?.map(|image| media_path(image.into(), HERO_WIDTH)),
        path => Some(path.to_owned()),
    };
    let featured = list_cards(tx, "p.featured", NEWEST, ROW, None)?;
    let newest = list_cards(tx, "true", NEWEST, 2 * ROW, None)?;
    let currency = tx.store().currency;
    let cards = |rows: Vec<CardRow>| rows.into_iter().map(|row| row.card(currency)).collect::<Result<Vec<_>, _>>();
    let featured = cards(featured)?;
    let newest = beside(&featured, cards(newest)?);
    Ok(HomePage {
        hero_title: texts.hero_title,
        hero_text: texts.hero_text,
        hero_image_url,
        featured,
        newest,
        brand_title: texts.brand_title,
        brand_text: texts.brand_text,
    })
}

/// The newest products without those that stand above them as featured: nobody looks at a card twice. A shop too small for a line
/// of others shows all.
fn beside(featured: &[ProductCard], newest: Vec<ProductCard>) -> Vec<ProductCard> {
    let is_featured = |card: &ProductCard| featured.iter().any(|other| other.id == card.id);
    let others = newest.iter().filter(|card| !is_featured(card)).count();
    let is_shown = |card: &ProductCard| others < LINE || !is_featured(card);
    newest.into_iter().filter(is_shown).take(ROW as usize).collect()
}

/// The products that match best what has been typed so far; none for nothing.
pub fn suggestions(tx: &mut StoreTx, finder: &Finder, typed: &str) -> Result<Vec<Suggestion>, CatalogError> {
    let Some(needle) = Needle::new(Some(typed)) else {
        return Ok(Vec::new());
    };
    Ok(finder.0.suggest(tx, &needle, SUGGESTIONS)?)
}

/// The same, as far as the server remembers it.
pub fn known_suggestions(store: &StoreContext, finder: &Finder, typed: &str) -> Option<Vec<Suggestion>> {
    match Needle::new(Some(typed)) {
        Some(needle) => finder.0.known_suggestions(store, &needle, SUGGESTIONS),
        None => Some(Vec::new()),
    }
}

/// Walks over the index for suggestions that are not remembered, before a connection to the database is taken for them.
///
/// # Errors
/// 503 when too many searches of the store wait.
pub async fn walk_suggestions(store: &StoreContext, finder: &Finder, typed: &str) -> Result<(), DbError> {
    match Needle::new(Some(typed)) {
        Some(needle) => finder.walk_suggestions(store, &needle, SUGGESTIONS).await,
        None => Ok(()),
    }
}

/// An address for search engines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SitemapEntry {
    /// Below the shop's base, such as `/products/blue-shirt`.
    pub path: String,
    /// When what it shows was changed.
    pub updated_at: DateTime<Utc>,
}

/// The addresses of categories with products and of all products on sale, at most 50,000.
pub fn sitemap(tx: &mut StoreTx) -> Result<Vec<SitemapEntry>, CatalogError> {
    let entry = |AddressRow { path, updated_at }| SitemapEntry { path, updated_at };
    Ok(list_addresses(tx)?.into_iter().map(entry).collect())
}

#[cfg(test)]
mod tests {
    use orion_types::{Currency, Money, ProductId};
    use uuid::Uuid;

    use super::*;

    fn card(number: u128) -> ProductCard {
        ProductCard {
            id: ProductId(Uuid::from_u128(number)),
            slug: String::new(),
            title: String::new(),
            vendor: String::new(),
            price: Money::zero(Currency::EUR),
            price_varies: false,
            compare_at: None,
            unit_price: None,
            sold_out: false,
            images: Vec::new(),
            options: Vec::new(),
        }
    }

    fn shown(featured: &[u128], newest: std::ops::Range<u128>) -> Vec<u128> {
        let featured: Vec<ProductCard> = featured.iter().copied().map(card).collect();
        beside(&featured, newest.map(card).collect())
            .iter()
            .map(|card| card.id.0.as_u128())
            .collect()
    }

    #[test]
    fn what_is_featured_is_not_shown_again_as_new() {
        assert_eq!(shown(&[0, 2], 0..16), [1, 3, 4, 5, 6, 7, 8, 9]);
        assert_eq!(shown(&[0, 2], 0..6), [1, 3, 4, 5]);
    }

    #[test]
    fn a_small_shop_shows_all_it_has() {
        assert_eq!(shown(&[0, 2], 0..5), [0, 1, 2, 3, 4]);
        assert_eq!(shown(&[], 0..2), [0, 1]);
    }
}

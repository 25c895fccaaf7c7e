//! Cards that lists have read from an index, for the lists to come.
//!
//! What lies at one spot of an index never changes, so what is kept of it is right for as long as a list names the spot: after an edit only the
//! card of the edited product is read again.

use std::sync::{Arc, LazyLock};

use chrono::{DateTime, Utc};
use moka::sync::Cache;
use orion_framework::db::DbError;
use orion_framework::tenancy::StoreContext;
use orion_search::{Hit, SearchError, Snapshot, Spot};
use orion_types::catalog::ProductCard;

use crate::queries::cards::CardRow;
use crate::queries::shown::Shown;

/// Bytes for the cards of all stores, roughly.
const MEMORY: u64 = 16 << 20;

static CARDS: LazyLock<Cache<Spot, Arc<Shown>>> = LazyLock::new(|| {
    Cache::builder()
        .max_capacity(MEMORY)
        .weigher(|_: &Spot, shown: &Arc<Shown>| u32::try_from(shown.weight()).unwrap_or(u32::MAX))
        .build()
});

/// A card in a list, with what lists are sorted by.
#[derive(Debug, Clone)]
pub(crate) struct ListedCard {
    pub card: ProductCard,
    pub created_at: DateTime<Utc>,
    pub rank: i64,
}

/// A product of a list, and what is shown of it.
pub(crate) type ShownHit = (Hit, Arc<Shown>);

/// What is shown of the products of a page, as far as all of it is remembered.
pub(crate) fn known(hits: &[Hit]) -> Option<Vec<ShownHit>> {
    hits.iter().map(|hit| Some((*hit, CARDS.get(&hit.spot)?))).collect()
}

/// What is shown of the products of a page; what is not remembered is read from the index.
///
/// # Errors
/// When the index cannot be read.
pub(crate) fn shown(snapshot: &Snapshot, hits: Vec<Hit>) -> Result<Vec<ShownHit>, SearchError> {
    let one = |hit: Hit| {
        if let Some(known) = CARDS.get(&hit.spot) {
            return Ok((hit, known));
        }
        let read = serde_json::from_slice::<Shown>(&snapshot.shown(hit.spot)?);
        let read = Arc::new(read.map_err(|error| SearchError::Foreign(error.to_string()))?);
        CARDS.insert(hit.spot, read.clone());
        Ok((hit, read))
    };
    hits.into_iter().map(one).collect()
}

/// The card as the store shows it at present.
pub(crate) fn card(store: &StoreContext, (hit, shown): &ShownHit) -> ListedCard {
    let sold_out = store.module_enabled("inventory") && !hit.available;
    listed(store, shown, (sold_out, hit.rank))
}

/// A row as a card of a list.
///
/// # Errors
/// When the database has given it another shape.
pub(crate) fn card_of_row(store: &StoreContext, row: CardRow) -> Result<ListedCard, DbError> {
    let rest = (row.sold_out, row.rank);
    Ok(listed(store, &row.shown()?, rest))
}

fn listed(store: &StoreContext, shown: &Shown, (sold_out, rank): (bool, i64)) -> ListedCard {
    ListedCard {
        card: shown.card(store.currency, sold_out),
        created_at: shown.created_at,
        rank,
    }
}

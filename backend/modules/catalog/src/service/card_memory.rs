//! Cards that lists have read, for the lists to come.
//!
//! A card is kept with the version of the catalogue that was read in the same statement, and used for as long as nobody asks for a later
//! one: like a remembered answer it may be newer than what is asked for, never older.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use chrono::{DateTime, Utc};
use moka::sync::Cache;
use orion_framework::db::{ActorKind, DbError, StoreTx};
use orion_framework::tenancy::StoreContext;
use orion_search::Hit;
use orion_types::catalog::ProductCard;
use uuid::Uuid;

use crate::queries::cards::{CardRow, cards_in_order};

/// Bytes for the cards of all stores, roughly.
const MEMORY: u64 = 16 << 20;
/// What a card takes beside its texts and pictures, roughly.
const CARD: usize = 600;
const PICTURE: usize = 250;

/// What tells a card from that of another store, of before a setting or a module was switched, and of another product.
type Key = (Uuid, u64, bool, Uuid);

static CARDS: LazyLock<Cache<Key, Arc<Known>>> = LazyLock::new(|| {
    Cache::builder()
        .max_capacity(MEMORY)
        .weigher(|_: &Key, known: &Arc<Known>| known.weight())
        .build()
});

/// A card as it was at a version of the catalogue.
struct Known {
    version: i64,
    listed: ListedCard,
}

/// A card in a list, with what lists are sorted by.
#[derive(Debug, Clone)]
pub(crate) struct ListedCard {
    pub card: ProductCard,
    pub created_at: DateTime<Utc>,
    pub rank: i64,
}

impl Known {
    fn weight(&self) -> u32 {
        let card = &self.listed.card;
        let texts = card.title.len() + card.slug.len() + card.vendor.len();
        let options = card.options.iter().map(|option| 48 + option.values.len() * 40).sum::<usize>();
        let bytes = CARD + texts + options + card.images.len() * PICTURE;
        u32::try_from(bytes).unwrap_or(u32::MAX)
    }

    fn ranked(&self, rank: i64) -> ListedCard {
        ListedCard {
            rank,
            ..self.listed.clone()
        }
    }
}

fn key(store: &StoreContext, product: Uuid) -> Key {
    (store.id.0, store.epoch(), store.module_enabled("inventory"), product)
}

fn known(store: &StoreContext, product: Uuid) -> Option<Arc<Known>> {
    let known = CARDS.get(&key(store, product))?;
    (known.version >= store.catalog_version()).then_some(known)
}

/// The cards of a page in their order, if all of them are remembered.
pub(crate) fn known_cards(store: &StoreContext, hits: &[Hit]) -> Option<Vec<ListedCard>> {
    let card = |hit: &Hit| Some(known(store, hit.id)?.ranked(hit.rank));
    hits.iter().map(card).collect()
}

/// The cards of a page in their order; those that are not remembered are read. What is no longer on sale is missing.
pub(crate) fn cards(tx: &mut StoreTx, hits: &[Hit]) -> Result<Vec<ListedCard>, DbError> {
    let found = hits.iter().filter_map(|hit| Some((hit.id, known(tx.store(), hit.id)?)));
    let mut found: HashMap<Uuid, Arc<Known>> = found.collect();
    let missing: Vec<Uuid> = hits.iter().map(|hit| hit.id).filter(|id| !found.contains_key(id)).collect();
    for (version, row) in cards_in_order(tx, &missing)? {
        let id = row.id;
        let read = Arc::new(Known {
            version,
            listed: listed(tx, row)?,
        });
        // What a transaction has changed itself is not committed yet; only who looks at the shop is sure to have changed nothing.
        if matches!(tx.actor().kind, ActorKind::Guest | ActorKind::Customer) {
            CARDS.insert(key(tx.store(), id), read.clone());
        }
        found.insert(id, read);
    }
    Ok(hits.iter().filter_map(|hit| Some(found.get(&hit.id)?.ranked(hit.rank))).collect())
}

/// A row as a card of a list.
pub(crate) fn listed(tx: &StoreTx, row: CardRow) -> Result<ListedCard, DbError> {
    let (created_at, rank) = (row.created_at, row.rank);
    Ok(ListedCard {
        card: row.card(tx.store().currency)?,
        created_at,
        rank,
    })
}

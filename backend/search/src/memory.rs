//! What all open indexes of a server remember of what was asked of them: bounded together, the longest unused goes first.
//!
//! What is kept of a segment outlives a change of the catalogue, since a segment never changes but for what is deleted of it: after an edit
//! only the edited products are looked at again.

use std::hash::Hash;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use foldhash::quality::RandomState;
use moka::policy::EvictionPolicy;
use moka::sync::Cache;
use tantivy::index::SegmentId;

use crate::filter::{Filter, Order};
use crate::hits::WordHits;
use crate::part::Part;
use crate::top::Top;
use crate::walk::Counts;
use crate::words::Word;

/// Bytes for the products of single words.
const WORDS: u64 = 20 << 20;
/// Bytes for the first products of lists.
const TOPS: u64 = 20 << 20;
/// Bytes for the counts of lists in each segment.
const PARTS: u64 = 8 << 20;
/// Bytes for the counts of lists.
const COUNTS: u64 = 16 << 20;
/// Searches of which it is known whether they find anything as they are written, and how else they could be written.
const SEARCHES: u64 = 10_000;
/// How long something is remembered that nobody asks for.
const IDLE: Duration = Duration::from_secs(15 * 60);

/// A word in a segment.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct WordKey {
    pub segment: SegmentId,
    pub word: Word,
    pub forgiving: bool,
}

/// A list in a segment.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct PartKey {
    pub segment: SegmentId,
    /// The tree of categories that it is counted by.
    pub tree: u64,
    pub filter: Filter,
    pub forgiving: bool,
}

/// The first products of a list in a segment.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct TopKey {
    pub segment: SegmentId,
    pub filter: Filter,
    pub forgiving: bool,
    pub order: Order,
}

/// A search looks a dozen keys up, each with all its words: the standard hasher took a seventh of its time. This one is seeded anew by
/// each process too.
type Kept<K, V> = Cache<K, V, RandomState>;

/// The memory of all open indexes.
#[derive(Clone)]
pub struct Memory {
    pub(crate) words: Kept<WordKey, Arc<WordHits>>,
    pub(crate) tops: Kept<TopKey, Arc<Top>>,
    pub(crate) parts: Kept<PartKey, Arc<Part>>,
    /// By the number of the snapshot.
    pub(crate) counts: Kept<(u64, Filter), Arc<Counts>>,
    /// By the number of the snapshot: whether letters have to be forgiven.
    pub(crate) forgiving: Kept<(u64, String), bool>,
    /// By the number of the snapshot: another spelling of what finds nothing, if there is one.
    pub(crate) spellings: Kept<(u64, String), Option<String>>,
    snapshots: Arc<AtomicU64>,
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            words: cache(WORDS, |hits: &WordHits| hits.weight()),
            tops: cache(TOPS, |top: &Top| top.weight()),
            parts: cache(PARTS, |part: &Part| part.weight()),
            counts: cache(COUNTS, |counts: &Counts| counts.options.len() * 100 + counts.categories.len() * 24),
            forgiving: by_search(),
            spellings: by_search(),
            snapshots: Arc::default(),
        }
    }
}

impl Memory {
    /// A number that no other snapshot has.
    pub(crate) fn next_snapshot(&self) -> u64 {
        self.snapshots.fetch_add(1, Ordering::Relaxed)
    }
}

/// What a key and the map around it take, roughly.
const KEY: usize = 600;

fn by_search<V: Clone + Send + Sync + 'static>() -> Kept<(u64, String), V> {
    Cache::builder()
        .max_capacity(SEARCHES)
        .time_to_idle(IDLE)
        .build_with_hasher(RandomState::default())
}

fn cache<K, V>(bytes: u64, weight: fn(&V) -> usize) -> Kept<K, Arc<V>>
where
    K: Hash + Eq + Send + Sync + 'static,
    V: Send + Sync + 'static,
{
    Cache::builder()
        .max_capacity(bytes)
        .weigher(move |_: &K, value: &Arc<V>| u32::try_from(weight(value) + KEY).unwrap_or(u32::MAX))
        .eviction_policy(EvictionPolicy::lru())
        .time_to_idle(IDLE)
        .build_with_hasher(RandomState::default())
}

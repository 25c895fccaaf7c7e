//! An index as it was at one catalogue version. It never changes; a later version is another one that shares what did not change.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::Arc;

use tantivy::index::SegmentId;
use tantivy::schema::Value;
use tantivy::{DocAddress, DocId, ReloadPolicy, Searcher, SegmentReader, TantivyDocument};
use uuid::Uuid;

use crate::columns::Columns;
use crate::language::Language;
use crate::memory::Memory;
use crate::schema::{Fields, Stamp};
use crate::{SearchError, writer};

/// A category of the shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its id.
    pub id: Uuid,
    /// The one above it.
    pub parent_id: Option<Uuid>,
    /// Its address.
    pub slug: String,
    /// Its name.
    pub name: String,
}

/// A product of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Its id.
    pub id: Uuid,
    /// How well it matches the search; 0 without one.
    pub rank: i64,
    /// Whether there is some of any of its variants, for a shop that keeps stock.
    pub available: bool,
    /// Where it lies.
    pub spot: Spot,
}

/// Where a product lies in an index. What lies there never changes: a product that changes lies somewhere else from then on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Spot {
    segment: SegmentId,
    doc: DocId,
}

/// A product of a list, as the index names it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Listed {
    pub segment: u32,
    pub doc: DocId,
    pub rank: i64,
}

pub(crate) struct Segment {
    pub reader: SegmentReader,
    pub columns: Arc<Columns>,
    /// For each category of the segment itself and all above it, as places in the snapshot's categories.
    pub above: Vec<Vec<u32>>,
}

impl Segment {
    pub fn is_alive(&self, doc: DocId) -> bool {
        self.reader.alive_bitset().is_none_or(|alive| alive.is_alive(doc))
    }
}

/// An index at one catalogue version.
pub struct Snapshot {
    pub(crate) stamp: Stamp,
    pub(crate) fields: Fields,
    pub(crate) language: Language,
    pub(crate) searcher: Searcher,
    pub(crate) segments: Vec<Segment>,
    pub(crate) categories: Vec<Category>,
    pub(crate) memory: Memory,
    /// What it is called in the memory.
    pub(crate) number: u64,
    /// What the tree of categories is called in the memory.
    pub(crate) tree: u64,
    by_id: HashMap<SegmentId, Arc<Columns>>,
}

impl Snapshot {
    /// What an index on the disk says of itself, all of whose files are read for that: none of them was waited for when it was written.
    ///
    /// # Errors
    /// When there is none, one of another version of the program, or one that a power cut has spoilt.
    pub fn stamp_of(folder: &Path) -> Result<Stamp, SearchError> {
        let (index, _) = writer::open(folder)?;
        if !index.validate_checksum()?.is_empty() {
            return Err(SearchError::Foreign("its files are not as they were written".to_owned()));
        }
        Stamp::read(index.load_metas()?.payload.as_deref())
    }

    /// Opens the index of a folder as it is, with what is known of the store beside it; columns that `before` has are not read again.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open(
        folder: &Path,
        stamp: Stamp,
        categories: Vec<Category>,
        memory: &Memory,
        before: Option<&Self>,
    ) -> Result<Self, SearchError> {
        let (index, fields) = writer::open(folder)?;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(0)
            .try_into()?;
        let searcher = reader.searcher();
        let mut by_id = HashMap::new();
        let mut segments = Vec::new();
        for reader in searcher.segment_readers() {
            let known = before.and_then(|before| before.by_id.get(&reader.segment_id()).cloned());
            let columns = match known {
                Some(columns) => columns,
                None => Arc::new(Columns::read(reader)?),
            };
            by_id.insert(reader.segment_id(), columns.clone());
            segments.push(Segment {
                above: above(&columns.category_ids, &categories),
                reader: reader.clone(),
                columns,
            });
        }
        Ok(Self {
            language: Language::of(&stamp.locale)?,
            memory: memory.clone(),
            number: memory.next_snapshot(),
            tree: tree(&categories),
            stamp,
            fields,
            searcher,
            segments,
            categories,
            by_id,
        })
    }

    /// What it holds.
    pub fn stamp(&self) -> &Stamp {
        &self.stamp
    }

    /// The categories of the store, in their order.
    pub fn categories(&self) -> &[Category] {
        &self.categories
    }

    /// Whether more of it is deleted than not, so that it is better made anew.
    pub fn is_worn(&self) -> bool {
        let all: u64 = self.segments.iter().map(|segment| u64::from(segment.reader.max_doc())).sum();
        let deleted: u64 = self
            .segments
            .iter()
            .map(|segment| u64::from(segment.reader.num_deleted_docs()))
            .sum();
        deleted > 1_000 && deleted * 2 > all
    }

    /// What it takes in memory, roughly.
    pub fn weight(&self) -> u32 {
        let columns: usize = self.segments.iter().map(|segment| segment.columns.weight()).sum();
        u32::try_from(columns + 64 * 1024).unwrap_or(u32::MAX)
    }

    /// What lists show of a product, as it was given to the index.
    ///
    /// # Errors
    /// When the index cannot be read, or the product is of another one.
    pub fn shown(&self, spot: Spot) -> Result<Vec<u8>, SearchError> {
        let place = self.segments.iter().position(|segment| segment.reader.segment_id() == spot.segment);
        let place = place.ok_or_else(|| SearchError::Foreign("it has no such segment".to_owned()))?;
        let document: TantivyDocument = self.searcher.doc(DocAddress::new(place as u32, spot.doc))?;
        let shown = document
            .get_first(self.fields.shown)
            .and_then(|value| value.as_bytes().map(<[u8]>::to_vec));
        shown.ok_or_else(|| SearchError::Foreign("it does not say what is shown of a product".to_owned()))
    }

    pub(crate) fn hit(&self, listed: Listed) -> Hit {
        let segment = &self.segments[listed.segment as usize];
        Hit {
            id: segment.columns.ids[listed.doc as usize],
            rank: listed.rank,
            available: segment.columns.any_available[listed.doc as usize],
            spot: Spot {
                segment: segment.reader.segment_id(),
                doc: listed.doc,
            },
        }
    }

    pub(crate) fn of(&self, listed: &Listed) -> (&Columns, usize) {
        (&self.segments[listed.segment as usize].columns, listed.doc as usize)
    }
}

fn tree(categories: &[Category]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for category in categories {
        (category.id, category.parent_id).hash(&mut hasher);
    }
    hasher.finish()
}

fn above(ids: &[Uuid], categories: &[Category]) -> Vec<Vec<u32>> {
    let places: HashMap<Uuid, usize> = categories.iter().enumerate().map(|(place, one)| (one.id, place)).collect();
    let way_up = |id: &Uuid| {
        let mut way: Vec<u32> = Vec::new();
        let mut next = places.get(id).copied();
        // A parent that was deleted ends the way up.
        while let Some(place) = next.filter(|place| !way.contains(&(*place as u32))) {
            way.push(place as u32);
            next = categories[place].parent_id.and_then(|parent| places.get(&parent).copied());
        }
        way
    };
    ids.iter().map(way_up).collect()
}

//! A segment's columns in memory: what lists are filtered, counted and sorted by.

use std::ops::Range;

use tantivy::columnar::{BytesColumn, Column};
use tantivy::{DocId, SegmentReader};
use uuid::Uuid;

use crate::SearchError;
use crate::schema::{CATEGORY, CREATED, ID, OPTION, OPTIONS, PRICE, SEPARATOR, TITLE_KEY, VARIANT_AVAILABLE, VARIANT_PRICE};
use crate::walk::MATCH;

/// The columns of a segment. They never change: what is deleted is told by the segment's reader.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    pub ids: Vec<Uuid>,
    pub created: Vec<i64>,
    pub price: Vec<i64>,
    /// Places in `keys`.
    title: Vec<u32>,
    keys: Texts,
    /// Where the variants of each product begin, and where the last one's end.
    variants: Vec<u32>,
    pub variant_price: Vec<i64>,
    pub variant_available: Vec<bool>,
    /// Places in `options`.
    pub variant_options: Vec<[u32; OPTIONS]>,
    /// Names and values; those without a name stand for none.
    pub options: Vec<(String, String)>,
    /// The lowest and the highest price of each product's variants.
    pub prices: Vec<(i64, i64)>,
    /// Whether there is some of any variant of each product.
    pub any_available: Vec<bool>,
    /// How long each title is, as far as that matters to its rank.
    pub letters: Vec<u16>,
    /// The options of each product, every one once.
    options_of: Vec<u32>,
    option_places: Vec<u32>,
    categories: Vec<u32>,
    category_places: Vec<u32>,
    /// The categories of this segment's products.
    pub category_ids: Vec<Uuid>,
}

impl Columns {
    pub fn read(segment: &SegmentReader) -> Result<Self, SearchError> {
        let fast = segment.fast_fields();
        let all = 0..segment.max_doc();
        let mut read = Self {
            created: numbers(fast.column_opt::<i64>(CREATED)?.as_ref(), all.clone()),
            price: numbers(fast.column_opt::<i64>(PRICE)?.as_ref(), all.clone()),
            ..Self::default()
        };
        let ids = fast.bytes(ID)?.ok_or_else(|| missing(ID))?;
        let known: Vec<Uuid> = ids_of(&ids)?;
        read.ids = all
            .clone()
            .map(|doc| known.get(first(&ids, doc)).copied().unwrap_or_default())
            .collect();
        let keys = fast.bytes(TITLE_KEY)?.ok_or_else(|| missing(TITLE_KEY))?;
        read.keys = Texts::of(&keys)?;
        read.title = all.clone().map(|doc| first(&keys, doc) as u32).collect();
        read.read_variants(segment)?;
        if let Some(column) = fast.bytes(CATEGORY)? {
            read.category_ids = ids_of(&column)?;
            for doc in all.clone() {
                read.categories.push(read.category_places.len() as u32);
                read.category_places.extend(column.term_ords(doc).map(|place| place as u32));
            }
        } else {
            read.categories = vec![0; all.len()];
        }
        read.categories.push(read.category_places.len() as u32);
        all.for_each(|doc| read.sum_up(doc));
        read.options_of.push(read.option_places.len() as u32);
        Ok(read)
    }

    fn read_variants(&mut self, segment: &SegmentReader) -> Result<(), SearchError> {
        let fast = segment.fast_fields();
        let prices = fast.column_opt::<i64>(VARIANT_PRICE)?;
        let available = fast.column_opt::<u64>(VARIANT_AVAILABLE)?;
        let options: Option<BytesColumn> = fast.str(OPTION)?.map(Into::into);
        for doc in 0..segment.max_doc() {
            self.variants.push(self.variant_price.len() as u32);
            self.variant_price
                .extend(prices.iter().flat_map(|column| column.values_for_doc(doc)));
            let flags = available.iter().flat_map(|column| column.values_for_doc(doc));
            self.variant_available.extend(flags.map(|flag| flag != 0));
            let places: Vec<u32> = options
                .iter()
                .flat_map(|column| column.term_ords(doc))
                .map(|place| place as u32)
                .collect();
            self.variant_options.extend(places.as_chunks::<OPTIONS>().0);
        }
        self.variants.push(self.variant_price.len() as u32);
        if self.variant_available.len() != self.variant_price.len() || self.variant_options.len() != self.variant_price.len() {
            return Err(SearchError::Foreign("its variants do not fit together".to_owned()));
        }
        if let Some(column) = &options {
            let texts = Texts::of(column)?;
            let pair = |place| {
                let text = String::from_utf8_lossy(texts.get(place)).into_owned();
                let (name, value) = text.split_once(SEPARATOR).unwrap_or_default();
                (name.to_owned(), value.to_owned())
            };
            self.options = (0..texts.len()).map(pair).collect();
        }
        Ok(())
    }

    /// Notes what the variants of a product say together.
    fn sum_up(&mut self, doc: DocId) {
        let variants = self.variants(doc);
        let prices = self.variant_price[variants.clone()].iter().copied();
        let span = (prices.clone().min().unwrap_or_default(), prices.max().unwrap_or_default());
        self.prices.push(span);
        self.any_available.push(self.variant_available[variants.clone()].contains(&true));
        let longest = (MATCH - 1) as usize;
        self.letters.push(self.title(doc).len().min(longest) as u16);
        let start = self.option_places.len();
        self.options_of.push(start as u32);
        for place in self.variant_options[variants].iter().flatten() {
            let is_one = !self.options[*place as usize].0.is_empty();
            if is_one && !self.option_places[start..].contains(place) {
                self.option_places.push(*place);
            }
        }
    }

    /// The options of a product, every one once, as places in `options`.
    pub fn options_of(&self, doc: DocId) -> &[u32] {
        &self.option_places[range(&self.options_of, doc)]
    }

    /// What a title sorts by.
    pub fn key(&self, doc: DocId) -> &[u8] {
        self.keys.get(self.title[doc as usize] as usize)
    }

    /// The title.
    pub fn title(&self, doc: DocId) -> &[u8] {
        let key = self.key(doc);
        let start = key.iter().rposition(|byte| *byte == 0).map_or(0, |end| end + 1);
        &key[start..]
    }

    pub fn variants(&self, doc: DocId) -> Range<usize> {
        range(&self.variants, doc)
    }

    /// Places in `category_ids`.
    pub fn categories(&self, doc: DocId) -> &[u32] {
        &self.category_places[range(&self.categories, doc)]
    }

    /// What it takes in memory, roughly.
    pub fn weight(&self) -> usize {
        self.ids.len() * 71
            + self.keys.bytes.len()
            + self.variant_price.len() * 21
            + (self.category_places.len() + self.option_places.len()) * 4
    }
}

fn range(starts: &[u32], doc: DocId) -> Range<usize> {
    let doc = doc as usize;
    starts[doc] as usize..starts[doc + 1] as usize
}

fn missing(field: &str) -> SearchError {
    SearchError::Foreign(format!("it has no {field}"))
}

fn numbers(column: Option<&Column<i64>>, all: Range<DocId>) -> Vec<i64> {
    all.map(|doc| column.and_then(|column| column.first(doc)).unwrap_or_default())
        .collect()
}

fn first(column: &BytesColumn, doc: DocId) -> usize {
    column.term_ords(doc).next().unwrap_or_default() as usize
}

fn ids_of(column: &BytesColumn) -> Result<Vec<Uuid>, SearchError> {
    let texts = Texts::of(column)?;
    let id = |place| Uuid::from_slice(texts.get(place)).map_err(|error| SearchError::Foreign(error.to_string()));
    (0..texts.len()).map(id).collect()
}

/// Texts one behind the other.
#[derive(Debug, Default)]
struct Texts {
    bytes: Vec<u8>,
    ends: Vec<u32>,
}

impl Texts {
    fn of(column: &BytesColumn) -> Result<Self, SearchError> {
        let mut texts = Self::default();
        let mut terms = column.dictionary().stream()?;
        while terms.advance() {
            texts.bytes.extend_from_slice(terms.key());
            texts.ends.push(texts.bytes.len() as u32);
        }
        Ok(texts)
    }

    fn len(&self) -> usize {
        self.ends.len()
    }

    fn get(&self, place: usize) -> &[u8] {
        let start = if place == 0 { 0 } else { self.ends[place - 1] as usize };
        &self.bytes[start..self.ends[place] as usize]
    }
}

//! Lists of an index: what is remembered of them, and what is walked over when nothing is.

use std::cell::OnceCell;
use std::sync::Arc;

use tantivy::DocId;

use crate::SearchError;
use crate::filter::{Filter, Order, Place};
use crate::hits::{self, Hits};
use crate::memory::{PartKey, TopKey};
use crate::order::PlaceKey;
use crate::part::Part;
use crate::snapshot::{Hit, Listed, Segment, Snapshot};
use crate::top::{KEPT, Top};
use crate::walk::{Counts, Walk};
use crate::words::{MAX_WORDS, Word, words};

/// A list that is asked for.
struct Asked<'s> {
    snapshot: &'s Snapshot,
    /// As it is remembered: one for all ways of writing the same.
    filter: Filter,
    words: Vec<Word>,
    /// What its search finds, once that is needed.
    hits: OnceCell<Vec<Hits>>,
    /// Whether letters are forgiven, as far as it is known.
    forgiving: OnceCell<bool>,
}

impl Snapshot {
    /// The products of a list behind a place, at most `limit`, and the counts of the whole.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn list(&self, filter: &Filter, order: Order, after: Option<&Place>, limit: usize) -> Result<(Vec<Hit>, Arc<Counts>), SearchError> {
        let asked = Asked::new(self, filter);
        let counts = self.memory.counts.try_get_with(asked.counts_key(), || asked.count())?;
        Ok((asked.page(order, after, limit)?, counts))
    }

    /// The same, as far as nothing has to be walked over for it.
    pub fn known_list(&self, filter: &Filter, order: Order, after: Option<&Place>, limit: usize) -> Option<(Vec<Hit>, Arc<Counts>)> {
        let asked = Asked::new(self, filter);
        let counts = self.memory.counts.get(&asked.counts_key())?;
        Some((asked.known_page(order, after, limit)?, counts))
    }

    /// The first products of a list, without counting the others.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn first(&self, filter: &Filter, order: Order, limit: usize) -> Result<Vec<Hit>, SearchError> {
        Asked::new(self, filter).page(order, None, limit)
    }

    /// The same, as far as nothing has to be walked over for it.
    pub fn known_first(&self, filter: &Filter, order: Order, limit: usize) -> Option<Vec<Hit>> {
        Asked::new(self, filter).known_page(order, None, limit)
    }
}

impl<'s> Asked<'s> {
    fn new(snapshot: &'s Snapshot, filter: &Filter) -> Self {
        let mut filter = filter.clone();
        filter.options.sort_by(|a, b| a.name.cmp(&b.name));
        filter.options.iter_mut().for_each(|option| option.values.sort());
        let mut wanted = Vec::new();
        if let Some(typed) = &mut filter.search {
            wanted = words(typed, &snapshot.language);
            wanted.truncate(MAX_WORDS);
            *typed = if wanted.is_empty() {
                typed.to_lowercase()
            } else {
                let word = |word: &Word| format!("{}/{}", word.folded, word.stem);
                wanted.iter().map(word).collect::<Vec<_>>().join(" ")
            };
        }
        Self {
            snapshot,
            filter,
            words: wanted,
            hits: OnceCell::new(),
            forgiving: OnceCell::new(),
        }
    }

    fn counts_key(&self) -> (u64, Filter) {
        (self.snapshot.number, self.filter.clone())
    }

    /// Whether letters are forgiven; `None` when the search has to be made for that.
    fn known_forgiving(&self) -> Option<bool> {
        let search = self.filter.search.as_ref().filter(|_| !self.words.is_empty());
        let Some(search) = search else { return Some(false) };
        if let Some(known) = self.forgiving.get() {
            return Some(*known);
        }
        let known = self.snapshot.memory.forgiving.get(&(self.snapshot.number, search.clone()))?;
        Some(*self.forgiving.get_or_init(|| known))
    }

    fn forgiving(&self) -> Result<bool, SearchError> {
        if self.known_forgiving().is_none() {
            self.hits()?;
        }
        Ok(self.known_forgiving().unwrap_or_default())
    }

    /// What the search finds in each segment; nothing without one.
    fn hits(&self) -> Result<&[Hits], SearchError> {
        let Some(search) = &self.filter.search else { return Ok(&[]) };
        if let Some(hits) = self.hits.get() {
            return Ok(hits);
        }
        let hits = if self.words.is_empty() {
            hits::with_signs(self.snapshot, search)
        } else {
            let (hits, forgiving) = hits::search(self.snapshot, &self.words, self.known_forgiving())?;
            self.snapshot
                .memory
                .forgiving
                .insert((self.snapshot.number, search.clone()), forgiving);
            self.forgiving.get_or_init(|| forgiving);
            hits
        };
        Ok(self.hits.get_or_init(|| hits))
    }

    /// The living products of a segment that the search finds, with their scores; without a search all.
    fn docs(&self, place: usize) -> Result<impl Iterator<Item = (DocId, Option<u32>)>, SearchError> {
        let segment = &self.snapshot.segments[place];
        Ok(self.all_docs(place)?.filter(|(doc, _)| segment.is_alive(*doc)))
    }

    fn all_docs(&self, place: usize) -> Result<impl Iterator<Item = (DocId, Option<u32>)>, SearchError> {
        let hits = self.hits()?.get(place).map(Vec::as_slice);
        let all = match hits {
            Some(_) => 0..0,
            None => 0..self.snapshot.segments[place].reader.max_doc(),
        };
        let found = hits.unwrap_or_default().iter().map(|(doc, score)| (*doc, Some(*score)));
        Ok(found.chain(all.map(|doc| (doc, None))))
    }

    fn count(&self) -> Result<Arc<Counts>, SearchError> {
        let parts = (0..self.snapshot.segments.len()).map(|place| self.part(place));
        let parts = parts.collect::<Result<Vec<_>, _>>()?;
        Ok(Arc::new(self.snapshot.together(&parts)))
    }

    /// The counts of a segment: as they are remembered, without what was deleted since, or else counted.
    fn part(&self, place: usize) -> Result<Arc<Part>, SearchError> {
        let segment = &self.snapshot.segments[place];
        let key = PartKey {
            segment: segment.reader.segment_id(),
            tree: self.snapshot.tree,
            filter: self.filter.clone(),
            forgiving: self.forgiving()?,
        };
        let known = self.snapshot.memory.parts.get(&key);
        if let Some(known) = known.as_ref().filter(|known| known.is_of(segment)) {
            return Ok(known.clone());
        }
        let part = Arc::new(self.counted(place, segment, known.as_deref())?);
        // A look at an older version may be under way beside this one: what it brings in is made right by the next one that asks.
        self.snapshot.memory.parts.insert(key, part.clone());
        Ok(part)
    }

    fn counted(&self, place: usize, segment: &Segment, known: Option<&Part>) -> Result<Part, SearchError> {
        let (walk, categories) = (Walk::new(segment, &self.filter), self.snapshot.categories.len());
        if let Some(known) = known.filter(|known| known.is_before(segment)) {
            let lost = self
                .all_docs(place)?
                .map(|(doc, _)| doc)
                .filter(|doc| known.has_lost(segment, *doc));
            if let Some(left) = known.counted.without(&walk.count(categories, lost)) {
                return Ok(Part::new(segment, left));
            }
        }
        let docs = self.docs(place)?.map(|(doc, _)| doc);
        Ok(Part::new(segment, walk.count(categories, docs)))
    }

    fn page(&self, order: Order, after: Option<&Place>, limit: usize) -> Result<Vec<Hit>, SearchError> {
        let order = self.order(order);
        let after = after.map(|place| self.snapshot.place_key(place));
        let mut listed = Vec::new();
        for place in 0..self.snapshot.segments.len() {
            let top = match self.known_top(place, order) {
                Some(top) => top,
                None => self.make_top(place, order)?,
            };
            match self.of_top(&top, place, (order, after.as_ref(), limit)) {
                Some(found) => listed.extend(found),
                None => listed.extend(self.further(place, (order, after.as_ref(), limit))?),
            }
        }
        Ok(self.hits_of(listed, order, limit))
    }

    fn known_page(&self, order: Order, after: Option<&Place>, limit: usize) -> Option<Vec<Hit>> {
        let order = self.order(order);
        let after = after.map(|place| self.snapshot.place_key(place));
        let mut listed = Vec::new();
        for place in 0..self.snapshot.segments.len() {
            let top = self.known_top(place, order)?;
            listed.extend(self.of_top(&top, place, (order, after.as_ref(), limit))?);
        }
        Some(self.hits_of(listed, order, limit))
    }

    /// Without a search nothing is more relevant than what is new.
    fn order(&self, order: Order) -> Order {
        match order {
            Order::Relevance if self.filter.search.is_none() => Order::Newest,
            Order::Suggestion if self.filter.search.is_none() => Order::Title,
            order => order,
        }
    }

    fn top_key(&self, place: usize, order: Order, forgiving: bool) -> TopKey {
        TopKey {
            segment: self.snapshot.segments[place].reader.segment_id(),
            filter: self.filter.clone(),
            forgiving,
            order,
        }
    }

    fn known_top(&self, place: usize, order: Order) -> Option<Arc<Top>> {
        self.snapshot.memory.tops.get(&self.top_key(place, order, self.known_forgiving()?))
    }

    fn make_top(&self, place: usize, order: Order) -> Result<Arc<Top>, SearchError> {
        if self.filter == Filter::default() {
            return self.all_in_order(place, order);
        }
        let key = self.top_key(place, order, self.forgiving()?);
        let make = || -> Result<_, SearchError> {
            // One more tells whether there are others.
            let mut first = self.further(place, (order, None, KEPT + 1))?;
            let complete = first.len() <= KEPT;
            first.truncate(KEPT);
            Ok(Arc::new(Top::new(&first, self.filter.search.is_some(), complete)))
        };
        Ok(self.snapshot.memory.tops.try_get_with(key, make)?)
    }

    /// All products of a segment in an order; from them the first that belong into a list are found without looking at the others.
    fn all_in_order(&self, place: usize, order: Order) -> Result<Arc<Top>, SearchError> {
        let all = Asked::new(self.snapshot, &Filter::default());
        let make = || -> Result<_, SearchError> {
            let listed = self.snapshot.first_of(all.wanted(place)?, order, None, usize::MAX);
            Ok(Arc::new(Top::new(&listed, false, true)))
        };
        Ok(self.snapshot.memory.tops.try_get_with(all.top_key(place, order, false), make)?)
    }

    /// The first `limit` living products of the list in a segment behind a place, whatever is remembered of it.
    fn further(&self, place: usize, (order, after, limit): (Order, Option<&PlaceKey>, usize)) -> Result<Vec<Listed>, SearchError> {
        if self.filter.search.is_some() {
            return Ok(self.snapshot.first_of(self.wanted(place)?, order, after, limit));
        }
        let (all, segment) = (self.all_in_order(place, order)?, &self.snapshot.segments[place]);
        let walk = Walk::new(segment, &self.filter);
        let is_behind = |listed: &Listed| after.is_none_or(|after| self.snapshot.is_behind(order, listed, after));
        let behind = all.behind(place as u32, is_behind);
        Ok(behind
            .filter(|listed| segment.is_alive(listed.doc) && walk.takes(listed.doc))
            .take(limit)
            .collect())
    }

    /// All living products of the list in a segment.
    fn wanted(&self, place: usize) -> Result<Vec<Listed>, SearchError> {
        let walk = Walk::new(&self.snapshot.segments[place], &self.filter);
        Ok(walk.wanted(place as u32, self.docs(place)?))
    }

    /// The first `limit` behind a place; `None` when more would have to be known of the list.
    fn of_top(&self, top: &Top, place: usize, (order, after, limit): (Order, Option<&PlaceKey>, usize)) -> Option<Vec<Listed>> {
        let (snapshot, segment) = (self.snapshot, &self.snapshot.segments[place]);
        let is_behind = |listed: &Listed| after.is_none_or(|after| snapshot.is_behind(order, listed, after));
        let living = top.behind(place as u32, is_behind).filter(|listed| segment.is_alive(listed.doc));
        let found: Vec<Listed> = living.take(limit).collect();
        (top.complete || found.len() == limit).then_some(found)
    }

    fn hits_of(&self, listed: Vec<Listed>, order: Order, limit: usize) -> Vec<Hit> {
        let first = self.snapshot.first_of(listed, order, None, limit);
        first.into_iter().map(|listed| self.snapshot.hit(listed)).collect()
    }
}

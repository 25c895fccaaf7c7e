//! What a search finds: for each segment the products that have every word, with a score.

use std::cmp::Reverse;
use std::sync::Arc;

use tantivy::query::{EnableScoring, FuzzyTermQuery, Query};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

use crate::SearchError;
use crate::memory::WordKey;
use crate::snapshot::{Segment, Snapshot};
use crate::words::{PART, STEM, Word, forgiven, may_be_inside};

/// What a word is worth: in the title, about the product, in its description.
const FIELDS: [u8; 3] = [30, 15, 5];
/// Beside that: as the whole word, by its stem, as its beginning. Inside of another word it is worth half.
const WHOLE: u8 = 5;
const STEMMED: u8 = 3;
const BEGUN: u8 = 2;

/// Products of a segment with their scores, in the order of the documents; deleted ones too.
pub(crate) type Hits = Vec<(DocId, u32)>;

/// The products of a segment that have a word, and what it is worth in each.
pub(crate) enum WordHits {
    /// One by one, in the order of the documents.
    Few(Vec<(DocId, u8)>),
    /// For every document, 0 for those that lack it; and how many have it.
    Many(Vec<u8>, usize),
}

/// The products with a word while they are found. Most words are in few of them: a place for every document is only made when it pays.
struct Scores {
    few: Vec<(DocId, u8)>,
    many: Option<Vec<u8>>,
    documents: usize,
}

impl Scores {
    fn new(documents: DocId) -> Self {
        Self {
            few: Vec::new(),
            many: None,
            documents: documents as usize,
        }
    }

    /// A document is worth the most that it is raised to.
    fn raise<D: DocSet + ?Sized>(&mut self, docs: &mut D, worth: u8) {
        let mut doc = docs.doc();
        while doc != TERMINATED {
            match &mut self.many {
                Some(many) => most(&mut many[doc as usize], worth),
                None => self.few.push((doc, worth)),
            }
            doc = docs.advance();
        }
        if self.many.is_none() && self.few.len() * size_of::<(DocId, u8)>() >= self.documents {
            let mut many = vec![0; self.documents];
            self.few.drain(..).for_each(|(doc, worth)| most(&mut many[doc as usize], worth));
            self.many = Some(many);
        }
    }

    fn hits(self) -> WordHits {
        let Some(many) = self.many else {
            let mut few = self.few;
            few.sort_unstable_by_key(|(doc, worth)| (*doc, Reverse(*worth)));
            few.dedup_by_key(|(doc, _)| *doc);
            few.shrink_to_fit();
            return WordHits::Few(few);
        };
        let count = many.iter().filter(|score| **score > 0).count();
        if count * size_of::<(DocId, u8)>() >= many.len() {
            return WordHits::Many(many, count);
        }
        WordHits::Few((0..).zip(many).filter(|(_, score)| *score > 0).collect())
    }
}

fn most(score: &mut u8, worth: u8) {
    *score = (*score).max(worth);
}

impl WordHits {
    fn len(&self) -> usize {
        match self {
            Self::Few(hits) => hits.len(),
            Self::Many(_, count) => *count,
        }
    }

    fn all(&self) -> Hits {
        let hit = |(doc, score): (DocId, u8)| (score > 0).then(|| (doc, u32::from(score)));
        match self {
            Self::Few(hits) => hits.iter().copied().filter_map(hit).collect(),
            Self::Many(scores, _) => (0..).zip(scores.iter().copied()).filter_map(hit).collect(),
        }
    }

    /// Leaves those that have this word too.
    fn narrow(&self, found: &mut Hits) {
        match self {
            Self::Many(scores, _) => found.retain_mut(|(doc, sum)| {
                let score = scores[*doc as usize];
                *sum += u32::from(score);
                score > 0
            }),
            Self::Few(hits) => {
                let mut rest = hits.iter().copied().peekable();
                found.retain_mut(|(doc, sum)| {
                    while rest.next_if(|(other, _)| *other < *doc).is_some() {}
                    let same = rest.next_if(|(other, _)| *other == *doc);
                    *sum += same.map_or(0, |(_, score)| u32::from(score));
                    same.is_some()
                });
            }
        }
    }

    /// What it takes in memory, roughly.
    pub fn weight(&self) -> usize {
        match self {
            Self::Few(hits) => hits.len() * size_of::<(DocId, u8)>(),
            Self::Many(scores, _) => scores.len(),
        }
    }
}

/// What a search finds, first as it is written; only when nothing at all has its words, with forgiven letters. Whether they are is told
/// beside it.
pub(crate) fn search(snapshot: &Snapshot, wanted: &[Word], forgiving: Option<bool>) -> Result<(Vec<Hits>, bool), SearchError> {
    let can_be_forgiven = wanted.iter().any(|word| forgiven(&word.folded) > 0);
    if forgiving != Some(true) {
        let exact = all_words(snapshot, wanted, false)?;
        if forgiving == Some(false) || !can_be_forgiven || finds(snapshot, &exact) {
            return Ok((exact, false));
        }
    }
    Ok((all_words(snapshot, wanted, true)?, true))
}

/// Whether any product has every word, as it is written.
pub(crate) fn finds_exactly(snapshot: &Snapshot, wanted: &[Word]) -> Result<bool, SearchError> {
    Ok(finds(snapshot, &all_words(snapshot, wanted, false)?))
}

fn finds(snapshot: &Snapshot, found: &[Hits]) -> bool {
    let mut pairs = snapshot.segments.iter().zip(found);
    pairs.any(|(segment, hits)| hits.iter().any(|(doc, _)| segment.is_alive(*doc)))
}

/// A search of signs only looks for them in titles.
pub(crate) fn with_signs(snapshot: &Snapshot, wanted: &str) -> Vec<Hits> {
    let of_segment = |segment: &Segment| {
        let title = |doc: DocId| String::from_utf8_lossy(segment.columns.title(doc)).to_lowercase();
        let all = 0..segment.reader.max_doc();
        all.filter(|doc| title(*doc).contains(wanted)).map(|doc| (doc, 1)).collect()
    };
    snapshot.segments.iter().map(of_segment).collect()
}

fn all_words(snapshot: &Snapshot, wanted: &[Word], forgiving: bool) -> Result<Vec<Hits>, SearchError> {
    let of_segment = |segment: &Segment| {
        let words = wanted.iter().map(|word| of_word(snapshot, segment, word, forgiving));
        let mut words = words.collect::<Result<Vec<_>, _>>()?;
        // From the rarest on: what it lacks is not looked at again.
        words.sort_by_key(|hits| hits.len());
        let mut found = words.first().map(|hits| hits.all()).unwrap_or_default();
        words.iter().skip(1).for_each(|hits| hits.narrow(&mut found));
        Ok(found)
    };
    snapshot.segments.iter().map(of_segment).collect()
}

/// A segment's words never change: what is deleted of it is told apart from them.
fn of_word(snapshot: &Snapshot, segment: &Segment, word: &Word, forgiving: bool) -> Result<Arc<WordHits>, SearchError> {
    let key = WordKey {
        segment: segment.reader.segment_id(),
        word: word.clone(),
        forgiving,
    };
    let find = || -> Result<_, SearchError> {
        let mut scores = Scores::new(segment.reader.max_doc());
        exact(snapshot, &segment.reader, word, &mut scores)?;
        if forgiving {
            with_wrong_letters(snapshot, &segment.reader, word, &mut scores)?;
        }
        Ok(Arc::new(scores.hits()))
    };
    Ok(snapshot.memory.words.try_get_with(key, find)?)
}

fn exact(snapshot: &Snapshot, segment: &SegmentReader, word: &Word, scores: &mut Scores) -> Result<(), SearchError> {
    for (field, worth) in snapshot.fields.texts().into_iter().zip(FIELDS) {
        beginning(segment, field.words, &word.folded, worth, scores)?;
        whole(segment, field.forms, &format!("{STEM}{}", word.stem), worth + STEMMED, scores)?;
        if may_be_inside(&word.folded) {
            beginning(segment, field.forms, &format!("{PART}{}", word.folded), worth / 2, scores)?;
        }
    }
    Ok(())
}

/// Products with a term that begins with a word; those whose whole word it is are worth more.
fn beginning(segment: &SegmentReader, field: Field, word: &str, worth: u8, scores: &mut Scores) -> Result<(), SearchError> {
    let index = segment.inverted_index(field)?;
    let mut terms = index.terms().range().ge(word);
    // No text has this byte: everything before it begins with the word.
    let end = [word.as_bytes(), &[0xff]].concat();
    terms = terms.lt(&end);
    let mut terms = terms.into_stream()?;
    while terms.advance() {
        let worth = if terms.key() == word.as_bytes() {
            worth + WHOLE
        } else {
            worth + BEGUN
        };
        let mut postings = index.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
        scores.raise(&mut postings, worth);
    }
    Ok(())
}

fn whole(segment: &SegmentReader, field: Field, term: &str, worth: u8, scores: &mut Scores) -> Result<(), SearchError> {
    let term = Term::from_field_text(field, term);
    let found = segment.inverted_index(field)?.read_postings(&term, IndexRecordOption::Basic)?;
    if let Some(mut postings) = found {
        scores.raise(&mut postings, worth);
    }
    Ok(())
}

fn with_wrong_letters(snapshot: &Snapshot, segment: &SegmentReader, word: &Word, scores: &mut Scores) -> Result<(), SearchError> {
    let letters = forgiven(&word.folded);
    if letters == 0 {
        return Ok(());
    }
    for (field, worth) in [(snapshot.fields.title, FIELDS[0]), (snapshot.fields.about, FIELDS[1])] {
        let term = Term::from_field_text(field.words, &word.folded);
        let query = FuzzyTermQuery::new_prefix(term, letters, true);
        let weight = query.weight(EnableScoring::disabled_from_searcher(&snapshot.searcher))?;
        let mut found = weight.scorer(segment, 1.0)?;
        scores.raise(&mut found, worth);
    }
    Ok(())
}

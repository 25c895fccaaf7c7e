//! What a search finds: for each segment a score per product, 0 for those that lack a word.

use tantivy::query::{EnableScoring, FuzzyTermQuery, Query};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

use crate::SearchError;
use crate::snapshot::{Segment, Snapshot};
use crate::words::{MAX_WORDS, PART, STEM, Word, forgiven, may_be_inside, words};

/// What a word is worth: in the title, about the product, in its description.
const FIELDS: [u32; 3] = [30, 15, 5];
/// Beside that: as the whole word, by its stem, as its beginning. Inside of another word it is worth half.
const WHOLE: u32 = 5;
const STEMMED: u32 = 3;
const BEGUN: u32 = 2;

/// How a word is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Care {
    Exact,
    /// With letters that may be wrong, in titles and about the products.
    Forgiving,
}

/// Scores of a segment's products.
pub(crate) type Scores = Vec<u32>;

/// The scores of a search, first as it is written; only when nothing at all has its words, with forgiven letters.
pub(crate) fn search(snapshot: &Snapshot, typed: &str) -> Result<Vec<Scores>, SearchError> {
    let mut wanted = words(typed, &snapshot.language);
    wanted.truncate(MAX_WORDS);
    if wanted.is_empty() {
        return Ok(snapshot.segments.iter().map(|segment| with_signs(segment, typed)).collect());
    }
    let exact = all_words(snapshot, &wanted, Care::Exact)?;
    if finds(snapshot, &exact) || wanted.iter().all(|word| forgiven(&word.folded) == 0) {
        return Ok(exact);
    }
    all_words(snapshot, &wanted, Care::Forgiving)
}

/// Whether any product has every word, as it is written.
pub(crate) fn finds_exactly(snapshot: &Snapshot, wanted: &[Word]) -> Result<bool, SearchError> {
    Ok(finds(snapshot, &all_words(snapshot, wanted, Care::Exact)?))
}

fn finds(snapshot: &Snapshot, found: &[Scores]) -> bool {
    let mut pairs = snapshot.segments.iter().zip(found);
    pairs.any(|(segment, scores)| {
        let mut docs = (0..).zip(scores);
        docs.any(|(doc, score)| *score > 0 && segment.is_alive(doc))
    })
}

/// A search of signs only looks for them in titles.
fn with_signs(segment: &Segment, typed: &str) -> Scores {
    let wanted = typed.to_lowercase();
    let has = |doc: DocId| String::from_utf8_lossy(segment.columns.title(doc)).to_lowercase().contains(&wanted);
    (0..segment.reader.max_doc()).map(|doc| u32::from(has(doc))).collect()
}

fn all_words(snapshot: &Snapshot, wanted: &[Word], care: Care) -> Result<Vec<Scores>, SearchError> {
    let of_segment = |segment: &Segment| {
        let mut total: Option<Scores> = None;
        for word in wanted {
            let mut scores = vec![0; segment.reader.max_doc() as usize];
            exact(snapshot, &segment.reader, word, &mut scores)?;
            if care == Care::Forgiving {
                forgiving(snapshot, &segment.reader, word, &mut scores)?;
            }
            match &mut total {
                None => total = Some(scores),
                Some(total) => join(total, &scores),
            }
        }
        Ok(total.unwrap_or_default())
    };
    snapshot.segments.iter().map(of_segment).collect()
}

/// Every word must be there.
fn join(total: &mut Scores, scores: &Scores) {
    for (sum, score) in total.iter_mut().zip(scores) {
        *sum = if *sum > 0 && *score > 0 { *sum + *score } else { 0 };
    }
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
fn beginning(segment: &SegmentReader, field: Field, word: &str, worth: u32, scores: &mut Scores) -> Result<(), SearchError> {
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
        raise(&mut postings, worth, scores);
    }
    Ok(())
}

fn whole(segment: &SegmentReader, field: Field, term: &str, worth: u32, scores: &mut Scores) -> Result<(), SearchError> {
    let term = Term::from_field_text(field, term);
    let found = segment.inverted_index(field)?.read_postings(&term, IndexRecordOption::Basic)?;
    if let Some(mut postings) = found {
        raise(&mut postings, worth, scores);
    }
    Ok(())
}

fn forgiving(snapshot: &Snapshot, segment: &SegmentReader, word: &Word, scores: &mut Scores) -> Result<(), SearchError> {
    let letters = forgiven(&word.folded);
    if letters == 0 {
        return Ok(());
    }
    for (field, worth) in [(snapshot.fields.title, FIELDS[0]), (snapshot.fields.about, FIELDS[1])] {
        let term = Term::from_field_text(field.words, &word.folded);
        let query = FuzzyTermQuery::new_prefix(term, letters, true);
        let weight = query.weight(EnableScoring::disabled_from_searcher(&snapshot.searcher))?;
        let mut found = weight.scorer(segment, 1.0)?;
        raise(&mut found, worth, scores);
    }
    Ok(())
}

fn raise(docs: &mut dyn DocSet, worth: u32, scores: &mut Scores) {
    let mut doc = docs.doc();
    while doc != TERMINATED {
        let score = &mut scores[doc as usize];
        *score = (*score).max(worth);
        doc = docs.advance();
    }
}

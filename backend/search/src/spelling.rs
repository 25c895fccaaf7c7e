//! Another spelling for a search that finds nothing.

use std::collections::{BTreeMap, HashSet};

use crate::SearchError;
use crate::hits::finds_exactly;
use crate::snapshot::Snapshot;
use crate::words::{MAX_WORDS, Word, words};

/// How alike two words must be, 0–1: the shared part of their groups of three letters.
const ALIKE: f64 = 0.2;

impl Snapshot {
    /// A spelling that finds something: each word replaced by the most similar one of the titles.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn suggest(&self, typed: &str) -> Result<Option<String>, SearchError> {
        let mut asked = words(typed, &self.language);
        asked.truncate(MAX_WORDS);
        let mut best: Vec<Option<(f64, String)>> = vec![None; asked.len()];
        let wanted: Vec<_> = asked.iter().map(|word| groups(&word.folded)).collect();
        for title_word in self.title_words()? {
            let has = groups(&title_word);
            for (best, wanted) in best.iter_mut().zip(&wanted) {
                let alike = similarity(wanted, &has);
                if alike > ALIKE && best.as_ref().is_none_or(|(least, _)| alike > *least) {
                    *best = Some((alike, title_word.clone()));
                }
            }
        }
        let mut found: Vec<(f64, String)> = Vec::new();
        for (alike, word) in best.into_iter().flatten() {
            if !found.iter().any(|(_, other)| *other == word) {
                found.push((alike, word));
            }
        }
        // Words of several products need not come together in one: then the ones that are least alike are left out.
        while !found.is_empty() && !self.has_together(&found)? {
            let least = (0..found.len())
                .min_by(|a, b| found[*a].0.total_cmp(&found[*b].0))
                .unwrap_or_default();
            found.remove(least);
        }
        let text = found.into_iter().map(|(_, word)| word).collect::<Vec<_>>().join(" ");
        let same = asked.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ");
        Ok(Some(text).filter(|text| !text.is_empty() && *text != same))
    }

    fn has_together(&self, found: &[(f64, String)]) -> Result<bool, SearchError> {
        let wanted: Vec<Word> = found.iter().flat_map(|(_, word)| words(word, &self.language)).collect();
        finds_exactly(self, &wanted)
    }

    /// The words of all titles, each once, in their order.
    fn title_words(&self) -> Result<impl Iterator<Item = String>, SearchError> {
        let mut found = BTreeMap::new();
        for segment in &self.segments {
            let index = segment.reader.inverted_index(self.fields.title.words)?;
            let mut terms = index.terms().stream()?;
            while terms.advance() {
                found.insert(String::from_utf8_lossy(terms.key()).into_owned(), ());
            }
        }
        Ok(found.into_keys())
    }
}

/// The groups of three letters of a word, two spaces before it and one behind, as PostgreSQL's `pg_trgm` makes them.
fn groups(word: &str) -> HashSet<[char; 3]> {
    let letters: Vec<char> = "  ".chars().chain(word.chars()).chain(" ".chars()).collect();
    letters.windows(3).map(|three| [three[0], three[1], three[2]]).collect()
}

fn similarity(one: &HashSet<[char; 3]>, other: &HashSet<[char; 3]>) -> f64 {
    let shared = one.intersection(other).count();
    shared as f64 / (one.len() + other.len() - shared).max(1) as f64
}

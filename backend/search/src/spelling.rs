//! Another spelling for a search that finds nothing.

use crate::SearchError;
use crate::hits::finds_exactly;
use crate::snapshot::Snapshot;
use crate::words::{MAX_WORDS, Word, words};

/// How alike two words must be, 0–1: the shared part of their groups of three letters.
const ALIKE: f64 = 0.2;

/// Three letters in one number: a letter takes 21 bits (Unicode ends at 0x10FFFF).
type Group = u64;

impl Snapshot {
    /// A spelling that finds something: each word replaced by the most similar one of the titles. It is remembered, nothing found too.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn suggest(&self, typed: &str) -> Result<Option<String>, SearchError> {
        let key = (self.number, typed.to_owned());
        Ok(self.memory.spellings.try_get_with(key, || self.find_spelling(typed))?)
    }

    /// The same, as far as nothing has to be walked over for it.
    pub fn known_suggestion(&self, typed: &str) -> Option<Option<String>> {
        self.memory.spellings.get(&(self.number, typed.to_owned()))
    }

    fn find_spelling(&self, typed: &str) -> Result<Option<String>, SearchError> {
        let mut asked = words(typed, &self.language);
        asked.truncate(MAX_WORDS);
        let mut found: Vec<(f64, String)> = Vec::new();
        for (alike, word) in self.most_alike(&asked)?.into_iter().flatten() {
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

    /// For each word the one of all titles that is most alike, the first in their order of several; and how alike it is.
    fn most_alike(&self, asked: &[Word]) -> Result<Vec<Option<(f64, String)>>, SearchError> {
        let mut best: Vec<Option<(f64, String)>> = vec![None; asked.len()];
        let wanted: Vec<Vec<Group>> = asked.iter().map(|word| groups(&word.folded)).collect();
        // A large shop has tens of thousands of words: none of them is copied unless it is the best so far.
        let (mut letters, mut has) = (Vec::new(), Vec::new());
        for segment in &self.segments {
            let index = segment.reader.inverted_index(self.fields.title.words)?;
            let mut terms = index.terms().stream()?;
            while terms.advance() {
                let title_word = String::from_utf8_lossy(terms.key());
                groups_into(&title_word, &mut letters, &mut has);
                for (best, wanted) in best.iter_mut().zip(&wanted) {
                    let alike = similarity(wanted, &has);
                    let is_better = match best {
                        None => alike > ALIKE,
                        Some((least, word)) => alike > *least || alike == *least && *title_word < **word,
                    };
                    if is_better {
                        *best = Some((alike, title_word.clone().into_owned()));
                    }
                }
            }
        }
        Ok(best)
    }

    fn has_together(&self, found: &[(f64, String)]) -> Result<bool, SearchError> {
        let wanted: Vec<Word> = found.iter().flat_map(|(_, word)| words(word, &self.language)).collect();
        finds_exactly(self, &wanted)
    }
}

/// The groups of three letters of a word, two spaces before it and one behind, as PostgreSQL's `pg_trgm` makes them; each once, in order.
fn groups(word: &str) -> Vec<Group> {
    let mut found = Vec::new();
    groups_into(word, &mut Vec::new(), &mut found);
    found
}

fn groups_into(word: &str, letters: &mut Vec<Group>, found: &mut Vec<Group>) {
    letters.clear();
    letters.extend("  ".chars().chain(word.chars()).chain(" ".chars()).map(Group::from));
    found.clear();
    found.extend(letters.windows(3).map(|three| three[0] << 42 | three[1] << 21 | three[2]));
    found.sort_unstable();
    found.dedup();
}

/// The part of two words' groups that they share; both are in order.
fn similarity(one: &[Group], other: &[Group]) -> f64 {
    let (mut rest, mut shared) = (other, 0);
    for group in one {
        let before = rest.iter().take_while(|other| *other < group).count();
        rest = &rest[before..];
        shared += usize::from(rest.first() == Some(group));
    }
    shared as f64 / (one.len() + other.len() - shared).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_as_alike_as_the_database_says() {
        // `SELECT similarity(a, b)` with pg_trgm 1.6.
        for (one, other, alike) in [
            ("word", "two", 0.0),
            ("lampe", "lamp", 4.0 / 7.0),
            ("lamp", "lamp", 1.0),
            ("aaaa", "aaa", 1.0),
        ] {
            assert!((similarity(&groups(one), &groups(other)) - alike).abs() < 1e-9, "{one} and {other}");
        }
    }
}

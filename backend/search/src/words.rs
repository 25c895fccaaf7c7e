//! Texts as words that are found: small letters without marks, cut at everything that is neither letter nor digit.
//!
//! Signs never glue words together: `T-Shirt` is two words wherever it is written.

use crate::language::Language;

/// Words of a search beyond these are ignored.
pub const MAX_WORDS: usize = 8;
/// Words are cut here, in texts and in searches alike.
const LONGEST: usize = 60;
/// The shortest word that is looked for inside of others, and the fewest letters before it.
const INSIDE: usize = 4;
const BEFORE: usize = 3;

/// Marks a stem among the words of a field; no word has it.
pub(crate) const STEM: char = '=';
/// Marks the end of a word of several.
pub(crate) const PART: char = '~';

/// A word in two forms.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Word {
    /// As it is compared.
    pub folded: String,
    /// What is left of it without its ending.
    pub stem: String,
}

/// The words of a text in their order.
pub(crate) fn words(text: &str, language: &Language) -> Vec<Word> {
    let small = text.to_lowercase();
    // A mark that stands alone belongs to the letter before it.
    let joined: String = small.chars().filter(|one| !('\u{300}'..='\u{36f}').contains(one)).collect();
    let mut found = Vec::new();
    for raw in joined.split(|one: char| !one.is_alphanumeric()).filter(|raw| !raw.is_empty()) {
        let folded = fold(raw);
        // What stands for several characters, such as ½, may come apart.
        for part in folded.split(|one: char| !one.is_alphanumeric()).filter(|part| !part.is_empty()) {
            let part: String = part.chars().take(LONGEST).collect();
            let stem = if part.len() == folded.len() {
                fold(&language.stem(raw))
            } else {
                part.clone()
            };
            found.push(Word { folded: part, stem });
        }
    }
    found
}

/// Letters without marks: `ä` is `a`, `ß` is `ss`. Scripts other than Latin stay as they are.
fn fold(small: &str) -> String {
    if small.is_ascii() {
        return small.to_owned();
    }
    let mut folded = String::with_capacity(small.len());
    for one in small.chars() {
        let is_latin = matches!(one, '\u{80}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{fb00}'..='\u{fb06}');
        match deunicode::deunicode_char(one).filter(|_| is_latin) {
            Some(plain) => folded.push_str(&plain.to_ascii_lowercase()),
            None => folded.push(one),
        }
    }
    folded
}

/// The ends of a word that may be words of their own, as in `Tischlampe`; what is written without spaces is found from each character.
pub(crate) fn parts<'w>(word: &'w str, language: &Language) -> Vec<&'w str> {
    let (before, inside) = if is_unspaced(word) {
        (1, 1)
    } else if language.compounds() && word.chars().all(char::is_alphabetic) {
        (BEFORE, INSIDE)
    } else {
        return Vec::new();
    };
    let starts: Vec<usize> = word.char_indices().map(|(start, _)| start).collect();
    let last = starts.len().saturating_sub(inside);
    starts
        .iter()
        .enumerate()
        .filter(|(place, _)| *place >= before && *place <= last)
        .map(|(_, start)| &word[*start..])
        .collect()
}

/// Whether a word of a search may be the inner part of another.
pub(crate) fn may_be_inside(word: &str) -> bool {
    is_unspaced(word) || word.chars().count() >= INSIDE
}

/// Chinese, Japanese and their neighbours.
fn is_unspaced(word: &str) -> bool {
    word.chars()
        .any(|one| ('\u{2e80}'..='\u{d7ff}').contains(&one) || ('\u{f900}'..='\u{faff}').contains(&one))
}

/// How many letters of a word may be wrong.
pub(crate) fn forgiven(word: &str) -> u8 {
    match word.chars().count() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

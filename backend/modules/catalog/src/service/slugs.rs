//! Addresses that nobody else has.

use orion_framework::db::StoreTx;
use orion_types::validation::slugify;

use crate::error::{CatalogError, SLUG_TAKEN};
use crate::queries;

/// Numbers up to two to this power are tried.
const MAX_POWER: u32 = 20;

/// An address made from a title, with a number when others were faster: one behind a number that is taken, found in a few questions however
/// many have the same title. Asking for all addresses that begin alike would read a large catalogue once for each product of a file.
pub(crate) fn free_slug(tx: &mut StoreTx, title: &str) -> Result<String, CatalogError> {
    let base = readable(title);
    if queries::products::taken_slugs(tx, std::slice::from_ref(&base))?.is_empty() {
        return Ok(base);
    }
    let numbered = |number: u32| format!("{base}-{number}");
    let powers: Vec<u32> = (1..=MAX_POWER).map(|power| 2_u32.pow(power)).collect();
    let names: Vec<String> = powers.iter().copied().map(numbered).collect();
    let taken = queries::products::taken_slugs(tx, &names)?;
    let free = powers.iter().zip(&names).find(|(_, name)| !taken.contains(name));
    let Some(mut free) = free.map(|(power, _)| *power) else {
        return Err(CatalogError::taken(&SLUG_TAKEN, "/slug"));
    };
    let mut last_taken = free / 2;
    while free - last_taken > 1 {
        let between = last_taken + (free - last_taken) / 2;
        if queries::products::taken_slugs(tx, &[numbered(between)])?.is_empty() {
            free = between;
        } else {
            last_taken = between;
        }
    }
    Ok(numbered(free))
}

/// A slug in which other scripts than the Latin one are transliterated, letter by letter: `Чайник` is `chainik`.
///
/// On the server only: the table of all scripts would be half of a browser's program.
pub(crate) fn readable(title: &str) -> String {
    let mut spelled = String::with_capacity(title.len());
    for character in title.chars() {
        // What `slugify` spells in the way of its language (`ä` is `ae`) is left to it.
        let latin =
            character.is_ascii() || !character.is_alphabetic() || matches!(character, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
        match deunicode::deunicode_char(character) {
            Some(letters) if !latin => spelled.push_str(letters),
            Some(letters) if slugify(character.encode_utf8(&mut [0; 4])) == "item" && character.is_alphabetic() => {
                spelled.push_str(letters)
            }
            _ => spelled.push(character),
        }
    }
    slugify(&spelled)
}

/// `base`, or `base-2`, `base-3` …
pub(crate) fn first_free(base: &str, taken: &[String]) -> String {
    if !taken.iter().any(|slug| slug == base) {
        return base.to_owned();
    }
    let numbered = (2..=taken.len() + 2).map(|number| format!("{base}-{number}"));
    numbered
        .into_iter()
        .find(|slug| !taken.contains(slug))
        .unwrap_or_else(|| base.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_in_another_script_is_transliterated() {
        for (title, slug) in [
            ("Чайник", "chainik"),
            ("急須", "ji-xu"),
            ("Τσάι", "tsai"),
            ("Größe & Maß", "groesse-mass"),
            ("Áo dài tơ tằm", "ao-dai-to-tam"),
            ("抹茶碗 No. 3", "mo-cha-wan-no-3"),
            ("🚀", "item"),
        ] {
            assert_eq!(readable(title), slug, "{title}");
        }
        assert!(readable("شاي أخضر").starts_with("sh"), "{}", readable("شاي أخضر"));
    }

    #[test]
    fn a_taken_address_gets_the_first_free_number() {
        let taken = |slugs: &[&str]| slugs.iter().map(|slug| (*slug).to_owned()).collect::<Vec<_>>();
        assert_eq!(first_free("mug", &taken(&[])), "mug");
        assert_eq!(first_free("mug", &taken(&["mug-blue"])), "mug");
        assert_eq!(first_free("mug", &taken(&["mug"])), "mug-2");
        assert_eq!(first_free("mug", &taken(&["mug", "mug-2", "mug-4"])), "mug-3");
    }
}

//! The names of what is written, in each of the forms that the templates need.

use anyhow::ensure;

/// Words that are taken by Rust.
const TAKEN: &[&str] = &[
    "abstract", "async", "await", "become", "box", "break", "const", "continue", "crate", "dyn", "else", "enum", "extern", "false",
    "final", "for", "gen", "impl", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof", "union", "unsafe", "unsized", "use", "virtual", "where",
    "while", "yield",
];

/// A word of a name: small letters, since rights and operations are named by letters alone.
///
/// # Errors
/// When it cannot be one.
pub fn word<'a>(what: &str, name: &'a str) -> anyhow::Result<&'a str> {
    let letters = name.bytes().all(|byte| byte.is_ascii_lowercase());
    ensure!(
        letters && (2..=20).contains(&name.len()),
        "{what} {name:?} has to be one word of 2 to 20 small letters, such as `notes`"
    );
    ensure!(!TAKEN.contains(&name), "{what} {name:?} is a word of Rust");
    Ok(name)
}

/// `notes` as `note`, `policies` as `policy`; a word that is no plural stays.
pub fn singular(word: &str) -> String {
    if let Some(stem) = word.strip_suffix("ies") {
        return format!("{stem}y");
    }
    match word.strip_suffix('s') {
        Some(stem) if !stem.ends_with('s') && stem.len() > 1 => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// `note` as `notes`, `policy` as `policies`, `box` as `boxes`.
pub fn plural(word: &str) -> String {
    let vowel = |letter: char| "aeiou".contains(letter);
    match word.strip_suffix('y') {
        Some(stem) if !stem.ends_with(vowel) => format!("{stem}ies"),
        _ if ["s", "x", "ch", "sh"].iter().any(|end| word.ends_with(end)) => format!("{word}es"),
        _ => format!("{word}s"),
    }
}

/// `notes.read`, `/price-lists`, `loyalty_card` as `NotesRead`, `PriceLists`, `LoyaltyCard`.
pub fn pascal(name: &str) -> String {
    name.split(|letter: char| !letter.is_ascii_alphanumeric()).map(capital).collect()
}

/// The word with a capital letter.
pub fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map(|first| first.to_ascii_uppercase().to_string() + letters.as_str())
        .unwrap_or_default()
}

/// What stands in the templates, and what it becomes.
pub type Words = Vec<(&'static str, String)>;

/// The words of a module whose thing is called so, in snake case, alone and as several.
pub fn of_module(module: &str, thing: &str, things: &str) -> Words {
    let (one, many) = (thing.replace('_', " "), things.replace('_', " "));
    let article = if one.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    vec![
        ("__module__", module.to_owned()),
        ("__Module__", pascal(module)),
        ("__MODULE__", module.to_uppercase()),
        ("__Label__", capital(module)),
        ("__thing__", thing.to_owned()),
        ("__things__", things.to_owned()),
        ("__Thing__", pascal(thing)),
        ("__path__", things.replace('_', "-")),
        ("__Many__", capital(&many)),
        ("__a_one__", format!("{article} {one}")),
        ("__A_one__", format!("{} {one}", capital(article))),
        ("__one__", one),
        ("__many__", many),
    ]
}

/// A template with the words in their places.
pub fn filled(template: &str, words: &Words) -> String {
    words
        .iter()
        .fold(template.to_owned(), |text, (mark, word)| text.replace(mark, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_word_of_letters() {
        assert!(word("module", "notes").is_ok());
        for wrong in ["Notes", "price-lists", "x", "", "notes2", "type", "averyveryverylongname"] {
            assert!(word("module", wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn one_and_many_lead_to_each_other() {
        for (one, many) in [("note", "notes"), ("policy", "policies"), ("box", "boxes"), ("key", "keys")] {
            assert_eq!(plural(one), many);
        }
        for (many, one) in [
            ("notes", "note"),
            ("policies", "policy"),
            ("loyalty", "loyalty"),
            ("access", "access"),
        ] {
            assert_eq!(singular(many), one);
        }
    }

    #[test]
    fn marks_become_names() {
        let words = of_module("loyalty", "loyalty_card", "loyalty_cards");
        let text = "__A_one__: list___things__ of __module__ gives __Thing__ at /__path__";
        assert_eq!(
            filled(text, &words),
            "A loyalty card: list_loyalty_cards of loyalty gives LoyaltyCard at /loyalty-cards"
        );
    }
}

//! The SQL of this module.

pub(crate) mod accounts;
pub(crate) mod audit;
pub(crate) mod domains;
pub(crate) mod export;
pub(crate) mod jobs;
pub(crate) mod labels;
pub(crate) mod opening;
pub(crate) mod platforms;
pub(crate) mod settings;
pub(crate) mod stores;

/// A search text as the middle of a `LIKE` pattern; its wildcards are plain characters.
pub(crate) fn contains(text: &str) -> String {
    format!("%{}%", escaped(text))
}

/// A text in a `LIKE` pattern that stands for itself.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '%' | '_' | '\\') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::contains;

    #[test]
    fn wildcards_in_a_search_are_plain_characters() {
        assert_eq!(contains(r"50%_\"), r"%50\%\_\\%");
    }
}

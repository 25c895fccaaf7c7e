//! Words for colours, so that a choice of colours can be seen and not only read.

/// Words in lower case, with the colour they are shown as.
const COLOURS: [(&str, &str); 53] = [
    ("beige", "#e8dcc4"),
    ("black", "#1d1d1f"),
    ("noir", "#1d1d1f"),
    ("schwarz", "#1d1d1f"),
    ("blue", "#2f5fb3"),
    ("bleu", "#2f5fb3"),
    ("blau", "#2f5fb3"),
    ("brass", "#d9ae5f"),
    ("brick", "#b5533c"),
    ("brown", "#7a4a2b"),
    ("brun", "#7a4a2b"),
    ("braun", "#7a4a2b"),
    ("celadon", "#a9cbae"),
    ("chalk", "#f1eadf"),
    ("chrome", "#d5d9dc"),
    ("cobalt", "#2b4c92"),
    ("coral", "#d9583f"),
    ("cream", "#f7f2e6"),
    ("forest", "#3f6652"),
    ("gold", "#c9a24a"),
    ("green", "#3c7d4f"),
    ("vert", "#3c7d4f"),
    ("grün", "#3c7d4f"),
    ("grey", "#8b8f94"),
    ("gray", "#8b8f94"),
    ("gris", "#8b8f94"),
    ("grau", "#8b8f94"),
    ("honey", "#a9652f"),
    ("ink", "#2a3040"),
    ("ivory", "#f6f0df"),
    ("moss", "#6b7358"),
    ("navy", "#2f4668"),
    ("ochre", "#d2922f"),
    ("olive", "#6f7340"),
    ("orange", "#e07b28"),
    ("pink", "#e59ab0"),
    ("purple", "#6d4a8f"),
    ("racing green", "#1f4a3a"),
    ("red", "#c0392f"),
    ("rouge", "#c0392f"),
    ("rot", "#c0392f"),
    ("rose", "#e3a79d"),
    ("sand", "#e3dccb"),
    ("sea", "#3c7f75"),
    ("silver", "#c4c8cc"),
    ("slate", "#5f6d78"),
    ("soot", "#35322f"),
    ("terracotta", "#b5623f"),
    ("white", "#ffffff"),
    ("blanc", "#ffffff"),
    ("weiß", "#ffffff"),
    ("yellow", "#e8c33a"),
    ("gelb", "#e8c33a"),
];

/// The colour that a word stands for.
pub fn colour(word: &str) -> Option<&'static str> {
    // ASCII only: the tables for every other capital letter are larger than this whole page.
    let found = COLOURS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word.trim()));
    found.map(|(_, colour)| *colour)
}

/// The colours that values stand for; none unless each is one, since a swatch beside some of them would say that the others have none.
pub fn swatches<'a>(values: impl IntoIterator<Item = &'a str>) -> Option<Vec<&'static str>> {
    values.into_iter().map(colour).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_known_by_their_words() {
        assert_eq!(colour("Racing green"), Some("#1f4a3a"));
        assert_eq!(swatches(["Chalk", "Weiß"]), Some(vec!["#f1eadf", "#ffffff"]));
        assert_eq!(swatches(["Chalk", "14 cm"]), None);
    }
}

//! What the cells of a product file mean.

/// Why a cell cannot be used: a code and a sentence.
pub(crate) type CellError = (&'static str, String);

/// How spreadsheets write yes, in lower case: English, German, French, Spanish, Italian, Dutch, Portuguese.
const YES: [&str; 14] = [
    "true",
    "yes",
    "1",
    "y",
    "on",
    "wahr",
    "ja",
    "vrai",
    "oui",
    "verdadero",
    "sí",
    "si",
    "vero",
    "waar",
];
/// Likewise no.
const NO: [&str; 13] = [
    "false", "no", "0", "n", "off", "falsch", "nein", "faux", "non", "falso", "onwaar", "nee", "não",
];

/// `true` and `false` in the ways that exports and spreadsheets write them; `None` for an empty cell.
pub(crate) fn flag(text: &str) -> Result<Option<bool>, CellError> {
    let word = text.to_lowercase();
    match word.as_str() {
        "" => Ok(None),
        word if YES.contains(&word) || word == "verdadeiro" => Ok(Some(true)),
        word if NO.contains(&word) => Ok(Some(false)),
        _ => Err(("invalid", format!("expected true or false, found {}", quoted(text)))),
    }
}

/// Words separated by commas.
pub(crate) fn words(text: &str) -> Vec<String> {
    text.split(',')
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The text as a report shows it: on one line and not too long.
pub(crate) fn quoted(text: &str) -> String {
    format!("“{}”", shortened(text))
}

/// The text on one line and not too long.
pub(crate) fn shortened(text: &str) -> String {
    let mut short: String = text
        .chars()
        .take(40)
        .map(|character| if character.is_control() { ' ' } else { character })
        .collect();
    if text.chars().nth(40).is_some() {
        short.push('…');
    }
    short
}

/// One line of at most `max` characters, and what had to be done to the text to make it one.
pub(crate) fn tidied(text: &str, max: usize) -> (String, Option<CellError>) {
    let has_control = text.chars().any(char::is_control);
    let line = if has_control {
        let spaced: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
        spaced.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        text.trim().to_owned()
    };
    let cut: String = line.chars().take(max).collect();
    if cut.len() < line.len() {
        let detail = format!("cut to {max} of {} characters", line.chars().count());
        return (cut.trim_end().to_owned(), Some(("cut", detail)));
    }
    // A tab or a line break at the end is nothing to speak of.
    let noted = has_control && text.trim().chars().any(char::is_control);
    let note = noted.then(|| ("tidied", "line breaks and control characters were taken out".to_owned()));
    (line, note)
}

/// Text of many lines without control characters that no page can show, and whether there were any.
pub(crate) fn tidied_lines(text: &str) -> (String, bool) {
    let unwanted = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t');
    (text.chars().filter(|letter| !unwanted(*letter)).collect(), text.contains(unwanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_come_in_several_spellings() {
        for yes in ["TRUE", "yes", "1", "WAHR", "VRAI", "SÍ", "Sí", "Vero"] {
            assert_eq!(flag(yes).unwrap(), Some(true), "{yes}");
        }
        for no in ["no", "FALSCH", "FAUX", "0", "Falso"] {
            assert_eq!(flag(no).unwrap(), Some(false), "{no}");
        }
        assert_eq!(flag("").unwrap(), None);
        assert_eq!(
            flag("maybe").unwrap_err(),
            ("invalid", "expected true or false, found “maybe”".to_owned())
        );
    }

    #[test]
    fn a_long_cell_is_cut_in_the_report() {
        assert_eq!(quoted(&"x".repeat(100)).chars().count(), 43);
        assert_eq!(quoted("a\nb"), "“a b”");
    }

    #[test]
    fn texts_become_lines_and_say_what_became_of_them() {
        assert_eq!(tidied(" Mug \n", 10), ("Mug".to_owned(), None));
        let (line, note) = tidied("two\u{3}\r\nlines", 20);
        assert_eq!((line.as_str(), note.unwrap().0), ("two lines", "tidied"));
        let (line, note) = tidied(&"ä".repeat(12), 10);
        assert_eq!((line, note.unwrap().0), ("ä".repeat(10), "cut"));
        assert_eq!(tidied_lines("a\u{3}\nb"), ("a\nb".to_owned(), true));
    }
}

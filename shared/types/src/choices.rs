//! The options that a listing is narrowed by, as they stand in addresses: `Size:M|Size:L|Colour:Blue`.
//!
//! A backslash stands before a `|`, `:` or `\` that belongs to a name or a value.

/// Writes pairs of names and values.
pub fn write<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut text = String::new();
    for (name, value) in pairs {
        if !text.is_empty() {
            text.push('|');
        }
        escape(name, &mut text);
        text.push(':');
        escape(value, &mut text);
    }
    text
}

fn escape(part: &str, into: &mut String) {
    for letter in part.chars() {
        if matches!(letter, '|' | ':' | '\\') {
            into.push('\\');
        }
        into.push(letter);
    }
}

/// Reads pairs of names and values, trimmed; the text itself where one is none. A colon in a value needs no backslash, since the first one
/// ends the name.
pub fn read(text: &str) -> Result<Vec<(String, String)>, String> {
    let mut pairs = Vec::new();
    for pair in split(text, '|', usize::MAX) {
        if pair.trim().is_empty() {
            continue;
        }
        let parts: Vec<String> = split(&pair, ':', 2).iter().map(|part| plain(part).trim().to_owned()).collect();
        match <[String; 2]>::try_from(parts) {
            Ok([name, value]) if !name.is_empty() && !value.is_empty() => pairs.push((name, value)),
            _ => return Err(pair),
        }
    }
    Ok(pairs)
}

/// Cuts at a letter that no backslash stands before, into at most so many parts.
fn split(text: &str, at: char, most: usize) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut kept = false;
    for letter in text.chars() {
        if letter == at && !kept && parts.len() < most {
            parts.push(String::new());
            continue;
        }
        kept = letter == '\\' && !kept;
        if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
    }
    parts
}

/// Without the backslashes.
fn plain(text: &str) -> String {
    let mut letters = text.chars();
    let mut plain = String::new();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => plain.push(letters.next().unwrap_or('\\')),
            _ => plain.push(letter),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_values_come_back_whatever_is_in_them() {
        for pair in [("Size", "M"), ("Ratio 1:2", "3|4"), (r"a\b", r"c\"), ("|", ":"), ("Größe", "½ l")] {
            assert_eq!(read(&write([pair])).unwrap(), [(pair.0.to_owned(), pair.1.to_owned())], "{pair:?}");
        }
        let pairs = [("Size", "M"), ("Size", "L"), ("Colour", "Blue")];
        assert_eq!(write(pairs), "Size:M|Size:L|Colour:Blue");
        assert_eq!(read("Size:M| |Size : L|").unwrap().len(), 2);
        assert_eq!(read("Time:12:30").unwrap(), [("Time".to_owned(), "12:30".to_owned())]);
        assert!(read("Size").is_err() && read(":M").is_err() && read("Size:").is_err());
    }
}

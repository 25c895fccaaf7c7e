//! What keyboards, telephones and address books write in other signs than others do.

/// The sign of a plain keyboard that a character stands for; `None` for what is not seen.
pub(super) fn latin(character: char) -> Option<char> {
    match character {
        // Marks of direction and joints of width zero come along when a number is copied from an address book.
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' => None,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' => Some('-'),
        // Wide forms lie in the order of ASCII.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0),
        blank if blank.is_whitespace() && !blank.is_control() => Some(' '),
        other => Some(other),
    }
}

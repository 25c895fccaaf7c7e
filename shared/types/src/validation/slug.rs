//! The readable part of an address: slugs as typed and slugs made from titles.

use super::FieldError;

/// Longest slug, in characters.
pub const MAX_SLUG_LENGTH: usize = 120;
/// Longest slug that [`slugify`] makes, which leaves room for a number that tells two equal titles apart.
pub const GENERATED_SLUG_LENGTH: usize = 100;
/// The slug of a title without a single letter or digit that can be spelled in a-z.
const FALLBACK_SLUG: &str = "item";

/// A slug as typed by a person: lower-case words of a-z and 0-9 joined by single hyphens.
pub fn slug(text: &str) -> Result<&str, FieldError> {
    let slug = text.trim();
    if slug.is_empty() {
        return Err(FieldError::Required);
    }
    if slug.len() > MAX_SLUG_LENGTH {
        return Err(FieldError::TooLong { max: MAX_SLUG_LENGTH });
    }
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if slug.split('-').all(is_word) {
        Ok(slug)
    } else {
        Err(FieldError::InvalidSlug)
    }
}

/// A valid slug for a title: accents are spelled out, all else becomes a hyphen, and it is never empty.
pub fn slugify(title: &str) -> String {
    let mut slug = String::with_capacity(title.len().min(GENERATED_SLUG_LENGTH));
    for character in title.chars().flat_map(char::to_lowercase) {
        let mut single = [0; 4];
        match spelled_out(character) {
            Some(letters) => slug.push_str(letters),
            None if character.is_ascii_alphanumeric() => slug.push_str(character.encode_utf8(&mut single)),
            None if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            None => {}
        }
        if slug.len() >= GENERATED_SLUG_LENGTH {
            break;
        }
    }
    slug.truncate(GENERATED_SLUG_LENGTH);
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() {
        FALLBACK_SLUG.to_owned()
    } else {
        slug.to_owned()
    }
}

/// How a lower-case character outside a-z is written in an address; empty for marks that belong to their neighbour.
fn spelled_out(character: char) -> Option<&'static str> {
    Some(match character {
        // "Men's" becomes "mens" and a decomposed "e + accent" becomes "e", not two words.
        '\'' | '’' | '‘' | '`' | '´' | '\u{300}'..='\u{36f}' => "",
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' | 'ǎ' => "a",
        'ä' | 'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì' | 'í' | 'î' | 'ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĵ' => "j",
        'ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'ö' | 'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' | 'ț' => "t",
        'þ' => "th",
        'ù' | 'ú' | 'û' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ü' => "ue",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_lower_case_words() {
        for text in ["a", "blue-shirt-2", "2026", " trimmed "] {
            assert_eq!(slug(text), Ok(text.trim()));
        }
        for text in ["Blue", "blue shirt", "-blue", "blue-", "blue--shirt", "söhne", "a/b", "a.b", "a_b"] {
            assert_eq!(slug(text), Err(FieldError::InvalidSlug), "{text}");
        }
        assert_eq!(slug(""), Err(FieldError::Required));
        assert_eq!(slug(&"a".repeat(121)), Err(FieldError::TooLong { max: 120 }));
    }

    #[test]
    fn a_title_becomes_a_readable_slug() {
        for (title, expected) in [
            ("Ocean Blue Shirt", "ocean-blue-shirt"),
            ("Größe & Maß — Söhne GmbH", "groesse-mass-soehne-gmbh"),
            ("STRASSE / STRAẞE", "strasse-strasse"),
            ("Crème brûlée à l’ancienne", "creme-brulee-a-lancienne"),
            ("Cre\u{301}me", "creme"),
            ("Men's T-Shirt (2 pcs.)", "mens-t-shirt-2-pcs"),
            ("Łódź ŻÓŁĆ İstanbul", "lodz-zolc-istanbul"),
            ("Smørrebrød på brædt", "smorrebrod-pa-braedt"),
            ("<script>alert(1)</script> & Söhne 🚀", "script-alert-1-script-soehne"),
            ("抹茶碗", "item"),
            ("抹茶碗 No. 3", "no-3"),
            ("", "item"),
            ("---", "item"),
            ("’", "item"),
        ] {
            assert_eq!(slugify(title), expected, "{title}");
        }
    }

    #[test]
    fn every_generated_slug_is_valid_and_has_room_for_a_number() {
        let titles = [
            "a".repeat(500),
            "ä".repeat(500),
            "a ".repeat(500),
            format!("{} b", "a".repeat(99)),
            "-a-".repeat(90),
        ];
        for title in titles {
            let generated = slugify(&title);
            assert!(generated.len() <= GENERATED_SLUG_LENGTH);
            assert_eq!(slug(&generated), Ok(generated.as_str()));
            assert!(slug(&format!("{generated}-1000000")).is_ok());
        }
    }
}

//! Names, titles and descriptions.

use super::FieldError;

/// Longest name of a person, company, city, option or the like, in characters.
pub const MAX_NAME_LENGTH: usize = 100;
/// Longest title of a product, category or page, in characters.
pub const MAX_TITLE_LENGTH: usize = 300;
/// Longest description, in characters, markup included.
pub const MAX_DESCRIPTION_LENGTH: usize = 200_000;

/// One line of text that must not be empty; returns it trimmed.
pub fn required(text: &str, max: usize) -> Result<&str, FieldError> {
    optional(text, max)?.ok_or(FieldError::Required)
}

/// One line of text that may be left empty (`None`); returns it trimmed.
pub fn optional(text: &str, max: usize) -> Result<Option<&str>, FieldError> {
    let text = text.trim();
    if text.chars().any(char::is_control) {
        return Err(FieldError::InvalidCharacters);
    }
    within(text, max)?;
    Ok((!text.is_empty()).then_some(text))
}

/// The name of a person, company, city or option.
pub fn name(text: &str) -> Result<&str, FieldError> {
    required(text, MAX_NAME_LENGTH)
}

/// The title of a product, category or page.
pub fn title(text: &str) -> Result<&str, FieldError> {
    required(text, MAX_TITLE_LENGTH)
}

/// A text of many lines that may be left empty; returns it trimmed.
pub fn description(text: &str) -> Result<&str, FieldError> {
    let text = text.trim();
    if text
        .chars()
        .any(|character| character.is_control() && !matches!(character, '\n' | '\r' | '\t'))
    {
        return Err(FieldError::InvalidCharacters);
    }
    within(text, MAX_DESCRIPTION_LENGTH)?;
    Ok(text)
}

fn within(text: &str, max: usize) -> Result<(), FieldError> {
    if text.chars().nth(max).is_some() {
        Err(FieldError::TooLong { max })
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_trimmed_and_may_hold_any_script() {
        let hostile = "<script>alert(1)</script> & Söhne 🚀";
        assert_eq!(title(&format!("  {hostile}\t")), Ok(hostile));
        assert_eq!(title("抹茶碗"), Ok("抹茶碗"));
    }

    #[test]
    fn a_title_is_required_and_bounded_in_characters() {
        assert_eq!(title(" \u{3000} "), Err(FieldError::Required));
        assert!(title(&"ß".repeat(MAX_TITLE_LENGTH)).is_ok());
        let too_long = Err(FieldError::TooLong { max: MAX_TITLE_LENGTH });
        assert_eq!(title(&"ß".repeat(MAX_TITLE_LENGTH + 1)), too_long);
        assert_eq!(
            name(&"n".repeat(MAX_NAME_LENGTH + 1)),
            Err(FieldError::TooLong { max: MAX_NAME_LENGTH })
        );
    }

    #[test]
    fn a_line_holds_no_control_characters() {
        for text in ["a\0b", "a\nb", "a\u{7f}b", "a\u{85}b"] {
            assert_eq!(title(text), Err(FieldError::InvalidCharacters));
        }
        assert_eq!(description("one\r\n\ttwo"), Ok("one\r\n\ttwo"));
        assert_eq!(description("one\0two"), Err(FieldError::InvalidCharacters));
    }

    #[test]
    fn an_optional_text_may_be_left_empty() {
        assert_eq!(optional("  ", 10), Ok(None));
        assert_eq!(optional(" x ", 10), Ok(Some("x")));
        assert_eq!(description(""), Ok(""));
    }
}

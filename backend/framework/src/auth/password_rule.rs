//! What a password must be when somebody chooses one.

use orion_types::validation::{self, FieldError};
use zxcvbn::{Score, zxcvbn};

use crate::problem::FieldRule;

/// Letters and digits that a password needs beside what is known of its owner.
const OWN_PART: usize = 6;

/// Why a new password is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordRule {
    /// It is too short, too long or holds a NUL.
    Field(FieldError),
    /// It is common or made of common parts, so guessing it takes too few tries.
    TooWeak,
}

impl FieldRule for PasswordRule {
    fn code(&self) -> &'static str {
        match self {
            Self::Field(rule) => rule.code(),
            Self::TooWeak => "too_weak",
        }
    }
}

impl std::fmt::Display for PasswordRule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Field(rule) => rule.fmt(f),
            Self::TooWeak => f.write_str("is too easy to guess"),
        }
    }
}

/// Checks a password that somebody chooses; `personal` holds what an attacker knows too: e-mail, name, the store's name.
///
/// The estimate knows tens of thousands of common passwords and words, so a list of its own is not needed.
///
/// # Errors
/// The rule that it breaks.
pub fn check_new_password(password: &str, personal: &[&str]) -> Result<(), PasswordRule> {
    validation::password(password).map_err(PasswordRule::Field)?;
    // The parts of an address are as well known as the whole.
    let mut known: Vec<&str> = personal.to_vec();
    known.extend(
        personal
            .iter()
            .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
            .filter(|part| part.len() > 2),
    );
    let guessable = zxcvbn(password, &known).score() < Score::Two || own_part(password, &known) < OWN_PART;
    if guessable { Err(PasswordRule::TooWeak) } else { Ok(()) }
}

/// Letters and digits that remain when everything personal is taken away: a name and a year make no password.
fn own_part(password: &str, known: &[&str]) -> usize {
    let plain = |text: &str| {
        text.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect::<String>()
    };
    let mut known: Vec<String> = known.iter().map(|text| plain(text)).filter(|text| text.len() > 2).collect();
    known.sort_by_key(|text| std::cmp::Reverse(text.len()));
    known
        .iter()
        .fold(plain(password), |rest, text| rest.replace(text.as_str(), ""))
        .chars()
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_passwords_are_refused() {
        for weak in [
            "password123",
            "qwertyuiop",
            "1234567890",
            "aaaaaaaaaaaa",
            "iloveyou123",
            "passwordpassword",
        ] {
            assert_eq!(check_new_password(weak, &[]), Err(PasswordRule::TooWeak), "{weak}");
        }
        assert_eq!(
            check_new_password("brunhilde.kowalski", &["brunhilde.kowalski@acme.test"]),
            Err(PasswordRule::TooWeak)
        );
        assert_eq!(
            check_new_password("Acme-Pottery-2026", &["owner@acme.test", "Acme Pottery"]),
            Err(PasswordRule::TooWeak)
        );
        assert_eq!(
            check_new_password("acme likes stoneware", &["owner@acme.test", "Acme Pottery"]),
            Ok(())
        );
    }

    #[test]
    fn lengths_are_bounded() {
        assert_eq!(
            check_new_password("short", &[]),
            Err(PasswordRule::Field(FieldError::TooShort { min: 10 }))
        );
        assert_eq!(
            check_new_password(&"aZ4!".repeat(65), &[]),
            Err(PasswordRule::Field(FieldError::TooLong { max: 256 }))
        );
        assert_eq!(check_new_password("correct horse battery staple", &["owner@acme.test"]), Ok(()));
    }
}

//! Secrets of API keys: `orion_sk_`, 43 random characters, and a checksum of six, so that a slip of the hand is told without the database and a
//! scanner of source texts knows one when it sees it.

use rand::distr::{Alphanumeric, SampleString};
use sha2::{Digest, Sha256};

/// How every one begins.
const START: &str = "orion_sk_";
/// Random characters of 62: 256 bits.
const RANDOM: usize = 43;
/// Characters of the checksum, enough for 32 bits.
const CHECKSUM: usize = 6;
/// Random characters that are shown to tell keys apart; what is left has 220 bits.
const SHOWN: usize = 6;
/// The digits of the checksum.
const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The secret of an API key.
#[derive(Clone, PartialEq, Eq)]
pub struct KeySecret(String);

/// Whatever has `Debug` ends up in a log one day.
impl std::fmt::Debug for KeySecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeySecret")
    }
}

impl KeySecret {
    /// A new one.
    pub fn random() -> Self {
        Self(draw(START))
    }

    /// Whether a token means to be one, rather than an access token.
    pub fn is_meant_by(token: &str) -> bool {
        token.starts_with(START)
    }

    /// A token that is one; `None` when a character of it is wrong.
    pub fn parse(token: &str) -> Option<Self> {
        is_whole(START, token).then(|| Self(token.to_owned()))
    }

    /// What the database keeps of it. It is as hard to guess as a key, so it needs no slow hash.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(&self.0).into()
    }

    /// How it begins, for people who tell keys apart.
    pub fn prefix(&self) -> &str {
        &self.0[..START.len() + SHOWN]
    }

    /// As it is shown to people, once.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// A new random text behind a start, with its checksum.
pub(super) fn draw(start: &str) -> String {
    let body = format!("{start}{}", Alphanumeric.sample_string(&mut rand::rng(), RANDOM));
    let checksum = checksum(&body);
    body + &checksum
}

/// Whether a token begins so, and no character of it is wrong.
pub(super) fn is_whole(start: &str, token: &str) -> bool {
    let Some(random) = token.strip_prefix(start) else { return false };
    if random.len() != RANDOM + CHECKSUM || !random.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return false;
    }
    let (body, sum) = token.split_at(token.len() - CHECKSUM);
    checksum(body) == sum
}

/// CRC-32 in base 62.
fn checksum(body: &str) -> String {
    let mut left = crc32fast::hash(body.as_bytes());
    let mut digits = [b'0'; CHECKSUM];
    for digit in digits.iter_mut().rev() {
        *digit = DIGITS[(left % 62) as usize];
        left /= 62;
    }
    digits.map(char::from).iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_secret_is_like_no_other_and_is_read_again() {
        let secret = KeySecret::random();
        assert_eq!(secret.reveal().len(), START.len() + RANDOM + CHECKSUM);
        assert_eq!(KeySecret::parse(secret.reveal()), Some(secret.clone()));
        assert_ne!(secret, KeySecret::random());
        assert_ne!(secret.hash(), KeySecret::random().hash());
        assert!(secret.reveal().starts_with(secret.prefix()) && secret.prefix().len() == 15);
        assert_eq!(format!("{secret:?}"), "KeySecret");
    }

    /// So that scanners outside can be told how it is made.
    #[test]
    fn the_checksum_is_crc_32_in_base_62() {
        let token = format!("{START}{}", "a".repeat(RANDOM));
        let expected = format!("{token}{}", checksum(&token));
        assert_eq!(checksum("123456789"), "3jZRME", "CRC-32 of this text is 0xCBF43926");
        assert!(KeySecret::parse(&expected).is_some());
    }

    #[test]
    fn one_wrong_character_is_seen_wherever_it_is() {
        let secret = KeySecret::random();
        let token = secret.reveal();
        for place in 0..token.len() {
            for other in [b'0', b'Z', b'-'] {
                let mut wrong = token.as_bytes().to_vec();
                if wrong[place] != other {
                    wrong[place] = other;
                    assert_eq!(KeySecret::parse(std::str::from_utf8(&wrong).unwrap()), None, "{place}");
                }
            }
        }
        assert_eq!(KeySecret::parse(&token[..token.len() - 1]), None);
        assert_eq!(KeySecret::parse(&format!("{token}0")), None);
    }

    #[test]
    fn what_is_no_secret_is_none() {
        for token in [
            "",
            START,
            "orion_pk_x",
            "eyJhbGciOiJIUzI1NiJ9.e30.x",
            "orion_sk_ééééééééééééééééééééééééé",
        ] {
            assert_eq!(KeySecret::parse(token), None, "{token}");
        }
        assert!(KeySecret::is_meant_by("orion_sk_x") && !KeySecret::is_meant_by("eyJ"));
    }
}

//! Tokens of links: 256 random bits, of which only the hash is kept.

use orion_framework::clock::Ids;
use sha2::{Digest, Sha256};

/// As long as [`Ids::secret`] makes them.
const LENGTH: usize = 43;

/// What a link holds behind its `#`.
#[derive(Clone)]
pub(crate) struct Token(String);

/// Whatever has `Debug` ends up in a log one day.
impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token")
    }
}

impl Token {
    /// A new one.
    pub(crate) fn random() -> Self {
        Self(Ids::secret())
    }

    /// What somebody sent; `None` for what was never one of ours.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        (text.len() == LENGTH && plain).then(|| Self(text.to_owned()))
    }

    /// For the mail.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }

    /// For the table. With 256 random bits a fast hash is as good as a slow one, and looking one up tells nothing about another.
    pub(crate) fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.0.as_bytes()).to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_as_it_was_written_and_nothing_else_is() {
        let token = Token::random();
        assert_eq!(Token::parse(token.reveal()).unwrap().hash(), token.hash());
        assert_ne!(Token::random().hash(), token.hash());
        for nonsense in ["", "short", &"x".repeat(LENGTH + 1), &"ü".repeat(LENGTH), &"'".repeat(LENGTH)] {
            assert!(Token::parse(nonsense).is_none(), "{nonsense}");
        }
        assert_eq!(format!("{token:?}"), "Token");
    }
}

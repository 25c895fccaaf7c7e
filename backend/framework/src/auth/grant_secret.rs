//! Secrets of OAuth 2.1: codes, access tokens and refresh tokens. They say nothing by themselves (RFC 6749, 1.4): what they stand for is in the
//! database, under their hash. They are made as those of API keys are, so that a slip is told without the database.

use sha2::{Digest, Sha256};

use super::key_secret::{draw, is_whole};

/// What a secret is for; each kind begins in its own way, so that none is taken for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GrantSecretKind {
    /// What a program changes for its first tokens.
    Code,
    /// What a request is sent with.
    Access,
    /// What a program changes for its next tokens.
    Refresh,
}

impl GrantSecretKind {
    const fn start(self) -> &'static str {
        match self {
            Self::Code => "orion_oc_",
            Self::Access => "orion_at_",
            Self::Refresh => "orion_rt_",
        }
    }
}

/// A code, an access token or a refresh token.
#[derive(Clone, PartialEq, Eq)]
pub struct GrantSecret(String);

/// Whatever has `Debug` ends up in a log one day.
impl std::fmt::Debug for GrantSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("GrantSecret")
    }
}

impl GrantSecret {
    /// A new one.
    pub fn random(kind: GrantSecretKind) -> Self {
        Self(draw(kind.start()))
    }

    /// Whether a token means to be an access token of a program, rather than one of somebody's session or an API key.
    pub fn is_access(token: &str) -> bool {
        token.starts_with(GrantSecretKind::Access.start())
    }

    /// A text that is one of this kind; `None` when a character of it is wrong.
    pub fn parse(kind: GrantSecretKind, token: &str) -> Option<Self> {
        is_whole(kind.start(), token).then(|| Self(token.to_owned()))
    }

    /// What the database keeps of it. It has 256 random bits, so it needs no slow hash.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(&self.0).into()
    }

    /// As it is given to the program, once.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_of_one_kind_and_no_other() {
        let kinds = [GrantSecretKind::Code, GrantSecretKind::Access, GrantSecretKind::Refresh];
        for kind in kinds {
            let secret = GrantSecret::random(kind);
            for other in kinds {
                assert_eq!(GrantSecret::parse(other, secret.reveal()).is_some(), kind == other);
            }
            assert_eq!(GrantSecret::is_access(secret.reveal()), kind == GrantSecretKind::Access);
            assert_ne!(secret.hash(), GrantSecret::random(kind).hash());
            assert_eq!(format!("{secret:?}"), "GrantSecret");
            let cut = &secret.reveal()[..secret.reveal().len() - 1];
            assert_eq!(GrantSecret::parse(kind, cut), None);
        }
        assert!(!GrantSecret::is_access("orion_sk_x") && !GrantSecret::is_access("eyJ"));
    }
}

//! The refresh token: which session, and the secret that proves it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use orion_types::SessionId;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::clock::Ids;

/// `{session}.{256 random bits, base64url}`; only its hash is stored.
#[derive(Clone)]
pub struct RefreshToken {
    session: SessionId,
    secret: String,
}

impl RefreshToken {
    pub(super) fn new(session: SessionId) -> Self {
        Self {
            session,
            secret: Ids::secret(),
        }
    }

    /// Reads what a cookie holds; `None` for what was never a token of ours.
    pub fn parse(text: &str) -> Option<Self> {
        let (session, secret) = text.split_once('.')?;
        let bits = URL_SAFE_NO_PAD.decode(secret).ok()?;
        let session = SessionId(uuid::Uuid::try_parse(session).ok()?);
        (bits.len() == 32).then(|| Self {
            session,
            secret: secret.to_owned(),
        })
    }

    /// The session it belongs to.
    pub fn session(&self) -> SessionId {
        self.session
    }

    /// The text for the cookie.
    pub fn cookie_value(&self) -> String {
        format!("{}.{}", self.session, self.secret)
    }

    /// What the table keeps; the secret has 256 bits, so a fast hash is as good as a slow one.
    pub(super) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.secret.as_bytes()).into()
    }

    pub(super) fn matches(&self, hash: &[u8]) -> bool {
        self.hash().as_slice().ct_eq(hash).into()
    }
}

/// The secret stays out of logs.
impl std::fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RefreshToken")
            .field("session", &self.session)
            .finish_non_exhaustive()
    }
}

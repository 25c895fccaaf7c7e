//! Secrets of endpoints and what is signed with them (Standard Webhooks, symmetric signatures `v1`).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use orion_framework::auth::{Vault, VaultError};
use orion_framework::standard_webhooks::{self, PREFIX};
use uuid::Uuid;

/// Bytes of a key; the specification asks for 24 to 64.
const KEY_BYTES: usize = 32;

/// The key that signs what an endpoint is sent.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Secret(Vec<u8>);

/// Whatever has `Debug` ends up in a log one day.
impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret")
    }
}

impl Secret {
    /// A new one.
    pub(crate) fn random() -> Self {
        Self(rand::random::<[u8; KEY_BYTES]>().to_vec())
    }

    /// As it is shown to people, once.
    pub(crate) fn reveal(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(&self.0))
    }

    /// As the endpoint's row holds it.
    pub(crate) fn lock(&self, vault: &Vault, endpoint: Uuid) -> Result<Vec<u8>, VaultError> {
        vault.lock(&place(endpoint), &self.0)
    }

    /// From the endpoint's row.
    pub(crate) fn open(vault: &Vault, endpoint: Uuid, kept: &[u8]) -> Result<Self, VaultError> {
        vault.open(&place(endpoint), kept).map(Self)
    }

    /// The signature of a message: over its id, the time of this attempt in seconds, and the body's bytes.
    pub(crate) fn sign(&self, id: &str, timestamp: i64, body: &str) -> String {
        standard_webhooks::sign(&self.0, id, timestamp, body.as_bytes())
    }
}

fn place(endpoint: Uuid) -> String {
    format!("webhook endpoint {endpoint}")
}

/// A text of somebody else's server without what signs or is signed: a receiver that answers with what it got must not fill the log with it.
pub(crate) fn without_secrets(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((start, length)) = first_secret(rest) {
        clean.push_str(&rest[..start]);
        let end = start + length;
        clean.push_str(&rest[start..end]);
        clean.push_str("***");
        let tail = &rest[end..];
        rest = tail.trim_start_matches(|character: char| character.is_ascii_alphanumeric() || "+/=_-".contains(character));
    }
    clean.push_str(rest);
    clean
}

/// Where something secret begins, and how long what tells of it is.
fn first_secret(text: &str) -> Option<(usize, usize)> {
    [PREFIX, "v1,"]
        .into_iter()
        .filter_map(|mark| text.find(mark).map(|start| (start, mark.len())))
        .min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_secret_is_long_enough_and_like_no_other() {
        let secret = Secret::random();
        let shown = secret.reveal();
        assert_eq!(STANDARD.decode(shown.strip_prefix(PREFIX).unwrap()).unwrap().len(), KEY_BYTES);
        assert_ne!(shown, Secret::random().reveal());
        assert_eq!(format!("{secret:?}"), "Secret");
    }

    #[test]
    fn nothing_that_signs_stays_in_a_log() {
        let answer = r#"{"secret":"whsec_MfKQ9r8GKYq+/=","webhook-signature":"v1,g0hM9SsE+OTP= v1,abc","ok":true}"#;
        assert_eq!(
            without_secrets(answer),
            r#"{"secret":"whsec_***","webhook-signature":"v1,*** v1,***","ok":true}"#
        );
        assert_eq!(without_secrets("plain v1 text"), "plain v1 text");
    }
}

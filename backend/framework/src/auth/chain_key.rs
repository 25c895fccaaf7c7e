//! The key that chains the audit log.

use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};

use super::mac::keyed_hash;

/// Makes the hashes that tie each entry of the audit log to the one before it; cheap to clone. Who can write to the database and does not have it cannot
/// make a row of entries that fits.
#[derive(Clone)]
pub struct ChainKey(Arc<[u8; 32]>);

impl ChainKey {
    /// Made of the pepper of passwords, which is never replaced, as the key of [`Vault`](super::Vault) is.
    pub fn new(pepper: &SecretString) -> Self {
        Self(Arc::new(keyed_hash(pepper.expose_secret().as_bytes(), b"orion audit chain key")))
    }

    /// The hash of an entry behind the one whose hash is `before`.
    pub(crate) fn link(&self, before: &[u8], entry: &[u8]) -> [u8; 32] {
        keyed_hash(&*self.0, &[before, entry].concat())
    }
}

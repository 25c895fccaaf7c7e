//! Secrets that have to be read again, such as those that sign webhooks: encrypted in the database, with a key that is not in it.

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;

use super::mac::keyed_hash;

/// It was kept under another key, for something else, or was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("what was kept under lock cannot be read with this server's key")]
pub struct VaultError;

/// Encrypts and decrypts; cheap to clone.
#[derive(Clone)]
pub struct Vault(Arc<RandomizedNonceKey>);

impl Vault {
    /// The key is made of the pepper of passwords, the one secret that a database is worth nothing without and that is never replaced.
    ///
    /// # Errors
    /// When the key cannot be used.
    pub fn new(pepper: &SecretString) -> Result<Self, VaultError> {
        let key = keyed_hash(pepper.expose_secret().as_bytes(), b"orion vault key");
        RandomizedNonceKey::new(&AES_256_GCM, &key)
            .map(|key| Self(Arc::new(key)))
            .map_err(|_| VaultError)
    }

    /// Encrypts `text`. It opens for the same `place` alone, so that one row's secret is worth nothing in another.
    ///
    /// # Errors
    /// When the machine has no random numbers.
    pub fn lock(&self, place: &str, text: &[u8]) -> Result<Vec<u8>, VaultError> {
        let mut body = text.to_vec();
        let nonce = self
            .0
            .seal_in_place_append_tag(Aad::from(place.as_bytes()), &mut body)
            .map_err(|_| VaultError)?;
        let mut kept = nonce.as_ref().to_vec();
        kept.append(&mut body);
        Ok(kept)
    }

    /// What was encrypted.
    ///
    /// # Errors
    /// When it was not by this key and for this place.
    pub fn open(&self, place: &str, kept: &[u8]) -> Result<Vec<u8>, VaultError> {
        let (nonce, body) = kept.split_at_checked(NONCE_LEN).ok_or(VaultError)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| VaultError)?;
        let mut body = body.to_vec();
        let text = self
            .0
            .open_in_place(nonce, Aad::from(place.as_bytes()), &mut body)
            .map_err(|_| VaultError)?;
        Ok(text.to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vault(pepper: &str) -> Vault {
        Vault::new(&SecretString::from(pepper)).unwrap()
    }

    #[test]
    fn a_secret_opens_with_its_key_in_its_place_and_nowhere_else() {
        let kept = vault("pepper").lock("endpoint 1", b"whsec").unwrap();
        assert!(!kept.windows(5).any(|part| part == b"whsec"));
        assert_eq!(vault("pepper").open("endpoint 1", &kept).unwrap(), b"whsec");
        assert_eq!(vault("pepper").open("endpoint 2", &kept), Err(VaultError));
        assert_eq!(vault("salt").open("endpoint 1", &kept), Err(VaultError));
        let mut changed = kept.clone();
        changed[NONCE_LEN] ^= 1;
        assert_eq!(vault("pepper").open("endpoint 1", &changed), Err(VaultError));
        assert_eq!(vault("pepper").open("endpoint 1", b"short"), Err(VaultError));
    }

    #[test]
    fn the_same_secret_never_looks_the_same() {
        let vault = vault("pepper");
        assert_ne!(vault.lock("a", b"whsec").unwrap(), vault.lock("a", b"whsec").unwrap());
    }
}

//! HMAC-SHA-256, for peppers and derived keys.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The keyed hash of `text`.
pub(super) fn keyed_hash(key: &[u8], text: &[u8]) -> [u8; 32] {
    match Hmac::<Sha256>::new_from_slice(key) {
        Ok(mut mac) => {
            mac.update(text);
            mac.finalize().into_bytes().into()
        }
        Err(_) => unreachable!("HMAC takes keys of any length"),
    }
}

/// Whether `mac` is the keyed hash of `text`; takes as long whatever differs.
pub(super) fn is_keyed_hash(key: &[u8], text: &[u8], mac: &[u8]) -> bool {
    match Hmac::<Sha256>::new_from_slice(key) {
        Ok(mut made) => {
            made.update(text);
            made.verify_slice(mac).is_ok()
        }
        Err(_) => unreachable!("HMAC takes keys of any length"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_hmac_of_rfc_4231() {
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(hex::encode(keyed_hash(b"Jefe", b"what do ya want for nothing?")), expected);
    }
}

//! Codes of authenticator apps: SHA-1, six digits, thirty seconds, which is what every app knows.

use chrono::{DateTime, Utc};
use totp_rs::{Builder, Secret, Totp, TotpError};

/// 160 bits, as RFC 4226 recommends.
const SECRET_BYTES: usize = 20;
/// Steps before and after the present one whose codes are taken: clocks of telephones are a little wrong, and typing takes time.
const SKEW: u16 = 1;

/// A new secret.
pub(super) fn random_secret() -> Vec<u8> {
    rand::random::<[u8; SECRET_BYTES]>().to_vec()
}

/// The step of the code, if it is one of about now.
pub(super) fn step_of(secret: Vec<u8>, code: &str, now: DateTime<Utc>) -> Result<Option<i64>, TotpError> {
    let totp = Builder::new().with_secret(secret).with_skew(SKEW).build()?;
    let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
    Ok(totp.check(code, seconds).and_then(|step| i64::try_from(step).ok()))
}

/// The secret as people type it, and the address that brings it into an app.
pub(super) fn shown(secret: Vec<u8>, issuer: &str, account: &str) -> Result<(String, String), TotpError> {
    // The colon separates the two in the address.
    let plain = |name: &str| name.replace(':', " ");
    let totp: Totp = Builder::new()
        .with_secret(secret)
        .with_issuer(Some(plain(issuer)))
        .with_account_name(plain(account))
        .build()?;
    Ok((totp.secret().to_base32(), totp.to_url()?))
}

/// Bytes in the letters that are hard to confuse (RFC 4648), small.
pub(super) fn base32(bytes: &[u8]) -> String {
    Secret::new(bytes.into()).to_base32().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of the tests of RFC 6238 (appendix B) for SHA-1.
    const SECRET: &[u8] = b"12345678901234567890";

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    fn step(code: &str, seconds: i64) -> Option<i64> {
        step_of(SECRET.to_vec(), code, at(seconds)).unwrap()
    }

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // The table has eight digits; the last six of them are the code of six.
        for (seconds, eight) in [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ] {
            assert_eq!(step(&eight[2..], seconds), Some(seconds / 30), "{seconds}");
        }
    }

    #[test]
    fn a_code_is_good_one_step_before_and_after_its_own() {
        let code = "081804";
        let own = 1_111_111_109 / 30;
        for (off, good) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            assert_eq!(step(code, 1_111_111_109 + off * 30), good.then_some(own), "{off}");
        }
        for nonsense in ["", "81804", "0818040", "+81804", "08180x", "٠٨١٨٠٤"] {
            assert_eq!(step(nonsense, 1_111_111_109), None, "{nonsense}");
        }
    }

    #[test]
    fn the_address_says_whose_account_where_it_is() {
        let (secret, uri) = shown(SECRET.to_vec(), "Orion: one", "ada@example.test").unwrap();
        assert_eq!(secret, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(
            uri,
            "otpauth://totp/Orion%20%20one:ada%40example.test?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Orion%20%20one"
        );
    }
}

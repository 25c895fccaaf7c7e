//! E-mail addresses and passwords.

use super::FieldError;

/// Longest e-mail address in bytes (RFC 5321 section 4.5.3.1.3, less the angle brackets).
pub const MAX_EMAIL_BYTES: usize = 254;
/// Longest part before the `@` in bytes (RFC 5321 section 4.5.3.1.1).
pub const MAX_EMAIL_LOCAL_BYTES: usize = 64;
/// Longest label of a domain in bytes (RFC 1035 section 2.3.4).
const MAX_DOMAIN_LABEL_BYTES: usize = 63;
/// Shortest password, in characters.
pub const MIN_PASSWORD_LENGTH: usize = 10;
/// Longest password, in bytes: far above any passphrase, low enough that hashing cannot be flooded.
pub const MAX_PASSWORD_BYTES: usize = 256;

/// The spelling under which an address is stored, compared and unique: trimmed and lower-case.
pub fn normalise_email(text: &str) -> String {
    text.trim().to_lowercase()
}

/// An e-mail address; returns it normalised.
///
/// The domain may be international. The part before the `@` is ASCII, because other letters need SMTPUTF8 on every hop
/// and the order confirmation would never arrive. Quoted local parts and bare host names are refused.
pub fn email(text: &str) -> Result<String, FieldError> {
    let email = normalise_email(text);
    if email.is_empty() {
        return Err(FieldError::Required);
    }
    if email.len() > MAX_EMAIL_BYTES {
        return Err(FieldError::TooLong { max: MAX_EMAIL_BYTES });
    }
    let (local, domain) = email.split_once('@').ok_or(FieldError::InvalidEmail)?;
    if is_local_part(local) && is_domain(domain) {
        Ok(email)
    } else {
        Err(FieldError::InvalidEmail)
    }
}

fn is_local_part(local: &str) -> bool {
    let is_atom = |atom: &str| {
        !atom.is_empty()
            && atom
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b))
    };
    local.len() <= MAX_EMAIL_LOCAL_BYTES && local.split('.').all(is_atom)
}

fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= MAX_DOMAIN_LABEL_BYTES
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .chars()
                .all(|c| c == '-' || c.is_ascii_alphanumeric() || (!c.is_ascii() && c.is_alphanumeric()))
    };
    let Some((_, top)) = domain.rsplit_once('.') else {
        return false;
    };
    // A numeric top label would be an IP address in disguise.
    domain.split('.').all(is_label) && !top.bytes().all(|byte| byte.is_ascii_digit())
}

/// A new password: length only, no rules of composition, and never trimmed or cut.
pub fn password(text: &str) -> Result<(), FieldError> {
    if text.is_empty() {
        return Err(FieldError::Required);
    }
    if text.len() > MAX_PASSWORD_BYTES {
        return Err(FieldError::TooLong { max: MAX_PASSWORD_BYTES });
    }
    // Some hash functions stop reading at a NUL byte, which would make every password with the same start equal.
    if text.contains('\0') {
        return Err(FieldError::InvalidCharacters);
    }
    if text.chars().count() < MIN_PASSWORD_LENGTH {
        return Err(FieldError::TooShort { min: MIN_PASSWORD_LENGTH });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_stored_in_one_spelling() {
        assert_eq!(email("  Owner@ACME.Test ").as_deref(), Ok("owner@acme.test"));
        assert_eq!(email("a.b+tag@sub.example.co.uk").as_deref(), Ok("a.b+tag@sub.example.co.uk"));
        assert_eq!(email("info@BÜCHER.example").as_deref(), Ok("info@bücher.example"));
        assert_eq!(email("info@xn--bcher-kva.example").as_deref(), Ok("info@xn--bcher-kva.example"));
        assert_eq!(normalise_email(&normalise_email(" A@B.C ")), "a@b.c");
    }

    #[test]
    fn what_mail_cannot_reach_is_refused() {
        for text in [
            "plain",
            "@acme.test",
            "a@",
            "a@@acme.test",
            "a@b@acme.test",
            "a b@acme.test",
            ".a@acme.test",
            "a.@acme.test",
            "a..b@acme.test",
            "a@acme",
            "a@.test",
            "a@acme..test",
            "a@acme.test.",
            "a@-acme.test",
            "a@acme-.test",
            "a@127.0.0.1",
            "a@acme_x.test",
            "\"a b\"@acme.test",
            "a@acme.test\nbcc: x@y.test",
            "a@ac\u{200b}me.test",
            "a@[127.0.0.1]",
            "jörg@acme.test",
            "a<b@acme.test",
            "a@acme.test,b@acme.test",
        ] {
            assert_eq!(email(text), Err(FieldError::InvalidEmail), "{text:?}");
        }
        assert_eq!(email("  "), Err(FieldError::Required));
    }

    #[test]
    fn the_lengths_of_rfc_5321_are_kept() {
        let local = "l".repeat(MAX_EMAIL_LOCAL_BYTES);
        assert!(email(&format!("{local}@acme.test")).is_ok());
        assert_eq!(email(&format!("{local}l@acme.test")), Err(FieldError::InvalidEmail));
        let label = "d".repeat(MAX_DOMAIN_LABEL_BYTES);
        assert!(email(&format!("a@{label}.test")).is_ok());
        assert_eq!(email(&format!("a@{label}d.test")), Err(FieldError::InvalidEmail));
        let domain = format!("{label}.{label}.{label}");
        let longest = format!("{}@{domain}", "l".repeat(MAX_EMAIL_BYTES - domain.len() - 1));
        assert!(email(&longest).is_ok());
        assert_eq!(email(&format!("l{longest}")), Err(FieldError::TooLong { max: MAX_EMAIL_BYTES }));
    }

    #[test]
    fn a_password_is_long_enough_and_never_cut() {
        assert_eq!(password(""), Err(FieldError::Required));
        assert_eq!(password("123456789"), Err(FieldError::TooShort { min: 10 }));
        assert_eq!(password("🔑🔑🔑"), Err(FieldError::TooShort { min: 10 }));
        assert_eq!(password("Orion-demo-2026!"), Ok(()));
        assert_eq!(password("          "), Ok(()));
        assert_eq!(password(&"🔑".repeat(64)), Ok(()));
        assert_eq!(password(&"p".repeat(257)), Err(FieldError::TooLong { max: 256 }));
        assert_eq!(password("0123456789\0x"), Err(FieldError::InvalidCharacters));
    }
}

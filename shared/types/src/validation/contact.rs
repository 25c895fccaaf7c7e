//! E-mail addresses and passwords.

use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};

use super::{FieldError, latin};

/// Longest e-mail address in bytes (RFC 5321 section 4.5.3.1.3, less the angle brackets).
pub const MAX_EMAIL_BYTES: usize = 254;
/// Longest part before the `@` in bytes (RFC 5321 section 4.5.3.1.1).
pub const MAX_EMAIL_LOCAL_BYTES: usize = 64;
/// Shortest password, in characters.
pub const MIN_PASSWORD_LENGTH: usize = 10;
/// Longest password, in bytes: far above any passphrase, low enough that hashing cannot be flooded.
pub const MAX_PASSWORD_BYTES: usize = 256;

/// The spelling under which an address is stored, compared and unique: trimmed, lower-case, and with the domain in its own
/// letters, so that `xn--bcher-kva.example` and `bücher.example` are one.
pub fn normalise_email(text: &str) -> String {
    let email = text.trim();
    match email.rsplit_once('@') {
        Some((local, domain)) => match own_letters(domain) {
            Some(domain) => format!("{}@{domain}", local.to_lowercase()),
            None => email.to_lowercase(),
        },
        None => email.to_lowercase(),
    }
}

/// The spellings under which an account may be stored: the [normal](normalise_email) one, and the domain's in ASCII, which
/// was kept as typed once.
pub fn email_spellings(text: &str) -> [String; 2] {
    let email = normalise_email(text);
    let ascii = mail_address(&email).unwrap_or_else(|| email.clone());
    [email, ascii]
}

/// The address as it goes over the wire: mail servers that do not know SMTPUTF8 know a domain only as `xn--`.
///
/// `None` for a domain that cannot be looked up.
pub fn mail_address(email: &str) -> Option<String> {
    let (local, domain) = email.rsplit_once('@')?;
    Some(format!("{local}@{}", ascii_domain(domain)?))
}

/// An address that mail can be sent to; returns it normalised.
///
/// The domain may be international. The part before the `@` is ASCII, because other letters need SMTPUTF8 on every hop
/// and the order confirmation would never arrive. Quoted local parts and bare host names are refused.
pub fn email(text: &str) -> Result<String, FieldError> {
    let email = normalise_email(text);
    if email.is_empty() {
        return Err(FieldError::Required);
    }
    let (local, domain) = email.split_once('@').ok_or(FieldError::InvalidEmail)?;
    // The limit is the wire's; what is kept may be longer in bytes or shorter.
    let wire = ascii_domain(domain).map_or(domain.len(), |ascii| ascii.len().max(domain.len()));
    if local.len() + 1 + wire > MAX_EMAIL_BYTES {
        return Err(FieldError::TooLong { max: MAX_EMAIL_BYTES });
    }
    if is_local_part(local) && is_domain(domain) {
        Ok(email)
    } else {
        Err(FieldError::InvalidEmail)
    }
}

/// A domain as UTS 46 writes it for the DNS; `ß` stays itself (`xn--strae-oqa`), as in every browser of today.
fn ascii_domain(domain: &str) -> Option<String> {
    // UTS 46 would drop what is not seen; a domain with something hidden in it was not typed by hand.
    if domain.chars().any(|c| latin(c).is_none()) {
        return None;
    }
    let uts46 = Uts46::new();
    let ascii = uts46.to_ascii(domain.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast, DnsLength::Verify);
    ascii.ok().map(std::borrow::Cow::into_owned)
}

fn own_letters(domain: &str) -> Option<String> {
    let ascii = ascii_domain(domain)?;
    let (letters, result) = Uts46::new().to_unicode(ascii.as_bytes(), AsciiDenyList::STD3, Hyphens::CheckFirstLast);
    result.is_ok().then(|| letters.into_owned())
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
    let Some(ascii) = ascii_domain(domain) else { return false };
    // A numeric top label would be an IP address in disguise.
    ascii
        .rsplit_once('.')
        .is_some_and(|(_, top)| !top.bytes().all(|byte| byte.is_ascii_digit()))
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

    /// Longest label of a domain in bytes (RFC 1035 section 2.3.4).
    const MAX_DOMAIN_LABEL_BYTES: usize = 63;

    #[test]
    fn an_address_is_stored_in_one_spelling() {
        assert_eq!(email("  Owner@ACME.Test ").as_deref(), Ok("owner@acme.test"));
        assert_eq!(email("a.b+tag@sub.example.co.uk").as_deref(), Ok("a.b+tag@sub.example.co.uk"));
        assert_eq!(email("info@BÜCHER.example").as_deref(), Ok("info@bücher.example"));
        assert_eq!(email("info@xn--bcher-kva.example").as_deref(), Ok("info@bücher.example"));
        assert_eq!(email("info@BU\u{308}CHER.example").as_deref(), Ok("info@bücher.example"));
        assert_eq!(email("info@हिन्दी.भारत").as_deref(), Ok("info@हिन्दी.भारत"));
        assert_eq!(email("kunde@straße.example").as_deref(), Ok("kunde@straße.example"));
        assert_eq!(normalise_email(&normalise_email(" A@B.C ")), "a@b.c");
    }

    #[test]
    fn a_domain_goes_over_the_wire_in_ascii() {
        for (kept, wire) in [
            ("p1@bücher.example", "p1@xn--bcher-kva.example"),
            ("kunde@straße.example", "kunde@xn--strae-oqa.example"),
            ("info@हिन्दी.भारत", "info@xn--j2bd4cyah0f.xn--h2brj9c"),
            ("a@acme.test", "a@acme.test"),
        ] {
            assert_eq!(mail_address(kept).as_deref(), Some(wire));
            assert_eq!(email_spellings(wire), [kept, wire]);
            assert_eq!(email_spellings(kept), [kept, wire]);
        }
        assert_eq!(mail_address("nobody"), None);
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

//! Names that end up in host names and on labels: subdomains, stock keeping units.

use super::{FieldError, text};

/// Shortest label of a store under the platform's domain.
pub const MIN_SUBDOMAIN_LENGTH: usize = 3;
/// Longest label of a host name (RFC 1035 section 2.3.4).
pub const MAX_SUBDOMAIN_LENGTH: usize = 63;
/// Longest stock keeping unit, in characters.
pub const MAX_SKU_LENGTH: usize = 255;

/// Labels no store may take, ordered: the platform's own hosts, and names that mail clients and browsers trust.
pub const RESERVED_SUBDOMAINS: &[&str] = &[
    "account",
    "accounts",
    "admin",
    "administrator",
    "api",
    "app",
    "apps",
    "assets",
    "auth",
    "autoconfig",
    "autodiscover",
    "billing",
    "cdn",
    "checkout",
    "console",
    "dashboard",
    "dev",
    "docs",
    "email",
    "files",
    "ftp",
    "graphql",
    "health",
    "help",
    "hostmaster",
    "images",
    "imap",
    "internal",
    "isatap",
    "localhost",
    "login",
    "mail",
    "media",
    "merchant",
    "merchants",
    "metrics",
    "mta-sts",
    "oauth",
    "orion",
    "payments",
    "platform",
    "platforms",
    "pop3",
    "postmaster",
    "preview",
    "proxy",
    "root",
    "security",
    "sign-up",
    "signup",
    "smtp",
    "sso",
    "staff",
    "staging",
    "static",
    "status",
    "store",
    "storefront",
    "stores",
    "support",
    "system",
    "upload",
    "uploads",
    "webhook",
    "webhooks",
    "webmail",
    "webmaster",
    "wpad",
    "www",
];

/// The label of a store under the platform's domain; returns it lower-case.
pub fn subdomain(text: &str) -> Result<String, FieldError> {
    let label = text.trim().to_ascii_lowercase();
    if label.is_empty() {
        return Err(FieldError::Required);
    }
    if label.len() > MAX_SUBDOMAIN_LENGTH {
        return Err(FieldError::TooLong { max: MAX_SUBDOMAIN_LENGTH });
    }
    let allowed = |byte: u8| byte == b'-' || byte.is_ascii_lowercase() || byte.is_ascii_digit();
    // Hyphens in the third and fourth place mark punycode (RFC 5891 section 4.2.3.1): `xn--…` would show as other letters.
    let punycode = label.as_bytes().get(2..4) == Some(b"--");
    if !label.bytes().all(allowed) || label.starts_with('-') || label.ends_with('-') || punycode {
        return Err(FieldError::InvalidSubdomain);
    }
    if label.len() < MIN_SUBDOMAIN_LENGTH {
        return Err(FieldError::TooShort { min: MIN_SUBDOMAIN_LENGTH });
    }
    if RESERVED_SUBDOMAINS.binary_search(&label.as_str()).is_ok() {
        return Err(FieldError::Reserved);
    }
    Ok(label)
}

/// A stock keeping unit as printed on the label; case and inner spaces are the merchant's own.
pub fn sku(text: &str) -> Result<&str, FieldError> {
    text::required(text, MAX_SKU_LENGTH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subdomain_is_a_host_label() {
        assert_eq!(subdomain(" Acme-2 ").as_deref(), Ok("acme-2"));
        assert_eq!(subdomain("a--b").as_deref(), Ok("a--b"));
        assert!(subdomain(&"a".repeat(63)).is_ok());
        assert_eq!(subdomain(&"a".repeat(64)), Err(FieldError::TooLong { max: 63 }));
        assert_eq!(subdomain("ab"), Err(FieldError::TooShort { min: 3 }));
        assert_eq!(subdomain(""), Err(FieldError::Required));
        for text in [
            "-acme",
            "acme-",
            "a.b",
            "acme_1",
            "söhne",
            "xn--bcher-kva",
            "ab--cd",
            "a b",
            "acme\0",
        ] {
            assert_eq!(subdomain(text), Err(FieldError::InvalidSubdomain), "{text}");
        }
    }

    #[test]
    fn the_names_of_the_platform_cannot_be_taken() {
        assert!(RESERVED_SUBDOMAINS.is_sorted());
        let asked = "www admin api app static cdn mail status merchants platforms internal health metrics assets store \
                     storefront dev docs";
        for label in asked.split_whitespace() {
            assert_eq!(subdomain(label), Err(FieldError::Reserved), "{label}");
            assert_eq!(subdomain(&label.to_uppercase()), Err(FieldError::Reserved), "{label}");
        }
    }

    #[test]
    fn a_sku_is_one_short_line() {
        assert_eq!(sku(" AB-1 / red "), Ok("AB-1 / red"));
        assert_eq!(sku(""), Err(FieldError::Required));
        assert_eq!(sku("A\tB"), Err(FieldError::InvalidCharacters));
        assert_eq!(sku(&"9".repeat(256)), Err(FieldError::TooLong { max: 255 }));
    }
}

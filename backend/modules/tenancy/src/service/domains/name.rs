//! Which hosts a store may ask for.

use std::borrow::Cow;
use std::net::IpAddr;

use orion_framework::tenancy::host;

/// Starts the name at which a domain is proved; a host has to leave room for it.
pub(crate) const CHALLENGE: &str = "_orion-challenge.";
/// Characters of a name in a zone (RFC 1035, section 2.3.4).
const LONGEST: usize = 253;
/// Characters of one of its labels.
const LONGEST_LABEL: usize = 63;

/// Names that are nobody's on the internet (RFC 6761, 6762, 7686, 9476, `arpa`, and `internal`, which ICANN keeps for private networks).
const SPECIAL: [&str; 7] = ["localhost", "local", "internal", "arpa", "onion", "invalid", "alt"];

/// Why a host is none that a store can have: a code, and how the sentence about it goes on.
pub(crate) type Refusal = (&'static str, &'static str);

/// The host in the form in which it is compared, if a store can have it as far as its name goes.
pub(crate) fn check(typed: &str) -> Result<String, Refusal> {
    const NO_HOST: Refusal = ("invalid_host", "is not a domain name, such as shop.example.com");
    let typed = typed.trim();
    let is_port = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    if !typed.starts_with('[') && host::port(typed).is_some_and(is_port) {
        return Err(("has_port", "has a port; visitors come to the usual one"));
    }
    let host = host::normalise(typed).map(Cow::into_owned).ok_or(NO_HOST)?;
    if is_address(&host) {
        return Err(("ip_address", "is an address and no name"));
    }
    if !host.contains('.') || !host.split('.').all(is_label) || host.len() + CHALLENGE.len() > LONGEST {
        return Err(NO_HOST);
    }
    if idna::domain_to_unicode(&host).1.is_err() {
        return Err(NO_HOST);
    }
    if SPECIAL.iter().any(|special| is_within(&host, special)) {
        return Err(("reserved", "is reserved and leads nowhere on the internet"));
    }
    if psl::domain_str(&host).is_none() {
        return Err(("public_suffix", "is where others register their domains, and nobody's own"));
    }
    Ok(host)
}

/// Whether a host is a name or lies below it.
pub(crate) fn is_within(host: &str, name: &str) -> bool {
    host.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// Whether a host is the top of what somebody has registered, where no alias can stand (RFC 1034, section 3.6.2).
pub(crate) fn is_apex(host: &str) -> bool {
    psl::domain_str(host) == Some(host)
}

/// Browsers take whatever ends in a number for an address (WHATWG URL, host parsing).
fn is_address(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    let hexadecimal = last
        .strip_prefix("0x")
        .is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    host.starts_with('[') || hexadecimal || last.bytes().all(|byte| byte.is_ascii_digit()) || host.parse::<IpAddr>().is_ok()
}

fn is_label(label: &str) -> bool {
    (1..=LONGEST_LABEL).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_taken_in_every_spelling() {
        for (typed, host) in [
            ("shop.acme.test", "shop.acme.test"),
            (" SHOP.Acme.test. ", "shop.acme.test"),
            ("Bücher.de", "xn--bcher-kva.de"),
            ("acme.co.uk", "acme.co.uk"),
            ("me.github.io", "me.github.io"),
            ("exampleshop.com", "exampleshop.com"),
        ] {
            assert_eq!(check(typed).as_deref(), Ok(host), "{typed}");
        }
    }

    #[test]
    fn what_no_store_can_have_is_refused() {
        let long = format!("{}.com", "a".repeat(64));
        let longer = format!("{}com", "abcdefgh.".repeat(26));
        for (typed, code) in [
            ("", "invalid_host"),
            ("acme", "invalid_host"),
            ("https://acme.com", "invalid_host"),
            ("acme.com/shop", "invalid_host"),
            ("a_b.com", "invalid_host"),
            ("*.acme.com", "invalid_host"),
            ("-a.com", "invalid_host"),
            ("a-.com", "invalid_host"),
            ("xn--a.com", "invalid_host"),
            (&long, "invalid_host"),
            (&longer, "invalid_host"),
            ("acme.com:8080", "has_port"),
            ("127.0.0.1", "ip_address"),
            ("1.2.3", "ip_address"),
            ("acme.0x7f", "ip_address"),
            ("[::1]", "ip_address"),
            ("shop.localhost", "reserved"),
            ("shop.local", "reserved"),
            ("10.in-addr.arpa", "reserved"),
            ("co.uk", "public_suffix"),
            ("github.io", "public_suffix"),
        ] {
            assert_eq!(check(typed).map_err(|(code, _)| code), Err(code), "{typed}");
        }
    }

    #[test]
    fn the_top_of_a_domain_is_told_from_what_lies_below() {
        for (host, apex) in [
            ("acme.com", true),
            ("acme.co.uk", true),
            ("shop.acme.com", false),
            ("www.acme.co.uk", false),
        ] {
            assert_eq!(is_apex(host), apex, "{host}");
        }
        assert!(is_within("a.b.test", "b.test") && is_within("b.test", "b.test") && !is_within("ab.test", "b.test"));
    }
}

//! The Host header, normalised once.

use std::borrow::Cow;

/// What ends a label in any script (IDNA 2003, RFC 3490, section 3.1, which browsers keep to).
const DOTS: [char; 4] = ['.', '\u{3002}', '\u{ff0e}', '\u{ff61}'];

/// A host as it is compared everywhere: lower case, no port, no trailing dot, international names in their ASCII form (IDNA 2008).
/// `None` for what is no host name at all.
pub fn normalise(raw: &str) -> Option<Cow<'_, str>> {
    let host = without_port(raw.trim());
    let host = host.strip_suffix(DOTS).unwrap_or(host);
    if host.is_empty() || host.len() > 253 {
        return None;
    }
    if is_plain(host) {
        return Some(Cow::Borrowed(host));
    }
    if host.starts_with('[') && host.ends_with(']') {
        return Some(Cow::Owned(host.to_ascii_lowercase()));
    }
    let ascii = idna::domain_to_ascii(host).ok()?;
    is_plain(&ascii).then_some(Cow::Owned(ascii))
}

/// A normalised host as people write it: international names in their own letters, where they have such.
pub fn shown(host: &str) -> String {
    let (name, read) = idna::domain_to_unicode(host);
    if read.is_ok() { name } else { host.to_owned() }
}

/// The port of a Host header, when it names one.
pub fn port(raw: &str) -> Option<&str> {
    let raw = raw.trim();
    let bare = without_port(raw);
    raw.get(bare.len() + 1..).filter(|port| !port.is_empty())
}

fn without_port(host: &str) -> &str {
    if host.starts_with('[') {
        return host.find(']').map_or(host, |end| &host[..=end]);
    }
    host.rsplit_once(':').map_or(host, |(name, _)| name)
}

fn is_plain(host: &str) -> bool {
    host.bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-' || byte == b'.')
        && !host.split('.').any(str::is_empty)
}

/// Whether the host is the machine itself, where development works by path.
pub fn is_loopback(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hosts_are_compared_without_case_port_and_dot() {
        for raw in [
            "shop.acme.test",
            "SHOP.acme.test",
            "shop.acme.test.",
            "Shop.Acme.Test.:8080",
            " shop.acme.test:1 ",
        ] {
            assert_eq!(normalise(raw).as_deref(), Some("shop.acme.test"), "{raw}");
        }
    }

    #[test]
    fn international_names_become_punycode() {
        for raw in ["Bücher.example", "bücher。example", "bücher.example。"] {
            assert_eq!(normalise(raw).as_deref(), Some("xn--bcher-kva.example"), "{raw}");
        }
    }

    #[test]
    fn international_names_are_shown_as_people_write_them() {
        assert_eq!(shown("xn--bcher-kva.example"), "bücher.example");
        assert_eq!(shown("shop.acme.test"), "shop.acme.test");
        assert_eq!(shown("xn--a.example"), "xn--a.example", "no name behind it");
    }

    #[test]
    fn what_is_no_host_is_none() {
        for raw in [
            "",
            ".",
            "..",
            "a..",
            "a.。",
            "a..b",
            "a/b",
            "a b",
            "a_b\u{0}",
            ":8080",
            ".acme.test",
        ] {
            assert_eq!(normalise(raw), None, "{raw:?}");
        }
    }

    #[test]
    fn the_port_is_found() {
        assert_eq!(port("localhost:8080"), Some("8080"));
        assert_eq!(port("localhost"), None);
        assert_eq!(port("[::1]:8080"), Some("8080"));
        assert_eq!(normalise("[::1]:8080").as_deref(), Some("[::1]"));
    }

    proptest! {
        /// Whatever a client sends as its host: the directory is asked for a name of one form, and asking again changes nothing.
        #[test]
        fn fuzz_any_host_is_refused_or_has_one_form(raw in "[a-zA-Z0-9._:@/%\\[\\] \u{e9}\u{df}\u{3002}\u{ff0e}\u{200d}\u{0}-]{0,40}") {
            let ported = port(&raw).map(str::len);
            prop_assert!(ported.is_none_or(|length| length < raw.len()));
            if let Some(host) = normalise(&raw) {
                prop_assert!(host.starts_with('[') || is_plain(&host), "{host:?}");
                prop_assert!(normalise(&host).is_some_and(|again| again == host), "{host:?}");
            }
        }
    }
}

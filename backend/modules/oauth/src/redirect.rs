//! Where answers may be sent to: addresses of the web, and of the machine that a program runs on.

use orion_types::oauth::MAX_PROGRAM_ADDRESS;
use url::{Host, Url};

/// What is wrong with an address, as a code and a sentence.
pub(crate) type Wrong = (&'static str, &'static str);

/// Whether a program may have its answers sent to an address.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn check(text: &str) -> Result<Url, Wrong> {
    if text.len() > MAX_PROGRAM_ADDRESS {
        return Err(("too_long", "is longer than 500 characters"));
    }
    let url = Url::parse(text).map_err(|_| ("invalid", "is no address such as https://assistant.example/callback"))?;
    if url.scheme() != "https" && !is_local(&url) {
        return Err((
            "not_https",
            "has to begin with https://, or with http:// on the machine that the program runs on",
        ));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(("credentials", "must not hold a name or a password"));
    }
    if url.fragment().is_some() {
        return Err(("fragment", "must not end with a #…"));
    }
    if text.chars().any(|letter| letter.is_whitespace() || letter.is_control()) {
        return Err(("invalid", "must not hold white space"));
    }
    Ok(url)
}

/// Whether it is plain http to the machine of whoever follows it: what leaves the browser stays on the machine (RFC 8252, section 7.3).
pub(crate) fn is_local(url: &Url) -> bool {
    let loopback = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    url.scheme() == "http" && loopback
}

/// Whether an address is one of those that a program has named: letter by letter, but for the port on the machine that it runs on, which it cannot
/// know before (RFC 9700, section 2.1).
pub(crate) fn is_known(known: &[String], asked: &str) -> bool {
    known.iter().any(|known| known == asked || is_same_but_for_port(known, asked))
}

fn is_same_but_for_port(known: &str, asked: &str) -> bool {
    let (Ok(mut known), Ok(mut asked_url)) = (Url::parse(known), check(asked)) else {
        return false;
    };
    if !is_local(&known) || !is_local(&asked_url) {
        return false;
    }
    let without_port = |url: &mut Url| url.set_port(None).is_ok();
    without_port(&mut known) && without_port(&mut asked_url) && known == asked_url
}

/// The host that an address leads to, for people.
pub(crate) fn shown_host(url: &Url) -> String {
    match (url.host_str(), url.port()) {
        (Some(host), Some(port)) => format!("{host}:{port}"),
        (Some(host), None) => host.to_owned(),
        (None, _) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_go_by_https_or_stay_on_the_machine() {
        for good in [
            "https://assistant.example/callback",
            "https://assistant.example/callback?flow=1",
            "http://127.0.0.1/callback",
            "http://[::1]:4000/callback",
            "http://localhost:3000/",
        ] {
            assert!(check(good).is_ok(), "{good}");
        }
        for (bad, code) in [
            ("http://assistant.example/callback", "not_https"),
            ("http://localhost.assistant.example/", "not_https"),
            ("http://10.0.0.1/callback", "not_https"),
            ("javascript:alert(1)", "not_https"),
            ("data:text/html,x", "not_https"),
            ("assistant://callback", "not_https"),
            ("https://user@assistant.example/", "credentials"),
            ("https://assistant.example/#top", "fragment"),
            ("https://assistant.example/a b", "invalid"),
            ("/callback", "invalid"),
            ("", "invalid"),
        ] {
            assert_eq!(check(bad).map_err(|(code, _)| code), Err(code), "{bad}");
        }
        assert!(check(&format!("https://assistant.example/{}", "a".repeat(500))).is_err());
    }

    #[test]
    fn an_address_is_compared_letter_by_letter() {
        let known = ["https://assistant.example/callback".to_owned()];
        assert!(is_known(&known, "https://assistant.example/callback"));
        for other in [
            "https://assistant.example/callback/",
            "https://assistant.example/callback?x=1",
            "https://assistant.example/Callback",
            "https://assistant.example:443/callback",
            "https://assistant.example/callback/../callback",
            "https://ASSISTANT.example/callback",
            "https://assistant.example.evil.example/callback",
            "http://assistant.example/callback",
        ] {
            assert!(!is_known(&known, other), "{other}");
        }
    }

    #[test]
    fn on_its_own_machine_a_program_takes_any_port() {
        let known = ["http://127.0.0.1/callback".to_owned(), "http://localhost:1/other".to_owned()];
        assert!(is_known(&known, "http://127.0.0.1:51004/callback") && is_known(&known, "http://localhost:3000/other"));
        for other in [
            "http://127.0.0.1:51004/other",
            "http://localhost:51004/callback",
            "http://[::1]:51004/callback",
            "https://127.0.0.1:51004/callback",
            "http://127.0.0.1:51004/callback?x=1",
            "http://user@127.0.0.1:51004/callback",
        ] {
            assert!(!is_known(&known, other), "{other}");
        }
        assert!(!is_known(
            &["https://assistant.example/a".to_owned()],
            "https://assistant.example:8443/a"
        ));
    }
}

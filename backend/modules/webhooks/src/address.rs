//! Where an endpoint may be.

use orion_framework::outbound::Outbound;
use orion_types::RightSet;
use orion_types::permission::Permission;
use orion_types::webhook::MAX_WEBHOOK_URL;
use url::Url;

/// Below this, ports belong to other kinds of servers, but for the one of https.
const FIRST_FREE_PORT: u16 = 1024;

/// What is wrong with an address, as a code and a sentence.
pub(crate) type Refusal = (&'static str, &'static str);

/// The address in its one spelling, if something may be sent there. A name is looked up anew for each connection, and refused then if it
/// leads to no public address.
pub(crate) fn check(text: &str, outbound: &Outbound) -> Result<Url, Refusal> {
    if text.len() > MAX_WEBHOOK_URL {
        return Err(("too_long", "is longer than 2,000 characters"));
    }
    let url = Url::parse(text.trim()).map_err(|_| ("invalid", "is no address such as https://example.com/webhooks"))?;
    let plain = url.scheme() == "http" && outbound.is_local();
    if url.scheme() != "https" && !plain {
        return Err(("not_https", "has to begin with https://"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(("credentials", "must not hold a name or a password: the signature says who sends"));
    }
    if url.fragment().is_some() {
        return Err(("fragment", "must not end with a #…, which is never sent"));
    }
    outbound.check(&url).map_err(|_| ("not_public", "is not on the public internet"))?;
    let port = url.port_or_known_default().unwrap_or_default();
    if port < FIRST_FREE_PORT && port != 443 && !outbound.is_local() {
        return Err(("port", "uses a port that belongs to something else; take 443, or one from 1024 on"));
    }
    Ok(url)
}

/// Who looks at an address: its query may hold what the receiver knows its senders by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sees {
    /// Who may change it.
    All,
    /// Who may only look, and whoever reads logs and mails.
    Masked,
}

impl Sees {
    /// As a member or a key with these rights.
    pub(crate) fn with(rights: RightSet) -> Self {
        if rights.holds(Permission::WebhooksWrite) {
            Self::All
        } else {
            Self::Masked
        }
    }

    /// The address as it is shown, with `?…` in the place of its query.
    pub(crate) fn shown(self, url: &str) -> String {
        match (self, url.split_once('?')) {
            (Self::Masked, Some((before, _))) => format!("{before}?…"),
            _ => url.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use orion_types::status::MemberRole;

    use super::*;

    fn code(text: &str, outbound: &Outbound) -> &'static str {
        check(text, outbound).map_or_else(|(code, _)| code, |_| "ok")
    }

    #[test]
    fn only_what_is_public_and_https_is_an_endpoint() {
        let outbound = Outbound::new(&[]).unwrap();
        for (text, expected) in [
            ("https://example.com/hooks?shop=1", "ok"),
            ("https://example.com:8443/", "ok"),
            ("http://example.com/", "not_https"),
            ("ftp://example.com/", "not_https"),
            ("https://user:pass@example.com/", "credentials"),
            ("https://example.com/#top", "fragment"),
            ("https://example.com:25/", "port"),
            ("https://127.0.0.1/", "not_public"),
            ("https://[::1]/", "not_public"),
            ("https://2130706433/", "not_public"),
            ("https://169.254.169.254/latest", "not_public"),
            ("nonsense", "invalid"),
            ("", "invalid"),
        ] {
            assert_eq!(code(text, &outbound), expected, "{text}");
        }
        assert_eq!(code(&format!("https://example.com/{}", "a".repeat(2_000)), &outbound), "too_long");
    }

    #[test]
    fn what_may_be_a_secret_is_seen_by_who_may_change_it() {
        let url = "https://example.com/hooks?token=hunter2&again=?";
        assert_eq!(Sees::with(RightSet::of(MemberRole::Owner)).shown(url), url);
        assert_eq!(
            Sees::with(RightSet::of(MemberRole::Manager)).shown(url),
            "https://example.com/hooks?…"
        );
        assert_eq!(Sees::Masked.shown("https://example.com/hooks"), "https://example.com/hooks");
    }

    #[test]
    fn a_developer_may_listen_on_their_own_machine() {
        let outbound = Outbound::new(&["127.0.0.1".parse().unwrap()]).unwrap();
        assert_eq!(code("http://127.0.0.1:3000/", &outbound), "ok");
        assert_eq!(code("http://localhost:3000/", &outbound), "ok");
        assert_eq!(code("http://10.0.0.1/", &outbound), "not_public");
    }
}

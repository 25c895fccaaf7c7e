//! Public addresses.

/// How addresses are made that do not follow a request.
#[derive(Debug, Clone)]
pub struct PublicOrigin {
    /// `http://` or `https://`.
    pub scheme: String,
    /// `:port`, or nothing where the port is the scheme's own.
    pub port: String,
    /// Whether stores' own domains lead here. On a developer's machine nobody has told the name servers of them.
    pub domains_resolve: bool,
}

impl PublicOrigin {
    /// The origin of a host.
    pub fn of(&self, host: &str) -> String {
        format!("{}{host}{}", self.scheme, self.port)
    }

    /// Which of a shop's hosts a person can be sent to: its own domain where that resolves, else its label.
    pub fn visited<'a>(&self, label: &'a str, domain: Option<&'a str>) -> &'a str {
        domain.filter(|_| self.domains_resolve).unwrap_or(label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_sent_to_a_host_that_leads_somewhere() {
        let live = PublicOrigin {
            scheme: "https://".to_owned(),
            port: String::new(),
            domains_resolve: true,
        };
        let local = PublicOrigin {
            domains_resolve: false,
            ..live.clone()
        };
        let (label, domain) = ("acme.orion.localhost", Some("shop.acme.test"));
        assert_eq!(live.of(live.visited(label, domain)), "https://shop.acme.test");
        assert_eq!(local.visited(label, domain), label);
        assert_eq!(live.visited(label, None), label);
    }
}

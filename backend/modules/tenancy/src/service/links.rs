//! Addresses of shops and dashboards, made from what is configured and never from a request's Host.

use orion_framework::config::{Config, PublicOrigin};

/// What every public address of this server is made with.
#[derive(Debug, Clone)]
pub(crate) struct Links(PublicOrigin);

impl Links {
    /// As configured.
    pub(crate) fn of(config: &Config) -> Self {
        Self(config.origin())
    }

    /// The shop with a label and perhaps a domain of its own, where people can be sent.
    pub(crate) fn storefront(&self, label: &str, domain: Option<&str>) -> String {
        self.0.of(self.0.visited(label, domain))
    }

    /// The dashboard at a host.
    pub(crate) fn dashboard(&self, host: &str) -> String {
        format!("{}/store/dashboard", self.0.of(host))
    }
}

/// The host of a store below its platform's domain.
pub(crate) fn subdomain_host(subdomain: &str, domain: &str) -> String {
    format!("{subdomain}.{domain}")
}

/// The dashboard of a store on the host of the request, where development works by path.
pub(crate) fn dashboard_path(code: &str) -> String {
    format!("/store/{code}/dashboard")
}

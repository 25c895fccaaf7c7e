//! Addresses of shops and dashboards, made from what is configured and never from a request's Host.

use orion_framework::config::Config;

/// Scheme and port of every public address of this server.
#[derive(Debug, Clone)]
pub(crate) struct Links {
    /// `https://`
    scheme: String,
    /// `:8080`, or nothing where the port is the scheme's own.
    port: String,
}

impl Links {
    /// As configured.
    pub(crate) fn of(config: &Config) -> Self {
        let (scheme, port) = config.origin();
        Self { scheme, port }
    }

    /// The shop at a host.
    pub(crate) fn storefront(&self, host: &str) -> String {
        format!("{}{host}{}", self.scheme, self.port)
    }

    /// The dashboard at a host.
    pub(crate) fn dashboard(&self, host: &str) -> String {
        format!("{}{host}{}/store/dashboard", self.scheme, self.port)
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

//! Where a store's domains have to lead, and what has to stand in their zones.

use std::net::IpAddr;

use orion_framework::config::Config;
use orion_framework::tenancy::StoreContext;
use orion_types::domain::DnsRecord;

use super::name::{CHALLENGE, is_apex};
use crate::queries::domains::OwnDomain;

/// Starts the text that proves a domain; the token follows.
const PROOF: &str = "orion-verification=";

/// Where a store's domains lead when they lead here.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    /// What an alias names.
    pub(crate) target: String,
    /// For what can have no alias.
    pub(crate) addresses: Vec<IpAddr>,
}

impl Place {
    /// The place of a store.
    pub(crate) fn of(config: &Config, store: &StoreContext) -> Self {
        Self {
            target: config.domains.target.clone().unwrap_or_else(|| store.subdomain_host()),
            addresses: config.domains.addresses.clone(),
        }
    }

    /// What has to stand in a domain's zone.
    pub(super) fn records(&self, domain: &OwnDomain) -> Vec<DnsRecord> {
        let host = &domain.host;
        let leading = |kind: &str, value: String| DnsRecord {
            kind: kind.to_owned(),
            name: host.clone(),
            value,
            proof: false,
        };
        let mut records = vec![DnsRecord {
            kind: "TXT".to_owned(),
            name: format!("{CHALLENGE}{host}"),
            value: proof(&domain.token),
            proof: true,
        }];
        if is_apex(host) && !self.addresses.is_empty() {
            let kind = |address: &IpAddr| if address.is_ipv4() { "A" } else { "AAAA" };
            records.extend(self.addresses.iter().map(|address| leading(kind(address), address.to_string())));
        } else {
            records.push(leading("CNAME", self.target.clone()));
        }
        records
    }
}

/// The text that proves that a domain is the store's whose token it is.
pub(super) fn proof(token: &str) -> String {
    format!("{PROOF}{token}")
}

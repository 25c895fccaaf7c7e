//! Domains of a store: what it is reached under beside its label below the platform's domain.

use crate::status::{DomainProof, DomainStatus};
use crate::{DomainId, Timestamp};

/// Domains that a store may have.
pub const MAX_DOMAINS: i64 = 20;

wire! {
    /// A domain of the store.
    pub struct Domain {
        pub id: DomainId,
        /// In its ASCII form, such as `xn--bcher-kva.example`.
        pub host: String,
        /// As people write it, such as `bücher.example`.
        pub name: String,
        pub status: DomainStatus,
        /// Whether customers are sent to it from the store's other addresses.
        pub primary: bool,
        /// What has to stand in the domain's zone, the proof first.
        pub records: Vec<DnsRecord>,
        /// Since when the proof of an active domain is gone.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub lost_since: Option<Timestamp>,
        /// When such a domain is switched off unless the proof is back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub off_at: Option<Timestamp>,
        /// Since when it is proved whose it is; absent for one that the platform's operator has given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub proven_at: Option<Timestamp>,
        /// What the last look at the name servers has found.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub last_check: Option<DomainCheck>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub last_checked_at: Option<Timestamp>,
        /// When the next one is due by itself; absent when nobody looks before somebody asks.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub next_check_at: Option<Timestamp>,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
        pub version: i32,
    }

    /// A record of a zone.
    pub struct DnsRecord {
        /// `TXT`, `CNAME`, `A` or `AAAA`.
        pub kind: String,
        /// The whole name.
        pub name: String,
        pub value: String,
        /// Whether it proves whose the domain is; the others lead visitors to the shop.
        pub proof: bool,
    }

    /// What a look at the name servers has found.
    pub struct DomainCheck {
        pub proof: DomainProof,
        /// The texts in the place of the proof, each cut at 255 characters, the first ten of them.
        pub found: Vec<String>,
        /// Where the domain leads: aliases and addresses, the first ten of them.
        pub leads_to: Vec<String>,
        /// Whether that is here.
        pub leads_here: bool,
    }

    /// Adds a domain.
    #[serde(deny_unknown_fields)]
    pub struct CreateDomain {
        /// Such as `shop.example.com`, in any spelling.
        pub host: String,
        /// Asks for a domain that another shop has: it moves when its proof is this store's and no longer the other's.
        #[serde(default)]
        pub take_over: bool,
    }

    /// Changes a domain; what is absent stays.
    #[serde(deny_unknown_fields, default)]
    #[derive(Default)]
    pub struct UpdateDomain {
        /// `true` sends customers to it from the store's other addresses, in place of the one before; `false` sends them to the label.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub primary: Option<bool>,
    }

    /// The store's address below the platform's domain.
    pub struct StoreLabel {
        pub host: String,
        /// Whether the shop's pages there redirect to the primary domain, where there is one. The dashboard stays.
        pub redirects: bool,
    }

    /// Changes what becomes of the shop's pages below the platform's domain.
    #[serde(deny_unknown_fields)]
    pub struct UpdateStoreLabel {
        pub redirects: bool,
    }
}

//! Certificates of stores' domains.

use crate::Timestamp;
use crate::status::CertificateStatus;

wire! {
    /// How it stands with the certificate of a host.
    pub struct Certificate {
        /// In its ASCII form, such as `xn--bcher-kva.example`.
        pub host: String,
        pub status: CertificateStatus,
        /// Who has given it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub issuer: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub valid_from: Option<Timestamp>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub valid_until: Option<Timestamp>,
        /// What the last try came to, when it failed; of one that is valid, the last try to renew it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub failure: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub failed_at: Option<Timestamp>,
        /// When it is asked for, again or anew.
        pub next_try_at: Timestamp,
    }
}

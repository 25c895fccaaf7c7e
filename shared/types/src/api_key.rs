//! API keys: what programs ask a store by.

use crate::permission::Permission;
use crate::{ApiKeyId, Timestamp};

/// Keys that a store may have.
pub const MAX_API_KEYS: i64 = 50;
/// Hours for which a key that was rotated may be good beside its successor.
pub const MAX_OVERLAP_HOURS: u16 = 168;
/// Hours for which it is, unless told.
pub const DEFAULT_OVERLAP_HOURS: u16 = 24;

wire! {
    /// What a program asks the store by, without its secret.
    pub struct ApiKey {
        pub id: ApiKeyId,
        pub name: String,
        /// What it may do, with what comes along: who may change may see.
        pub scopes: Vec<Permission>,
        /// How the secret begins, which tells keys apart.
        pub prefix: String,
        /// How the secret before this one begins, while both are good.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub previous_prefix: Option<String>,
        /// Until when the secret before this one is good as well.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub previous_secret_until: Option<Timestamp>,
        /// From when on it opens nothing.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub expires_at: Option<Timestamp>,
        /// Whether that time has come.
        pub expired: bool,
        /// When it was last used, to the minute or so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub last_used_at: Option<Timestamp>,
        /// From which address.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub last_used_ip: Option<String>,
        /// Who made it.
        pub created_by: String,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
        pub version: i32,
    }

    /// A key with its new secret, which is shown this once.
    pub struct ApiKeySecret {
        pub id: ApiKeyId,
        /// Sent as `Authorization: Bearer orion_sk_…`.
        pub secret: String,
        pub api_key: ApiKey,
    }

    /// Makes a key.
    #[serde(deny_unknown_fields)]
    pub struct CreateApiKey {
        pub name: String,
        /// What it may do: rights that whoever makes it holds themselves.
        pub scopes: Vec<Permission>,
        /// From when on it opens nothing; never unless told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub expires_at: Option<Timestamp>,
    }

    /// Changes a key; what is absent stays.
    #[serde(deny_unknown_fields, default)]
    #[derive(Default)]
    pub struct UpdateApiKey {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub name: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub scopes: Option<Vec<Permission>>,
    }

    /// Asks for another secret.
    #[serde(deny_unknown_fields, default)]
    #[derive(Default)]
    pub struct RotateApiKey {
        /// Hours for which the secret before stays good: 0 to 168, 24 unless told.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub overlap_hours: Option<u16>,
    }
}

query! {
    /// Which page of keys.
    pub struct ApiKeyQuery {
        /// Only what has changed since this time, such as `2026-11-23T10:00:00Z`.
        pub updated_since: Option<String>,
        pub cursor: Option<String>,
        /// 1–100, 20 unless told.
        pub limit: Option<u32>,
    }
}

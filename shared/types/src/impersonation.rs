//! Impersonations: an administrator in a store's dashboard, with a reason and for a while, seen by the merchant.

use crate::status::ImpersonationStatus;
use crate::{ImpersonationId, Timestamp};

/// The shortest reason, in characters.
pub const MIN_IMPERSONATION_REASON: usize = 10;
/// The longest reason, in characters.
pub const MAX_IMPERSONATION_REASON: usize = 500;
/// The shortest time, in minutes.
pub const MIN_IMPERSONATION_MINUTES: u16 = 5;
/// The longest time, in minutes.
pub const MAX_IMPERSONATION_MINUTES: u16 = 60;
/// The time unless told, in minutes.
pub const DEFAULT_IMPERSONATION_MINUTES: u16 = 30;

wire! {
    /// An administrator who looks into a store's dashboard, or works there.
    pub struct Impersonation {
        pub id: ImpersonationId,
        pub status: ImpersonationStatus,
        /// The administrator's name, as it was then.
        pub name: String,
        /// Their e-mail address, as it was then.
        pub email: String,
        pub reason: String,
        /// Whether things may be changed.
        pub may_change: bool,
        /// When the link was followed; absent where it was not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub began_at: Option<Timestamp>,
        /// When it is over, unless it is ended before.
        pub ends_at: Timestamp,
        /// When it was ended.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub ended_at: Option<Timestamp>,
        /// Who ended it, as the audit log calls them; absent where its time was over.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub ended_by: Option<String>,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
    }

    /// Begins an impersonation.
    #[serde(deny_unknown_fields)]
    pub struct CreateImpersonation {
        /// Why: 10 to 500 characters. The merchant reads it.
        pub reason: String,
        /// For how long: 5 to 60 minutes, 30 unless told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub minutes: Option<u16>,
        /// Whether things may be changed; only looked at unless told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub may_change: Option<bool>,
    }

    /// An impersonation with the link that opens the dashboard, which is shown this once.
    pub struct ImpersonationLink {
        pub id: ImpersonationId,
        /// Works once, for a minute, and at this host alone.
        pub link: String,
        /// Until when.
        pub link_expires_at: Timestamp,
        pub impersonation: Impersonation,
    }

    /// What the link holds behind its `#`.
    #[serde(deny_unknown_fields)]
    pub struct ImpersonationToken {
        pub token: String,
    }

    /// The impersonation that a session of the dashboard is for.
    pub struct RunningImpersonation {
        pub id: ImpersonationId,
        pub reason: String,
        /// Whether things may be changed.
        pub may_change: bool,
        pub ends_at: Timestamp,
    }
}

query! {
    /// Which page of impersonations.
    pub struct ImpersonationQuery {
        /// Only what has changed since this time, such as `2026-11-23T10:00:00Z`.
        pub updated_since: Option<String>,
        pub cursor: Option<String>,
        /// 1–100, 20 unless told.
        pub limit: Option<u32>,
    }
}

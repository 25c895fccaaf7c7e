//! Wire types of module `audit`, compiled into `orion-types` for the server and the apps.

use crate::{ImpersonationId, StoreId, Timestamp};

wire! {
    /// A line of the audit log.
    pub struct AuditEntry {
        pub id: uuid::Uuid,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub store_id: Option<StoreId>,
        /// The store's code.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub store: Option<String>,
        /// `user`, `key`, `customer`, `guest`, `system` or `cli`.
        pub actor_kind: String,
        /// An e-mail address, or what a key is called and how it begins.
        pub actor: String,
        pub action: String,
        pub entity: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub entity_id: Option<uuid::Uuid>,
        /// Fields with their values, and what was noted about the change. A list cuts long values off.
        pub changes: Vec<AuditChange>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub request_id: Option<String>,
        /// The address that it was asked from.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub ip: Option<String>,
        /// Where it was done by an administrator in the store's dashboard, and was no work of its own people.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub impersonation: Option<AuditImpersonation>,
        pub created_at: Timestamp,
    }

    /// In which impersonation something was done.
    pub struct AuditImpersonation {
        pub id: ImpersonationId,
        pub reason: String,
    }

    /// One field that a line of the audit log tells of.
    pub struct AuditChange {
        pub field: String,
        /// Absent where only a fact was noted.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub before: Option<String>,
        pub after: String,
    }
}

query! {
    /// How to narrow a store's audit log.
    pub struct AuditLogQuery {
        /// An action such as `product.updated`, or the beginning of several: `product` finds all that were done to products.
        pub action: Option<String>,
        /// Who did it, as the log calls them: an e-mail address of staff, a key, `system`. What shoppers did is not looked for by name.
        pub actor: Option<String>,
        /// The id of what it was done to.
        pub entity_id: Option<String>,
        /// The first day, such as `2026-11-01`, in the store's time zone.
        pub from: Option<String>,
        /// The last day, likewise.
        pub to: Option<String>,
        pub cursor: Option<String>,
        /// 1–100, 20 unless told.
        pub limit: Option<u32>,
    }
}

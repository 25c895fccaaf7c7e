//! Rows of this module's tables.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde_json::Value;
use uuid::Uuid;

use crate::foreign::audit_log;
use crate::schema::{platforms, store_domains, stores, users};

/// The platforms that an administrator may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Every platform: a super admin.
    All,
    /// These platforms only.
    Platforms(Vec<Uuid>),
}

impl Scope {
    /// Whether a platform is inside.
    pub(crate) fn holds(&self, platform: Uuid) -> bool {
        match self {
            Self::All => true,
            Self::Platforms(platforms) => platforms.contains(&platform),
        }
    }
}

/// A platform.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = platforms)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct PlatformRow {
    pub(crate) id: Uuid,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) domain: String,
    pub(crate) active: bool,
    pub(crate) version: i32,
}

/// A store as the platform sees it.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = stores)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct StoreRow {
    pub(crate) id: Uuid,
    pub(crate) platform_id: Uuid,
    pub(crate) code: String,
    pub(crate) subdomain: String,
    pub(crate) name: String,
    pub(crate) status: String,
    pub(crate) suspended_reason: Option<String>,
    pub(crate) currency: String,
    pub(crate) owner_user_id: Uuid,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) version: i32,
}

/// A person who signs in.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = users)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct UserRow {
    pub(crate) id: Uuid,
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) active: bool,
}

/// A domain of a store.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = store_domains)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct DomainRow {
    pub(crate) store_id: Uuid,
    pub(crate) host: String,
    pub(crate) status: String,
    pub(crate) is_primary: bool,
}

/// A store that a member of staff belongs to.
#[derive(Debug, Clone, Queryable)]
pub(crate) struct MembershipRow {
    pub(crate) store_id: Uuid,
    pub(crate) platform_id: Uuid,
    pub(crate) code: String,
    pub(crate) subdomain: String,
    pub(crate) name: String,
    pub(crate) status: String,
    pub(crate) platform_domain: String,
    pub(crate) role: String,
    pub(crate) role_name: Option<String>,
}

/// A line of the audit log.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = audit_log)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct AuditRow {
    pub(crate) store_id: Uuid,
    pub(crate) id: Uuid,
    pub(crate) actor_kind: String,
    pub(crate) actor_label: String,
    pub(crate) action: String,
    pub(crate) entity: String,
    pub(crate) entity_id: Option<Uuid>,
    pub(crate) changes: Value,
    pub(crate) request_id: Option<String>,
    pub(crate) ip: Option<String>,
    pub(crate) impersonation_id: Option<Uuid>,
    pub(crate) created_at: DateTime<Utc>,
}

/// The general settings that live in the store's own row.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = stores)]
#[diesel(check_for_backend(diesel::pg::Pg))]
pub(crate) struct GeneralRow {
    pub(crate) name: String,
    pub(crate) code: String,
    pub(crate) currency: String,
    pub(crate) prices_include_tax: bool,
    pub(crate) locale: String,
    pub(crate) timezone: String,
    pub(crate) contact_email: String,
    pub(crate) allowed_origins: Vec<String>,
    pub(crate) version: i32,
}

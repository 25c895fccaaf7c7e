//! Roles of a team: those that every store has, and those that it makes for itself.

use crate::permission::Permission;
use crate::status::MemberRole;
use crate::{RoleId, Timestamp};

/// Roles of its own that a store may have.
pub const MAX_ROLES: i64 = 50;
/// Longest description of a role, in characters.
pub const MAX_ROLE_DESCRIPTION: usize = 300;

wire! {
    /// A role that the store has made for itself.
    pub struct TeamRole {
        pub id: RoleId,
        pub name: String,
        pub description: String,
        /// Names of rights, and `area.*` for all that there are in an area and that later versions bring.
        pub rights: Vec<String>,
        /// What comes of them, with what comes along; those of modules that are off are among them.
        pub permissions: Vec<Permission>,
        /// Members who have it, suspended ones included.
        pub members: i64,
        /// Invitations with it that nobody has accepted.
        pub invitations: i64,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
        pub version: i32,
    }

    /// A role that every store has and none can change.
    pub struct PresetRole {
        pub role: MemberRole,
        /// What it may do; rights of modules that are off are among them.
        pub permissions: Vec<Permission>,
        /// Members who have it, suspended ones included.
        pub members: i64,
        /// Invitations with it that nobody has accepted.
        pub invitations: i64,
    }

    /// Makes a role.
    #[serde(deny_unknown_fields)]
    pub struct CreateRole {
        /// No other role of the store is called so, in whatever capitals.
        pub name: String,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        pub description: String,
        /// Names of rights (`orders.read`), and `area.*` for all that there are in an area and that later versions bring. Who may change may see.
        pub rights: Vec<String>,
    }

    /// Changes a role; what is absent stays.
    #[serde(deny_unknown_fields, default)]
    #[derive(Default)]
    pub struct UpdateRole {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub name: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub description: Option<String>,
        /// All of them, in place of those before.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub rights: Option<Vec<String>>,
    }
}

query! {
    /// What becomes of those who have a role that goes.
    pub struct DeleteRoleQuery {
        /// The role that they get instead: `manager`, `editor`, `viewer`, `fulfilment`, `support`, or the id of another role of the store.
        pub replacement: Option<String>,
    }
}

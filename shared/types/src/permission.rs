//! The rights a member of a store's team can have, and which role holds which. Modules declare them (`backend/modules/*/declaration.toml`).

use crate::status::MemberRole;

macro_rules! rights {
    ($($(#[$meta:meta])* $variant:ident = $key:tt in $module:literal to $words:literal for [$($role:ident)*]
        personal $personal:literal impersonation $impersonation:literal)+) => {
        /// A right in a store's dashboard, named `area.action`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, crate::json::FromJson)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum Permission { $($(#[$meta])* #[serde(rename = $key)] $variant,)+ }

        impl Permission {
            /// Every right there is, by the modules' ids.
            pub const ALL: &'static [Permission] = &[$(Permission::$variant,)+];

            /// The name, such as `orders.read`.
            pub const fn key(self) -> &'static str {
                match self { $(Permission::$variant => $key,)+ }
            }

            /// The module that owns the right; with the module off, nobody holds it.
            pub const fn module(self) -> &'static str {
                match self { $(Permission::$variant => $module,)+ }
            }

            /// What it is the right to, in words such as `see orders`.
            pub const fn words(self) -> &'static str {
                match self { $(Permission::$variant => $words,)+ }
            }

            /// The roles that hold it beside the owner, who holds every right.
            const fn roles(self) -> &'static [MemberRole] {
                match self { $(Permission::$variant => &[$(MemberRole::$role,)*],)+ }
            }

            /// Whether people alone can hold it and no API key: what lets others in is given by somebody.
            pub const fn is_personal(self) -> bool {
                match self { $(Permission::$variant => $personal,)+ }
            }

            /// Whether an administrator who impersonates can hold it: only what its module has opened to that.
            pub const fn is_open_to_impersonation(self) -> bool {
                match self { $(Permission::$variant => $impersonation,)+ }
            }
        }

        /// Calls a macro with the names of all rights, for what has to be there for each of them.
        #[macro_export]
        macro_rules! with_every_right {
            ($with:ident) => { $with! { $($variant)+ } };
        }
    };
}

include!(concat!(env!("OUT_DIR"), "/rights.rs"));

impl Permission {
    /// The rights that a module owns.
    pub fn of(module: &str) -> impl Iterator<Item = Permission> {
        Self::ALL.iter().copied().filter(move |right| right.module() == module)
    }

    /// The right with a name such as `orders.read`; `None` for one that this version does not know.
    pub fn named(key: &str) -> Option<Permission> {
        Self::ALL.iter().copied().find(|right| right.key() == key)
    }

    /// The part of its name before the dot, such as `orders`.
    pub fn area(self) -> &'static str {
        self.key().split('.').next().unwrap_or_default()
    }

    /// Whether it is a right to look and nothing more.
    pub fn reads(self) -> bool {
        self.key().ends_with(".read")
    }

    /// The right that comes along with this one: who may change things of an area may see them.
    pub fn implied(self) -> Option<Permission> {
        let area = self.key().strip_suffix(".write")?;
        let reads = |right: &Permission| right.key().strip_suffix(".read") == Some(area);
        Self::ALL.iter().copied().find(reads)
    }
}

impl MemberRole {
    /// The rights of the role.
    pub fn permissions(self) -> impl Iterator<Item = Permission> {
        Permission::ALL.iter().copied().filter(move |right| self.holds(*right))
    }

    /// Whether the role holds a right.
    pub fn holds(self, permission: Permission) -> bool {
        self == MemberRole::Owner || permission.roles().contains(&self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_owner_holds_every_right() {
        assert!(Permission::ALL.iter().all(|permission| MemberRole::Owner.holds(*permission)));
    }

    #[test]
    fn a_viewer_writes_nothing() {
        let rights: Vec<&str> = MemberRole::Viewer.permissions().map(Permission::key).collect();
        assert!(rights.contains(&"products.read"));
        assert!(rights.iter().all(|key| key.ends_with(".read")), "{rights:?}");
    }

    #[test]
    fn roles_for_one_kind_of_work_hold_what_that_takes() {
        let rights = |role: MemberRole| role.permissions().map(Permission::key).collect::<Vec<_>>();
        assert_eq!(
            rights(MemberRole::Fulfilment),
            ["inventory.read", "inventory.write", "orders.read", "orders.write"]
        );
        assert_eq!(rights(MemberRole::Support), ["customers.read", "customers.write", "orders.read"]);
    }

    #[test]
    fn what_a_module_declares_is_here() {
        assert_eq!(
            Permission::of("orders").collect::<Vec<_>>(),
            [Permission::OrdersRead, Permission::OrdersWrite]
        );
        assert_eq!(Permission::OrdersRead.words(), "see orders");
    }
}

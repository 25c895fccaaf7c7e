//! Menus and the pages they lead to. A page is an enum, so an entry without a page does not compile.

use crate::permission::Permission;

macro_rules! pages {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $path:literal)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, crate::json::FromJson)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($variant,)+ }

        impl $name {
            /// Every page.
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];

            /// The path below the app's base, such as `/products`.
            pub const fn path(self) -> &'static str {
                match self { $($name::$variant => $path,)+ }
            }

            /// Whether a path below the app's base is one of these pages, or one beneath it.
            pub fn leads_to(path: &str) -> bool {
                let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
                Self::ALL.iter().any(|page| &page.path()[1..] == first)
            }
        }
    };
}

pages! {
    /// The pages of the store dashboard that a menu can lead to.
    StorePage {
        Dashboard = "/dashboard"
        Orders = "/orders"
        Customers = "/customers"
        Products = "/products"
        Categories = "/categories"
        Imports = "/imports"
        Exports = "/exports"
        Inventory = "/inventory"
        Settings = "/settings"
    }
}

pages! {
    /// The pages of the platform admin that a menu can lead to.
    AdminPage {
        Dashboard = "/dashboard"
        Platforms = "/platforms"
        Stores = "/stores"
        Modules = "/modules"
        Jobs = "/jobs"
        Audit = "/audit"
        Tools = "/tools"
    }
}

/// One entry of a menu.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, crate::json::FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MenuEntry<P> {
    /// Where it leads.
    pub page: P,
    /// Its label.
    pub label: String,
    /// A Lucide icon name.
    pub icon: String,
    /// The right that shows it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permission: Option<Permission>,
}

/// A group of entries.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize, crate::json::FromJson)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MenuSection<P> {
    /// The heading; empty for the first group.
    pub label: String,
    /// The entries, never empty.
    pub entries: Vec<MenuEntry<P>>,
}

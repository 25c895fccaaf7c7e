//! Menus and the pages they lead to. Modules declare them (`backend/modules/*/declaration.toml`), and the apps make their routes of the same
//! declarations, so an entry without a page does not compile.

use crate::permission::Permission;

macro_rules! pages {
    ($(#[$meta:meta])* $name:ident { $($(#[$about:meta])* $variant:ident = $path:literal in $module:literal as $label:literal $icon:literal
        under $section:literal at $order:literal for [$($right:path)?] reserved $reserved:literal mandatory $mandatory:literal)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, crate::json::FromJson)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$about])* $variant,)+ }

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

            /// The page's entry in the menu, as its module declares it.
            pub const fn item(self) -> MenuItem {
                match self { $($name::$variant => MenuItem {
                    module: $module, label: $label, icon: $icon, section: $section, order: $order, permission: pages!(@right $($right)?),
                    reserved: $reserved, mandatory: $mandatory,
                },)+ }
            }

            /// The name, such as `price_lists`, as the API spells it.
            pub fn key(self) -> String {
                self.path()[1..].replace('-', "_")
            }

            /// The page with a name; `None` for one that this version does not know.
            pub fn named(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|page| page.key() == key)
            }
        }
    };
    (@right) => { None };
    (@right $right:path) => { Some($right) };
}

/// An entry as it is declared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MenuItem {
    /// The module that has it; while it is off, the entry is not shown.
    pub module: &'static str,
    /// Its label.
    pub label: &'static str,
    /// A Lucide icon's name.
    pub icon: &'static str,
    /// The heading it stands under; empty for the first group.
    pub section: &'static str,
    /// Its place; smaller comes first.
    pub order: i32,
    /// The right that shows it.
    pub permission: Option<Permission>,
    /// Whether it is closed to an administrator who impersonates, though they may have the right.
    pub reserved: bool,
    /// Whether no platform can take it out of its dashboards' sidebar.
    pub mandatory: bool,
}

macro_rules! store_pages {
    ($($page:tt)+) => {
        pages! {
            /// The pages of the store dashboard that a menu can lead to.
            StorePage { $($page)+ }
        }
    };
}

macro_rules! admin_pages {
    ($($page:tt)+) => {
        pages! {
            /// The pages of the platform admin that a menu can lead to.
            AdminPage { $($page)+ }
        }
    };
}

include!(concat!(env!("OUT_DIR"), "/store_pages.rs"));
include!(concat!(env!("OUT_DIR"), "/admin_pages.rs"));

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_called_what_the_api_calls_it() {
        for page in StorePage::ALL {
            assert_eq!(serde_json::to_value(page).unwrap(), page.key());
            assert_eq!(StorePage::named(&page.key()), Some(*page));
        }
        assert_eq!(StorePage::named("/orders"), None);
    }
}

//! The sidebar of a platform's dashboards, as its administrators arrange it.

use crate::menu::StorePage;

/// Entries that an arrangement may name; there are a few dozen.
pub const MAX_SIDEBAR_ENTRIES: usize = 200;

wire! {
    /// The sidebar of the dashboards of a platform's stores.
    pub struct Sidebar {
        /// Every entry there is in its place, hidden ones and those of modules that are off among them. A heading stands where the first of its entries does.
        pub entries: Vec<SidebarEntry>,
        /// Whether it is another one than the modules declare.
        pub arranged: bool,
        /// 1 as long as nobody has arranged it.
        pub version: i32,
    }

    /// An entry of a sidebar. Who lacks its right does not see it, wherever it stands.
    pub struct SidebarEntry {
        pub page: StorePage,
        pub label: String,
        /// The heading it stands under; empty for the first group.
        pub section: String,
        /// The module that has it.
        pub module: String,
        /// Whether that module is on for the platform; while it is off, nobody sees the entry.
        pub enabled: bool,
        /// Whether the platform leaves it out. Its page answers all the same.
        pub hidden: bool,
        /// Whether it cannot be left out.
        pub mandatory: bool,
    }

    /// Arranges a sidebar anew. What neither list names is shown where its module declares it.
    #[serde(deny_unknown_fields)]
    pub struct UpdateSidebar {
        /// Names of entries, in their order.
        pub order: Vec<String>,
        /// Names of entries that are left out.
        pub hidden: Vec<String>,
    }
}

//! Menus: what the modules that are on offer to somebody with certain rights.

use orion_framework::module::Registry;
use orion_types::RightSet;
use orion_types::menu::{AdminPage, MenuEntry, MenuItem, MenuSection, StorePage};
use orion_types::permission::Permission;

use crate::sidebar::Layout;

/// A dashboard's menu.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub(crate) struct StoreMenu {
    data: Vec<MenuSection<StorePage>>,
    /// Never: it is always shown whole.
    has_more: bool,
}

/// The admin's menu.
#[derive(Debug, serde::Serialize, utoipa::ToSchema)]
pub(crate) struct AdminMenu {
    data: Vec<MenuSection<AdminPage>>,
    /// Never: it is always shown whole.
    has_more: bool,
}

/// The dashboard's menu of a member with these rights, as the platform arranges it, where the modules are on that `is_on` says; `visits` is for an
/// administrator who impersonates.
///
/// Leaving an entry out protects nothing: the gate of each page's data does that.
pub(crate) fn store_menu(rights: RightSet, visits: bool, layout: &Layout, is_on: impl Fn(&str) -> bool) -> StoreMenu {
    let shown = layout.pages().into_iter().filter(|page| !layout.hides(*page));
    let entries = shown.map(|page| (page, page.item()));
    let entries = entries.filter(|(_, item)| !(visits && item.reserved));
    StoreMenu {
        data: build(entries.filter(|(_, item)| is_on(item.module)), |right| {
            rights.holds(right) && is_on(right.module())
        }),
        has_more: false,
    }
}

/// The admin's menu.
pub(crate) fn admin_menu(registry: &Registry) -> AdminMenu {
    let mut entries: Vec<_> = AdminPage::ALL.iter().map(|page| (*page, page.item())).collect();
    entries.sort_by_key(|(_, item)| item.order);
    let present = entries.into_iter().filter(|(_, item)| registry.get(item.module).is_some());
    AdminMenu {
        data: build(present, |_| true),
        has_more: false,
    }
}

/// Entries in their order, grouped under their headings; a heading stands where its first entry does.
fn build<P>(entries: impl Iterator<Item = (P, MenuItem)>, holds: impl Fn(Permission) -> bool) -> Vec<MenuSection<P>> {
    let mut sections: Vec<MenuSection<P>> = Vec::new();
    for (page, item) in entries.filter(|(_, item)| item.permission.is_none_or(&holds)) {
        let entry = MenuEntry {
            page,
            label: item.label.to_owned(),
            icon: item.icon.to_owned(),
            permission: item.permission,
        };
        match sections.iter_mut().find(|known| known.label == item.section) {
            Some(known) => known.entries.push(entry),
            None => sections.push(MenuSection {
                label: item.section.to_owned(),
                entries: vec![entry],
            }),
        }
    }
    sections
}

#[cfg(test)]
mod tests {
    use orion_types::status::MemberRole;

    use super::*;

    fn pages(role: MemberRole, on: &[&str]) -> Vec<(String, Vec<StorePage>)> {
        arranged(role, &Layout::default(), on)
    }

    fn arranged(role: MemberRole, layout: &Layout, on: &[&str]) -> Vec<(String, Vec<StorePage>)> {
        let menu = store_menu(RightSet::of(role), false, layout, |module| on.contains(&module));
        menu.data
            .into_iter()
            .map(|section| (section.label, section.entries.iter().map(|entry| entry.page).collect()))
            .collect()
    }

    fn section<const PAGES: usize>(label: &str, pages: [StorePage; PAGES]) -> (String, Vec<StorePage>) {
        (label.to_owned(), pages.to_vec())
    }

    #[test]
    fn entries_stand_in_their_order() {
        let expected = [
            section("", [StorePage::Dashboard]),
            section("Sales", [StorePage::Orders]),
            section("Store", [StorePage::Domains, StorePage::Settings]),
        ];
        assert_eq!(pages(MemberRole::Owner, &["core", "tenancy", "orders"]), expected);
    }

    #[test]
    fn a_module_that_is_off_takes_its_entries_and_empty_headings_away() {
        let expected = [
            section("", [StorePage::Dashboard]),
            section("Store", [StorePage::Domains, StorePage::Settings]),
        ];
        assert_eq!(pages(MemberRole::Owner, &["core", "tenancy"]), expected);
    }

    #[test]
    fn a_platform_orders_headings_and_entries_and_leaves_some_out() {
        let layout = Layout {
            order: ["settings", "domains", "orders"].map(str::to_owned).to_vec(),
            hidden: ["domains", "dashboard"].map(str::to_owned).to_vec(),
        };
        // The dashboard cannot be left out, and stands where it is declared.
        let expected = [
            section("", [StorePage::Dashboard]),
            section("Store", [StorePage::Settings]),
            section("Sales", [StorePage::Orders]),
        ];
        assert_eq!(arranged(MemberRole::Owner, &layout, &["core", "tenancy", "orders"]), expected);
    }

    #[test]
    fn what_is_the_stores_own_peoples_is_in_no_menu_of_who_impersonates() {
        let rights = RightSet::for_impersonation(true);
        let shows = |visits| {
            let menu = store_menu(rights, visits, &Layout::default(), |_| true);
            let entries: Vec<StorePage> = menu
                .data
                .into_iter()
                .flat_map(|section| section.entries)
                .map(|entry| entry.page)
                .collect();
            (entries.contains(&StorePage::Exports), entries.contains(&StorePage::Dashboard))
        };
        assert_eq!((shows(false), shows(true)), ((true, true), (false, true)));
    }

    #[test]
    fn who_lacks_the_right_sees_no_entry() {
        let expected = [section("", [StorePage::Dashboard]), section("Sales", [StorePage::Orders])];
        assert_eq!(pages(MemberRole::Viewer, &["core", "tenancy", "orders"]), expected);
    }
}

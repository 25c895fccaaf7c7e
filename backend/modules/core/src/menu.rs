//! Menus: what the modules that are on offer to somebody with certain rights.

use orion_framework::module::{MenuItem, Registry};
use orion_types::menu::{AdminPage, MenuEntry, MenuSection, StorePage};
use orion_types::permission::Permission;
use orion_types::status::MemberRole;

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

/// The dashboard's menu of a member with `role` where the modules are on that `is_on` says.
///
/// Leaving an entry out protects nothing: the gate of each page's data does that.
pub(crate) fn store_menu(registry: &Registry, role: MemberRole, is_on: impl Fn(&str) -> bool) -> StoreMenu {
    let items = registry
        .all()
        .iter()
        .filter(|module| is_on(module.id))
        .flat_map(|module| module.store_menu);
    StoreMenu {
        data: build(items.copied().collect(), |right| role.holds(right) && is_on(right.module())),
        has_more: false,
    }
}

/// The admin's menu.
pub(crate) fn admin_menu(registry: &Registry) -> AdminMenu {
    let items = registry.all().iter().flat_map(|module| module.admin_menu).copied();
    AdminMenu {
        data: build(items.collect(), |_| true),
        has_more: false,
    }
}

/// Entries by their place, grouped under their headings; a heading stands where its first entry does.
fn build<P: Copy>(mut items: Vec<MenuItem<P>>, holds: impl Fn(Permission) -> bool) -> Vec<MenuSection<P>> {
    items.retain(|item| item.permission.is_none_or(&holds));
    items.sort_by_key(|item| item.order);
    let mut sections: Vec<MenuSection<P>> = Vec::new();
    for MenuItem {
        section,
        page,
        label,
        icon,
        order: _,
        permission,
    } in items
    {
        let entry = MenuEntry {
            page,
            label: label.to_owned(),
            icon: icon.to_owned(),
            permission,
        };
        match sections.iter_mut().find(|known| known.label == section) {
            Some(known) => known.entries.push(entry),
            None => sections.push(MenuSection {
                label: section.to_owned(),
                entries: vec![entry],
            }),
        }
    }
    sections
}

#[cfg(test)]
mod tests {
    use super::*;
    use orion_framework::module::Module;
    use orion_types::status::ModuleTier;

    const fn item(section: &'static str, page: StorePage, order: i32, permission: Permission) -> MenuItem<StorePage> {
        MenuItem {
            section,
            page,
            label: "x",
            icon: "x",
            order,
            permission: Some(permission),
        }
    }

    static CORE: Module = Module {
        id: "core",
        tier: ModuleTier::Core,
        store_menu: &[item("", StorePage::Dashboard, 0, Permission::DashboardRead)],
        ..Module::EMPTY
    };
    static TENANCY: Module = Module {
        id: "tenancy",
        tier: ModuleTier::Core,
        store_menu: &[item("Store", StorePage::Settings, 900, Permission::SettingsRead)],
        ..Module::EMPTY
    };
    static ORDERS: Module = Module {
        id: "orders",
        store_menu: &[item("Sales", StorePage::Orders, 10, Permission::OrdersRead)],
        ..Module::EMPTY
    };

    fn pages(role: MemberRole, on: &[&str]) -> Vec<(String, Vec<StorePage>)> {
        let registry = Registry::new(&[&TENANCY, &ORDERS, &CORE]).unwrap();
        let menu = store_menu(&registry, role, |module| on.contains(&module));
        menu.data
            .into_iter()
            .map(|section| (section.label, section.entries.iter().map(|entry| entry.page).collect()))
            .collect()
    }

    fn section(label: &str, page: StorePage) -> (String, Vec<StorePage>) {
        (label.to_owned(), vec![page])
    }

    #[test]
    fn entries_stand_in_their_order() {
        let expected = [
            section("", StorePage::Dashboard),
            section("Sales", StorePage::Orders),
            section("Store", StorePage::Settings),
        ];
        assert_eq!(pages(MemberRole::Owner, &["core", "tenancy", "orders"]), expected);
    }

    #[test]
    fn a_module_that_is_off_takes_its_entries_and_empty_headings_away() {
        let expected = [section("", StorePage::Dashboard), section("Store", StorePage::Settings)];
        assert_eq!(pages(MemberRole::Owner, &["core", "tenancy"]), expected);
    }

    #[test]
    fn who_lacks_the_right_sees_no_entry() {
        let expected = [section("", StorePage::Dashboard), section("Sales", StorePage::Orders)];
        assert_eq!(pages(MemberRole::Viewer, &["core", "tenancy", "orders"]), expected);
    }
}

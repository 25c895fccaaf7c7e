//! Module `core`: menus, rights and the catalogue of problems.

mod definition;
mod menu;
mod problems;
mod routes;

use orion_framework::module::{MenuItem, Module, Routes};
use orion_framework::permission::ModuleMarker;
use orion_types::menu::{AdminPage, StorePage};
use orion_types::permission::Permission;
use orion_types::status::ModuleTier;

/// The module as a type, for gates.
pub struct Core;

impl ModuleMarker for Core {
    const ID: &'static str = "core";
}

/// The declaration.
pub static MODULE: Module = Module {
    id: "core",
    name: "Core",
    summary: "Dashboards, menus and the list of everything that can go wrong.",
    features: &["dashboards", "menus"],
    tier: ModuleTier::Core,
    requires: &["tenancy"],
    permissions: &[Permission::DashboardRead],
    store_menu: &[MenuItem {
        section: "",
        page: StorePage::Dashboard,
        label: "Dashboard",
        icon: "layout-grid",
        order: 0,
        permission: Some(Permission::DashboardRead),
    }],
    admin_menu: &[
        MenuItem {
            section: "",
            page: AdminPage::Dashboard,
            label: "Dashboard",
            icon: "layout-grid",
            order: 0,
            permission: None,
        },
        MenuItem {
            section: "Platform",
            page: AdminPage::Tools,
            label: "Tools",
            icon: "external-link",
            order: 140,
            permission: None,
        },
    ],
    routes: Routes {
        admin: Some(routes::admin::configure),
        store: Some(routes::store::configure),
        storefront: None,
        root: Some(routes::root::configure),
    },
    ..Module::EMPTY
};

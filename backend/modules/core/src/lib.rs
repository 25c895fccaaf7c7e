//! Module `core`: menus, rights and the catalogue of problems.

mod definition;
mod error;
mod menu;
mod problems;
mod routes;
mod schema;
mod sidebar;

use orion_framework::module::{Module, Routes};
use orion_framework::permission::ModuleMarker;
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
    tables: &["platform_sidebars"],
    routes: Routes {
        admin: Some(routes::admin::configure),
        store: Some(routes::store::configure),
        storefront: None,
        root: Some(routes::root::configure),
    },
    ..Module::EMPTY
};

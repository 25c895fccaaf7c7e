//! Module `audit`: who did what in a store, for those who work there. The log itself is the framework's, which lets nobody write without it.

mod error;
mod export;
mod foreign;
mod queries;
mod routes;
mod service;

use orion_framework::module::{Module, Routes};
use orion_framework::permission::ModuleMarker;
use orion_types::status::ModuleTier;

pub use error::AuditError;

/// The module as a type, for gates.
pub struct Audit;

impl ModuleMarker for Audit {
    const ID: &'static str = "audit";
}

/// The declaration.
pub static MODULE: Module = Module {
    id: Audit::ID,
    name: "Audit log",
    summary: "Shows who did what in a store, narrowed and as a file.",
    features: &["audit log"],
    tier: ModuleTier::Core,
    requires: &["tenancy"],
    exports: export::SOURCES,
    tags: &[("audit", "Who did what in the store.")],
    routes: Routes {
        admin: None,
        store: Some(routes::configure),
        storefront: None,
        root: None,
    },
    ..Module::EMPTY
};

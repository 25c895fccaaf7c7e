//! Module `dev-tools`: the page of all entry points and the mailbox, in development and tests only.

mod entry_points;
mod foreign;
mod gate;
mod mailbox;
mod pages;
mod print;
mod queries;
mod routes;

use orion_framework::module::{Module, Routes};
use orion_types::status::ModuleTier;

pub use entry_points::{EntryPoints, Link, Login, PlatformEntry, StoreEntry, entry_points};

/// The password of every account of the demo data, but for [`DEMO_PASSWORD_GLOBEX_CUSTOMER`].
pub const DEMO_PASSWORD: &str = "Orion-demo-2026!";
/// The password of the demo customer in the store `globex`: the same e-mail address is another account there.
pub const DEMO_PASSWORD_GLOBEX_CUSTOMER: &str = "Orion-demo-2027!";
/// The e-mail address of the demo customer in the stores `acme` and `globex`.
pub const DEMO_CUSTOMER: &str = "customer@example.test";

/// The declaration.
pub static MODULE: Module = Module {
    id: "dev-tools",
    name: "Developer tools",
    summary: "Entry points with logins, and the mailbox; only in development and tests.",
    features: &["entry points", "mailbox"],
    tier: ModuleTier::Internal,
    requires: &["tenancy"],
    routes: Routes {
        admin: None,
        store: None,
        storefront: None,
        root: Some(routes::configure),
    },
    ..Module::EMPTY
};

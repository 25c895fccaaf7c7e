//! Module `certificates`: certificates of hosts, asked for from an authority (ACME, RFC 8555) where no proxy in front of the server has them.
//!
//! ```text
//! active domain ── row ── due ── job: order, challenge, chain ── row ── news ── every server's memory ── handshakes
//! ```
//!
//! Nobody is asked unless it is switched on (`ORION_ACME_ENABLED`). Keys are the hosts' and the server's: no store reads one, and where a host
//! moves to another store its certificate goes along.

mod account;
mod chain;
mod client;
mod due;
mod health;
mod issue;
mod jobs;
mod model;
mod queries;
mod routes;
mod schema;
mod service;
mod trouble;

use chrono::TimeDelta;
use orion_framework::module::{Module, Routes};
use orion_framework::permission::ModuleMarker;
use orion_framework::retention::{Removed, Retention};
use orion_types::status::ModuleTier;

pub use model::State;
pub use service::{Loaded, list_all, load, renew};

/// The module as a type.
pub struct Certificates;

impl ModuleMarker for Certificates {
    const ID: &'static str = "certificates";
}

/// The declaration.
pub static MODULE: Module = Module {
    id: Certificates::ID,
    name: "Certificates",
    summary: "Asks an authority for the certificates of stores' domains, renews them, and shows them to browsers.",
    features: &["certificates"],
    tier: ModuleTier::Core,
    requires: &["tenancy"],
    tables: &["acme_accounts", "acme_challenges", "certificates"],
    routes: Routes {
        admin: None,
        store: Some(routes::configure_store),
        storefront: None,
        root: Some(routes::configure_root),
    },
    jobs: jobs::JOBS,
    periodic: jobs::PERIODIC,
    retention: &[Retention {
        table: "acme_challenges",
        rows: "that nobody has taken back",
        kept: TimeDelta::zero(),
        removed: Removed::Rows {
            key: "token",
            over: "expires_at < $1",
        },
    }],
    health: health::CHECKS,
    ..Module::EMPTY
};

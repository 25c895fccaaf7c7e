//! Module `customers`: the customers of each store, their sign-in and their address books.

mod error;
mod model;
mod queries;
mod routes;
mod schema;
mod service;

use chrono::TimeDelta;
use orion_framework::module::{Module, Routes};
use orion_framework::permission::ModuleMarker;
use orion_framework::retention::{Removed, Retention};
use orion_types::status::ModuleTier;

pub use error::CustomersError;
pub use service::accounts::{NewCustomer, create_customer};
pub use service::address_check::{address_problems, check_address};
pub use service::addresses::add_address;
pub use service::guests::{NewGuest, guests_among};

/// The module as a type, for gates.
pub struct Customers;

impl ModuleMarker for Customers {
    const ID: &'static str = "customers";
}

/// The declaration.
pub static MODULE: Module = Module {
    id: "customers",
    name: "Customers",
    summary: "Customer accounts of each store, sign-in and address books.",
    features: &["accounts", "address books"],
    tier: ModuleTier::Core,
    requires: &["tenancy"],
    tables: &["customers", "customer_addresses", "customer_sessions"],
    problems: error::PROBLEMS,
    routes: Routes {
        admin: None,
        store: Some(routes::store::configure),
        storefront: Some(routes::storefront::configure),
        root: None,
    },
    emits: orion_events::CUSTOMERS,
    exports: service::export::SOURCES,
    retention: &[Retention {
        table: "customer_sessions",
        rows: "that have ended by themselves",
        kept: TimeDelta::days(30),
        removed: Removed::Rows {
            key: "store_id, id",
            over: "expires_at < $1",
        },
    }],
    ..Module::EMPTY
};

//! Stock: what is in the house, what is promised to orders, and every change of either.

mod error;
mod foreign;
mod model;
mod queries;
mod routes;
mod schema;
mod service;

use orion_framework::db::{DbError, StoreTx};
use orion_framework::module::{Module, Routes};
use orion_framework::permission::ModuleMarker;
use orion_types::status::ModuleTier;

pub use error::InventoryError;
pub use service::{
    Level, MovedRow, Movement, Units, adjust, create_levels, levels, promise, promised, release, set_on_hand, ship, variants_saved,
};

/// The module as a type, for handlers that shoppers reach.
pub struct Inventory;

impl ModuleMarker for Inventory {
    const ID: &'static str = "inventory";
}

/// The declaration of the module.
pub static MODULE: Module = Module {
    id: Inventory::ID,
    name: "Inventory",
    summary: "Counts stock, promises it to orders and never sells what is not there.",
    features: &["stock levels", "reservations", "movements"],
    tier: ModuleTier::Optional,
    requires: &["catalog"],
    tables: &["inventory_locations", "inventory_levels", "inventory_movements"],
    problems: &[&error::INSUFFICIENT],
    routes: Routes {
        admin: None,
        store: Some(routes::store::configure),
        storefront: None,
        root: None,
    },
    emits: orion_events::INVENTORY,
    exports: service::SOURCES,
    on_store_created: Some(store_created),
    on_variants_saved: Some(variants_saved),
    stock_levels: Some("inventory_levels"),
    ..Module::EMPTY
};

/// A new store has one place where its goods lie.
fn store_created(tx: &mut StoreTx) -> Result<(), DbError> {
    queries::create_missing_levels(tx, &[]).map(|_| ())
}

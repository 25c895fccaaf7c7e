//! Module `keys`: API keys, by which programs ask a store.
//!
//! ```text
//! Authorization: Bearer orion_sk_… ── gate: checksum ── book: the store's key with this hash ── principal with the key's rights ── handler
//! ```
//!
//! A key is a store's and not a person's: it stays when its maker leaves. It holds rights of the same catalogue as roles do, but for those that
//! people alone can have, such as this module's own: a key makes no keys.

mod book;
mod error;
mod model;
mod queries;
mod routes;
mod schema;
mod service;

use orion_framework::gate::KeyBook;
use orion_framework::module::{Module, Routes};
use orion_framework::permission::ModuleMarker;
use orion_types::status::ModuleTier;

pub use error::KeyError;

/// The module as a type.
pub struct Keys;

impl ModuleMarker for Keys {
    const ID: &'static str = "keys";
}

/// The declaration.
pub static MODULE: Module = Module {
    id: Keys::ID,
    name: "API keys",
    summary: "Lets programs ask a store in their own name, with the rights that they were given.",
    features: &["api keys"],
    tier: ModuleTier::Core,
    requires: &["tenancy"],
    tables: &["api_keys"],
    problems: error::PROBLEMS,
    routes: Routes {
        admin: None,
        store: Some(routes::configure),
        storefront: None,
        root: None,
    },
    api_keys: Some(KeyBook {
        find: book::find,
        note_use: book::note_use,
    }),
    ..Module::EMPTY
};

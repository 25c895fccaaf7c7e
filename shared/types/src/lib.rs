//! What the server and the browser both speak: wire types, typed ids, money, problems, permissions, validation.
//!
//! Nothing here touches a database or a socket. Requests refuse unknown fields, responses may grow.

// The derive of `FromJson` names this crate from outside.
extern crate self as orion_types;

#[macro_use]
mod wire;
#[macro_use]
pub mod id;

pub mod address_format;
pub mod admin;
pub mod api_key;
pub mod auth;
pub mod bundle;
pub mod cart;
pub mod catalog;
pub mod change;
pub mod checkout;
pub mod choices;
pub mod customer;
pub mod domain;
pub mod export;
pub mod impersonation;
pub mod import;
pub mod inventory;
pub mod json;
pub mod measure;
pub mod menu;
pub mod module;
pub mod money;
pub mod number;
pub mod opening;
pub mod order;
pub mod page;
pub mod passkey;
pub mod permission;
pub mod problem;
pub mod right_set;
pub mod role;
pub mod role_rights;
pub mod several;
pub mod sidebar;
pub mod status;
pub mod store;
pub mod team;
pub mod time_zone;
pub mod timestamp;
pub mod validation;
pub mod webhook;

// `backend/modules/*/wire.rs`, each as a module of its folder's name.
include!(concat!(env!("OUT_DIR"), "/module_wire.rs"));

pub use bundle::StorefrontBundle;
pub use change::Change;
pub use id::*;
pub use money::{Currency, Money};
pub use page::Page;
pub use problem::{FieldProblem, Problem};
pub use right_set::RightSet;
pub use role_rights::{Grant, RoleRights};
pub use timestamp::Timestamp;

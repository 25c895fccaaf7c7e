//! What happens in a store, as a published language: every event with its name, its version and its facts.
//!
//! This is the one list that the documentation, the OpenAPI document and the webhooks are made from. An event is named
//! `resource.what_happened`, in the past tense, and never changes its meaning. Its version grows when something is taken out of its data or
//! changes its meaning there; what is only added leaves the version as it is, so that whoever listens has to bear fields that they do not know.
//! Times are not in the data: each event travels with its own, that of the change which it tells of.

#[macro_use]
mod declare;

mod catalog;
mod customers;
mod examples;
mod inventory;
mod orders;
mod payments;
mod people;
mod tenancy;
mod transfer;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub use catalog::*;
pub use customers::*;
pub use inventory::*;
pub use orders::*;
pub use payments::*;
pub use people::*;
pub use tenancy::*;
pub use transfer::*;

/// Something that has happened in a store.
pub trait Event: Serialize + DeserializeOwned {
    /// `resource.what_happened`, such as `order.placed`; it never changes its meaning.
    const NAME: &'static str;
    /// Of the shape of its data; it grows when something is taken away or changes its meaning.
    const VERSION: u16;
    /// Whether it is written down where nobody hears it, for who looks back. What comes in numbers is not.
    const KEPT: bool = true;
}

/// What is to be said about an event.
#[derive(Debug, Clone, Copy)]
pub struct EventInfo {
    /// Its name, such as `order.placed`.
    pub name: &'static str,
    /// The version of its data's shape.
    pub version: u16,
    /// Id of the module that publishes it.
    pub module: &'static str,
    /// What it tells, in a sentence.
    pub summary: &'static str,
    /// The field of its data with the id of what it is about; events of one object stay in order.
    pub object: &'static str,
    /// Whether it may leave the program; machinery stays inside.
    pub public: bool,
    /// Whether it is written down where nobody hears it.
    pub kept: bool,
    /// Its data in an example.
    pub example: fn() -> Value,
    /// The schema of its data.
    #[cfg(feature = "openapi")]
    pub schema: fn() -> utoipa::openapi::RefOr<utoipa::openapi::Schema>,
    /// The schemas that the one of its data refers to, by their names.
    #[cfg(feature = "openapi")]
    pub schemas: fn(&mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::Schema>)>),
}

const LISTS: &[&[EventInfo]] = &[
    tenancy::EVENTS,
    people::EVENTS,
    catalog::EVENTS,
    customers::EVENTS,
    inventory::EVENTS,
    orders::EVENTS,
    payments::EVENTS,
    transfer::EVENTS,
];

// `backend/modules/*/events.rs`, each as a module of its folder's name, and `FOUND`, the lists of all of them.
include!(concat!(env!("OUT_DIR"), "/module_events.rs"));

static EVERY: [EventInfo; declare::count(LISTS) + declare::count(FOUND)] = declare::join(LISTS, FOUND);

/// All events, those of one module beside each other.
pub static ALL: &[EventInfo] = &EVERY;

/// Names of the events of module `tenancy`.
pub const TENANCY: &[&str] = tenancy::NAMES;
/// Names of the events of module `people`.
pub const PEOPLE: &[&str] = people::NAMES;
/// Names of the events of module `catalog`.
pub const CATALOG: &[&str] = catalog::NAMES;
/// Names of the events of module `customers`.
pub const CUSTOMERS: &[&str] = customers::NAMES;
/// Names of the events of module `inventory`.
pub const INVENTORY: &[&str] = inventory::NAMES;
/// Names of the events of module `orders`.
pub const ORDERS: &[&str] = orders::NAMES;
/// Names of the events of module `payments`.
pub const PAYMENTS: &[&str] = payments::NAMES;
/// Names of the events of module `transfer`.
pub const TRANSFER: &[&str] = transfer::NAMES;

/// What is to be said about the event with a name.
pub fn info(name: &str) -> Option<&'static EventInfo> {
    ALL.iter().find(|event| event.name == name)
}

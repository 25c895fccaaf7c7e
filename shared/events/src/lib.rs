//! What happens in a store, as a published language: every event with its name, its version and its facts.
//!
//! This is the one list that the documentation, the OpenAPI document and the webhooks are made from. An event is named
//! `resource.what_happened`, in the past tense, and never changes its meaning. Its version grows when something is taken out of its data or
//! changes its meaning there; what is only added leaves the version as it is, so that whoever listens has to bear fields that they do not know.
//! Times are not in the data: each event travels with its own, that of the change which it tells of.

#[macro_use]
mod declare;

mod catalog;
mod examples;
mod orders;
mod tenancy;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub use catalog::*;
pub use orders::*;
pub use tenancy::*;

/// Something that has happened in a store.
pub trait Event: Serialize + DeserializeOwned {
    /// `resource.what_happened`, such as `order.placed`; it never changes its meaning.
    const NAME: &'static str;
    /// Of the shape of its data; it grows when something is taken away or changes its meaning.
    const VERSION: u16;
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
    /// Its data in an example.
    pub example: fn() -> Value,
    /// The schema of its data.
    #[cfg(feature = "openapi")]
    pub schema: fn() -> utoipa::openapi::RefOr<utoipa::openapi::Schema>,
    /// The schemas that the one of its data refers to, by their names.
    #[cfg(feature = "openapi")]
    pub schemas: fn(&mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::Schema>)>),
}

const LISTS: &[&[EventInfo]] = &[tenancy::EVENTS, catalog::EVENTS, orders::EVENTS];

static EVERY: [EventInfo; declare::count(LISTS)] = declare::join(LISTS);

/// All events, those of one module beside each other.
pub static ALL: &[EventInfo] = &EVERY;

/// What is to be said about the event with a name.
pub fn info(name: &str) -> Option<&'static EventInfo> {
    ALL.iter().find(|event| event.name == name)
}

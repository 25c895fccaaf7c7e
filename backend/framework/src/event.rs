//! Events: what has happened, told in the past tense, written with the change itself and delivered after its commit.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::db::StoreTx;
use crate::job::JobError;

/// Something that has happened in a store; [`StoreTx::emit`] publishes it, and [`crate::db::PlatformTx::emit`] what was done to one.
pub trait Event: Serialize + DeserializeOwned {
    /// `module.what_happened`, such as `orders.order_placed`; it never changes its meaning.
    const NAME: &'static str;
}

/// What a module does when an event has happened.
///
/// Each handler works in a transaction of its own, which also notes that the delivery is done; when it fails, it alone is
/// tried again. A module that is off when an event is delivered does not hear it.
#[derive(Clone, Copy)]
pub struct EventHandler {
    /// The event's name.
    pub event: &'static str,
    /// The handler's own name, unique over all modules, such as `orders.send_confirmation`.
    pub name: &'static str,
    /// The work; it may be told about the same event again after a failure.
    pub handle: fn(&mut StoreTx, &Value) -> Result<(), JobError>,
}

//! Use cases of this module.

pub(crate) mod deliveries;
pub mod endpoints;
pub(crate) mod events;

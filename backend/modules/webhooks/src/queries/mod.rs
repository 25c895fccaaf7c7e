//! The SQL of this module.

pub(crate) mod deliveries;
pub(crate) mod due;
pub(crate) mod endpoints;
pub(crate) mod told;

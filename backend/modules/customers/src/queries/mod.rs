//! The SQL of this module.

pub(crate) mod addresses;
pub(crate) mod customers;

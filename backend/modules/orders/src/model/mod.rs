//! Rows, and how they look on the wire.

pub mod cart;
pub mod detail;
pub mod order;
pub mod settings;

//! The business rules that the server and the browser both compute: prices, order states, variants, carts.
//!
//! Pure functions over plain values: no clock, no database, no rounding that is not written down.

pub mod cart;
pub mod matrix;
pub mod order_state;
pub mod pricing;
pub mod variants;

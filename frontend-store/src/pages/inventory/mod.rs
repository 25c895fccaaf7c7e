//! Stock: what is there, what is promised, and every change.

mod adjust;
mod list;
mod movements;

pub use list::InventoryPage;

//! The statements of a checkout.

mod claim;
mod confirm;
mod write;

pub use claim::{Begun, Claimed, begin, claim_cart, read_cart};
pub use confirm::confirm_order;
pub use write::{NewOrder, Written, insert_order, set_customer};

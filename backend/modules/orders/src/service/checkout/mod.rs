//! From cart to order.

mod answer;
mod attempt;
mod confirm;
mod input;
mod open;
mod options;
mod place;
mod price;
mod quote;
mod resolve;
mod settle;
mod write;

pub use answer::Answer;
pub use attempt::place_order;
pub use confirm::confirm_payment;
pub use input::CheckedOrder;
pub use open::open_checkouts;
pub use options::options;
pub use place::place;
pub use quote::quote;
pub use resolve::resolve;
pub use settle::settle;

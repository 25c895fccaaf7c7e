//! Orders: list and detail.

mod actions;
mod badges;
mod detail;
mod list;
mod parts;

pub use detail::OrderPage;
pub use list::{OrderListPage, OrderTable};
pub use parts::AddressCard;

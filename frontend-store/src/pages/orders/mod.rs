//! Orders: list and detail.

mod actions;
mod badges;
mod bulk;
mod detail;
mod list;
mod parts;
mod table;

pub use detail::OrderPage;
pub use list::OrderListPage;
pub use parts::AddressCard;
pub use table::{OrderTable, number};

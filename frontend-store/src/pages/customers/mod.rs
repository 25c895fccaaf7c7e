//! Customers: list and detail.

mod detail;
mod list;

pub use detail::CustomerPage;
pub use list::{CustomerListPage, called};

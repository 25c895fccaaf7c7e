//! Stores: list, creation, one store.

mod create;
mod danger;
mod detail;
mod history;
mod list;
mod table;

pub use create::NewStorePage;
pub use detail::StorePage;
pub use list::StoreListPage;
pub use table::StoreTable;

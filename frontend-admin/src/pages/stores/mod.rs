//! Stores: list, creation, one store.

mod create;
mod detail;
mod list;
mod table;

pub use create::NewStorePage;
pub use detail::StorePage;
pub use list::StoreListPage;
pub use table::StoreTable;

//! Products: list, creation, edit.

mod bulk;
mod draft;
mod edit;
mod form;
mod images;
mod list;
mod options;
mod table;
mod variants;

pub use edit::{NewProductPage, ProductPage};
pub use list::ProductListPage;

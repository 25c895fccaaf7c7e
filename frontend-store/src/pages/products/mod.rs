//! Products: list, creation, edit.

mod draft;
mod edit;
mod form;
mod images;
mod list;
mod options;
mod variants;

pub use edit::{NewProductPage, ProductPage};
pub use list::ProductListPage;

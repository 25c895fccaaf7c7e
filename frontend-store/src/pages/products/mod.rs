//! Products: list, creation, edit.

mod bulk;
mod draft;
mod edit;
mod form;
mod grid;
mod images;
mod list;
mod matching;
mod new;
mod options;
mod picture;
mod table;
mod upload;
mod variant;
mod variants;

pub use edit::ProductPage;
pub use grid::GridPage;
pub use list::ProductListPage;
pub use new::NewProductPage;

//! Imports of product files: start one, watch it, read its report.

mod choices;
mod columns;
mod file;
mod list;
mod report;
mod undo;

pub use list::ImportListPage;
pub use report::ImportPage;

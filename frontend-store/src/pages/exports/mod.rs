//! Files to take away: asked for here or from a list, and fetched by a link that ends.

mod ask;
mod button;
mod contents;
mod list;

pub use button::ExportButton;
pub use list::ExportsPage;

//! Use cases, a file per group of verbs.

pub(crate) mod bulk;
pub(crate) mod card_memory;
pub mod categories;
pub(crate) mod change;
pub(crate) mod draft;
pub mod finder;
pub mod home;
pub mod images;
pub(crate) mod import_choices;
pub mod import_now;
pub mod imports;
pub(crate) mod index;
pub mod lifecycle;
pub mod listing;
pub(crate) mod mappings;
pub mod opening;
pub mod page;
pub(crate) mod plan;
pub mod product_list;
pub mod read;
mod removal;
pub mod save;
pub(crate) mod slugs;
pub(crate) mod status;
pub(crate) mod tree;
pub(crate) mod uploads;
pub(crate) mod written;

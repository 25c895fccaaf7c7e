//! Where the module answers.

pub(crate) mod admin;
mod log_level;
pub(crate) mod root;
mod sidebar;
pub(crate) mod store;

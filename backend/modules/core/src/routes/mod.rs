//! Where the module answers.

pub(crate) mod admin;
mod log_level;
pub(crate) mod root;
pub(crate) mod store;

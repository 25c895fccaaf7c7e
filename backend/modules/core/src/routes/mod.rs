//! Where the module answers.

pub(crate) mod admin;
pub(crate) mod root;
pub(crate) mod store;

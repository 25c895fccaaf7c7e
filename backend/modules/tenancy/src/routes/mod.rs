//! Where the module answers.

pub(crate) mod admin;
pub(crate) mod root;
mod sign_in;
pub(crate) mod store;
pub(crate) mod storefront;

//! Where the module answers.

pub(crate) mod store;
pub(crate) mod storefront;

//! Where the module answers.

pub(crate) mod media;
pub(crate) mod store;
pub(crate) mod storefront;

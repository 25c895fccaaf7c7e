//! Where the module answers.

pub mod store;

//! The pages, a file or folder each.

pub mod audit;
pub mod missing;
pub mod modules;
pub mod overview;
pub mod platforms;
pub mod stores;

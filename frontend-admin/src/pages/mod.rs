//! The pages, a file or folder each.

pub mod audit;
pub mod dashboard;
pub mod invitation;
pub mod jobs;
pub mod missing;
pub mod modules;
pub mod people;
pub mod platforms;
pub mod stores;
pub mod tools;

//! The pages, a file or folder each.

pub mod api_keys;
pub mod audit;
pub mod authorize;
pub mod categories;
pub mod chooser;
pub mod customers;
pub mod dashboard;
pub mod domains;
pub mod exports;
pub mod forbidden;
pub mod imports;
pub mod inventory;
pub mod invitation;
pub mod missing;
mod onboarding;
mod opening;
pub mod orders;
pub mod products;
pub mod programs;
pub mod roles;
pub mod settings;
pub mod sign_up;
pub mod team;
pub mod webhooks;

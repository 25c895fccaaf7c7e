//! Use cases, a file per verb group.

pub(crate) mod accounts;
pub(crate) mod change_platform;
pub(crate) mod change_store;
pub(crate) mod create_store;
pub(crate) mod domains;
pub(crate) mod export;
pub(crate) mod jobs;
pub(crate) mod links;
pub(crate) mod modules;
pub(crate) mod opening;
pub(crate) mod operations;
pub(crate) mod origins;
pub(crate) mod own_store;
pub(crate) mod platforms;
pub(crate) mod resolve;
pub(crate) mod sessions;
pub(crate) mod setting;
pub(crate) mod settings;
pub(crate) mod settings_check;
pub(crate) mod staff;
pub(crate) mod storefront;
pub(crate) mod stores;
pub(crate) mod switch_plan;

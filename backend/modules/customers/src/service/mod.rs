//! Use cases, a file per verb group.

pub(crate) mod accounts;
pub(crate) mod address_check;
pub(crate) mod addresses;
pub(crate) mod export;
pub(crate) mod guests;
pub(crate) mod list;
pub(crate) mod marks;
pub(crate) mod regions;
pub(crate) mod sessions;

//! The undo of an import as one action: what it has made goes, what it has changed becomes what it was, and what has been changed since stays.

pub(crate) mod before;
mod categories;
pub(crate) mod job;
mod judge;
pub(crate) mod keep;
pub(crate) mod plan;
mod restore;
pub(crate) mod run;
pub(crate) mod told;

//! Backups that cannot be empty: all stores or one, rows and files, in one ZIP that is read back before it counts as made.
//!
//! `pg_dump` needs a login past row level security, which rented databases do not have; as the owner alone it ends well and writes no
//! product. Here every table is read as a role that its policies let through, store by store where it has to be, and a table that
//! nobody can read is an error.
//!
//! ```text
//! data/<table>.jsonl      one row a line: an array of the columns' texts, null for NULL
//! files/<store>/<key>     pictures and what else lies in the storage
//! manifest.json           what has to be in the others: columns, rows and SHA-256 of each table, number and bytes of the files
//! ```

mod archive;
mod check;
mod error;
mod load;
mod manifest;
mod prepare;
mod restore;
mod save;
mod tables;
mod taken;

pub use check::check;
pub use error::BackupError;
pub use manifest::{Manifest, StoreOf, TableOf};
pub use restore::{Restore, restore};
pub use save::{Save, save};

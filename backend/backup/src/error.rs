//! What a backup or its return can fail of.

use std::io;

/// Why there is no backup, or why nothing came back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file cannot be read or written.
    #[error("{0}: {1}")]
    File(String, #[source] io::Error),
    /// The archive is none, or is damaged.
    #[error("the archive cannot be read: {0}")]
    Archive(#[from] zip::result::ZipError),
    /// The archive is one, and not what its list says.
    #[error("the archive is not whole: {0}")]
    Broken(String),
    /// The database refused.
    #[error("the database refused: {0}")]
    Database(#[from] diesel::result::Error),
    /// The database cannot be reached, or a migration failed.
    #[error(transparent)]
    Migrate(#[from] orion_framework::db::migrate::MigrateError),
    /// A table that no role may read whole: what is written without it would look like a backup.
    #[error("{0} cannot be read: neither orion_platform nor orion_app may see all of its rows")]
    Unreadable(String),
    /// Nothing is there that could be kept.
    #[error("{0}")]
    Empty(String),
    /// What was asked for does not fit what is there.
    #[error("{0}")]
    Refused(String),
}

impl BackupError {
    /// An error of the file at `path`.
    pub(crate) fn at(path: &std::path::Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.display().to_string();
        move |error| Self::File(path, error)
    }
}

impl From<serde_json::Error> for BackupError {
    fn from(error: serde_json::Error) -> Self {
        Self::Broken(error.to_string())
    }
}

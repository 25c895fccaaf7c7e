//! What can go wrong with exports, and what a client is told about it.

use orion_framework::db::DbError;
use orion_framework::export::ExportError;
use orion_framework::idempotency::IdempotencyError;
use orion_framework::job::JobError;
use orion_framework::problem::{INTERNAL, ModuleError, ProblemDraft, ProblemKind};
use orion_framework::storage::StorageError;

/// Too many files are being written already.
pub static TOO_MANY_EXPORTS: ProblemKind = ProblemKind {
    code: "transfer.too_many_exports",
    status: 409,
    title: "Other files are still being written",
};
/// The file's time is over.
pub static EXPORT_GONE: ProblemKind = ProblemKind {
    code: "transfer.export_gone",
    status: 410,
    title: "The file is no longer there",
};

/// The kinds above, for the registry.
pub static PROBLEMS: &[&ProblemKind] = &[&TOO_MANY_EXPORTS, &EXPORT_GONE];

/// An error of this module.
#[derive(Debug, thiserror::Error)]
pub enum TransferError {
    /// Too many files are being written for the store.
    #[error("too many exports at once")]
    TooMany,
    /// The file was removed, or never came.
    #[error("the file is gone")]
    Gone,
    /// What was asked for makes no sense, or may not be had.
    #[error("refused")]
    Refused(ProblemDraft),
    /// The records could not be read or written.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// A spreadsheet could not be written.
    #[error("a spreadsheet could not be written")]
    Sheet(#[from] rust_xlsxwriter::XlsxError),
    /// An archive could not be written or read back.
    #[error("an archive could not be written")]
    Zip(#[from] zip::result::ZipError),
    /// An archive reads otherwise than it was written.
    #[error("the archive reads otherwise than it was written: {0}")]
    Broken(String),
    /// The file could not be kept.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The idempotency key.
    #[error(transparent)]
    Idempotency(#[from] IdempotencyError),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<diesel::result::Error> for TransferError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<ProblemDraft> for TransferError {
    fn from(draft: ProblemDraft) -> Self {
        Self::Refused(draft)
    }
}

impl From<std::io::Error> for TransferError {
    fn from(error: std::io::Error) -> Self {
        Self::Export(error.into())
    }
}

impl From<TransferError> for JobError {
    fn from(error: TransferError) -> Self {
        match error {
            // The filter was understood when it was asked for: only another version of the program could take it.
            TransferError::Refused(_) | TransferError::Export(ExportError::Invalid(_)) => Self::Fail(error.to_string()),
            other => Self::Retry(other.to_string()),
        }
    }
}

impl ModuleError for TransferError {
    fn problem(&self) -> ProblemDraft {
        match self {
            Self::TooMany => ProblemDraft::new(&TOO_MANY_EXPORTS).detail("Wait until one of them is done."),
            Self::Gone => ProblemDraft::new(&EXPORT_GONE).detail("Files are kept for a day; ask for another one."),
            Self::Refused(draft) | Self::Export(ExportError::Invalid(draft)) => draft.clone(),
            Self::Storage(error) => error.problem(),
            Self::Idempotency(error) => error.problem(),
            Self::Db(error) | Self::Export(ExportError::Db(error)) => error.problem(),
            Self::Sheet(_) | Self::Zip(_) | Self::Broken(_) | Self::Export(_) => ProblemDraft::new(&INTERNAL),
        }
    }
}

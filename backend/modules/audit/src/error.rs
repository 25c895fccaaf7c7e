//! Why the log cannot be shown, and what a client is told about it.

use orion_framework::db::DbError;
use orion_framework::problem::{ModuleError, ProblemDraft};

/// Why the log cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum AuditError {
    /// The question makes no sense.
    #[error("the question is not understood")]
    Refused(ProblemDraft),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<diesel::result::Error> for AuditError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<ProblemDraft> for AuditError {
    fn from(draft: ProblemDraft) -> Self {
        Self::Refused(draft)
    }
}

impl ModuleError for AuditError {
    fn problem(&self) -> ProblemDraft {
        match self {
            Self::Refused(draft) => draft.clone(),
            Self::Db(error) => error.problem(),
        }
    }
}

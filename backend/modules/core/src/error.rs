//! What can go wrong with menus, and what a client is told about it.

use orion_framework::db::DbError;
use orion_framework::idempotency::IdempotencyError;
use orion_framework::problem::{ModuleError, ProblemDraft, STALE};

/// An error of this module.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CoreError {
    /// Somebody else was faster.
    #[error("changed in the meantime")]
    Stale,
    /// What was asked for makes no sense.
    #[error("refused")]
    Refused(ProblemDraft),
    /// The idempotency key.
    #[error(transparent)]
    Idempotency(#[from] IdempotencyError),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<diesel::result::Error> for CoreError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<ProblemDraft> for CoreError {
    fn from(draft: ProblemDraft) -> Self {
        Self::Refused(draft)
    }
}

impl ModuleError for CoreError {
    fn problem(&self) -> ProblemDraft {
        match self {
            Self::Stale => ProblemDraft::new(&STALE),
            Self::Refused(draft) => draft.clone(),
            Self::Idempotency(error) => error.problem(),
            Self::Db(error) => error.problem(),
        }
    }
}

//! What can go wrong with the module's settings.

use orion_framework::db::DbError;
use orion_framework::problem::{ModuleError, ProblemDraft};

/// A request that cannot be met.
#[derive(Debug, thiserror::Error)]
pub enum PaymentsError {
    /// Something in the request is wrong; the problem says what.
    #[error("{}", .0.kind.code)]
    Refused(ProblemDraft),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<ProblemDraft> for PaymentsError {
    fn from(draft: ProblemDraft) -> Self {
        Self::Refused(draft)
    }
}

impl ModuleError for PaymentsError {
    fn problem(&self) -> ProblemDraft {
        match self {
            Self::Refused(draft) => draft.clone(),
            Self::Db(error) => error.problem(),
        }
    }
}

//! What can go wrong with a provider's call, and what the provider is told about it.

use orion_framework::db::DbError;
use orion_framework::incoming::CallError;
use orion_framework::problem::{BAD_REQUEST, ModuleError, NOT_FOUND, ProblemDraft, ProblemKind};

/// Nobody knows who has sent it.
pub static NOT_VERIFIED: ProblemKind = ProblemKind {
    code: "incoming.not_verified",
    status: 400,
    title: "The signature of the call does not fit",
};

/// The kinds above, for the registry.
pub static PROBLEMS: &[&ProblemKind] = &[&NOT_VERIFIED];

/// An error of this module.
#[derive(Debug, thiserror::Error)]
pub enum IncomingError {
    /// No module of the store listens to such a provider.
    #[error("nobody listens")]
    NobodyListens,
    /// The call is not listened to.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<diesel::result::Error> for IncomingError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl ModuleError for IncomingError {
    fn problem(&self) -> ProblemDraft {
        match self {
            Self::NobodyListens | Self::Call(CallError::NotOffered) => {
                ProblemDraft::new(&NOT_FOUND).detail("This store listens to no such provider.")
            }
            Self::Call(CallError::Unverified(why)) => ProblemDraft::new(&NOT_VERIFIED).detail(format!("It was refused because {why}.")),
            Self::Call(CallError::Unreadable(why)) => ProblemDraft::new(&BAD_REQUEST).detail(format!("The call cannot be read: {why}.")),
            Self::Call(CallError::Db(error)) | Self::Db(error) => error.problem(),
        }
    }
}

//! What can go wrong with API keys, and what a client is told about it.

use orion_framework::auth::VaultError;
use orion_framework::db::DbError;
use orion_framework::idempotency::IdempotencyError;
use orion_framework::problem::{INTERNAL, ModuleError, ProblemDraft, ProblemKind};
use orion_types::api_key::MAX_API_KEYS;
use orion_types::permission::Permission;

/// The store has as many keys as it may have.
pub static TOO_MANY_KEYS: ProblemKind = ProblemKind {
    code: "keys.too_many_keys",
    status: 409,
    title: "The store has as many API keys as it may have",
};
/// The time of the key is over.
pub static KEY_EXPIRED: ProblemKind = ProblemKind {
    code: "keys.expired",
    status: 409,
    title: "The time of this API key is over",
};
/// Nobody hands on a right that they lack.
pub static RIGHT_NOT_HELD: ProblemKind = ProblemKind {
    code: "keys.right_not_held",
    status: 403,
    title: "Nobody gives a key a right that they do not hold themselves",
};

/// The kinds above, for the registry.
pub static PROBLEMS: &[&ProblemKind] = &[&TOO_MANY_KEYS, &KEY_EXPIRED, &RIGHT_NOT_HELD];

/// An error of this module.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// One more key would be too many.
    #[error("too many keys")]
    TooMany,
    /// The key has expired.
    #[error("the key has expired")]
    Expired,
    /// Whoever asks lacks a right that the key would have.
    #[error("{} is not held", .0.key())]
    NotHeld(Permission),
    /// What was asked for makes no sense.
    #[error("refused")]
    Refused(ProblemDraft),
    /// A secret could not be locked away or read.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The idempotency key.
    #[error(transparent)]
    Idempotency(#[from] IdempotencyError),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<diesel::result::Error> for KeyError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<ProblemDraft> for KeyError {
    fn from(draft: ProblemDraft) -> Self {
        Self::Refused(draft)
    }
}

impl ModuleError for KeyError {
    fn problem(&self) -> ProblemDraft {
        match self {
            Self::TooMany => ProblemDraft::new(&TOO_MANY_KEYS).detail(format!("It has {MAX_API_KEYS}; take one away first.")),
            Self::Expired => ProblemDraft::new(&KEY_EXPIRED).detail("Make another one."),
            Self::NotHeld(right) => {
                ProblemDraft::new(&RIGHT_NOT_HELD).field("/scopes", "not_held", format!("holds {}, which you lack", right.key()))
            }
            Self::Refused(draft) => draft.clone(),
            Self::Idempotency(error) => error.problem(),
            Self::Db(error) => error.problem(),
            Self::Vault(_) => ProblemDraft::new(&INTERNAL),
        }
    }
}

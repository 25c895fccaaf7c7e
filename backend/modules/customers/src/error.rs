//! What can go wrong with customers, and what a client is told about it.

use orion_framework::auth::{AuthError, PasswordError};
use orion_framework::db::DbError;
use orion_framework::idempotency::IdempotencyError;
use orion_framework::module::RegisteredError;
use orion_framework::problem::{INTERNAL, ModuleError, ProblemDraft, ProblemKind};

/// Another account of this store has the e-mail address.
///
/// The answer tells that there is an account. A neutral one would have to pretend that registering worked and send the rest by
/// mail, and whoever registers is signed in at once. The brake on attempts makes trying out lists of addresses slow.
pub static EMAIL_TAKEN: ProblemKind = ProblemKind {
    code: "customers.email_taken",
    status: 409,
    title: "There is an account with this e-mail address",
};
/// The address book is full.
pub static TOO_MANY_ADDRESSES: ProblemKind = ProblemKind {
    code: "customers.too_many_addresses",
    status: 409,
    title: "The address book is full",
};

/// The kinds above, for the registry.
pub static PROBLEMS: &[&ProblemKind] = &[&EMAIL_TAKEN, &TOO_MANY_ADDRESSES];

/// An error of this module.
#[derive(Debug, thiserror::Error)]
pub enum CustomersError {
    /// The e-mail address has an account in this store.
    #[error("the e-mail address is taken")]
    EmailTaken,
    /// So many addresses are the most.
    #[error("more than {0} addresses")]
    TooManyAddresses(i64),
    /// Fields are wrong.
    #[error("invalid")]
    Invalid(ProblemDraft),
    /// Signing in did not work.
    #[error(transparent)]
    Auth(#[from] AuthError),
    /// The link that proves the address could not be made.
    #[error(transparent)]
    Registered(#[from] RegisteredError),
    /// The idempotency key.
    #[error(transparent)]
    Idempotency(#[from] IdempotencyError),
    /// The database refused.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<diesel::result::Error> for CustomersError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<PasswordError> for CustomersError {
    fn from(error: PasswordError) -> Self {
        Self::Auth(error.into())
    }
}

impl From<ProblemDraft> for CustomersError {
    fn from(draft: ProblemDraft) -> Self {
        Self::Invalid(draft)
    }
}

impl ModuleError for CustomersError {
    fn problem(&self) -> ProblemDraft {
        match self {
            Self::EmailTaken => {
                ProblemDraft::new(&EMAIL_TAKEN)
                    .detail("Sign in instead.")
                    .field("/email", "taken", "has an account already")
            }
            Self::TooManyAddresses(most) => ProblemDraft::new(&TOO_MANY_ADDRESSES).detail(format!("It holds at most {most} addresses.")),
            Self::Invalid(draft) => draft.clone(),
            Self::Auth(error) => error.problem(),
            Self::Registered(RegisteredError::Db(error)) => error.problem(),
            Self::Registered(RegisteredError::Vault(_)) => ProblemDraft::new(&INTERNAL),
            Self::Idempotency(error) => error.problem(),
            Self::Db(error) => error.problem(),
        }
    }
}

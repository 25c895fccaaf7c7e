//! What can go wrong with webhooks, and what a client is told about it.

use orion_framework::auth::VaultError;
use orion_framework::db::DbError;
use orion_framework::idempotency::IdempotencyError;
use orion_framework::job::JobError;
use orion_framework::problem::{INTERNAL, ModuleError, ProblemDraft, ProblemKind};
use orion_types::webhook::MAX_WEBHOOK_ENDPOINTS;

/// The store has as many endpoints as it may have.
pub static TOO_MANY_ENDPOINTS: ProblemKind = ProblemKind {
    code: "webhooks.too_many_endpoints",
    status: 409,
    title: "The store has as many endpoints as it may have",
};
/// Nothing is sent to an endpoint that is off.
pub static ENDPOINT_OFF: ProblemKind = ProblemKind {
    code: "webhooks.endpoint_off",
    status: 409,
    title: "The endpoint is switched off",
};

/// The kinds above, for the registry.
pub static PROBLEMS: &[&ProblemKind] = &[&TOO_MANY_ENDPOINTS, &ENDPOINT_OFF];

/// An error of this module.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// One more endpoint would be too many.
    #[error("too many endpoints")]
    TooMany,
    /// The endpoint is off.
    #[error("the endpoint is off")]
    Off,
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

impl From<diesel::result::Error> for WebhookError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<ProblemDraft> for WebhookError {
    fn from(draft: ProblemDraft) -> Self {
        Self::Refused(draft)
    }
}

impl From<WebhookError> for JobError {
    fn from(error: WebhookError) -> Self {
        Self::Retry(error.to_string())
    }
}

impl ModuleError for WebhookError {
    fn problem(&self) -> ProblemDraft {
        match self {
            Self::TooMany => ProblemDraft::new(&TOO_MANY_ENDPOINTS).detail(format!("It has {MAX_WEBHOOK_ENDPOINTS}; delete one first.")),
            Self::Off => ProblemDraft::new(&ENDPOINT_OFF).detail("Switch it on first."),
            Self::Refused(draft) => draft.clone(),
            Self::Idempotency(error) => error.problem(),
            Self::Db(error) => error.problem(),
            Self::Vault(_) => ProblemDraft::new(&INTERNAL),
        }
    }
}

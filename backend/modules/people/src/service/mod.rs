//! Use cases.

pub(crate) mod customer_passwords;
pub(crate) mod invitations;
pub(crate) mod joining;
mod rights;
pub(crate) mod second_factor;
pub(crate) mod security;
pub(crate) mod team;
pub(crate) mod user_passwords;

use chrono::TimeDelta;
use orion_framework::auth::{Attempt, AuthError};
use orion_framework::gate::Anonymous;
use orion_framework::problem::{FieldErrors, ProblemDraft};
use orion_types::auth::AskPasswordLink;
use orion_types::validation;
use uuid::Uuid;

/// How long a link for a new password works, and the time in which [`MOST_LINKS`] are sent.
const LINK_LIFETIME: TimeDelta = TimeDelta::hours(1);
/// Links that somebody is sent within that time, whoever asks: nobody's mailbox is to be filled by others.
const MOST_LINKS: i64 = 5;

/// The address that a link is asked for.
fn asked_for(asked: &AskPasswordLink) -> Result<String, ProblemDraft> {
    let mut errors = FieldErrors::default();
    let email = errors.check("/email", validation::email(&asked.email));
    errors.into_result()?;
    Ok(email.unwrap_or_default())
}

/// The house's brake: `what` is slowed down for the client's address; `realm` is a store or nil.
fn brake(anybody: &Anonymous, realm: Uuid, what: &str) -> Result<Attempt, AuthError> {
    let attempt = anybody.services().brake.attempt(realm, what, Some(&anybody.context().ip));
    attempt.map_err(|retry_after| AuthError::TooManyAttempts { retry_after })
}

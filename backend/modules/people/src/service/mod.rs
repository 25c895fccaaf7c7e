//! Use cases.

pub(crate) mod account_state;
pub(crate) mod admin_invitations;
pub(crate) mod admin_joining;
pub(crate) mod admin_roles;
pub(crate) mod customer_emails;
pub(crate) mod customer_passwords;
pub(crate) mod impersonation;
pub(crate) mod invitations;
pub(crate) mod joining;
pub(crate) mod ownership;
pub(crate) mod passkeys;
pub(crate) mod people;
mod rights;
pub(crate) mod roles;
pub(crate) mod second_factor;
pub(crate) mod security;
pub(crate) mod sign_up;
pub(crate) mod team;
pub(crate) mod user_emails;
pub(crate) mod user_passwords;

use chrono::{DateTime, TimeDelta, Utc};
use orion_framework::auth::{Attempt, AuthError};
use orion_framework::gate::Anonymous;
use orion_framework::problem::{FieldErrors, ProblemDraft};
use orion_types::auth::AskPasswordLink;
use orion_types::validation;
use uuid::Uuid;

use crate::error::PeopleError;

/// How long a link for a new password works, and the time in which [`MOST_LINKS`] are sent.
const LINK_LIFETIME: TimeDelta = TimeDelta::hours(1);
/// Links that somebody is sent within that time, whoever asks: nobody's mailbox is to be filled by others.
const MOST_LINKS: i64 = 5;

/// How long a link that proves an address works, and the time in which [`MOST_LINKS`] are sent for one account or to one address.
const EMAIL_LINK_LIFETIME: TimeDelta = TimeDelta::hours(24);
/// Between two of them.
const PAUSE: TimeDelta = TimeDelta::minutes(1);

/// Whether another link that proves an address may be sent after those of the last day, the newest first.
fn room(sent: &[DateTime<Utc>], now: DateTime<Utc>) -> Result<(), PeopleError> {
    let most = usize::try_from(MOST_LINKS).unwrap_or(usize::MAX);
    let full = sent.get(most.saturating_sub(1)).map(|oldest| *oldest + EMAIL_LINK_LIFETIME);
    let free = full.or_else(|| sent.first().map(|newest| *newest + PAUSE));
    let wait = free.map_or(0, |free| (free - now).num_seconds());
    match u32::try_from(wait) {
        Ok(seconds) if seconds > 0 => Err(PeopleError::TooSoon(seconds)),
        _ => Ok(()),
    }
}

/// The address in its normal form, which is to be another one than that of the account.
fn another_address(asked: &str, own: &str) -> Result<String, PeopleError> {
    let mut errors = FieldErrors::default();
    let email = errors.check("/email", validation::email(asked)).unwrap_or_default();
    errors.into_result()?;
    if validation::email_spellings(own).contains(&email) {
        return Err(PeopleError::field("/email", "unchanged", "is the address of the account already"));
    }
    Ok(email)
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mails_keep_a_minute_apart_and_are_five_a_day_at_most() {
        let now = DateTime::from_timestamp(1_790_000_000, 0).unwrap();
        let ago = |minutes: &[i64]| minutes.iter().map(|ago| now - TimeDelta::minutes(*ago)).collect::<Vec<_>>();
        let wait = |minutes: &[i64]| match room(&ago(minutes), now) {
            Err(PeopleError::TooSoon(seconds)) => seconds,
            _ => 0,
        };
        assert_eq!(wait(&[]), 0);
        assert_eq!(wait(&[0]), 60);
        assert_eq!(wait(&[1, 2, 3, 4]), 0);
        assert_eq!(wait(&[1, 2, 3, 4, 24 * 60 - 2]), 120);
        assert_eq!(wait(&[1, 2, 3, 4, 24 * 60]), 0);
    }
}

//! The second step of signing in: a code after the password.

use orion_types::UserId;
use orion_types::auth::AnswerChallenge;
use uuid::Uuid;

use super::users::has_role;
use super::{Signed, brake, count, enter_user, signed_user};
use crate::auth::second_factor::{self, Challenged, Verdict, count_try, end_challenge, find_challenge, lock_challenge};
use crate::auth::{Accounts, AuthError, Started, UserArea};
use crate::db::{Actor, ActorKind, AuditEntry, DbError, PlatformTx};
use crate::tenancy::RequestContext;

/// Somebody came in by a recovery code.
#[derive(Debug, Clone)]
pub struct RecoveryUsed {
    /// Where they get mail.
    pub email: String,
    /// Their name.
    pub name: String,
    /// Codes that still work.
    pub left: i64,
}

/// What a code led to; committed whatever it is, since a wrong one is counted.
enum Answered {
    Session(Started),
    Ended,
    Refused(AuthError),
}

/// Signs in whoever answers a challenge with a code; `told` runs in the same transaction where it was one for recovery.
///
/// # Errors
/// [`AuthError::ChallengeEnded`], [`AuthError::WrongCode`], [`AuthError::TooManyAttempts`].
pub async fn answer_challenge(
    accounts: Accounts<'_>,
    context: &RequestContext,
    area: UserArea,
    answer: AnswerChallenge,
    told: impl FnOnce(&mut PlatformTx, RecoveryUsed) -> Result<(), DbError> + Send + 'static,
) -> Result<Signed, AuthError> {
    let backend = accounts.0;
    let token = answer.challenge.clone();
    let look = move |tx: &mut PlatformTx| find_challenge(tx, area, &token);
    let found = backend.platform_tx(Actor::system("sign-in"), context.meta(), look).await?;
    // Who has no challenge is slowed down like somebody who has one.
    let whose = found.as_ref().map_or_else(|| "nobody".to_owned(), |found| found.user.to_string());
    let attempt = brake(backend, context, area.audience(), Uuid::nil(), &format!("second step {whose}"))?;
    let Some(challenged) = found else {
        count(area.audience(), "refused");
        return Err(AuthError::ChallengeEnded);
    };
    let actor = Actor {
        kind: ActorKind::User,
        id: Some(challenged.user),
        label: challenged.email.clone(),
        impersonation: None,
    };
    let user = UserId(challenged.user);
    let vault = backend.vault.clone();
    let work = move |tx: &mut PlatformTx| {
        if !lock_challenge(tx, area, &answer.challenge, &challenged)? || !has_role(tx, challenged.user, area)? {
            tx.no_audit("there is nothing to answer any more");
            return Ok::<_, AuthError>(Answered::Ended);
        }
        let verdict = second_factor::check(tx, &vault, user, &answer.one_time_code)?;
        if let Err(refused) = verdict.into_result() {
            if verdict == Verdict::Wrong {
                count_try(tx, challenged.id)?;
            }
            note_refusal(tx, area, &challenged);
            return Ok(Answered::Refused(refused));
        }
        end_challenge(tx, challenged.id)?;
        if let Verdict::Recovery { left } = verdict {
            let entry = AuditEntry::new("user.recovery_code_used", "users", challenged.user);
            tx.audit(None, entry.note("area", area.audience().as_str()).note("left", left));
            told(tx, challenged.used(left))?;
        }
        Ok(Answered::Session(enter_user(tx, area, user)?))
    };
    match backend.platform_tx(actor, context.meta(), work).await? {
        Answered::Session(started) => {
            backend.brake.succeeded(attempt);
            signed_user(accounts, context, area, user, &started)
        }
        Answered::Ended => {
            count(area.audience(), "refused");
            Err(AuthError::ChallengeEnded)
        }
        Answered::Refused(refused) => {
            count(area.audience(), "refused");
            Err(refused)
        }
    }
}

fn note_refusal(tx: &mut PlatformTx, area: UserArea, challenged: &Challenged) {
    let entry = AuditEntry::new("user.second_factor_refused", "users", challenged.user);
    tx.audit(None, entry.note("area", area.audience().as_str()));
}

impl Challenged {
    fn used(&self, left: i64) -> RecoveryUsed {
        RecoveryUsed {
            email: self.email.clone(),
            name: self.name.clone(),
            left,
        }
    }
}

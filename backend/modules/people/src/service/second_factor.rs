//! The second factor of whoever is signed in: set up, confirmed, its recovery codes made anew, turned off. Each change is told by mail, so that
//! whoever has not made it learns of it.

use orion_framework::Services;
use orion_framework::auth::flow::{self, RecoveryUsed, Signed};
use orion_framework::auth::second_factor::{self, Setup, Verdict};
use orion_framework::auth::{AuthError, SessionTable, UserArea, UserSessions};
use orion_framework::db::{AuditEntry, DbError, PlatformTx};
use orion_framework::gate::{Anonymous, UserIdentity};
use orion_framework::mail;
use orion_framework::problem::FieldErrors;
use orion_framework::tenancy::RequestContext;
use orion_types::UserId;
use orion_types::auth::{AnswerChallenge, RecoveryCodeSet, ResetSecondFactor, SecondFactor, SecondFactorSetup};
use orion_types::validation;
use qrcode::QrCode;
use qrcode::render::svg;

use crate::error::PeopleError;
use crate::letter::Letter;
use crate::queries::{self, users};
use crate::service::passkeys;

/// Edge of the picture, in its own units; pages show it in any size.
const PICTURE_EDGE: u32 = 240;

/// As it is. Looking is no change.
pub(crate) fn read(tx: &mut PlatformTx, user: &UserIdentity) -> Result<SecondFactor, DbError> {
    tx.no_audit("a look at one's own account");
    second_factor::read(tx, user.id)
}

/// Whose the code is, for the app that shows it: the platform of the request, else the program.
pub(crate) fn issuer(context: &RequestContext) -> String {
    let platform = context.platform.as_ref().map(|platform| platform.name.clone());
    platform.unwrap_or_else(|| "Orion".to_owned())
}

/// Makes a secret for an app; whoever asks has given their password.
pub(crate) fn start(tx: &mut PlatformTx, services: &Services, issuer: &str, user: &UserIdentity) -> Result<SecondFactorSetup, PeopleError> {
    passkeys::guard(tx, user)?;
    let Setup { secret, uri } = second_factor::start(tx, &services.vault, issuer, (user.id, &user.email))?;
    tx.audit(None, AuditEntry::new("user.second_factor_started", "users", user.id.0));
    let picture = QrCode::new(uri.as_bytes()).map_err(|_| PeopleError::Picture)?;
    let picture = picture
        .render::<svg::Color<'_>>()
        .min_dimensions(PICTURE_EDGE, PICTURE_EDGE)
        .build();
    Ok(SecondFactorSetup {
        secret,
        secret_uri: uri,
        secret_picture: picture,
    })
}

/// Turns it on. Every other session ends: none of them has given a code.
pub(crate) fn confirm(
    tx: &mut PlatformTx,
    services: &Services,
    (area, user): (UserArea, &UserIdentity),
    code: &str,
) -> Result<RecoveryCodeSet, PeopleError> {
    passkeys::guard(tx, user)?;
    let recovery_codes = second_factor::confirm(tx, &services.vault, user.id, code)?;
    let ended = UserSessions::new(tx, area).revoke_all(user.id.0, Some(user.session_id))?;
    let entry = AuditEntry::new("user.second_factor_on", "users", user.id.0);
    tx.audit(None, entry.note("sessions_ended", ended.len()));
    let said = "Signing in to your account takes a code of your authenticator app from now on. All other devices are signed out.";
    tell(tx, services, user, ("The second factor is on", said))?;
    Ok(RecoveryCodeSet { recovery_codes })
}

/// What came of a code. A wrong one is counted, so the transaction is committed before it is told.
pub(crate) type Proved<T> = Result<T, AuthError>;

fn proved(tx: &mut PlatformTx, services: &Services, user: &UserIdentity, code: &str) -> Result<Proved<Verdict>, PeopleError> {
    let verdict = second_factor::check(tx, &services.vault, user.id, code)?;
    if let Err(refused) = verdict.into_result() {
        tx.audit(None, AuditEntry::new("user.second_factor_refused", "users", user.id.0));
        return Ok(Err(refused));
    }
    Ok(Ok(verdict))
}

/// Makes other recovery codes; those before are worth nothing from then on.
pub(crate) fn renew_codes(
    tx: &mut PlatformTx,
    services: &Services,
    user: &UserIdentity,
    code: &str,
) -> Result<Proved<RecoveryCodeSet>, PeopleError> {
    if let Err(refused) = proved(tx, services, user, code)? {
        return Ok(Err(refused));
    }
    let recovery_codes = second_factor::renew_codes(tx, user.id)?;
    tx.audit(None, AuditEntry::new("user.recovery_codes_renewed", "users", user.id.0));
    let said = "The recovery codes of your account were made anew. Those before are worth nothing any more.";
    tell(tx, services, user, ("You have new recovery codes", said))?;
    Ok(Ok(RecoveryCodeSet { recovery_codes }))
}

/// Turns it off.
pub(crate) fn turn_off(tx: &mut PlatformTx, services: &Services, user: &UserIdentity, code: &str) -> Result<Proved<()>, PeopleError> {
    if let Err(refused) = proved(tx, services, user, code)? {
        return Ok(Err(refused));
    }
    second_factor::turn_off(tx, user.id)?;
    tx.audit(None, AuditEntry::new("user.second_factor_off", "users", user.id.0));
    let said = "Signing in to your account takes the password alone from now on.";
    tell(tx, services, user, ("The second factor is off", said))?;
    Ok(Ok(()))
}

/// Tells somebody by mail what has become of their account.
pub(super) fn tell(tx: &mut PlatformTx, services: &Services, user: &UserIdentity, said: (&str, &str)) -> Result<(), DbError> {
    send(tx, services, (&user.name, &user.email), said)
}

fn send(tx: &mut PlatformTx, services: &Services, (name, email): (&str, &str), (subject, said): (&str, &str)) -> Result<(), DbError> {
    let letter = Letter {
        subject: subject.to_owned(),
        paragraphs: vec![
            format!("Hello {name},"),
            said.to_owned(),
            "If it was not you, change your password at once, and tell whoever runs the platform.".to_owned(),
        ],
        ..Letter::default()
    };
    let id = tx.new_id();
    mail::queue_for_platform(tx, services, &letter.to(email, format!("second-factor:{id}")), None)
}

/// Takes the factor and the passkeys away from somebody who has lost them, at the word of whoever runs the platform: every session of theirs ends,
/// and a mail says so.
///
/// # Errors
/// When the address has no account with a second factor or passkeys, or no reason is given.
pub fn reset(tx: &mut PlatformTx, services: &Services, asked: &ResetSecondFactor) -> Result<(), PeopleError> {
    let mut errors = FieldErrors::default();
    let email = errors.check("/email", validation::email(&asked.email)).unwrap_or_default();
    if asked.reason.trim().is_empty() {
        errors.add("/reason", "required", "must say why");
    }
    errors.into_result()?;
    let none = || PeopleError::field("/email", "no_second_factor", "is of no account with a second factor or passkeys");
    let user = users::lock_by_email(tx.conn(), UserArea::Store, &email)?.ok_or_else(none)?;
    let was_on = second_factor::turn_off(tx, UserId(user.id))?;
    let removed = queries::passkeys::delete_all(tx.conn(), user.id)?;
    if !was_on && removed == 0 {
        return Err(none());
    }
    let ended = UserSessions::new(tx, UserArea::Store).revoke_all(user.id, None)?;
    let entry = AuditEntry::new("user.second_factor_reset", "users", user.id).note("reason", asked.reason.trim());
    tx.audit(None, entry.note("sessions_ended", ended.len()).note("passkeys_removed", removed));
    let said = "Whoever runs the platform has turned the second factor of your account off and removed its passkeys. All devices are signed out; set up \
                another one when you sign in.";
    Ok(send(
        tx,
        services,
        (&user.name, &user.email),
        ("The second factor was turned off", said),
    )?)
}

/// Signs in with a code after the password.
pub(crate) async fn sign_in(anybody: &Anonymous, area: UserArea, answer: AnswerChallenge) -> Result<Signed, PeopleError> {
    let services = anybody.services().clone();
    let told = move |tx: &mut PlatformTx, used: RecoveryUsed| {
        let left = used.left;
        let said = format!("Somebody, most likely you, has signed in with a recovery code. Codes that are left: {left}.");
        send(tx, &services, (&used.name, &used.email), ("A recovery code was used", &said))
    };
    Ok(flow::answer_challenge(anybody.accounts(), anybody.context(), area, answer, told).await?)
}

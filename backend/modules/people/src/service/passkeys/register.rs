//! A new passkey.

use orion_framework::Services;
use orion_framework::auth::{UserArea, note_passkey};
use orion_framework::db::{AuditEntry, DbError, PlatformTx};
use orion_framework::gate::UserIdentity;
use orion_framework::problem::FieldErrors;
use orion_types::passkey::{CreatePasskey, MAX_PASSKEYS, Passkey, PasskeyChallenge};
use orion_types::validation;
use webauthn_rs::prelude::{CredentialID, Passkey as Signed, PasskeyRegistration, RegisterPublicKeyCredential};

use super::challenge::{open, take, unwritten};
use super::{Site, ceremony, guard, read, shown};
use crate::error::PeopleError;
use crate::queries::passkey_challenges::Asked;
use crate::queries::passkeys::{self, CREDENTIAL, NewPasskey, PasskeyRow};
use crate::queries::users;
use crate::service::second_factor::tell;

fn asked(site: &Site, area: UserArea, user: &UserIdentity) -> Asked {
    Asked {
        user: Some(user.id.0),
        area: area.audience().as_str(),
        host: site.host.clone(),
    }
}

/// Those that the account has, with the account held, so that two who come at once do not make one too many.
fn held(tx: &mut PlatformTx, area: UserArea, user: &UserIdentity) -> Result<Vec<PasskeyRow>, PeopleError> {
    users::lock(tx.conn(), area, user.id.0)?.ok_or(DbError::NotFound)?;
    let own = passkeys::list(tx.conn(), user.id.0)?;
    if own.len() >= MAX_PASSKEYS {
        return Err(PeopleError::TooManyPasskeys);
    }
    Ok(own)
}

/// Makes what a device is to sign; whoever asks has given their password, and a code where the account has a second factor.
pub(crate) fn start(tx: &mut PlatformTx, site: &Site, area: UserArea, user: &UserIdentity) -> Result<PasskeyChallenge, PeopleError> {
    guard(tx, user)?;
    let own = held(tx, area, user)?;
    let here = own.into_iter().filter(|row| row.host == site.host);
    let known: Vec<CredentialID> = here.map(|row| row.credential_id).collect();
    let (options, state) = ceremony::begin(site, (user.id.0, &user.email, &user.name), known)?;
    tx.audit(None, AuditEntry::new("user.passkey_started", "users", user.id.0));
    open(tx, &asked(site, area, user), &options, &state)
}

/// What came of an answer. It uses the challenge up whatever it is, so the transaction is committed before a refusal is told.
pub(crate) type Answered<T> = Result<T, PeopleError>;

/// What somebody has sent, as far as it can be read without using the challenge up: a slip in the name costs nothing.
pub(crate) struct Answer {
    pub(super) name: String,
    pub(super) challenge: String,
    pub(super) credential: RegisterPublicKeyCredential,
}

impl Answer {
    /// # Errors
    /// Fields that are wrong.
    pub(crate) fn of(sent: &CreatePasskey) -> Result<Self, PeopleError> {
        Ok(Self {
            name: checked_name(&sent.name)?,
            challenge: sent.challenge.clone(),
            credential: read(&sent.credential)?,
        })
    }
}

/// What a passkey may be called.
pub(super) fn checked_name(name: &str) -> Result<String, PeopleError> {
    let mut errors = FieldErrors::default();
    let name = errors.check("/name", validation::name(name).map(str::to_owned)).unwrap_or_default();
    errors.into_result()?;
    Ok(name)
}

fn checked(
    site: &Site,
    user: &UserIdentity,
    (answer, own): (&Answer, &[PasskeyRow]),
    state: &PasskeyRegistration,
) -> Result<Signed, PeopleError> {
    // The library refuses it too, and says something else.
    if own.iter().any(|row| row.credential_id == answer.credential.raw_id) {
        return Err(PeopleError::PasskeyKnown);
    }
    ceremony::made(site, &answer.credential, state, user.id.0)
}

/// Adds the passkey that has signed. This session counts as made by it from then on; no other ends.
pub(crate) fn finish(
    tx: &mut PlatformTx,
    services: &Services,
    site: &Site,
    (area, user): (UserArea, &UserIdentity),
    answer: Answer,
) -> Result<Answered<Passkey>, PeopleError> {
    let Some(state) = take::<PasskeyRegistration>(tx, &asked(site, area, user), &answer.challenge)? else {
        return Err(PeopleError::PasskeyChallengeEnded);
    };
    let may = guard(tx, user).and_then(|()| held(tx, area, user));
    match may.and_then(|own| checked(site, user, (&answer, &own), &state)) {
        Ok(signed) => keep(tx, services, site, user, (answer.name, &signed)).map(Ok),
        Err(refused) => {
            tx.audit(None, AuditEntry::new("user.passkey_not_added", "users", user.id.0));
            Ok(Err(refused))
        }
    }
}

fn keep(
    tx: &mut PlatformTx,
    services: &Services,
    site: &Site,
    user: &UserIdentity,
    (name, signed): (String, &Signed),
) -> Result<Passkey, PeopleError> {
    let new = NewPasskey {
        id: tx.new_id(),
        user_id: user.id.0,
        host: site.host.clone(),
        name,
        credential_id: signed.cred_id().clone(),
        credential: serde_json::to_value(signed).map_err(unwritten)?,
        created_at: tx.now(),
    };
    let row = passkeys::insert(tx.conn(), &new).map_err(|error| match DbError::from(error) {
        error if error.is_unique(CREDENTIAL) => PeopleError::PasskeyKnown,
        error => error.into(),
    })?;
    note_passkey(tx, user.session_id, (row.id, &row.host))?;
    let entry = AuditEntry::new("user.passkey_added", "user_passkeys", row.id);
    tx.audit(None, entry.note("user", user.id.0).note("name", &row.name).note("host", &row.host));
    let said = format!(
        "Your account has a new passkey, \"{}\". Whoever has it signs in at {} without your password.",
        row.name, row.host
    );
    tell(tx, services, user, ("A passkey was added", &said))?;
    Ok(shown(row, &site.host))
}

//! A new passkey of a customer.

use orion_framework::db::{AuditEntry, DbError, StoreTx};
use orion_i18n::Text;
use orion_types::CustomerId;
use orion_types::passkey::{MAX_PASSKEYS, Passkey, PasskeyChallenge};
use webauthn_rs::prelude::{CredentialID, Passkey as Signed, PasskeyRegistration};

use super::{open, take, tell};
use crate::error::PeopleError;
use crate::queries::customer_passkey_challenges::Asked;
use crate::queries::customer_passkeys::{self as passkeys, CREDENTIAL, NewPasskey};
use crate::queries::customers::{self, CustomerRow};
use crate::queries::passkeys::PasskeyRow;
use crate::service::passkeys::challenge::unwritten;
use crate::service::passkeys::register::{Answer, Answered};
use crate::service::passkeys::{Site, ceremony, shown};

fn asked(site: &Site, customer: CustomerId) -> Asked {
    Asked {
        customer: Some(customer.0),
        host: site.host.clone(),
    }
}

/// Those that the account has, with the account held, so that two who come at once do not make one too many.
fn held(tx: &mut StoreTx, customer: CustomerId) -> Result<(CustomerRow, Vec<PasskeyRow>), PeopleError> {
    let owner = customers::lock(tx, customer.0)?.ok_or(DbError::NotFound)?;
    let own = passkeys::list(tx, customer.0)?;
    if own.len() >= MAX_PASSKEYS {
        return Err(PeopleError::TooManyPasskeys);
    }
    Ok((owner, own))
}

/// Makes what a device is to sign; whoever asks has given their password.
pub(crate) fn start(tx: &mut StoreTx, site: &Site, customer: CustomerId) -> Result<PasskeyChallenge, PeopleError> {
    let (owner, own) = held(tx, customer)?;
    let here = own.into_iter().filter(|row| row.host == site.host);
    let known: Vec<CredentialID> = here.map(|row| row.credential_id).collect();
    let (options, state) = ceremony::begin(site, (owner.id, &owner.email, &owner.name), known)?;
    tx.audit(AuditEntry::new("customer.passkey_started", "customers", owner.id));
    open(tx, &asked(site, customer), &options, &state)
}

/// Adds the passkey that has signed. What came of the answer uses the challenge up whatever it is, so the transaction is committed before a refusal
/// is told.
pub(crate) fn finish(tx: &mut StoreTx, site: &Site, customer: CustomerId, answer: Answer) -> Result<Answered<Passkey>, PeopleError> {
    // The account before its challenge, as whoever chooses another password by a link holds them: a request that was under way finds none any more.
    customers::lock(tx, customer.0)?.ok_or(DbError::NotFound)?;
    let Some(state) = take::<PasskeyRegistration>(tx, &asked(site, customer), &answer.challenge)? else {
        return Err(PeopleError::PasskeyChallengeEnded);
    };
    let checked = held(tx, customer).and_then(|(owner, own)| {
        // The library refuses it too, and says something else.
        if own.iter().any(|row| row.credential_id == answer.credential.raw_id) {
            return Err(PeopleError::PasskeyKnown);
        }
        let signed = ceremony::made(site, &answer.credential, &state, owner.id)?;
        Ok((owner, signed))
    });
    match checked {
        Ok((owner, signed)) => keep(tx, site, &owner, (answer.name, &signed)).map(Ok),
        Err(refused) => {
            tx.audit(AuditEntry::new("customer.passkey_not_added", "customers", customer.0));
            Ok(Err(refused))
        }
    }
}

fn keep(tx: &mut StoreTx, site: &Site, owner: &CustomerRow, (name, signed): (String, &Signed)) -> Result<Passkey, PeopleError> {
    let new = NewPasskey {
        customer: owner.id,
        host: site.host.clone(),
        name,
        credential_id: signed.cred_id().clone(),
        credential: serde_json::to_value(signed).map_err(unwritten)?,
    };
    let row = passkeys::insert(tx, &new).map_err(|error| match DbError::from(error) {
        error if error.is_unique(CREDENTIAL) => PeopleError::PasskeyKnown,
        error => error.into(),
    })?;
    let entry = AuditEntry::new("customer.passkey_added", "customer_passkeys", row.id).note("customer", owner.id);
    tx.audit(entry.note("name", &row.name).note("host", &row.host));
    tell(tx, owner, &row, (Text::MailPasskeyAddedSubject, Text::MailPasskeyAddedText))?;
    Ok(shown(row, &site.host))
}

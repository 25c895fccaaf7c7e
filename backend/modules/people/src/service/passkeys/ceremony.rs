//! The two ceremonies of the standard, whoever the account belongs to.

use orion_framework::db::read_json;
use serde_json::{Value, json};
use uuid::Uuid;
use webauthn_rs::prelude::{
    AuthenticationResult, CredentialID, DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, WebauthnError,
};

use super::challenge::unwritten;
use super::{Site, broken};
use crate::error::PeopleError;

/// What a device is to sign for a new passkey of an account (its id, address and name) that has the `known` ones at this host, and what the answer
/// will be checked by.
pub(super) fn begin(
    site: &Site,
    (id, email, name): (Uuid, &str, &str),
    known: Vec<CredentialID>,
) -> Result<(Value, PasskeyRegistration), PeopleError> {
    let begun = site.webauthn.start_passkey_registration(id, email, name, Some(known));
    let (options, state) = begun.map_err(broken)?;
    let mut options = serde_json::to_value(options.public_key).map_err(unwritten)?;
    // The device is to know the account, so that nobody has to type who they are; the library asks for less.
    options["authenticatorSelection"]["residentKey"] = json!("required");
    options["authenticatorSelection"]["requireResidentKey"] = json!(true);
    Ok((options, state))
}

/// The passkey that an account's device has made.
pub(super) fn made(
    site: &Site,
    credential: &RegisterPublicKeyCredential,
    state: &PasskeyRegistration,
    owner: Uuid,
) -> Result<Passkey, PeopleError> {
    let signed = site.webauthn.finish_passkey_registration(credential, state);
    signed.map_err(|error| {
        tracing::info!(%error, %owner, "a new passkey was refused");
        let detail = "was not taken: it is for another address, or of a kind that is not known here";
        PeopleError::field("/credential", "refused", detail)
    })
}

/// What somebody brings who signs in.
pub(super) struct Brought {
    pub(super) site: Site,
    pub(super) state: DiscoverableAuthentication,
    pub(super) credential: PublicKeyCredential,
    /// The passkey that the device has named.
    pub(super) passkey: Uuid,
    /// The account that it is of.
    pub(super) owner: Uuid,
}

/// What a signature was worth.
pub(super) enum Judged {
    /// It is the passkey's; this is kept of it from then on.
    Signed(Value),
    /// Its counter has not gone on: another device has the same key, or has had it.
    Copied,
    /// It is none of it.
    Refused,
}

impl Brought {
    /// Looks at the signature by what was kept of the passkey.
    pub(super) fn judge(&self, kept: Value) -> Result<Judged, PeopleError> {
        let mut known: Passkey = read_json(kept)?;
        let (owner, passkey) = (self.owner, self.passkey);
        match self.verify(&known) {
            Ok(result) => {
                known.update_credential(&result);
                Ok(Judged::Signed(serde_json::to_value(&known).map_err(unwritten)?))
            }
            Err(WebauthnError::CredentialPossibleCompromise) => {
                tracing::warn!(%owner, %passkey, "a passkey was refused that may have been copied: its counter has not gone on");
                Ok(Judged::Copied)
            }
            Err(error) => {
                tracing::info!(%error, %owner, %passkey, "a passkey was refused");
                Ok(Judged::Refused)
            }
        }
    }

    fn verify(&self, known: &Passkey) -> Result<AuthenticationResult, WebauthnError> {
        let Self {
            site, credential, state, ..
        } = self;
        let (named, _) = site.webauthn.identify_discoverable_authentication(credential)?;
        if named != self.owner {
            return Err(WebauthnError::InvalidUserUniqueId);
        }
        site.webauthn
            .finish_discoverable_authentication_v2(credential, state.clone(), known)
    }
}

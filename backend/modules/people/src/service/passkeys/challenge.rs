//! What a device is to sign, on its way to the browser and back.

use orion_framework::db::PlatformTx;
use orion_types::passkey::PasskeyChallenge;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::LIFETIME;
use crate::error::PeopleError;
use crate::queries::passkey_challenges::{self, Asked};
use crate::token::Token;

/// A challenge before it is kept.
pub(super) struct Made {
    /// Of the token, for the table.
    pub(super) hash: Vec<u8>,
    /// What the answer will be checked by.
    pub(super) state: Value,
    /// What the browser gets.
    pub(super) shown: PasskeyChallenge,
}

/// Makes one.
pub(super) fn make(options: &impl Serialize, state: &impl Serialize) -> Result<Made, PeopleError> {
    let token = Token::random();
    let shown = PasskeyChallenge {
        token: token.reveal().to_owned(),
        options: serde_json::to_string(options).map_err(unwritten)?,
        expires_in: u32::try_from(LIFETIME.num_seconds()).unwrap_or_default(),
    };
    Ok(Made {
        hash: token.hash(),
        state: serde_json::to_value(state).map_err(unwritten)?,
        shown,
    })
}

/// Keeps what the answer will be checked by, and makes what the browser gets.
pub(super) fn open(
    tx: &mut PlatformTx,
    asked: &Asked,
    options: &impl Serialize,
    state: &impl Serialize,
) -> Result<PasskeyChallenge, PeopleError> {
    let (id, now, made) = (tx.new_id(), tx.now(), make(options, state)?);
    passkey_challenges::insert(tx.conn(), id, asked, (&made.hash, &made.state), (now, now + LIFETIME))?;
    Ok(made.shown)
}

/// Uses one up; `None` when it is none, none any more, or somebody else's.
pub(super) fn take<T: DeserializeOwned>(tx: &mut PlatformTx, asked: &Asked, token: &str) -> Result<Option<T>, PeopleError> {
    let Some(token) = Token::parse(token) else { return Ok(None) };
    let now = tx.now();
    let state = passkey_challenges::take(tx.conn(), &token.hash(), asked, now)?;
    Ok(state.map(orion_framework::db::read_json).transpose()?)
}

/// What cannot be written down.
pub(super) fn unwritten(error: serde_json::Error) -> PeopleError {
    PeopleError::Passkeys(error.to_string())
}

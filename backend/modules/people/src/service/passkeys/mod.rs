//! Passkeys of people who sign in to the administration or to dashboards, and of a shop's customers (WebAuthn, level 3): made, listed, removed, and
//! signed in with.
//!
//! ```text
//! password (and code) ── a challenge, for one account ── the device signs it ── a passkey
//!              nobody ── a challenge, for anybody     ── the device signs it, and says whose it is ── a session
//! ```
//!
//! A passkey is bound to the exact host of the page that it was made on: with the name of a parent, every store's page could ask for the passkeys of
//! all the others. What a device is to sign is kept here, works once, for five minutes, in one area and at one host.

mod ceremony;
mod challenge;
pub(crate) mod customers;
pub(crate) mod own;
pub(crate) mod register;
pub(crate) mod sign_in;

use std::time::Duration;

use chrono::TimeDelta;
use orion_framework::Services;
use orion_framework::db::PlatformTx;
use orion_framework::gate::UserIdentity;
use orion_framework::tenancy::RequestContext;
use orion_types::passkey::Passkey;
use orion_types::{PasskeyId, Timestamp};
use serde::de::DeserializeOwned;
use url::Url;
use webauthn_rs::prelude::{Webauthn, WebauthnBuilder, WebauthnError};

use super::second_factor::issuer;
use crate::error::PeopleError;
use crate::queries::passkeys::{self, PasskeyRow};

/// How long a challenge can be answered: as long as the browser waits for the device.
const LIFETIME: TimeDelta = TimeDelta::minutes(5);

/// The address of a page, and what checks signatures for it.
pub(crate) struct Site {
    host: String,
    webauthn: Webauthn,
}

impl Site {
    /// That of a request. Scheme and port are those of every public address; the host is one that leads here, and what the browser has signed names
    /// the page's own.
    pub(crate) fn of(services: &Services, context: &RequestContext) -> Result<Self, PeopleError> {
        Self::named(services, context, &issuer(context))
    }

    /// Likewise, called as a device is to call it.
    fn named(services: &Services, context: &RequestContext, name: &str) -> Result<Self, PeopleError> {
        let host = context.host.clone();
        let origin = Url::parse(&services.config.origin().of(&host)).map_err(|_| PeopleError::NoPasskeysHere)?;
        let builder = WebauthnBuilder::new(&host, &origin).map_err(|_| PeopleError::NoPasskeysHere)?;
        let wait = Duration::from_secs(LIFETIME.num_seconds().unsigned_abs());
        let webauthn = builder.rp_name(name).timeout(wait).build().map_err(broken)?;
        Ok(Self { host, webauthn })
    }
}

/// What no request is to blame for.
fn broken(error: WebauthnError) -> PeopleError {
    PeopleError::Passkeys(error.to_string())
}

/// What a browser has sent.
fn read<T: DeserializeOwned>(credential: &str) -> Result<T, PeopleError> {
    serde_json::from_str(credential)
        .map_err(|_| PeopleError::field("/credential", "malformed", "is not what a browser answers (`toJSON()`)"))
}

/// Whoever has found out the password of an account with passkeys is not to make another way in for themselves, nor to take the owner's away: there
/// something else than the password stands behind the session.
///
/// # Errors
/// [`PeopleError::PasskeyNeeded`].
pub(crate) fn guard(tx: &mut PlatformTx, user: &UserIdentity) -> Result<(), PeopleError> {
    if user.has_proved_more() || !passkeys::has_any(tx.conn(), user.id.0)? {
        return Ok(());
    }
    Err(PeopleError::PasskeyNeeded)
}

fn shown(row: PasskeyRow, host: &str) -> Passkey {
    Passkey {
        id: PasskeyId(row.id),
        name: row.name,
        here: row.host == host,
        host: row.host,
        created_at: Timestamp::from(row.created_at),
        last_used_at: row.last_used_at.map(Timestamp::from),
    }
}

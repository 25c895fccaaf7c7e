//! Stores that people open by themselves.
//!
//! ```text
//! asked for a store ── a job looks whether the address has an account ── a mail: the link that confirms it, or "sign in to open it"
//!     └── the link is followed, name and password are chosen: account, store and the owner's place in one transaction
//!             └── the way into the dashboard at the store's own host, once and for five minutes
//! ```
//!
//! The password is chosen at the link and not before: nobody prepares an account with a password of their own for somebody else's address, and no
//! password is kept of somebody who never comes back.

mod ask;
mod confirm;
mod open;
mod policy;

use std::sync::Arc;

use chrono::TimeDelta;
use orion_framework::db::{DbError, PlatformTx};
use orion_framework::tenancy::{PlatformContext, RequestContext};
use orion_types::PlatformId;
use uuid::Uuid;

pub(crate) use ask::{ask, check_code, offer, send_link};
pub(crate) use confirm::{confirm, look_up};
pub(crate) use open::{create, enter};
pub(crate) use policy::{read, update};

use crate::error::PeopleError;
use crate::queries::sign_up_policies::{self as policies, SignUpPolicyRow};

/// How long a link that confirms an address works, and the time in which so many mails are sent to one.
const LIFETIME: TimeDelta = TimeDelta::hours(24);

/// The platform whose own host the request came to. That of a store is its merchant's door and no platform's, and the machine's own name belongs to none.
fn host_of(context: &RequestContext) -> Option<&Arc<PlatformContext>> {
    context.platform.as_ref().filter(|_| context.store.is_none())
}

/// The same, where it has to be one.
///
/// # Errors
/// [`PeopleError::SignUpClosed`] elsewhere.
fn platform_of(context: &RequestContext) -> Result<Arc<PlatformContext>, PeopleError> {
    host_of(context).cloned().ok_or(PeopleError::SignUpClosed)
}

/// Whether people open stores on a platform by themselves.
///
/// # Errors
/// When the database does not answer.
pub fn is_open(tx: &mut PlatformTx, platform: PlatformId) -> Result<bool, DbError> {
    tx.no_audit("a look at the policy");
    let policy = policies::find(tx.conn(), platform.0)?;
    Ok(policy.is_some_and(|row| row.allowed))
}

/// The policy of a platform that lets people open stores.
fn open_policy(tx: &mut PlatformTx, platform: Uuid) -> Result<SignUpPolicyRow, PeopleError> {
    let policy = policies::find(tx.conn(), platform)?;
    policy.filter(|row| row.allowed).ok_or(PeopleError::SignUpClosed)
}

//! What providers tell a store by themselves: a charge went through, a parcel has arrived. A module says here whom it listens to; another one
//! takes the calls, keeps each event once, and hands it on.

use actix_web::http::header::HeaderMap;
use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::config::Config;
use crate::db::{DbError, StoreTx};
use crate::job::JobError;
use crate::standard_webhooks::Unverified;

/// A call as it came.
#[derive(Debug)]
pub struct Call<'a> {
    /// Its headers.
    pub headers: &'a HeaderMap,
    /// The bytes that were signed.
    pub body: &'a [u8],
    /// When it came.
    pub now: DateTime<Utc>,
}

/// What a call tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// The provider's id of this event and no other: who is told twice knows by it. At most [`MAX_NAME`] bytes.
    pub event_id: String,
    /// What has happened, in the provider's words, such as `charge.updated`. At most [`MAX_NAME`] bytes.
    pub event: String,
    /// All of it.
    pub body: Value,
}

/// Longest id and longest name of an event, in bytes.
pub const MAX_NAME: usize = 200;

/// Why a call is not listened to.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// The store has nothing to do with this provider.
    #[error("the store does not listen to this provider")]
    NotOffered,
    /// Nobody knows who has sent it.
    #[error(transparent)]
    Unverified(#[from] Unverified),
    /// It is the provider's and makes no sense.
    #[error("the call cannot be read: {0}")]
    Unreadable(&'static str),
    /// The secret cannot be read.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// What came of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// Something was done about it.
    Done,
    /// It is about nothing of this store, or about nothing that matters.
    Ignored,
}

/// Somebody who calls.
///
/// Events come more than once, late, and in any order. An event is handed on once; its order is for [`IncomingSource::handle`] to bear, best by
/// asking the provider how things stand instead of believing what it told.
#[derive(Clone, Copy)]
pub struct IncomingSource {
    /// What the address ends with: kebab-case, unique over all modules.
    pub name: &'static str,
    /// Finds out who calls and what they tell. It writes nothing.
    pub read: fn(&mut StoreTx, &Config, &Call<'_>) -> Result<Notice, CallError>,
    /// Does something about it, in a job, and again after a failure.
    pub handle: fn(&mut StoreTx, &Notice) -> Result<Heard, JobError>,
}

//! Jobs: work that happens after the commit, at least once, with retries.

mod context;
mod dead;
mod failing;
mod hasten;

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::future::BoxFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

pub use context::JobContext;
pub use dead::count_dead;
pub(crate) use dead::{DEAD, DEAD_JOBS};
pub use failing::failing;
pub use hasten::hasten;

use crate::Services;
use crate::db::{DbError, PlatformTx, StoreTx};

/// A piece of work with its input; [`StoreTx::enqueue`] queues it.
pub trait Job: Serialize + DeserializeOwned {
    /// `module.verb_noun`, such as `orders.send_confirmation`.
    const KIND: &'static str;
    /// How long it is tried when it fails.
    const PATIENCE: Patience = Patience::Attempts(ATTEMPTS);
}

/// Attempts of a job whose kind says nothing else.
const ATTEMPTS: i32 = 8;

/// How long a job that fails is tried again, each time after a longer pause, before it is dead and waits for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patience {
    /// So often.
    Attempts(i32),
    /// So long, however often that is.
    For(TimeDelta),
}

impl Patience {
    /// For what depends on somebody else's server, and for money and mails: three days, since that server may be away over a weekend.
    pub const DAYS: Self = Self::For(TimeDelta::hours(72));

    /// Attempts after which it is dead, and where time decides instead, until when; counted from the first time that it may run.
    pub(crate) fn columns(self, from: DateTime<Utc>) -> (i32, Option<DateTime<Utc>>) {
        match self {
            Self::Attempts(attempts) => (attempts, None),
            // The column wants a number; nobody goes by it.
            Self::For(time) => (ATTEMPTS, Some(from + time)),
        }
    }
}

/// When a job runs, and whether it does.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JobOptions {
    /// Not before this time; at once when `None`.
    pub run_at: Option<DateTime<Utc>>,
    /// While a job of this kind with the same key waits or runs, another one is not queued.
    pub unique_key: Option<String>,
    /// Among the jobs of one store, larger runs first; stores take turns whatever their priorities.
    pub priority: i16,
}

/// Why a job did not succeed; the text is for operators, so no secrets in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JobError {
    /// It may work later: tried again, each time after a longer pause.
    #[error("{0}")]
    Retry(String),
    /// It will never work: the job is dead at once.
    #[error("{0}")]
    Fail(String),
}

impl From<DbError> for JobError {
    fn from(error: DbError) -> Self {
        Self::Retry(error.to_string())
    }
}

impl From<diesel::result::Error> for JobError {
    fn from(error: diesel::result::Error) -> Self {
        DbError::from(error).into()
    }
}

/// How a kind of job runs.
#[derive(Clone, Copy)]
pub enum JobRun {
    /// Database work for a store: its rows and the job's end are one transaction, so they happen exactly once.
    Store(fn(&mut StoreTx, &Value) -> Result<(), JobError>),
    /// Likewise, for what is short and comes in numbers, such as the mails of orders: many jobs of a store share one transaction, so that what
    /// surrounds the work is done once for all of them. Should one of them fail, each is done alone. What has just been taken together rests
    /// for a moment until more has come.
    Together(fn(&Services, &mut StoreTx, &[Value]) -> Result<(), JobError>),
    /// Database work across stores, likewise in one transaction.
    Platform(fn(&mut PlatformTx, &Value) -> Result<(), JobError>),
    /// Work outside the database; it may run twice when a server dies, so its effects must bear that.
    Async(fn(JobContext, Value) -> BoxFuture<'static, Result<(), JobError>>),
    /// Like [`Self::Async`], for what may take minutes: it runs in places of its own, one of them for each store, so that neither this
    /// store's mails and payments nor anybody else's wait for it.
    Bulk(fn(JobContext, Value) -> BoxFuture<'static, Result<(), JobError>>),
    /// Like [`Self::Async`], for heavy work that nobody waits for: one at a time in a whole process, in a place of its own.
    Idle(fn(JobContext, Value) -> BoxFuture<'static, Result<(), JobError>>),
    /// Like [`Self::Async`], for what waits for servers of strangers most of the time: it runs in many places of its own, a few of them for each
    /// store, so that one that does not answer holds up nobody else.
    Outbound(fn(JobContext, Value) -> BoxFuture<'static, Result<(), JobError>>),
}

/// Who runs a kind of job.
#[derive(Clone, Copy)]
pub struct JobHandler {
    /// The kind.
    pub kind: &'static str,
    /// The work.
    pub run: JobRun,
}

/// The payload as the type that was queued or emitted.
///
/// # Errors
/// [`JobError::Fail`] when it does not fit: no later attempt would read it either.
pub fn typed<T: DeserializeOwned>(payload: &Value) -> Result<T, JobError> {
    T::deserialize(payload).map_err(|error| JobError::Fail(format!("the payload cannot be read: {error}")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Payload {
        order: u32,
    }

    #[test]
    fn a_payload_that_does_not_fit_is_never_tried_again() {
        assert_eq!(typed::<Payload>(&json!({ "order": 7 })), Ok(Payload { order: 7 }));
        assert!(matches!(typed::<Payload>(&json!({ "order": "seven" })), Err(JobError::Fail(_))));
    }

    #[test]
    fn a_database_error_is_tried_again() {
        assert!(matches!(JobError::from(DbError::NotFound), JobError::Retry(_)));
    }
}

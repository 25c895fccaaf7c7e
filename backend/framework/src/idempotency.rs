//! Idempotency keys: a request that is sent twice has one effect and gets the same answer.
//!
//! The key's row is written in the transaction of the effect, so a crash undoes both and the retry starts afresh. Work that
//! goes on after that transaction (asking a payment provider) first [`attach`]es what exists; a retry then gets
//! [`Begun::Resume`] and carries on with it instead of creating a second one.

mod beside;
mod holder;
mod once;
mod sent;

use actix_web::HttpRequest;
use chrono::TimeDelta;
use diesel::prelude::*;
use diesel::result::Error;
use diesel::sql_types::{Integer, Uuid as SqlUuid};
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::db::{DbError, KeptAnswer, Statement, StatementText, StoreTx};
use crate::problem::{ModuleError, ProblemDraft, ProblemKind};
use crate::schema::idempotency_keys;

pub use beside::{begun_beside, key_columns};
pub use holder::KeyHolder;
pub use once::{Answered, Asked, Once, once};
pub(crate) use sent::Sent;

/// The header that carries the key.
pub const HEADER: &str = "idempotency-key";

/// How long a key is remembered.
pub const KEEP: TimeDelta = TimeDelta::hours(24);

const MAX_LENGTH: usize = 255;

/// The header is needed and missing.
pub static KEY_REQUIRED: ProblemKind = ProblemKind {
    code: "framework.idempotency_key_required",
    status: 400,
    title: "The header Idempotency-Key is required",
};
/// The header is not 1–255 printable ASCII characters.
pub static KEY_INVALID: ProblemKind = ProblemKind {
    code: "framework.idempotency_key_invalid",
    status: 400,
    title: "The header Idempotency-Key cannot be used",
};
/// The key was used for another request.
pub static MISMATCH: ProblemKind = ProblemKind {
    code: "framework.idempotency_mismatch",
    status: 422,
    title: "The Idempotency-Key was used for another request",
};
/// The first request with the key is still at work.
pub static IN_PROGRESS: ProblemKind = ProblemKind {
    code: "framework.idempotency_in_progress",
    status: 409,
    title: "The first request with this Idempotency-Key is still at work",
};

/// The problems of this module.
pub static PROBLEMS: &[&ProblemKind] = &[&KEY_REQUIRED, &KEY_INVALID, &MISMATCH, &IN_PROGRESS];

/// Why a key does not let the request through.
#[derive(Debug, thiserror::Error)]
pub enum IdempotencyError {
    /// There is none.
    #[error("the header Idempotency-Key is missing")]
    Missing,
    /// It is too long or not printable.
    #[error("the header Idempotency-Key is not 1 to 255 printable ASCII characters")]
    Invalid,
    /// It was used for another request.
    #[error("the Idempotency-Key was used for another request")]
    Mismatch,
    /// The first request is still at work.
    #[error("the first request with this Idempotency-Key is still at work")]
    InProgress,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<Error> for IdempotencyError {
    fn from(error: Error) -> Self {
        match &error {
            // Only the wait for another transaction with the same key can run into this.
            Error::DatabaseError(_, info) if info.message().contains("lock timeout") => Self::InProgress,
            _ => Self::Db(error.into()),
        }
    }
}

impl ModuleError for IdempotencyError {
    fn problem(&self) -> ProblemDraft {
        let header = |kind, code: &str| ProblemDraft::new(kind).field("Idempotency-Key", code, self.to_string());
        match self {
            Self::Missing => header(&KEY_REQUIRED, "required"),
            Self::Invalid => header(&KEY_INVALID, "invalid"),
            Self::Mismatch => ProblemDraft::new(&MISMATCH),
            Self::InProgress => ProblemDraft::new(&IN_PROGRESS).retry_after(1),
            Self::Db(error) => error.problem(),
        }
    }
}

/// Whose key it is and for what: the same key of another person or for another route is another key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyScope {
    principal: String,
    route: &'static str,
    key: String,
}

impl IdempotencyScope {
    /// `principal` names the caller, such as `customer:…` or `cart:…`; `route` is the operation id.
    pub fn new(principal: impl Into<String>, route: &'static str, key: impl Into<String>) -> Self {
        Self {
            principal: principal.into(),
            route,
            key: key.into(),
        }
    }
}

/// What is known about a request when it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begun {
    /// Nothing: do the work.
    New,
    /// It was answered: answer the same.
    Replay {
        /// The HTTP status of the first answer.
        status: u16,
        /// The body of the first answer.
        body: Vec<u8>,
    },
    /// The effect exists but was never answered: finish with what is there.
    Resume {
        /// What the first request has made.
        resource_id: Uuid,
    },
}

/// The key of a request, if it has one.
///
/// # Errors
/// [`IdempotencyError::Invalid`] when it is empty, longer than 255 characters or not printable ASCII.
pub fn key(request: &HttpRequest) -> Result<Option<String>, IdempotencyError> {
    let Some(value) = request.headers().get(HEADER) else {
        return Ok(None);
    };
    let key = value.to_str().map_err(|_| IdempotencyError::Invalid)?.trim();
    let printable = key.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if key.is_empty() || key.len() > MAX_LENGTH || !printable {
        Err(IdempotencyError::Invalid)
    } else {
        Ok(Some(key.to_owned()))
    }
}

/// The key of a request that needs one.
///
/// # Errors
/// [`IdempotencyError::Missing`] without the header, otherwise as [`key`].
pub fn required_key(request: &HttpRequest) -> Result<String, IdempotencyError> {
    key(request)?.ok_or(IdempotencyError::Missing)
}

/// What tells two requests with the same key apart: SHA-256 of the body's JSON.
pub fn fingerprint(body: &impl Serialize) -> [u8; 32] {
    Sha256::digest(serde_json::to_vec(body).unwrap_or_default()).into()
}

/// The row of a key; row level security is the net, the filter names the store all the same.
macro_rules! rows {
    ($store:expr, $scope:expr) => {
        idempotency_keys::table
            .filter(idempotency_keys::store_id.eq($store))
            .filter(idempotency_keys::principal.eq(&$scope.principal))
            .filter(idempotency_keys::route.eq($scope.route))
            .filter(idempotency_keys::key.eq(&$scope.key))
    };
}

#[derive(Queryable)]
struct Row {
    fingerprint: Vec<u8>,
    resource_id: Option<Uuid>,
    response_status: Option<i16>,
    response_body: Option<Vec<u8>>,
}

/// Takes the key, or finds out what the first request with it has done.
///
/// A second request with the same key waits here until the first transaction has ended.
///
/// # Errors
/// [`IdempotencyError::Mismatch`] when the key was used with another fingerprint, [`IdempotencyError::InProgress`] when the
/// first transaction takes longer than PostgreSQL's lock timeout.
pub fn begin(tx: &mut StoreTx, scope: &IdempotencyScope, fingerprint: &[u8; 32]) -> Result<Begun, IdempotencyError> {
    begin_in(tx, scope, fingerprint)
}

fn begin_in(tx: &mut impl KeyHolder, scope: &IdempotencyScope, fingerprint: &[u8; 32]) -> Result<Begun, IdempotencyError> {
    if take(tx, scope, fingerprint)? {
        return Ok(Begun::New);
    }
    known(tx, scope, fingerprint)
}

/// What the first request with a key has done that was not ours to take.
fn known(tx: &mut impl KeyHolder, scope: &IdempotencyScope, fingerprint: &[u8; 32]) -> Result<Begun, IdempotencyError> {
    tx.needs_no_audit("nothing happens a second time");
    // Locked until our end, so that two retries do not both resume.
    let store = tx.owner();
    let row: Row = rows!(store, scope)
        .select((
            idempotency_keys::fingerprint,
            idempotency_keys::resource_id,
            idempotency_keys::response_status,
            idempotency_keys::response_body,
        ))
        .for_update()
        .first(tx.connection())?;
    judge(row, fingerprint)
}

fn judge(row: Row, fingerprint: &[u8; 32]) -> Result<Begun, IdempotencyError> {
    if row.fingerprint != fingerprint {
        return Err(IdempotencyError::Mismatch);
    }
    Ok(match (row.response_status, row.resource_id) {
        (Some(status), _) => Begun::Replay {
            status: status.unsigned_abs(),
            body: row.response_body.unwrap_or_default(),
        },
        (None, Some(resource_id)) => Begun::Resume { resource_id },
        (None, None) => Begun::New,
    })
}

struct Take;

impl StatementText for Take {
    const SQL: &'static str = concat!(crate::take_key!("$2", "$3", "$4", "$5", "$6", "$7"), "\nSELECT 1 FROM asked");
    type Row = Integer;
}

/// Whether the key is ours: it was unused, or its time was over.
fn take(tx: &mut impl KeyHolder, scope: &IdempotencyScope, fingerprint: &[u8; 32]) -> Result<bool, IdempotencyError> {
    let key = key_columns(scope, fingerprint, tx.began());
    let taken: Option<i32> = Statement::<Take, _>::new((tx.owner().into_sql::<SqlUuid>(), key))
        .get_result(tx.connection())
        .optional()?;
    Ok(taken.is_some())
}

/// Notes what the request has made, so that a retry finds it.
pub fn attach(tx: &mut StoreTx, scope: &IdempotencyScope, resource_id: Uuid) -> Result<(), IdempotencyError> {
    let row = rows!(tx.store_id(), scope);
    diesel::update(row)
        .set(idempotency_keys::resource_id.eq(resource_id))
        .execute(tx.conn())?;
    Ok(())
}

/// Notes the answer, so that a retry gets the same; written when the transaction commits.
pub fn finish(tx: &mut StoreTx, scope: &IdempotencyScope, status: u16, body: &[u8]) {
    tx.keep_answer(kept(scope, status, body));
}

fn finish_in(tx: &mut impl KeyHolder, scope: &IdempotencyScope, status: u16, body: &[u8]) -> Result<(), IdempotencyError> {
    tx.keep(kept(scope, status, body))
}

fn kept(scope: &IdempotencyScope, status: u16, body: &[u8]) -> KeptAnswer {
    KeptAnswer {
        principal: scope.principal.clone(),
        route: scope.route,
        key: scope.key.clone(),
        status: i16::try_from(status).unwrap_or(i16::MAX),
        body: body.to_vec(),
    }
}

#[cfg(test)]
mod tests;

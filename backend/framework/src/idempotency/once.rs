//! Use cases of one transaction, done once for each key.

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, ETAG, LOCATION};
use actix_web::{HttpRequest, HttpResponse, Responder};
use diesel::result::Error::SerializationError;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::{Begun, IdempotencyError, IdempotencyScope, KeyHolder, begin_in, fingerprint, finish_in, key};
use crate::db::{DbError, read_json_text};
use crate::tenancy::RequestContext;

/// A request that may come a second time: its key, and what tells it from another one.
#[derive(Debug, Clone)]
pub struct Asked {
    scope: IdempotencyScope,
    fingerprint: [u8; 32],
}

impl Asked {
    pub(super) const fn new(scope: IdempotencyScope, fingerprint: [u8; 32]) -> Self {
        Self { scope, fingerprint }
    }

    /// `what` is all that decides the effect: the ids in the path and the body. `None` without the header.
    ///
    /// # Errors
    /// As [`key`].
    pub fn of(
        request: &HttpRequest,
        principal: String,
        route: &'static str,
        what: &impl Serialize,
    ) -> Result<Option<Self>, IdempotencyError> {
        let asked = |key: String| Self {
            scope: IdempotencyScope::new(principal, route, key),
            fingerprint: fingerprint(what),
        };
        Ok(key(request)?.map(asked))
    }
}

/// What is done once, for [`crate::gate`]s.
#[derive(Debug, Clone, Copy)]
pub struct Once {
    pub(crate) operation: &'static str,
    pub(crate) status: u16,
    pub(crate) more: Option<[u8; 32]>,
}

impl Once {
    /// An operation that answers 200.
    pub const fn answers(operation: &'static str) -> Self {
        Self::with_status(operation, 200)
    }

    /// An operation that makes something: 201.
    pub const fn makes(operation: &'static str) -> Self {
        Self::with_status(operation, 201)
    }

    /// An operation whose work begins afterwards: 202.
    pub const fn accepts(operation: &'static str) -> Self {
        Self::with_status(operation, 202)
    }

    const fn with_status(operation: &'static str, status: u16) -> Self {
        Self {
            operation,
            status,
            more: None,
        }
    }

    /// With the hash of what was sent and is no JSON.
    #[must_use]
    pub const fn of(mut self, hash: [u8; 32]) -> Self {
        self.more = Some(hash);
        self
    }
}

/// What every answer says of the thing it shows; a list shows none of its own.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Shown {
    id: Option<Uuid>,
    version: Option<i32>,
}

/// An answer as it was given the first time.
#[derive(Debug)]
pub struct Answered {
    status: u16,
    body: Vec<u8>,
    replayed: bool,
    shown: Shown,
    location: Option<String>,
    version: Option<i32>,
}

impl Answered {
    fn new(status: u16, body: Vec<u8>, replayed: bool) -> Result<Self, IdempotencyError> {
        Ok(Self {
            status,
            shown: read_json_text(&body)?,
            body,
            replayed,
            location: None,
            version: None,
        })
    }

    /// Whether an earlier request had this answer.
    pub const fn is_replayed(&self) -> bool {
        self.replayed
    }

    /// With the address of what was made: its id below a folder such as `/api/v1/store/products`.
    #[must_use]
    pub fn below(self, folder: &str) -> Self {
        match self.shown.id {
            Some(id) => self.at(format!("{folder}/{id}")),
            None => self,
        }
    }

    /// With a secret in the clear where the answer holds it under lock, which is how it is kept for a repeat.
    ///
    /// # Errors
    /// Those of `open`, or when the answer cannot be read.
    pub fn unlocked<E: From<DbError>>(mut self, field: &str, open: impl FnOnce(&str) -> Result<String, E>) -> Result<Self, E> {
        let mut shown: Value = read_json_text(&self.body)?;
        if let Some(secret) = shown.get_mut(field) {
            let opened = secret.as_str().map(open).transpose()?;
            *secret = opened.map_or(Value::Null, Value::String);
        }
        self.body = shown.to_string().into_bytes();
        Ok(self)
    }

    /// With the version of what it shows as its `ETag`.
    #[must_use]
    pub fn versioned(mut self) -> Self {
        self.version = self.shown.version;
        self
    }

    /// With the address of what was made, below the area.
    #[must_use]
    pub fn at(mut self, location: String) -> Self {
        self.location = Some(location);
        self
    }
}

impl Responder for Answered {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
        let mut answer = HttpResponse::build(status);
        answer.insert_header((CONTENT_TYPE, "application/json"));
        if let Some(location) = self.location {
            let base = RequestContext::of(request).map(|context| context.base.clone()).unwrap_or_default();
            answer.insert_header((LOCATION, format!("{base}{location}")));
        }
        if let Some(version) = self.version {
            answer.insert_header((ETAG, format!("\"{version}\"")));
        }
        if self.replayed {
            answer.insert_header(("Idempotent-Replayed", "true"));
        }
        answer.body(self.body)
    }
}

/// Does the work, unless a request with this key has done it; then the first answer is given again. What fails keeps nothing, and may be
/// tried anew with the same key.
///
/// # Errors
/// Those of the work, and of [`super::begin`].
pub fn once<X, T, E>(tx: &mut X, asked: Option<&Asked>, status: u16, work: impl FnOnce(&mut X) -> Result<T, E>) -> Result<Answered, E>
where
    X: KeyHolder,
    T: Serialize,
    E: From<IdempotencyError>,
{
    if let Some(Asked { scope, fingerprint }) = asked
        && let Begun::Replay { status, body } = begin_in(tx, scope, fingerprint)?
    {
        return Ok(Answered::new(status, body, true)?);
    }
    let made = work(tx)?;
    let body = serde_json::to_vec(&made).map_err(|error| IdempotencyError::Db(DbError::Other(SerializationError(Box::new(error)))))?;
    if let Some(Asked { scope, .. }) = asked {
        finish_in(tx, scope, status, &body)?;
    }
    Ok(Answered::new(status, body, false)?)
}

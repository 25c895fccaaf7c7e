//! Use cases of one transaction, done once for each key.

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, LOCATION};
use actix_web::{HttpRequest, HttpResponse, Responder};
use diesel::result::Error::SerializationError;
use serde::Serialize;

use super::{Begun, IdempotencyError, IdempotencyScope, begin, fingerprint, finish, key};
use crate::db::{DbError, StoreTx};
use crate::tenancy::RequestContext;

/// A request that may come a second time: its key, and what tells it from another one.
#[derive(Debug, Clone)]
pub struct Asked {
    scope: IdempotencyScope,
    fingerprint: [u8; 32],
}

impl Asked {
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

/// An answer as it was given the first time.
#[derive(Debug)]
pub struct Answered {
    status: u16,
    body: Vec<u8>,
    replayed: bool,
    location: Option<String>,
}

impl Answered {
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
/// Those of the work, and of [`begin`].
pub fn once<T, E>(
    tx: &mut StoreTx,
    asked: Option<&Asked>,
    status: u16,
    work: impl FnOnce(&mut StoreTx) -> Result<T, E>,
) -> Result<Answered, E>
where
    T: Serialize,
    E: From<IdempotencyError>,
{
    if let Some(Asked { scope, fingerprint }) = asked
        && let Begun::Replay { status, body } = begin(tx, scope, fingerprint)?
    {
        return Ok(Answered {
            status,
            body,
            replayed: true,
            location: None,
        });
    }
    let made = work(tx)?;
    let body = serde_json::to_vec(&made).map_err(|error| IdempotencyError::Db(DbError::Other(SerializationError(Box::new(error)))))?;
    if let Some(Asked { scope, .. }) = asked {
        finish(tx, scope, status, &body);
    }
    Ok(Answered {
        status,
        body,
        replayed: false,
        location: None,
    })
}

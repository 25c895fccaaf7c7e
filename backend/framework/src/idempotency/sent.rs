//! The key of a request, as its gate finds it; the body, which is read after the gate, adds what it says.

use std::sync::{Arc, OnceLock};

use actix_web::http::Method;
use actix_web::{HttpMessage, HttpRequest};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Asked, IdempotencyError, IdempotencyScope, Once, key};

/// A request that may come a second time.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    key: String,
    /// Path and query: they decide the effect as much as the body does.
    target: String,
    body: Arc<OnceLock<[u8; 32]>>,
}

impl Sent {
    /// The key of a `POST`, if it has one. What reads the body finds it in the request, and so does a second gate: what the body says is noted
    /// in one place, whichever of the two does the work.
    ///
    /// # Errors
    /// As [`key`].
    pub(crate) fn of(request: &HttpRequest) -> Result<Option<Self>, IdempotencyError> {
        if *request.method() != Method::POST {
            return Ok(None);
        }
        if let Some(known) = Self::known(request) {
            return Ok(Some(known));
        }
        let Some(key) = key(request)? else { return Ok(None) };
        let sent = Self {
            key,
            target: request.uri().to_string(),
            body: Arc::default(),
        };
        request.extensions_mut().insert(sent.clone());
        Ok(Some(sent))
    }

    /// The key that a gate has found.
    pub(crate) fn known(request: &HttpRequest) -> Option<Self> {
        request.extensions().get::<Self>().cloned()
    }

    /// Notes what the body says, whichever way it is spaced.
    pub(crate) fn note(&self, body: &Value) {
        // A second body would be the same one.
        self.body.get_or_init(|| Sha256::digest(body.to_string()).into());
    }

    /// The request, as `principal` sends it.
    pub(crate) fn asked(&self, principal: String, once: &Once) -> Asked {
        let mut hash = Sha256::new();
        hash.update(&self.target);
        for part in [self.body.get(), once.more.as_ref()] {
            hash.update([u8::from(part.is_some())]);
            hash.update(part.unwrap_or(&[0; 32]));
        }
        Asked::new(
            IdempotencyScope::new(principal, once.operation, self.key.clone()),
            hash.finalize().into(),
        )
    }
}

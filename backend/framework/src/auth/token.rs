//! Access tokens: JWTs that this server signs and alone accepts.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode};
use orion_types::auth::AccessToken;
use orion_types::{SessionId, StoreId};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::mac::keyed_hash;
use super::sealed;
use crate::clock::Clock;

const ISSUER: &str = "orion";
const TYPE: &str = "access";

/// How far the clocks of two servers may be apart, in seconds.
const LEEWAY: i64 = 60;

/// The area that a token opens; a token of one is worth nothing in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// The platform's administration.
    Admin,
    /// Store dashboards.
    Store,
    /// The shop of one store.
    Storefront,
}

impl Audience {
    /// The spelling in tokens, tables and labels.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Store => "store",
            Self::Storefront => "storefront",
        }
    }
}

/// What a token says. Rights are not in it: they are read anew with each request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claims {
    iss: String,
    /// The area.
    pub aud: Audience,
    /// The user or customer.
    pub sub: Uuid,
    /// The session, whose end is the token's end.
    pub sid: Uuid,
    /// The store of a customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub store: Option<Uuid>,
    iat: i64,
    nbf: i64,
    /// Seconds since 1970 at which it expires.
    pub exp: i64,
    typ: String,
}

/// Why a token is not accepted; for the log, the client only learns that signing in is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Not a token of ours: another algorithm, key, shape or signature.
    #[error("the token is not one of ours")]
    Invalid,
    /// Its time is over.
    #[error("the token has expired")]
    Expired,
    /// Its time has not come.
    #[error("the token is not valid yet")]
    NotYet,
    /// It opens another area.
    #[error("the token is for another area")]
    Audience,
}

/// Whom a new token is for.
#[derive(Debug, Clone, Copy)]
pub struct NewToken {
    /// The area.
    pub audience: Audience,
    /// The user or customer.
    pub subject: Uuid,
    /// The session.
    pub session: SessionId,
    /// The store, for customers and only for them.
    pub store: Option<StoreId>,
}

/// Signs and checks access tokens; cheap to clone.
#[derive(Clone)]
pub struct Tokens(Arc<Inner>);

struct Inner {
    current: Key,
    previous: Option<Key>,
    /// Seconds.
    lifetime: u32,
    validation: Validation,
    clock: Clock,
}

struct Key {
    id: String,
    encoding: EncodingKey,
    decoding: DecodingKey,
    /// For what is sealed and no access token.
    seal: [u8; 32],
}

impl Key {
    /// The secret itself signs nothing, so that the same one may serve other purposes; the id tells nothing about it.
    fn new(secret: &SecretString) -> Self {
        let secret = secret.expose_secret().as_bytes();
        let key = keyed_hash(secret, b"orion access token key");
        let id = keyed_hash(secret, b"orion access token key id");
        Self {
            id: hex::encode(id.get(..6).unwrap_or_default()),
            encoding: EncodingKey::from_secret(&key),
            decoding: DecodingKey::from_secret(&key),
            seal: keyed_hash(secret, b"orion seal key"),
        }
    }
}

impl Tokens {
    /// Tokens are signed with `current` and live for `lifetime` seconds; those signed with `previous` are still accepted.
    pub fn new(current: &SecretString, previous: Option<&SecretString>, lifetime: u32, clock: Clock) -> Self {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        validation.set_required_spec_claims(&["exp", "nbf", "aud", "iss", "sub"]);
        // Times are compared with our own clock, and the audience after the signature, to tell the two errors apart.
        validation.validate_exp = false;
        validation.validate_aud = false;
        Self(Arc::new(Inner {
            current: Key::new(current),
            previous: previous.map(Key::new),
            lifetime,
            validation,
            clock,
        }))
    }

    /// Signs a token.
    ///
    /// # Errors
    /// When the signature cannot be made.
    pub fn issue(&self, token: NewToken) -> Result<AccessToken, TokenError> {
        let inner = &self.0;
        let now = inner.clock.now().timestamp();
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: token.audience,
            sub: token.subject,
            sid: token.session.0,
            store: token.store.map(|store| store.0),
            iat: now,
            nbf: now,
            exp: now + i64::from(inner.lifetime),
            typ: TYPE.to_owned(),
        };
        let header = Header {
            kid: Some(inner.current.id.clone()),
            ..Header::new(Algorithm::HS256)
        };
        let access_token = encode(&header, &claims, &inner.current.encoding).map_err(|_| TokenError::Invalid)?;
        Ok(AccessToken {
            access_token,
            expires_in: inner.lifetime,
        })
    }

    /// Checks a token for an area; a few microseconds, no database.
    ///
    /// # Errors
    /// Why it is not accepted.
    pub fn verify(&self, token: &str, audience: Audience) -> Result<Claims, TokenError> {
        let inner = &self.0;
        let header = decode_header(token).map_err(|_| TokenError::Invalid)?;
        let key = header.kid.as_deref().and_then(|id| self.key(id)).ok_or(TokenError::Invalid)?;
        let claims: Claims = decode(token, &key.decoding, &inner.validation)
            .map_err(|_| TokenError::Invalid)?
            .claims;
        let now = inner.clock.now().timestamp();
        if claims.typ != TYPE || claims.store.is_some() != (claims.aud == Audience::Storefront) {
            return Err(TokenError::Invalid);
        }
        if claims.exp.saturating_add(LEEWAY) <= now {
            return Err(TokenError::Expired);
        }
        if claims.nbf.max(claims.iat) > now + LEEWAY {
            return Err(TokenError::NotYet);
        }
        if claims.aud != audience {
            return Err(TokenError::Audience);
        }
        Ok(claims)
    }

    /// Seals `parts` for `purpose` until a time: whoever holds the seal may do what it is for, and nobody can make one.
    pub fn seal(&self, purpose: &str, parts: &[&str], until: DateTime<Utc>) -> String {
        sealed::seal(&self.0.current.seal, purpose, parts, until.timestamp())
    }

    /// Whether a seal is one of ours, for this purpose and these parts, and its time is not over.
    pub fn is_sealed(&self, purpose: &str, parts: &[&str], seal: &str) -> bool {
        let now = self.0.clock.now().timestamp();
        let keys = std::iter::once(&self.0.current).chain(self.0.previous.iter());
        keys.into_iter().any(|key| sealed::holds(&key.seal, purpose, parts, seal, now))
    }

    fn key(&self, id: &str) -> Option<&Key> {
        let previous = self.0.previous.iter();
        std::iter::once(&self.0.current).chain(previous).find(|key| key.id == id)
    }
}

#[cfg(test)]
#[path = "token_tests.rs"]
mod tests;

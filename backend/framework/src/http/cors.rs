//! Pages of other origins that a store lets in (CORS, as the Fetch standard has it); nothing but the shop's API hears of it.
//!
//! `actix-cors` does not fit: the stack finds out which store is asked. A middleware inside it sees neither the answers from memory nor the
//! errors, which are rendered behind it; one around it does not know the store.

use actix_web::dev::ServiceRequest;
use actix_web::http::Method;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS,
    ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, ALLOW, HeaderMap, HeaderValue, ORIGIN, VARY,
};

use super::same_origin;

/// What such a page may send beside what every page may.
const MAY_SEND: &str = "authorization, content-type, idempotency-key, if-match, if-none-match, orion-cart, orion-order, x-request-id";

/// What it may read beside what every page may.
const MAY_READ: &str = "etag, location, retry-after, allow, idempotent-replayed, orion-cart, ratelimit, ratelimit-policy, x-request-id";

/// For how many seconds a browser need not ask again.
const REMEMBERED: &str = "600";

/// What a store that lets some origins in says to a request.
#[derive(Debug)]
pub struct Cors {
    /// The other origin that the request comes from, where the store's list has it.
    listed: Option<HeaderValue>,
    /// Whether the browser only asks what it may do.
    preflight: bool,
}

impl Cors {
    /// `None` for a store without a list: its answers do not depend on who asks.
    pub(crate) fn of(request: &ServiceRequest, allowed: &[String], host: &str) -> Option<Self> {
        if allowed.is_empty() {
            return None;
        }
        let headers = request.headers();
        let listed = |origin: &&HeaderValue| allowed.iter().any(|one| one.as_bytes() == origin.as_bytes());
        // A shop's own pages are no strangers to it, whatever stands in the list.
        let own = same_origin(&Method::POST, headers, host);
        let listed = headers.get(ORIGIN).filter(listed).filter(|_| !own).cloned();
        Some(Self {
            preflight: listed.is_some() && request.method() == Method::OPTIONS && headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD),
            listed,
        })
    }

    /// Whether the request comes from a page of another origin that the store lets in.
    pub(crate) fn lets_in(&self) -> bool {
        self.listed.is_some()
    }

    /// Tells the browser. Credentials are not allowed: a cookie is never what lets such a page do something.
    pub(crate) fn tell(&self, headers: &mut HeaderMap) {
        headers.append(VARY, HeaderValue::from_static("Origin"));
        let Some(origin) = &self.listed else { return };
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
        if !self.preflight {
            headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(MAY_READ));
            return;
        }
        if let Some(methods) = headers.get(ALLOW).cloned() {
            headers.insert(ACCESS_CONTROL_ALLOW_METHODS, methods);
        }
        headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(MAY_SEND));
        headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static(REMEMBERED));
    }
}

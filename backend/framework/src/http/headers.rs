//! Request headers that handlers and gates ask for.

use std::future::{Ready, ready};

use actix_web::http::Method;
use actix_web::http::header::{AUTHORIZATION, HOST, HeaderMap, IF_MATCH, ORIGIN};
use actix_web::{FromRequest, HttpRequest, dev::Payload};

use super::Failure;
use crate::problem::{PRECONDITION_REQUIRED, ProblemDraft, STALE};

/// A header as text; `None` when it is absent or not ASCII.
pub fn header_text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// The token of `Authorization: Bearer …` (RFC 6750).
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// Whether an unsafe request comes from a page of its own origin. A client that is no browser sends no `Origin` and is let through:
/// it carries no cookie that somebody else could abuse.
///
/// `known` is the host that the request is for: the one in its head, or the one that a trusted proxy has named.
pub fn same_origin(method: &Method, headers: &HeaderMap, known: &str) -> bool {
    if method.is_safe() {
        return true;
    }
    if let Some(origin) = header_text(headers, ORIGIN.as_str()) {
        let host = header_text(headers, HOST.as_str()).unwrap_or_default();
        let forwarded = name_of(host) != known;
        return origin.split_once("://").is_some_and(|(_, authority)| {
            authority.eq_ignore_ascii_case(host) || (forwarded && name_of(authority).eq_ignore_ascii_case(known))
        });
    }
    // Sibling stores are "same-site" to a browser and still strangers to each other.
    !matches!(header_text(headers, "sec-fetch-site"), Some("cross-site" | "same-site"))
}

/// A host without its port.
fn name_of(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => authority,
    }
}

/// The version that `If-Match` names (RFC 9110, 13.1.1).
#[derive(Debug, Clone, Copy)]
pub struct IfMatch(Option<i32>);

impl IfMatch {
    /// As if the header had named this version; for callers that are no request.
    pub fn version(version: i32) -> Self {
        Self(Some(version))
    }

    /// The version, or 428 when the header is missing.
    pub fn required(self) -> Result<i32, ProblemDraft> {
        self.0
            .ok_or_else(|| ProblemDraft::new(&PRECONDITION_REQUIRED).detail("Send the ETag of what you have read as If-Match."))
    }

    /// 428 when the header is missing, 412 when it names another version than `current`.
    pub fn check(self, current: i32) -> Result<(), ProblemDraft> {
        match self.required()? {
            version if version == current => Ok(()),
            _ => Err(ProblemDraft::new(&STALE)),
        }
    }
}

impl FromRequest for IfMatch {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(value) = header_text(request.headers(), IF_MATCH.as_str()) else {
            return ready(Ok(Self(None)));
        };
        let version = value.trim().trim_matches('"').parse().ok();
        // An ETag that is none of ours matches nothing.
        ready(Ok(Self(Some(version.unwrap_or(-1)))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn judged(method: Method, headers: &[(&'static str, &str)]) -> bool {
        let mut request = TestRequest::with_uri("/").method(method.clone());
        for (name, value) in headers {
            request = request.insert_header((*name, *value));
        }
        same_origin(&method, request.to_http_request().headers(), "acme.orion.localhost")
    }

    #[test]
    fn only_pages_of_the_same_origin_may_write() {
        let host = ("host", "acme.orion.localhost:8080");
        assert!(judged(Method::POST, &[host, ("origin", "http://acme.orion.localhost:8080")]));
        assert!(!judged(Method::POST, &[host, ("origin", "http://globex.orion.localhost:8080")]));
        assert!(!judged(Method::POST, &[host, ("origin", "null")]));
        assert!(!judged(Method::POST, &[host, ("sec-fetch-site", "same-site")]));
        assert!(judged(Method::POST, &[host]));
        let behind = ("host", "backend.internal:8080");
        assert!(judged(Method::POST, &[behind, ("origin", "https://acme.orion.localhost")]));
        assert!(!judged(Method::POST, &[behind, ("origin", "https://globex.orion.localhost")]));
        assert!(judged(Method::GET, &[host, ("origin", "http://globex.orion.localhost:8080")]));
    }
}

//! Request headers that handlers and gates ask for.

use std::future::{Ready, ready};

use actix_web::http::Method;
use actix_web::http::header::{ACCEPT_ENCODING, AUTHORIZATION, HOST, HeaderMap, IF_MATCH, ORIGIN};
use actix_web::{FromRequest, HttpRequest, dev::Payload};

use super::Failure;
use crate::problem::{PRECONDITION_REQUIRED, ProblemDraft, STALE};

/// A header as text; `None` when it is absent or not ASCII.
pub fn header_text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Whether the client takes a coding (RFC 9110, 12.5.3): named, or meant by `*`, and not with a weight of zero.
pub fn accepts_coding(headers: &HeaderMap, coding: &str) -> bool {
    let mut any = false;
    for value in headers.get_all(ACCEPT_ENCODING).filter_map(|value| value.to_str().ok()) {
        for offer in value.split(',') {
            let (name, weight) = offer.split_once(';').unwrap_or((offer, ""));
            let refused = weight.trim().strip_prefix("q=").is_some_and(|weight| weight.parse() == Ok(0.0_f32));
            match name.trim() {
                name if name.eq_ignore_ascii_case(coding) => return !refused,
                "*" => any = !refused,
                _ => {}
            }
        }
    }
    any
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

/// The version that a change is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Whichever is there, as long as something is.
    Any,
    /// This one.
    Version(i32),
}

impl PartialEq<Expected> for i32 {
    fn eq(&self, expected: &Expected) -> bool {
        match expected {
            Expected::Any => true,
            Expected::Version(version) => self == version,
        }
    }
}

impl From<i32> for Expected {
    fn from(version: i32) -> Self {
        Self::Version(version)
    }
}

/// What `If-Match` says (RFC 9110, 13.1.1).
#[derive(Debug, Clone, Copy)]
pub struct IfMatch(Option<Expected>);

impl IfMatch {
    /// As if the header had named this version; for callers that are no request.
    pub fn version(version: i32) -> Self {
        Self(Some(Expected::Version(version)))
    }

    /// The version, or 428 when the header is missing.
    pub fn required(self) -> Result<Expected, ProblemDraft> {
        self.0
            .ok_or_else(|| ProblemDraft::new(&PRECONDITION_REQUIRED).detail("Send the ETag of what you have read as If-Match."))
    }

    /// 428 when the header is missing, 412 when it names another version than `current`.
    pub fn check(self, current: i32) -> Result<(), ProblemDraft> {
        if current == self.required()? {
            Ok(())
        } else {
            Err(ProblemDraft::new(&STALE))
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
        let expected = match value.trim() {
            "*" => Expected::Any,
            // An ETag that is none of ours matches nothing.
            tag => Expected::Version(tag.trim_matches('"').parse().unwrap_or(-1)),
        };
        ready(Ok(Self(Some(expected))))
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

    fn takes(offer: &str, coding: &str) -> bool {
        let request = TestRequest::default().insert_header((ACCEPT_ENCODING, offer)).to_http_request();
        accepts_coding(request.headers(), coding)
    }

    #[test]
    fn a_coding_that_is_refused_is_not_used() {
        assert!(takes("gzip, br", "br") && takes("*", "br") && takes("br;q=0.1", "br") && takes("BR", "br"));
        assert!(!takes("br;q=0, gzip", "br") && !takes("gzip, br; q=0.000", "br") && !takes("gzip", "br") && !takes("vbrx", "br"));
        assert!(!takes("*;q=0", "br") && !takes("*, br;q=0", "br") && !takes("", "br"));
    }

    #[test]
    fn a_star_is_any_version() {
        let read = |value: &str| {
            let request = TestRequest::default().insert_header((IF_MATCH, value)).to_http_request();
            IfMatch::from_request(&request, &mut Payload::None).into_inner().unwrap()
        };
        assert!(read("*").check(7).is_ok() && read("\"7\"").check(7).is_ok());
        assert!(read("\"6\"").check(7).is_err() && read("W/\"7\"").check(7).is_err() && read("x").check(7).is_err());
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

//! What programs send to the addresses that are for them alone, as a form, and what they are told there, in the words of OAuth (RFC 6749, 3.2 and 5).

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, HeaderMap, RETRY_AFTER, WWW_AUTHENTICATE};
use serde_json::json;

/// Seconds after which it is worth coming again to a store that is suspended.
const LATER: u32 = 3_600;

/// Why a program gets nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// Something is missing, there twice, or of another shape.
    Request(&'static str),
    /// The program has a secret, or none that was named.
    Client(&'static str),
    /// The code or the token is not good, or not this program's.
    Grant(&'static str),
    /// Another kind of grant.
    GrantType,
    /// More than was given.
    Scope,
    /// For something else.
    Target,
    /// The store is suspended.
    Later,
}

impl Refused {
    fn told(self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::Request(told) => (StatusCode::BAD_REQUEST, "invalid_request", told),
            Self::Client(told) => (StatusCode::UNAUTHORIZED, "invalid_client", told),
            Self::Grant(told) => (StatusCode::BAD_REQUEST, "invalid_grant", told),
            Self::GrantType => {
                let told = "grant_type has to be authorization_code or refresh_token.";
                (StatusCode::BAD_REQUEST, "unsupported_grant_type", told)
            }
            Self::Scope => (StatusCode::BAD_REQUEST, "invalid_scope", "The scope is more than was given."),
            Self::Target => (StatusCode::BAD_REQUEST, "invalid_target", "The code is for another resource."),
            Self::Later => (StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable", "The store is closed."),
        }
    }

    /// The answer.
    pub(crate) fn response(self) -> HttpResponse {
        let (status, error, told) = self.told();
        let mut answer = HttpResponse::build(status);
        answer.insert_header((CACHE_CONTROL, "no-store"));
        match self {
            // Whoever tried to prove who they are is told by which ways that can be done (RFC 6749, 5.2); there is one for each HTTP answer of the kind.
            Self::Client(_) => answer.insert_header((WWW_AUTHENTICATE, "Basic realm=\"programs have no secrets here\"")),
            Self::Later => answer.insert_header((RETRY_AFTER, LATER.to_string())),
            _ => &mut answer,
        };
        answer.json(json!({ "error": error, "error_description": told }))
    }
}

/// The fields of a form, each of them there once.
#[derive(Debug)]
pub(crate) struct Form(BTreeMap<String, String>);

impl Form {
    /// Reads a request. Programs are public clients: one that sends a secret takes itself for another kind.
    pub(crate) fn read(headers: &HeaderMap, body: &[u8]) -> Result<Self, Refused> {
        let told = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let essence = told.split(';').next().unwrap_or_default().trim();
        if !essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Err(Refused::Request("Send a form: application/x-www-form-urlencoded."));
        }
        let by_header = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        if by_header.is_some_and(|value| value.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("basic "))) {
            return Err(Refused::Client("Programs have no secret here: send client_id in the form."));
        }
        let mut fields = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(body) {
            // What is sent without a value counts as left out (RFC 6749, 3.2).
            if value.is_empty() {
                continue;
            }
            if value.contains('\0') || fields.insert(name.into_owned(), value.into_owned()).is_some() {
                return Err(Refused::Request("A field is there twice, or holds what no text does."));
            }
        }
        if fields.contains_key("client_secret") || fields.contains_key("client_assertion") {
            return Err(Refused::Client("Programs have no secret here."));
        }
        Ok(Self(fields))
    }

    /// A field that may be left out.
    pub(crate) fn optional(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// A field that is needed; `told` says so.
    pub(crate) fn required(&self, name: &str, told: &'static str) -> Result<&str, Refused> {
        self.optional(name).ok_or(Refused::Request(told))
    }

    /// Which program it is.
    pub(crate) fn client_id(&self) -> Result<&str, Refused> {
        self.required("client_id", "client_id is missing.")
    }
}

#[cfg(test)]
mod tests {
    use actix_web::http::header::{HeaderName, HeaderValue};

    use super::*;

    fn read(headers: &[(HeaderName, &'static str)], body: &str) -> Result<Form, Refused> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(name.clone(), HeaderValue::from_static(value));
        }
        Form::read(&map, body.as_bytes())
    }

    const FORM: (HeaderName, &str) = (CONTENT_TYPE, "application/x-www-form-urlencoded; charset=UTF-8");

    #[test]
    fn a_form_has_each_field_once() {
        let form = read(&[FORM], "client_id=a%20b&scope=&unknown=1").unwrap();
        assert_eq!(form.client_id(), Ok("a b"));
        assert_eq!(form.optional("scope"), None);
        assert!(matches!(form.required("code", "code is missing."), Err(Refused::Request(_))));
        assert!(matches!(read(&[FORM], "code=a&code=b"), Err(Refused::Request(_))));
        assert!(matches!(read(&[FORM], "code=a%00b"), Err(Refused::Request(_))));
        assert!(matches!(
            read(&[(CONTENT_TYPE, "application/json")], "{}"),
            Err(Refused::Request(_))
        ));
        assert!(matches!(read(&[], "code=a"), Err(Refused::Request(_))));
    }

    #[test]
    fn a_program_with_a_secret_takes_itself_for_another_kind() {
        assert!(matches!(
            read(&[FORM, (AUTHORIZATION, "Basic eDp5")], "code=a"),
            Err(Refused::Client(_))
        ));
        assert!(matches!(read(&[FORM], "client_secret=x"), Err(Refused::Client(_))));
        assert!(read(&[FORM, (AUTHORIZATION, "Bearer x")], "code=a").is_ok());
        assert_eq!(Refused::Client("").response().status(), StatusCode::UNAUTHORIZED);
    }
}

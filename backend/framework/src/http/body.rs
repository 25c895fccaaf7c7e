//! JSON bodies, read with an error per field.

use std::pin::Pin;

use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use super::Failure;
use crate::Services;
use crate::problem::{BAD_REQUEST, INVALID, ProblemDraft, TOO_LARGE, UNSUPPORTED_MEDIA_TYPE};
use crate::telemetry::bodies::{self, Direction};
use crate::tenancy::RequestContext;

/// A JSON body. Wrong syntax is 400, a wrong field 422 with its pointer, another content type 415, too much 413.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<T> Body<T> {
    /// The value.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Failure>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let limit = request
            .app_data::<web::Data<Services>>()
            .map_or(1 << 20, |services| services.config.http.max_body_bytes);
        if !is_json(request) {
            let told = ProblemDraft::new(&UNSUPPORTED_MEDIA_TYPE).detail("Send JSON with the content type application/json.");
            return Box::pin(std::future::ready(Err(told.into())));
        }
        let logged = logged(request);
        let payload = web::Payload::from_request(request, payload);
        Box::pin(async move {
            let payload = payload.await.map_err(|_| Failure::of(&BAD_REQUEST))?;
            let bytes = match payload.to_bytes_limited(limit).await {
                Ok(Ok(bytes)) => bytes,
                Ok(Err(_)) => return Err(ProblemDraft::new(&BAD_REQUEST).detail("The body broke off.").into()),
                Err(_) => {
                    return Err(ProblemDraft::new(&TOO_LARGE)
                        .detail(format!("A JSON body may have {limit} bytes."))
                        .into());
                }
            };
            if let Some((services, route, id)) = logged {
                bodies::record(&services.config.log.bodies, Direction::Request, &route, &id, &bytes);
            }
            Ok(Self(parse(&bytes)?))
        })
    }
}

/// What the log needs to know of a request whose body is to be written; `None` for all others.
fn logged(request: &HttpRequest) -> Option<(web::Data<Services>, String, String)> {
    let services = request.app_data::<web::Data<Services>>()?;
    if services.config.log.bodies.routes.is_empty() {
        return None;
    }
    let (route, context) = (request.match_pattern()?, RequestContext::of(request)?);
    Some((services.clone(), route, context.request_id.clone()))
}

fn is_json(request: &HttpRequest) -> bool {
    let Some(value) = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let essence = value.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json") || essence.eq_ignore_ascii_case("application/merge-patch+json")
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ProblemDraft> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let pointer = pointer(error.path());
        let inner = error.into_inner();
        match inner.classify() {
            Category::Data => field_error(&pointer, &inner),
            _ => ProblemDraft::new(&BAD_REQUEST).detail(format!(
                "The body is not valid JSON (line {}, column {}).",
                inner.line(),
                inner.column()
            )),
        }
    })?;
    reader
        .end()
        .map_err(|_| ProblemDraft::new(&BAD_REQUEST).detail("Something follows the JSON value."))?;
    Ok(value)
}

/// The path as a JSON Pointer (RFC 6901).
fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in path.iter() {
        match segment {
            Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
            Segment::Map { key } => pointer.push_str(&format!("/{}", key.replace('~', "~0").replace('/', "~1"))),
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    pointer
}

/// serde tells missing and unknown fields only in its sentence, `missing field `x``, and places them at their parent.
fn field_error(pointer: &str, error: &serde_json::Error) -> ProblemDraft {
    let text = error.to_string();
    let sentence = text
        .rsplit_once(" at line ")
        .map_or(text.as_str(), |(sentence, _)| sentence)
        .to_owned();
    let named = |start: &str| {
        sentence
            .strip_prefix(start)
            .and_then(|rest| rest.split('`').next())
            .map(str::to_owned)
    };
    let (pointer, code) = if let Some(name) = named("missing field `") {
        (format!("{pointer}/{name}"), "required")
    } else if let Some(name) = named("unknown field `") {
        let at_field = pointer.ends_with(&format!("/{name}"));
        (
            if at_field {
                pointer.to_owned()
            } else {
                format!("{pointer}/{name}")
            },
            "unknown_field",
        )
    } else if sentence.starts_with("invalid type") {
        (pointer.to_owned(), "invalid_type")
    } else {
        (pointer.to_owned(), "invalid")
    };
    ProblemDraft::new(&INVALID).field(pointer, code, sentence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use orion_types::catalog::SaveProduct;

    fn error_of(json: &str) -> (String, String) {
        let draft = parse::<SaveProduct>(json.as_bytes()).unwrap_err();
        let field = draft.errors.first().cloned();
        field
            .map(|field| (field.pointer, field.code))
            .unwrap_or_else(|| (String::new(), draft.kind.code.to_owned()))
    }

    #[test]
    fn a_wrong_field_is_named_by_its_pointer() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(
            error_of(r#"{"title":"Mug","variants":[{"price_minor":"abc"}]}"#),
            pair("/variants/0/price_minor", "invalid_type")
        );
        assert_eq!(error_of(r#"{"title":"Mug"}"#), pair("/variants", "required"));
        assert_eq!(
            error_of(r#"{"title":"Mug","variants":[],"price":1}"#),
            pair("/price", "unknown_field")
        );
        assert_eq!(
            error_of(r#"{"title":"Mug","variants":[{"price_minor":1,"x":1}]}"#),
            pair("/variants/0/x", "unknown_field")
        );
        assert_eq!(error_of("{"), pair("", "framework.bad_request"));
        assert_eq!(error_of(r#"{"title":"Mug","variants":[]} x"#), pair("", "framework.bad_request"));
    }
}

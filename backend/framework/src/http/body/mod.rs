//! JSON bodies, read with an error per field.

mod budget;
mod pace;
mod raw;
mod receive;
mod shape;

use crate::backend::{Backend, Entrance};
use std::pin::Pin;
use std::sync::Arc;

use actix_web::http::Method;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::error::Category;
use utoipa::ToSchema;

pub use self::budget::BodyBudget;
pub use self::pace::is_too_slow;
pub(crate) use self::pace::keep_pace;
pub use self::raw::RawBody;
use self::receive::{Coding, receive};
use self::shape::Shape;
pub use self::shape::cleared;
use super::Failure;
use crate::gate::passed;
use crate::idempotency::Sent;
use crate::problem::{BAD_REQUEST, FieldErrors, INVALID, ProblemDraft, UNSUPPORTED_MEDIA_TYPE};
use crate::telemetry::bodies::{self, Direction};
use crate::tenancy::RequestContext;

/// A JSON body. Wrong syntax is 400, wrong fields 422 with their pointers, another content type 415, too much 413. Nobody is told what is
/// wrong with a body before their gate has let them through.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<T> Body<T> {
    /// The value.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T: DeserializeOwned + ToSchema + 'static> FromRequest for Body<T> {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Failure>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let backend = Entrance::of(request);
        let limit = backend.map_or(1 << 20, |backend| backend.config.http.max_body_bytes);
        let portion = backend
            .zip(RequestContext::of(request))
            .map(|(backend, context)| backend.bodies.portion(&context.ip));
        let passed = passed(request);
        let (json, coding) = (is_json(request), Coding::of(request));
        // RFC 7396: what is null in a change is to be cleared.
        let change = *request.method() == Method::PATCH;
        let logged = logged(request);
        let sent = Sent::known(request);
        let payload = web::Payload::from_request(request, payload);
        Box::pin(async move {
            passed.await;
            if !json {
                let told = "Send JSON with the content type application/json.";
                return Err(ProblemDraft::new(&UNSUPPORTED_MEDIA_TYPE).detail(told).into());
            }
            let payload = payload.await.map_err(|_| Failure::of(&BAD_REQUEST))?;
            let bytes = receive(payload, coding?, limit, portion).await?;
            if let Some((backend, route, id)) = logged {
                bodies::record(&backend.config.log.bodies, Direction::Request, &route, &id, &bytes);
            }
            let parsed = parse(&bytes, change)?;
            if let Some(sent) = sent {
                let value = serde_json::from_slice(&bytes).map_err(|error| not_json(&error))?;
                sent.note(&value);
            }
            Ok(Self(parsed))
        })
    }
}

/// What the log needs to know of a request whose body is to be written; `None` for all others.
fn logged(request: &HttpRequest) -> Option<(Arc<Backend>, String, String)> {
    let backend = Entrance::of(request)?;
    if backend.config.log.bodies.routes.is_empty() {
        return None;
    }
    let (route, context) = (request.match_pattern()?, RequestContext::of(request)?);
    Some((backend.clone(), route, context.request_id.clone()))
}

fn is_json(request: &HttpRequest) -> bool {
    let Some(value) = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let essence = value.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json") || essence.eq_ignore_ascii_case("application/merge-patch+json")
}

/// Reads a body twice: first as any JSON, to name everything whose shape is wrong at once, then as what it is. serde alone would stop at the
/// first fault, say it in Rust's words, and take an array for an object.
fn parse<T: DeserializeOwned + ToSchema + 'static>(bytes: &[u8], change: bool) -> Result<T, ProblemDraft> {
    let mut value: Value = serde_json::from_slice(bytes).map_err(|error| not_json(&error))?;
    let shape = Shape::of::<T>();
    let mut errors = FieldErrors::default();
    if change {
        shape.clear_nulls(&mut value, &mut errors);
    }
    shape.check(&value, &mut errors);
    errors.into_result()?;
    if change {
        return serde_path_to_error::deserialize(value).map_err(|error| field_error(&pointer(error.path()), &error.inner().to_string()));
    }
    // From the bytes: a field that is there twice is seen only here.
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let pointer = pointer(error.path());
        let inner = error.into_inner();
        match inner.classify() {
            Category::Data => field_error(&pointer, &inner.to_string()),
            _ => not_json(&inner),
        }
    })
}

fn not_json(error: &serde_json::Error) -> ProblemDraft {
    let (line, column) = (error.line(), error.column());
    let told = if error.to_string().starts_with("trailing characters") {
        "Something follows the JSON value.".to_owned()
    } else {
        format!("The body is not valid JSON (line {line}, column {column}).")
    };
    ProblemDraft::new(&BAD_REQUEST).detail(told)
}

/// The path as a JSON Pointer (RFC 6901).
fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in path.iter() {
        match segment {
            Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
            Segment::Map { key } => pointer.push_str(&format!("/{}", escaped(key))),
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    pointer
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// What the shape does not tell: numbers that no field of this size holds, fields that are there twice, unknown fields of a variant.
/// serde names fields only in its sentence, and places them at their parent.
fn field_error(pointer: &str, text: &str) -> ProblemDraft {
    let sentence = text.rsplit_once(" at line ").map_or(text, |(sentence, _)| sentence);
    let named = |start: &str| {
        let name = sentence.strip_prefix(start)?.split('`').next()?;
        let at_field = pointer.ends_with(&format!("/{}", escaped(name)));
        Some(if at_field {
            pointer.to_owned()
        } else {
            format!("{pointer}/{}", escaped(name))
        })
    };
    let told = |pointer: String, code: &str, detail: &str| ProblemDraft::new(&INVALID).field(pointer, code, detail);
    if let Some(place) = named("missing field `") {
        told(place, "required", "is required")
    } else if let Some(place) = named("unknown field `") {
        told(place, "unknown_field", "is no field of this object")
    } else if let Some(place) = named("duplicate field `") {
        told(place, "duplicate_field", "is there twice")
    } else if sentence.starts_with("invalid value: integer") || sentence.starts_with("number out of range") {
        told(pointer.to_owned(), "out_of_range", "is out of range")
    } else if sentence.starts_with("invalid type") {
        told(pointer.to_owned(), "invalid_type", "is of another type")
    } else {
        told(pointer.to_owned(), "invalid", "is not valid")
    }
}

#[cfg(test)]
mod tests;

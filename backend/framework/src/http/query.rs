//! Query strings: what is unknown is refused, not ignored.

use std::pin::Pin;

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use orion_types::validation::FieldError;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use utoipa::IntoParams;
use utoipa::openapi::path::ParameterIn;

use super::Failure;
use crate::gate::passed;
use crate::problem::{BAD_QUERY, ProblemDraft};

/// The query string as `T`. Like a body, it is looked at behind the gate.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T> Query<T> {
    /// The value.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T: DeserializeOwned + IntoParams + 'static> Query<T> {
    /// Reads a query string that came by another way than an address.
    ///
    /// # Errors
    /// What is unknown or makes no sense, by the parameter's name.
    pub fn parse(text: &str) -> Result<T, ProblemDraft> {
        parse(text)
    }
}

impl<T: DeserializeOwned + IntoParams + 'static> FromRequest for Query<T> {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Failure>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let passed = passed(request);
        let parsed = parse(request.query_string());
        Box::pin(async move {
            passed.await;
            Ok(Self(parsed?))
        })
    }
}

fn parse<T: DeserializeOwned + IntoParams>(query: &str) -> Result<T, ProblemDraft> {
    let pairs = form_urlencoded::parse(query.as_bytes());
    // PostgreSQL holds no NUL in a text: what one is in would fail wherever it is looked for.
    let unfit = pairs.filter(|(_, text)| text.contains('\0'));
    let error = FieldError::InvalidCharacters;
    let unfit: Vec<Wrong> = unfit
        .map(|(name, _)| (name.into_owned(), error.code(), error.to_string()))
        .collect();
    if !unfit.is_empty() {
        return Err(refusal(unfit));
    }
    let read = serde_path_to_error::deserialize(serde_urlencoded::Deserializer::new(pairs));
    read.map_err(|error| {
        let found = wrong::<T>(&pairs.collect::<Vec<_>>());
        // What the description of the parameters does not tell, serde does, and where it was.
        refusal(if found.is_empty() { vec![guess(&error)] } else { found })
    })
}

fn refusal(found: Vec<Wrong>) -> ProblemDraft {
    let names: Vec<&str> = found.iter().map(|(name, ..)| name.as_str()).collect();
    let draft = ProblemDraft::new(&BAD_QUERY).detail(format!("Not understood: {}.", names.join(", ")));
    found
        .into_iter()
        .fold(draft, |draft, (name, code, told)| draft.field(name, code, told))
}

type Wrong = (String, &'static str, String);

/// Every parameter that is unknown, missing, there twice, or of another type than it is described with.
fn wrong<T: IntoParams>(pairs: &[(std::borrow::Cow<'_, str>, std::borrow::Cow<'_, str>)]) -> Vec<Wrong> {
    let described: Vec<Value> = T::into_params(|| Some(ParameterIn::Query))
        .iter()
        .map(|parameter| json!(parameter))
        .collect();
    let mut found = Vec::new();
    for (place, (name, text)) in pairs.iter().enumerate() {
        let mut refuse = |code, told: &str| found.push((name.clone().into_owned(), code, told.to_owned()));
        let Some(parameter) = described.iter().find(|parameter| parameter["name"] == name.as_ref()) else {
            refuse("unknown_parameter", "is no parameter of this operation");
            continue;
        };
        if pairs[..place].iter().any(|(earlier, _)| earlier == name) {
            refuse("duplicate_parameter", "is there twice");
            continue;
        }
        let schema = &parameter["schema"];
        let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap_or_default();
        match kind {
            "integer" if text.parse::<i64>().is_err() => refuse("invalid_type", "must be a whole number"),
            "integer"
                if schema["minimum"]
                    .as_i64()
                    .is_some_and(|least| text.parse::<i64>().is_ok_and(|number| number < least)) =>
            {
                refuse("out_of_range", "is out of range");
            }
            "boolean" if text.parse::<bool>().is_err() => refuse("invalid_type", "must be true or false"),
            _ => {}
        }
    }
    let missing = described
        .iter()
        .filter(|parameter| parameter["required"] == true)
        .filter_map(|parameter| parameter["name"].as_str());
    for name in missing.filter(|name| pairs.iter().all(|(given, _)| given != name)) {
        found.push((name.to_owned(), "required", "is required".to_owned()));
    }
    found
}

fn guess(error: &serde_path_to_error::Error<serde_urlencoded::de::Error>) -> Wrong {
    let path = error.path().to_string();
    (
        if path == "." { String::new() } else { path },
        "invalid",
        "is not understood".to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use orion_types::catalog::{ListingQuery, SuggestionQuery};

    fn refused<T: DeserializeOwned + IntoParams + std::fmt::Debug>(query: &str) -> Vec<(String, String)> {
        let draft = parse::<T>(query).unwrap_err();
        let named = draft
            .errors
            .into_iter()
            .map(|error| (error.parameter.unwrap_or_default(), error.code));
        named.collect()
    }

    #[test]
    fn every_parameter_that_is_not_understood_is_named() {
        let pair = |name: &str, code: &str| (name.to_owned(), code.to_owned());
        assert_eq!(
            refused::<ListingQuery>("limit=abc&available=yes&colour=red"),
            [
                pair("limit", "invalid_type"),
                pair("available", "invalid_type"),
                pair("colour", "unknown_parameter")
            ]
        );
        assert_eq!(refused::<ListingQuery>("limit=-1"), [pair("limit", "out_of_range")]);
        assert_eq!(refused::<ListingQuery>("limit=99999999999"), [pair("limit", "invalid")]);
        assert_eq!(refused::<ListingQuery>("q=a&q=b"), [pair("q", "duplicate_parameter")]);
        assert_eq!(parse::<ListingQuery>("limit=5&q=").unwrap().limit, Some(5));
        assert_eq!(refused::<SuggestionQuery>("x="), [pair("x", "unknown_parameter")]);
        assert_eq!(refused::<ListingQuery>("limit=5&q=a%00b"), [pair("q", "invalid_characters")]);
    }
}

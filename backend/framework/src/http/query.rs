//! Query strings: what is unknown is refused, not ignored.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use serde::de::DeserializeOwned;

use super::Failure;
use crate::problem::{BAD_QUERY, ProblemDraft};

/// The query string as `T`.
#[derive(Debug)]
pub struct Query<T>(pub T);

impl<T> Query<T> {
    /// The value.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T: DeserializeOwned> Query<T> {
    /// Reads a query string that came by another way than an address.
    ///
    /// # Errors
    /// What is unknown or makes no sense, by the parameter's name.
    pub fn parse(text: &str) -> Result<T, ProblemDraft> {
        web::Query::<T>::from_query(text)
            .map(web::Query::into_inner)
            .map_err(|error| refuse(&error.to_string()))
    }
}

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let parsed = web::Query::<T>::from_query(request.query_string());
        ready(
            parsed
                .map(|query| Self(query.into_inner()))
                .map_err(|error| refuse(&error.to_string()).into()),
        )
    }
}

fn refuse(error: &str) -> ProblemDraft {
    let sentence = error.rsplit_once("error: ").map_or(error, |(_, sentence)| sentence);
    let name = sentence.split('`').nth(1).unwrap_or_default();
    let code = if sentence.starts_with("unknown field") {
        "unknown_parameter"
    } else {
        "invalid"
    };
    ProblemDraft::new(&BAD_QUERY)
        .detail(sentence.to_owned())
        .field(name, code, sentence)
}

//! The gate of developers.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use orion_framework::gate::Anonymous;
use orion_framework::http::Failure;
use orion_framework::problem::NOT_FOUND;

/// Anybody, where the server runs for development or tests; elsewhere there is nothing here.
pub(crate) struct Developer(pub(crate) Anonymous);

impl FromRequest for Developer {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        ready(Anonymous::from_request(request, payload).into_inner().and_then(|anybody| {
            if anybody.services().config.env.is_development() {
                Ok(Self(anybody))
            } else {
                Err(Failure::of(&NOT_FOUND))
            }
        }))
    }
}

//! Ids in paths: one that cannot be an id leads nowhere.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use orion_types::id::FromSegments;

use super::Failure;
use crate::problem::NOT_FOUND;

/// What the path's segments say: one value, or a pair in their order.
#[derive(Debug)]
pub struct Path<T>(pub T);

impl<T> Path<T> {
    /// The value.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T: FromSegments> FromRequest for Path<T> {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let segments: Vec<String> = request.match_info().iter().map(|(_, value)| value.to_owned()).collect();
        ready(T::from_segments(&segments).map(Self).ok_or_else(|| Failure::of(&NOT_FOUND)))
    }
}

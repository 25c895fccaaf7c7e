//! Answers that are more than a body.

use actix_web::body::BoxBody;
use actix_web::http::header::{ETAG, LOCATION};
use actix_web::{HttpRequest, HttpResponse, Responder};
use serde::Serialize;

use crate::tenancy::RequestContext;

/// 201 with the address of what was made.
#[derive(Debug)]
pub struct Created<T> {
    /// Its path below the area, such as `/api/v1/store/products/…`; the path-mode prefix is added.
    pub location: String,
    /// What was made.
    pub body: T,
}

impl<T: Serialize> Responder for Created<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let base = RequestContext::of(request).map(|context| context.base.clone()).unwrap_or_default();
        HttpResponse::Created()
            .insert_header((LOCATION, format!("{base}{}", self.location)))
            .json(self.body)
    }
}

/// 204.
#[derive(Debug)]
pub struct NoContent;

impl Responder for NoContent {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::NoContent().finish()
    }
}

/// 200 with the version as a strong `ETag`, to be sent back in `If-Match`.
#[derive(Debug)]
pub struct Versioned<T> {
    /// The row's version.
    pub version: i32,
    /// The body.
    pub body: T,
}

impl<T: Serialize> Responder for Versioned<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::Ok()
            .insert_header((ETAG, format!("\"{}\"", self.version)))
            .json(self.body)
    }
}

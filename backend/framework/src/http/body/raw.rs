//! Bodies that are signed by whoever sent them: their bytes, not what is made of them.

use std::pin::Pin;

use actix_web::{FromRequest, HttpRequest, dev::Payload, web};
use bytes::Bytes;

use super::receive::{Coding, receive};
use crate::backend::Entrance;
use crate::gate::passed;
use crate::http::Failure;
use crate::problem::BAD_REQUEST;
use crate::tenancy::RequestContext;

/// Most bytes of a body without a configured limit.
const LIMIT: usize = 1 << 20;

/// The bytes of a body of whatever type, bounded and counted as those of JSON are. They are in no log: a signature makes them somebody's.
#[derive(Debug)]
pub struct RawBody(pub Bytes);

impl FromRequest for RawBody {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Failure>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let backend = Entrance::of(request);
        let limit = backend.map_or(LIMIT, |backend| backend.config.http.max_body_bytes);
        let portion = backend
            .zip(RequestContext::of(request))
            .map(|(backend, context)| backend.bodies.portion(&context.ip));
        let (passed, coding) = (passed(request), Coding::of(request));
        let payload = web::Payload::from_request(request, payload);
        Box::pin(async move {
            passed.await;
            let payload = payload.await.map_err(|_| Failure::of(&BAD_REQUEST))?;
            Ok(Self(receive(payload, coding?, limit, portion).await?))
        })
    }
}

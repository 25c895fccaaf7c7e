//! The bytes of a body, unpacked and bounded.

use std::io::Read;

use actix_web::error::PayloadError;
use actix_web::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, HeaderValue};
use actix_web::{HttpRequest, web};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;

use super::budget::Portion;
use super::pace::is_too_slow;
use crate::http::Failure;
use crate::problem::{BAD_REQUEST, INTERNAL, ProblemDraft, TIMEOUT, TOO_LARGE, UNAVAILABLE, UNSUPPORTED_MEDIA_TYPE};

/// What `Accept-Encoding` says where a body was packed in another way (RFC 9110, 15.5.16).
const UNDERSTOOD: &str = "gzip, deflate, br";

/// How a body is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    Plain,
    Gzip,
    Deflate,
    Brotli,
}

impl Coding {
    /// What `Content-Encoding` says.
    ///
    /// # Errors
    /// 415 for a coding that is not known, and for several on top of each other.
    pub(super) fn of(request: &HttpRequest) -> Result<Self, Failure> {
        let Some(value) = request.headers().get(CONTENT_ENCODING) else {
            return Ok(Self::Plain);
        };
        let name = value.to_str().unwrap_or("?").trim().to_ascii_lowercase();
        match name.as_str() {
            "" | "identity" => Ok(Self::Plain),
            "gzip" | "x-gzip" => Ok(Self::Gzip),
            "deflate" => Ok(Self::Deflate),
            "br" => Ok(Self::Brotli),
            _ => Err(Failure::from(
                ProblemDraft::new(&UNSUPPORTED_MEDIA_TYPE).detail(format!("A body may be packed as one of {UNDERSTOOD}.")),
            )
            .with_header(ACCEPT_ENCODING, HeaderValue::from_static(UNDERSTOOD))),
        }
    }
}

/// The body, of at most `limit` bytes, packed and unpacked. While it arrives it takes from the portion, where there is one.
pub(super) async fn receive(payload: web::Payload, coding: Coding, limit: usize, portion: Option<Portion>) -> Result<Bytes, Failure> {
    let packed = collect(payload, limit, portion).await?;
    if coding == Coding::Plain {
        return Ok(packed);
    }
    let unpacked = web::block(move || unpack(&packed, coding, limit)).await;
    Ok(unpacked.map_err(|_| Failure::of(&INTERNAL))??)
}

async fn collect(mut payload: web::Payload, limit: usize, mut portion: Option<Portion>) -> Result<Bytes, ProblemDraft> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| broken(&error))?;
        if body.len() + chunk.len() > limit {
            return Err(too_large(limit));
        }
        if portion.as_mut().is_some_and(|portion| !portion.grow(chunk.len())) {
            return Err(ProblemDraft::new(&UNAVAILABLE)
                .detail("Too many bodies are arriving at once.")
                .retry_after(1));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

fn broken(error: &PayloadError) -> ProblemDraft {
    if is_too_slow(error) {
        return ProblemDraft::new(&TIMEOUT);
    }
    ProblemDraft::new(&BAD_REQUEST).detail("The body broke off.")
}

fn unpack(packed: &[u8], coding: Coding, limit: usize) -> Result<Bytes, ProblemDraft> {
    let reader: Box<dyn Read + '_> = match coding {
        Coding::Plain => Box::new(packed),
        Coding::Gzip => Box::new(flate2::read::MultiGzDecoder::new(packed)),
        Coding::Deflate => Box::new(flate2::read::ZlibDecoder::new(packed)),
        Coding::Brotli => Box::new(brotli::Decompressor::new(packed, 4096)),
    };
    // One more than is allowed tells that it would go on, without unpacking what somebody made huge on purpose.
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    reader
        .take(most)
        .read_to_end(&mut bytes)
        .map_err(|_| ProblemDraft::new(&BAD_REQUEST).detail("The body cannot be unpacked: it is not what its Content-Encoding says."))?;
    if bytes.len() > limit {
        return Err(too_large(limit));
    }
    Ok(bytes.into())
}

fn too_large(limit: usize) -> ProblemDraft {
    ProblemDraft::new(&TOO_LARGE).detail(format!("A JSON body may have {limit} bytes."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(9));
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap()
    }

    #[test]
    fn a_packed_body_is_unpacked_as_far_as_a_plain_one_may_go() {
        let packed = gzip(b"{\"a\":1}");
        assert_eq!(unpack(&packed, Coding::Gzip, 7).unwrap(), "{\"a\":1}");
        assert_eq!(unpack(&packed, Coding::Gzip, 6).unwrap_err().kind.status, 413);
        let bomb = gzip(&vec![b' '; 64 << 20]);
        assert_eq!(unpack(&bomb, Coding::Gzip, 1 << 20).unwrap_err().kind.status, 413);
        assert_eq!(unpack(b"{\"a\":1}", Coding::Gzip, 1 << 20).unwrap_err().kind.status, 400);
    }
}

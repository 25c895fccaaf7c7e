//! Answers of the shop as bytes in memory: serialised and compressed once, then only sent.

use std::io::Write;
use std::sync::Arc;

use actix_web::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH, VARY,
};
use actix_web::{HttpRequest, HttpResponse};
use bytes::Bytes;
use moka::future::Cache;
use sha2::{Digest, Sha256};

use super::{Failure, header_text};
use crate::tenancy::StoreContext;

/// A body below this size is sent as it is; compressing it would not make it fewer packets.
const WORTH_COMPRESSING: usize = 1_000;

/// An answer that is ready to send.
#[derive(Debug)]
pub struct CachedAnswer {
    content_type: HeaderValue,
    cache_control: HeaderValue,
    etag: HeaderValue,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
    /// The route that made it, for the log and the metrics.
    route: Arc<str>,
}

impl CachedAnswer {
    /// Compresses `body` and gives it its ETag.
    pub fn new(content_type: &'static str, cache_control: &'static str, body: Vec<u8>) -> Self {
        let digest = hex::encode(Sha256::digest(&body));
        let etag = HeaderValue::from_str(&format!("\"{}\"", &digest[..24])).unwrap_or_else(|_| HeaderValue::from_static("\"0\""));
        let compress = body.len() >= WORTH_COMPRESSING;
        Self {
            content_type: HeaderValue::from_static(content_type),
            cache_control: HeaderValue::from_static(cache_control),
            etag,
            brotli: compress.then(|| brotli(&body)).flatten(),
            gzip: compress.then(|| gzip(&body)).flatten(),
            plain: Bytes::from(body),
            route: Arc::from("unmatched"),
        }
    }

    /// The answer in the encoding that the client takes, or 304 when it has it already.
    pub fn send(&self, request: &HeaderMap) -> HttpResponse {
        if request.get(IF_NONE_MATCH).is_some_and(|known| matches(known, &self.etag)) {
            return HttpResponse::NotModified().insert_header((ETAG, self.etag.clone())).finish();
        }
        let mut answer = HttpResponse::Ok();
        answer.insert_header((CONTENT_TYPE, self.content_type.clone()));
        answer.insert_header((CACHE_CONTROL, self.cache_control.clone()));
        answer.insert_header((ETAG, self.etag.clone()));
        let accepted = header_text(request, ACCEPT_ENCODING.as_str()).unwrap_or_default();
        let body = match (&self.brotli, &self.gzip) {
            (Some(body), _) if accepted.contains("br") => encoded(&mut answer, "br", body),
            (_, Some(body)) if accepted.contains("gzip") => encoded(&mut answer, "gzip", body),
            _ => self.plain.clone(),
        };
        answer.insert_header((VARY, HeaderValue::from_static("accept-encoding, host")));
        answer.body(body)
    }

    fn weight(&self) -> u32 {
        let compressed = self.brotli.as_ref().map_or(0, Bytes::len) + self.gzip.as_ref().map_or(0, Bytes::len);
        u32::try_from(self.plain.len() + compressed + 512).unwrap_or(u32::MAX)
    }
}

fn encoded(answer: &mut actix_web::HttpResponseBuilder, encoding: &'static str, body: &Bytes) -> Bytes {
    answer.insert_header((CONTENT_ENCODING, HeaderValue::from_static(encoding)));
    body.clone()
}

fn matches(known: &HeaderValue, etag: &HeaderValue) -> bool {
    let (Ok(known), Ok(etag)) = (known.to_str(), etag.to_str()) else {
        return false;
    };
    known.split(',').any(|one| one.trim().trim_start_matches("W/") == etag)
}

fn brotli(body: &[u8]) -> Option<Bytes> {
    let mut packed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut packed, 4096, 5, 20);
    writer.write_all(body).ok()?;
    drop(writer);
    Some(Bytes::from(packed))
}

fn gzip(body: &[u8]) -> Option<Bytes> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    writer.write_all(body).ok()?;
    writer.finish().ok().map(Bytes::from)
}

/// The bounded memory of answers, keyed by store, catalogue version and request.
#[derive(Clone)]
pub struct ResponseCache {
    answers: Option<Cache<String, Arc<CachedAnswer>>>,
}

impl ResponseCache {
    /// At most `bytes` of answers; 0 switches it off, and every request is answered from the database.
    pub fn new(bytes: u64) -> Self {
        let cache = || {
            Cache::builder()
                .max_capacity(bytes)
                .weigher(|key: &String, answer: &Arc<CachedAnswer>| {
                    answer.weight().saturating_add(u32::try_from(key.len()).unwrap_or(u32::MAX))
                })
        };
        Self {
            answers: (bytes > 0).then(|| cache().build()),
        }
    }

    /// The answer that is kept for a request, and the route that made it.
    pub async fn remembered(&self, store: &StoreContext, request: &HttpRequest) -> Option<(HttpResponse, Arc<str>)> {
        let answer = self.answers.as_ref()?.get(&key(store, request)).await?;
        Some((answer.send(request.headers()), answer.route.clone()))
    }

    /// The answer to a request of a store's shop; built once when many ask at the same time.
    ///
    /// The version is read before the database is: an answer may be newer than its key, never older.
    pub async fn answer<F>(&self, store: &StoreContext, request: &HttpRequest, build: F) -> Result<HttpResponse, Failure>
    where
        F: Future<Output = Result<CachedAnswer, Failure>>,
    {
        let Some(answers) = &self.answers else {
            return Ok(build.await?.send(request.headers()));
        };
        let key = key(store, request);
        if let Some(answer) = answers.get(&key).await {
            return Ok(answer.send(request.headers()));
        }
        let route = request.match_pattern().unwrap_or_default();
        let remember = |mut answer: CachedAnswer| {
            answer.route = route.into();
            Arc::new(answer)
        };
        let built = answers.try_get_with(key, async { build.await.map(remember) }).await;
        match built {
            Ok(answer) => Ok(answer.send(request.headers())),
            Err(failure) => Err(Failure::from(failure.draft().clone())),
        }
    }
}

/// The store's id comes first: no tenant can name another's entry.
fn key(store: &StoreContext, request: &HttpRequest) -> String {
    let (path, query) = (request.path(), request.query_string());
    let mut key = String::with_capacity(64 + path.len() + query.len());
    let mut buffer = uuid::Uuid::encode_buffer();
    key.push_str(store.id.0.simple().encode_lower(&mut buffer));
    key.push(' ');
    key.push_str(&store.epoch().to_string());
    key.push('.');
    key.push_str(&store.catalog_version().to_string());
    key.push(' ');
    key.push_str(path);
    key.push('?');
    key.push_str(query);
    key
}

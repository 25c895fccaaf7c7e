//! Answers of the shop as bytes in memory: serialised and compressed once, then only sent.

use std::borrow::Cow;
use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderValue, IF_NONE_MATCH, VARY};
use actix_web::{HttpRequest, HttpResponse};
use bytes::Bytes;
use moka::future::Cache;
use sha2::{Digest, Sha256};

use super::shelves::{Age, Entry, Shelves, Used};
use super::{Failure, accepts_coding};
use crate::tenancy::StoreContext;

/// A body below this size is sent as it is; compressing it would not make it fewer packets.
const WORTH_COMPRESSING: usize = 1_000;

/// What an answer takes beside its bodies and its key, which is there twice.
const OVERHEAD: usize = 512;

/// An answer that is ready to send.
#[derive(Debug)]
pub struct CachedAnswer {
    content_type: HeaderValue,
    cache_control: HeaderValue,
    digest: String,
    plain: Packed,
    /// Compressed when somebody asks for it first: of most answers one coding is asked for, of those that are not kept one at most.
    brotli: OnceLock<Option<Packed>>,
    gzip: OnceLock<Option<Packed>>,
    /// The route that made it, for the log and the metrics.
    route: Arc<str>,
    varies: Varies,
    used: Arc<Used>,
}

/// Whether an answer depends on the query string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Varies {
    /// The operation has parameters, and refuses those that it does not know.
    ByQuery,
    /// It has none: whatever stands there, such as the mark of a campaign, the answer is the same one and is kept once.
    Nowise,
}

/// A body as it is sent, with the ETag of just these bytes: a strong one names a representation, and each coding is another.
#[derive(Debug)]
struct Packed {
    bytes: Bytes,
    etag: HeaderValue,
    coding: Option<HeaderValue>,
}

impl Packed {
    fn new(bytes: Bytes, digest: &str, coding: Option<&'static str>) -> Self {
        let etag = match coding {
            None => format!("\"{digest}\""),
            Some(coding) => format!("\"{digest}-{coding}\""),
        };
        Self {
            bytes,
            etag: HeaderValue::from_str(&etag).unwrap_or_else(|_| HeaderValue::from_static("\"0\"")),
            coding: coding.map(HeaderValue::from_static),
        }
    }
}

impl CachedAnswer {
    /// Gives `body` its ETag.
    pub fn new(content_type: &'static str, cache_control: &'static str, body: Vec<u8>) -> Self {
        let mut digest = hex::encode(Sha256::digest(&body));
        digest.truncate(24);
        Self {
            content_type: HeaderValue::from_static(content_type),
            cache_control: HeaderValue::from_static(cache_control),
            brotli: OnceLock::new(),
            gzip: OnceLock::new(),
            plain: Packed::new(Bytes::from(body), &digest, None),
            digest,
            route: Arc::from("unmatched"),
            varies: Varies::Nowise,
            used: Arc::default(),
        }
    }

    fn packed<'a>(
        &'a self,
        kept: &'a OnceLock<Option<Packed>>,
        coding: &'static str,
        pack: impl FnOnce(&[u8]) -> Option<Bytes>,
    ) -> Option<&'a Packed> {
        if self.plain.bytes.len() < WORTH_COMPRESSING {
            return None;
        }
        let packed = || pack(&self.plain.bytes).map(|bytes| Packed::new(bytes, &self.digest, Some(coding)));
        kept.get_or_init(packed).as_ref()
    }

    /// The body in the encoding that the client takes.
    fn chosen(&self, request: &HeaderMap) -> &Packed {
        let by_brotli = || self.packed(&self.brotli, "br", brotli);
        let by_gzip = || self.packed(&self.gzip, "gzip", gzip);
        let first = accepts_coding(request, "br").then(by_brotli).flatten();
        let other = || accepts_coding(request, "gzip").then(by_gzip).flatten();
        first.or_else(other).unwrap_or(&self.plain)
    }

    /// The answer in the encoding that the client takes, or 304 when it has just that already.
    pub fn send(&self, request: &HeaderMap) -> HttpResponse {
        let chosen = self.chosen(request);
        let known = request.get(IF_NONE_MATCH).is_some_and(|known| matches(known, &chosen.etag));
        let mut answer = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
        // A cache brings what it has up to date with what a 304 says (RFC 9110, 15.4.5).
        answer.insert_header((CACHE_CONTROL, self.cache_control.clone()));
        answer.insert_header((ETAG, chosen.etag.clone()));
        answer.insert_header((VARY, HeaderValue::from_static("accept-encoding, host")));
        if known {
            return answer.finish();
        }
        answer.insert_header((CONTENT_TYPE, self.content_type.clone()));
        if let Some(coding) = &chosen.coding {
            answer.insert_header((CONTENT_ENCODING, coding.clone()));
        }
        answer.body(chosen.bytes.clone())
    }

    /// With what compressing adds at most; it is about a third of the body for each coding, and may come later.
    fn weight(&self) -> usize {
        self.plain.bytes.len() * 2 + OVERHEAD
    }
}

fn matches(known: &HeaderValue, etag: &HeaderValue) -> bool {
    let (Ok(known), Ok(etag)) = (known.to_str(), etag.to_str()) else {
        return false;
    };
    known.trim() == "*" || known.split(',').any(|one| one.trim().trim_start_matches("W/") == etag)
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
    memory: Option<Arc<Memory>>,
}

struct Memory {
    answers: Cache<String, Arc<CachedAnswer>>,
    /// Which of them go when there is no more room.
    shelves: Mutex<Shelves>,
}

impl Memory {
    async fn recall(&self, key: &str) -> Option<Arc<CachedAnswer>> {
        let answer = self.answers.get(key).await?;
        answer.used.note();
        Some(answer)
    }

    /// Makes room for an answer that is about to be kept.
    async fn make_room(&self, store: &StoreContext, age: Age, key: &str, answer: &CachedAnswer) {
        let bytes = answer.weight() + 2 * key.len();
        let entry = Entry {
            key: key.to_owned(),
            age,
            bytes: u64::try_from(bytes).unwrap_or(u64::MAX),
            used: answer.used.clone(),
        };
        let gone = self.shelves.lock().unwrap_or_else(PoisonError::into_inner).put(store.id, entry);
        for key in gone {
            self.answers.invalidate(&key).await;
        }
    }
}

impl ResponseCache {
    /// At most `bytes` of answers; 0 switches it off, and every request is answered from the database.
    pub fn new(bytes: u64) -> Self {
        let memory = || Memory {
            answers: Cache::builder().build(),
            shelves: Mutex::new(Shelves::new(bytes)),
        };
        Self {
            memory: (bytes > 0).then(|| Arc::new(memory())),
        }
    }

    /// The answer that is kept for a request, and the route that made it.
    pub async fn remembered(&self, store: &StoreContext, request: &HttpRequest) -> Option<(HttpResponse, Arc<str>)> {
        let memory = self.memory.as_ref()?;
        let (age, query) = (age(store), request.query_string());
        let mut found = memory.recall(&key(store, age, request.path(), &canonical(query))).await;
        if found.is_none() && !query.is_empty() {
            let bare = memory.recall(&key(store, age, request.path(), "")).await;
            found = bare.filter(|answer| answer.varies == Varies::Nowise);
        }
        let answer = found?;
        Some((answer.send(request.headers()), answer.route.clone()))
    }

    /// The answer to a request of a store's shop; built once when many ask at the same time.
    ///
    /// The version is read before the database is: an answer may be newer than its key, never older.
    pub async fn answer<F>(&self, store: &StoreContext, request: &HttpRequest, varies: Varies, build: F) -> Result<HttpResponse, Failure>
    where
        F: Future<Output = Result<CachedAnswer, Failure>>,
    {
        let Some(memory) = &self.memory else {
            return Ok(build.await?.send(request.headers()));
        };
        let age = age(store);
        let key = match varies {
            Varies::ByQuery => key(store, age, request.path(), &canonical(request.query_string())),
            Varies::Nowise => key(store, age, request.path(), ""),
        };
        if let Some(answer) = memory.recall(&key).await {
            return Ok(answer.send(request.headers()));
        }
        let route = request.match_pattern().unwrap_or_default();
        let built = async {
            let answer = CachedAnswer {
                route: route.into(),
                varies,
                ..build.await?
            };
            memory.make_room(store, age, &key, &answer).await;
            Ok(Arc::new(answer))
        };
        match memory.answers.try_get_with(key.clone(), built).await {
            Ok(answer) => Ok(answer.send(request.headers())),
            Err(failure) => Err(Failure::from(Failure::draft(&failure).clone())),
        }
    }
}

/// What the store's shop looks like now.
fn age(store: &StoreContext) -> Age {
    (store.epoch(), store.catalog_version())
}

/// The store's id comes first: no tenant can name another's entry.
fn key(store: &StoreContext, (epoch, version): Age, path: &str, query: &str) -> String {
    let mut key = String::with_capacity(64 + path.len() + query.len());
    let mut buffer = uuid::Uuid::encode_buffer();
    key.push_str(store.id.0.simple().encode_lower(&mut buffer));
    key.push(' ');
    key.push_str(&epoch.to_string());
    key.push('.');
    key.push_str(&version.to_string());
    key.push(' ');
    key.push_str(path);
    key.push('?');
    key.push_str(query);
    key
}

/// A query string by what it means: its parameters in one order and one spelling. A single plain one has no other.
fn canonical(query: &str) -> Cow<'_, str> {
    if !query.contains(['&', '%', '+']) {
        return Cow::Borrowed(query);
    }
    let mut pairs: Vec<_> = form_urlencoded::parse(query.as_bytes()).collect();
    pairs.sort_unstable();
    Cow::Owned(form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish())
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn neither_order_nor_spelling_of_parameters_makes_another_answer() {
        for same in ["q=oak+lamp&limit=5", "limit=5&q=oak%20lamp", "&limit=5&&q=%6Fak+lamp&"] {
            assert_eq!(canonical(same), "limit=5&q=oak+lamp", "{same}");
        }
        assert_eq!(canonical("limit=5"), "limit=5");
        assert_eq!(canonical("limit=5&"), "limit=5");
        assert_eq!(canonical(""), "");
        assert_ne!(canonical("q=a%26limit=5"), canonical("q=a&limit=5"));
    }
}

//! How the authority is spoken to. What the protocol's library does not hand on is noted on the way: which status an answer without a problem in
//! it had, and how long the authority wants to be left alone.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use http_body_util::{BodyExt, Full};
use instant_acme::{BodyWrapper, BytesResponse, Error, HttpClient};
use orion_framework::config::Acme;
use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::redirect::Policy;

/// How long an answer may take.
const TIMEOUT: Duration = Duration::from_secs(30);

/// What was seen of the last answer that was a refusal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) wait: Option<TimeDelta>,
}

/// The way to an authority.
#[derive(Clone)]
pub(crate) struct Line {
    client: reqwest::Client,
    refusal: Arc<Mutex<Option<Refusal>>>,
    now: DateTime<Utc>,
}

impl Line {
    /// A way to the authority that was configured. `now` is for answers that name a time.
    pub(crate) fn new(config: &Acme, now: DateTime<Utc>) -> Result<Self, reqwest::Error> {
        let mut builder = reqwest::Client::builder()
            .timeout(TIMEOUT)
            .redirect(Policy::none())
            .https_only(true);
        for root in config
            .root_ca
            .as_deref()
            .map(reqwest::Certificate::from_pem_bundle)
            .transpose()?
            .into_iter()
            .flatten()
        {
            builder = builder.add_root_certificate(root);
        }
        Ok(Self {
            client: builder.build()?,
            refusal: Arc::default(),
            now,
        })
    }

    /// The last refusal on this way.
    pub(crate) fn refusal(&self) -> Option<Refusal> {
        *self.refusal.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl HttpClient for Line {
    fn request(&self, request: http::Request<BodyWrapper<Bytes>>) -> Pin<Box<dyn Future<Output = Result<BytesResponse, Error>> + Send>> {
        let line = self.clone();
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = match body.collect().await {
                Ok(body) => body.to_bytes(),
                Err(never) => match never {},
            };
            let sent = line
                .client
                .request(parts.method, parts.uri.to_string())
                .headers(parts.headers)
                .body(body);
            let answer = sent.send().await.map_err(|error| Error::Other(error.into()))?;
            if answer.status().is_client_error() || answer.status().is_server_error() {
                let refusal = Refusal {
                    status: answer.status().as_u16(),
                    wait: wait(answer.headers(), line.now),
                };
                *line.refusal.lock().unwrap_or_else(PoisonError::into_inner) = Some(refusal);
            }
            let mut response = http::Response::builder().status(answer.status());
            if let Some(headers) = response.headers_mut() {
                headers.clone_from(answer.headers());
            }
            let bytes = answer.bytes().await.map_err(|error| Error::Other(error.into()))?;
            Ok(response.body(Full::new(bytes))?.into())
        })
    }
}

/// How long to wait (RFC 9110, 10.2.3): a number of seconds, or a time.
fn wait(headers: &HeaderMap, now: DateTime<Utc>) -> Option<TimeDelta> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse::<u32>() {
        return Some(TimeDelta::seconds(seconds.into()));
    }
    let time = DateTime::parse_from_rfc2822(text).ok()?;
    Some((time.to_utc() - now).max(TimeDelta::zero()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<TimeDelta> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, text.parse().unwrap());
        wait(&headers, DateTime::from_timestamp(784_111_777, 0).unwrap())
    }

    #[test]
    fn a_wait_is_a_number_of_seconds_or_a_time() {
        assert_eq!(read("120"), Some(TimeDelta::seconds(120)));
        assert_eq!(read("Sun, 06 Nov 1994 09:49:37 GMT"), Some(TimeDelta::hours(1)));
        assert_eq!(read("Sun, 06 Nov 1994 07:49:37 GMT"), Some(TimeDelta::zero()), "it is over");
        assert_eq!(read("soon"), None);
        assert_eq!(wait(&HeaderMap::new(), DateTime::UNIX_EPOCH), None);
    }
}

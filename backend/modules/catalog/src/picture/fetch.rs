//! Fetches pictures from addresses that somebody has written into a file.
//!
//! The address is not trusted: only http and https, only the usual ports, only the public internet ([`orion_framework::outbound`]), also
//! after each redirect, within a time and a size.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use orion_framework::outbound::{Outbound, OutboundError, literal};
use reqwest::header::LOCATION;
use reqwest::{Response, StatusCode, Url};

use super::MAX_BYTES;

/// From the first byte asked for to the last one received, with all redirects.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Most redirects that are followed.
const MAX_REDIRECTS: usize = 3;
/// Longest address, in bytes.
pub(crate) const MAX_URL: usize = 2_000;

/// Why a picture could not be fetched, in a sentence for the report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FetchError {
    /// It may work later.
    #[error("{0}")]
    Later(String),
    /// It will not work, however often it is tried.
    #[error("{0}")]
    Never(String),
}

/// Fetches pictures by the one way out.
#[derive(Clone)]
pub(crate) struct Fetcher(Outbound);

impl Fetcher {
    pub fn new(outbound: &Outbound) -> Self {
        Self(outbound.clone())
    }

    /// The bytes behind an address, at most 20 MB.
    pub async fn fetch(&self, address: &str) -> Result<Bytes, FetchError> {
        let fetched = tokio::time::timeout(TIMEOUT, self.follow(address));
        fetched.await.unwrap_or_else(|_| {
            Err(FetchError::Later(format!(
                "The server took longer than {} seconds.",
                TIMEOUT.as_secs()
            )))
        })
    }

    async fn follow(&self, address: &str) -> Result<Bytes, FetchError> {
        let mut url = parse(address)?;
        for _ in 0..=MAX_REDIRECTS {
            self.check(&url)?;
            let response = self
                .0
                .client()
                .get(url.clone())
                .timeout(TIMEOUT)
                .send()
                .await
                .map_err(|error| failed(&error))?;
            if !response.status().is_redirection() {
                return receive(response).await;
            }
            let target = response.headers().get(LOCATION).and_then(|target| target.to_str().ok());
            let target = target.ok_or_else(|| FetchError::Never("The server redirects to nowhere.".to_owned()))?;
            url = url
                .join(target)
                .map_err(|_| FetchError::Never("The server redirects to something that is no address.".to_owned()))?;
        }
        Err(FetchError::Never(format!("The server redirects more than {MAX_REDIRECTS} times.")))
    }

    fn check(&self, url: &Url) -> Result<(), FetchError> {
        let refuse = |why: &str| Err(FetchError::Never(why.to_owned()));
        if !matches!(url.scheme(), "http" | "https") {
            return refuse("Only http and https addresses are fetched.");
        }
        self.0.check(url).map_err(refused)?;
        if literal(url).is_some_and(|address| self.0.allows(address)) {
            return Ok(());
        }
        if !matches!(url.port_or_known_default(), Some(80 | 443)) {
            return refuse("Only the ports 80 and 443 are fetched from.");
        }
        Ok(())
    }
}

fn parse(address: &str) -> Result<Url, FetchError> {
    if address.len() > MAX_URL {
        return Err(FetchError::Never("The address is too long.".to_owned()));
    }
    Url::parse(address).map_err(|_| FetchError::Never("This is no address of a picture.".to_owned()))
}

async fn receive(mut response: Response) -> Result<Bytes, FetchError> {
    let status = response.status();
    if !status.is_success() {
        let told = format!("The server answered {status}.");
        let passing = status.is_server_error() || matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT);
        return Err(if passing {
            FetchError::Later(told)
        } else {
            FetchError::Never(told)
        });
    }
    let too_large = || FetchError::Never(format!("The file has more than {} MB.", MAX_BYTES >> 20));
    if response.content_length().is_some_and(|length| length > MAX_BYTES as u64) {
        return Err(too_large());
    }
    let mut body = BytesMut::new();
    // A server may promise little and send much.
    while let Some(chunk) = response.chunk().await.map_err(|error| failed(&error))? {
        if body.len() + chunk.len() > MAX_BYTES {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// Says what happened without the address, which the report shows beside it.
fn failed(error: &reqwest::Error) -> FetchError {
    refused(Outbound::judge(error))
}

fn refused(error: OutboundError) -> FetchError {
    match error {
        OutboundError::NotPublic => FetchError::Never(error.to_string()),
        later => FetchError::Later(later.to_string()),
    }
}

#[cfg(test)]
#[path = "fetch_tests.rs"]
mod tests;

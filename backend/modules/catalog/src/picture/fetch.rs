//! Fetches pictures from addresses that somebody has written into a file.
//!
//! The address is not trusted: only http and https, only the usual ports, only the public internet, also after each redirect and after
//! the name was resolved (what is checked is what is connected to), within a time and a size.

use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::LOCATION;
use reqwest::{Client, Response, StatusCode, Url, redirect};

use super::MAX_BYTES;
use super::address::is_public;

/// From the first byte asked for to the last one received, with all redirects.
const TIMEOUT: Duration = Duration::from_secs(10);
/// How long a server may take to accept a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
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

/// A client that reaches the public internet and nothing else.
#[derive(Clone)]
pub(crate) struct Fetcher {
    client: Client,
    allowed: Arc<[IpAddr]>,
}

impl Fetcher {
    /// `allowed` are addresses that may be fetched from although they are not public, on any port; empty but in tests.
    pub fn new(allowed: &[IpAddr]) -> Result<Self, FetchError> {
        let allowed: Arc<[IpAddr]> = allowed.into();
        let client = Client::builder()
            .user_agent(concat!("Orion/", env!("CARGO_PKG_VERSION")))
            .timeout(TIMEOUT)
            .connect_timeout(CONNECT_TIMEOUT)
            // A proxy would resolve names itself, past our resolver.
            .no_proxy()
            .redirect(redirect::Policy::none())
            .dns_resolver(PublicResolver { allowed: allowed.clone() })
            .build()
            .map_err(|error| FetchError::Later(format!("No connection can be made: {error}.")))?;
        Ok(Self { client, allowed })
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
            let response = self.client.get(url.clone()).send().await.map_err(|error| failed(&error))?;
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
        let literal = url.host_str().and_then(|host| host.trim_matches(['[', ']']).parse::<IpAddr>().ok());
        if literal.is_some_and(|address| self.allowed.contains(&address)) {
            return Ok(());
        }
        if literal.is_some_and(|address| !is_public(address)) {
            return refuse("The address is not on the public internet.");
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
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        if error.downcast_ref::<NotPublic>().is_some() {
            return FetchError::Never("The address is not on the public internet.".to_owned());
        }
        cause = error.source();
    }
    let told = if error.is_timeout() {
        "The server took too long."
    } else if error.is_connect() {
        "The server cannot be reached."
    } else {
        "The connection broke."
    };
    FetchError::Later(told.to_owned())
}

/// Every address of the name was of our own house.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to no public address")]
struct NotPublic;

/// Resolves names to public addresses only: a name of a stranger that leads to our own house leads nowhere.
struct PublicResolver {
    allowed: Arc<[IpAddr]>,
}

impl Resolve for PublicResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (host, allowed) = (name.as_str().to_owned(), self.allowed.clone());
        Box::pin(async move {
            let found = tokio::task::spawn_blocking(move || (host.as_str(), 0).to_socket_addrs()).await??;
            let usable: Vec<SocketAddr> = found
                .filter(|found| is_public(found.ip()) || allowed.contains(&found.ip()))
                .collect();
            if usable.is_empty() {
                return Err(NotPublic.into());
            }
            let addresses: Addrs = Box::new(usable.into_iter());
            Ok(addresses)
        })
    }
}

#[cfg(test)]
#[path = "fetch_tests.rs"]
mod tests;

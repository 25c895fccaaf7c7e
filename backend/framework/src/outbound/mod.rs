//! The one way out to addresses that somebody else has named: pictures of a file, receivers of webhooks.
//!
//! Such an address is not trusted. Only the public internet is reached, also after the name was resolved (what is checked is what is
//! connected to), no redirect is followed, and no proxy is asked, which would resolve names itself. What else holds (ports, sizes, how
//! often) is up to who calls.

mod address;

use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, Url, redirect};

use crate::config::Network;

/// How long a server may take to accept a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Idle connections that are kept to each host, and how long.
const IDLE: (usize, Duration) = (32, Duration::from_secs(60));

/// Why nothing came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OutboundError {
    /// The address, or every address of the name, is of our own house or another special one.
    #[error("The address is not on the public internet.")]
    NotPublic,
    /// It took too long.
    #[error("The server took too long.")]
    TimedOut,
    /// Nobody is there, or no certificate that counts.
    #[error("The server cannot be reached.")]
    Unreachable,
    /// It broke in between.
    #[error("The connection broke.")]
    Broken,
}

/// A client that reaches the public internet and nothing else; cheap to clone.
#[derive(Clone)]
pub struct Outbound {
    client: Client,
    allowed: Arc<[Network]>,
}

impl Outbound {
    /// `allowed` are addresses that are reached although they are not public.
    ///
    /// # Errors
    /// When the machine has no certificates to trust.
    pub fn new(allowed: &[Network]) -> Result<Self, reqwest::Error> {
        let allowed: Arc<[Network]> = allowed.into();
        let client = Client::builder()
            .user_agent(concat!("Orion/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(CONNECT_TIMEOUT)
            .pool_max_idle_per_host(IDLE.0)
            .pool_idle_timeout(IDLE.1)
            // A proxy would resolve names itself, past our resolver.
            .no_proxy()
            .redirect(redirect::Policy::none())
            .dns_resolver(PublicResolver { allowed: allowed.clone() })
            .build()?;
        Ok(Self { client, allowed })
    }

    /// The client; a request through it needs [`Self::check`] of its address, and a timeout.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Whether there are addresses that need not be public, as on a developer's machine.
    pub fn is_local(&self) -> bool {
        !self.allowed.is_empty()
    }

    /// Whether an address was allowed by whoever runs the server.
    pub fn allows(&self, address: IpAddr) -> bool {
        self.allowed.iter().any(|network| network.contains(address))
    }

    /// Whether requests go to an address: one that is public, or was allowed.
    pub fn may_reach(&self, address: IpAddr) -> bool {
        address::is_public(address) || self.allows(address)
    }

    /// Refuses an address that is written out and not public: such a one is never resolved. Names are checked when they are.
    ///
    /// # Errors
    /// [`OutboundError::NotPublic`].
    pub fn check(&self, url: &Url) -> Result<(), OutboundError> {
        match literal(url) {
            Some(address) if !self.may_reach(address) => Err(OutboundError::NotPublic),
            _ => Ok(()),
        }
    }

    /// What went wrong, without the address, which may hold secrets.
    pub fn judge(error: &reqwest::Error) -> OutboundError {
        let mut cause: Option<&dyn std::error::Error> = Some(error);
        while let Some(error) = cause {
            if error.downcast_ref::<NotPublic>().is_some() {
                return OutboundError::NotPublic;
            }
            cause = error.source();
        }
        if error.is_timeout() {
            OutboundError::TimedOut
        } else if error.is_connect() {
            OutboundError::Unreachable
        } else {
            OutboundError::Broken
        }
    }
}

/// The address in a URL that names no host.
pub fn literal(url: &Url) -> Option<IpAddr> {
    url.host_str().and_then(|host| host.trim_matches(['[', ']']).parse().ok())
}

/// Every address of the name was of our own house.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to no public address")]
struct NotPublic;

/// Resolves names to public addresses only: a name of a stranger that leads to our own house leads nowhere.
struct PublicResolver {
    allowed: Arc<[Network]>,
}

impl Resolve for PublicResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (host, allowed) = (name.as_str().to_owned(), self.allowed.clone());
        Box::pin(async move {
            let found = tokio::task::spawn_blocking(move || (host.as_str(), 0).to_socket_addrs()).await??;
            let may = |address: IpAddr| address::is_public(address) || allowed.iter().any(|network| network.contains(address));
            let usable: Vec<SocketAddr> = found.filter(|found| may(found.ip())).collect();
            if usable.is_empty() {
                return Err(NotPublic.into());
            }
            let addresses: Addrs = Box::new(usable.into_iter());
            Ok(addresses)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loopback() -> Outbound {
        Outbound::new(&["127.0.0.1".parse().unwrap()]).unwrap()
    }

    async fn asked(outbound: &Outbound, address: &str) -> Result<u16, OutboundError> {
        let url = Url::parse(address).unwrap();
        outbound.check(&url)?;
        let sent = outbound.client().get(url).timeout(Duration::from_secs(2)).send().await;
        sent.map(|response| response.status().as_u16())
            .map_err(|error| Outbound::judge(&error))
    }

    #[tokio::test]
    async fn a_name_that_leads_to_our_own_house_leads_nowhere() {
        let outbound = Outbound::new(&[]).unwrap();
        for address in ["http://localhost:9/", "http://127.0.0.1:9/", "http://[::1]:9/", "http://0x7f.1:9/"] {
            assert_eq!(asked(&outbound, address).await, Err(OutboundError::NotPublic), "{address}");
        }
    }

    #[tokio::test]
    async fn what_was_allowed_is_reached_and_nothing_beside_it() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            use std::io::{Read, Write};
            for _ in 0..2 {
                let (mut socket, _) = listener.accept().unwrap();
                let _read = socket.read(&mut [0; 4096]);
                let answer = b"HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
                let _written = socket.write_all(answer);
            }
        });
        let outbound = loopback();
        assert_eq!(
            asked(&outbound, &format!("http://127.0.0.1:{port}/")).await,
            Ok(302),
            "not followed"
        );
        assert_eq!(asked(&outbound, &format!("http://localhost:{port}/")).await, Ok(302));
        assert_eq!(asked(&outbound, "http://127.0.0.2/").await, Err(OutboundError::NotPublic));
        assert_eq!(asked(&outbound, "http://10.0.0.1/").await, Err(OutboundError::NotPublic));
    }
}

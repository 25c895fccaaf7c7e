//! The client's address, host and scheme; a proxy's word counts only when the proxy is trusted, and its word on the host, which names the
//! tenant, only where a setting says that this proxy sets or clears it.

use std::net::{IpAddr, SocketAddr};

use actix_web::dev::ServiceRequest;
use actix_web::http::header::HOST;

use crate::config::Config;
use crate::http::header_text;

/// The other side of the connection.
#[derive(Debug, PartialEq, Eq)]
pub struct Client {
    /// Its address.
    pub ip: String,
    /// The host it asked for, as it wrote it.
    pub host: String,
    /// Whether its connection is encrypted.
    pub https: bool,
}

impl Client {
    /// What is known of the client of a request.
    pub fn of(request: &ServiceRequest, config: &Config) -> Self {
        let peer = request.peer_addr().map(|address| address.ip());
        let headers = request.headers();
        let host = request
            .uri()
            .authority()
            .map(|authority| authority.as_str())
            .or_else(|| header_text(headers, HOST.as_str()));
        // Of the listener that the connection came in by.
        let encrypted = request.app_config().secure();
        let direct = Self {
            ip: peer.map(|ip| ip.to_string()).unwrap_or_default(),
            host: host.unwrap_or_default().to_owned(),
            https: encrypted,
        };
        if !peer.is_some_and(|ip| config.trusts_proxy(ip)) {
            return direct;
        }
        // A proxy may add a line of its own behind what the client has sent; what is no text in there is the client's.
        let lines = headers
            .get_all("x-forwarded-for")
            .map(|line| String::from_utf8_lossy(line.as_bytes()));
        let forwarded_for = client_address(&lines.collect::<Vec<_>>().join(","), config);
        let named = config
            .tenancy
            .forwarded_host
            .then(|| header_text(headers, "x-forwarded-host"))
            .flatten();
        let forwarded_host = named.map(|list| first(list).to_owned());
        Self {
            ip: forwarded_for.unwrap_or(direct.ip),
            host: forwarded_host.unwrap_or(direct.host),
            https: header_text(headers, "x-forwarded-proto").map_or(encrypted, |proto| first(proto).eq_ignore_ascii_case("https")),
        }
    }
}

/// The last address in the list that is no trusted proxy: everything before it is the client's own claim. What is no address ends the list too: a
/// proxy that was not understood has stood there.
fn client_address(list: &str, config: &Config) -> Option<String> {
    for entry in list.rsplit(',') {
        let ip = address(entry.trim())?;
        if !config.trusts_proxy(ip) {
            return Some(ip.to_string());
        }
    }
    None
}

/// An address, with or without a port.
fn address(entry: &str) -> Option<IpAddr> {
    let with_port = || entry.parse::<SocketAddr>().map(|address| address.ip());
    let in_brackets = || entry.trim_matches(['[', ']']).parse();
    entry.parse().or_else(|_| with_port()).or_else(|_| in_brackets()).ok()
}

fn first(list: &str) -> &str {
    list.split(',').next().unwrap_or_default().trim()
}

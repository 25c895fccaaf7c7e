//! What can be configured: defaults, then `orion.toml`, then the environment. A bad value stops the start with one line.

mod acme;
mod load;
mod mail_settings;
mod network;
mod origin;
mod secrets;
mod show;
mod source;
#[cfg(test)]
mod tests;
mod tool;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use secrecy::SecretString;
use serde::Deserialize;

use crate::db::Pooler;
use crate::fault::Fault;

pub use acme::{Acme, ExternalAccount};
pub use network::{Network, NetworkError};
pub use origin::PublicOrigin;
pub use source::ConfigError;
pub use tool::{ToolLink, ToolLinkError};

/// Where the server runs; it decides defaults and what is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    /// A developer's machine: path mode, demo data and `/dev` are there.
    Development,
    /// Tests.
    Test,
    /// Like production, for trying out.
    Staging,
    /// Real shops.
    Production,
}

impl Environment {
    /// The spelling in configuration and pages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Development => "development",
            Self::Test => "test",
            Self::Staging => "staging",
            Self::Production => "production",
        }
    }

    /// Whether conveniences for developers are there.
    pub const fn is_development(self) -> bool {
        matches!(self, Self::Development | Self::Test)
    }
}

/// The configuration of a server.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where it runs.
    pub env: Environment,
    /// The address to listen on.
    pub bind: String,
    /// The port, 0 for any free one.
    pub port: u16,
    /// Threads that take requests; 0 for one per core.
    pub workers: usize,
    /// Where files, the private database and generated secrets live.
    pub data_dir: PathBuf,
    /// `http` or `https`, for links that are made without a request.
    pub public_scheme: String,
    /// The port in such links; the one that is listened on unless told.
    pub public_port: Option<u16>,
    /// The database.
    pub database: Database,
    /// HTTP limits.
    pub http: Http,
    /// Signing in.
    pub auth: Auth,
    /// Proxies and path mode.
    pub tenancy: Tenancy,
    /// Outgoing mail.
    pub mail: Mail,
    /// Addresses that pictures are fetched from and webhooks sent to although they are not public; loopback in development and tests.
    pub outbound_allowed: Vec<Network>,
    /// Stores' own domains.
    pub domains: Domains,
    /// Where to listen for TLS; nowhere unless told.
    pub tls_listen: Option<SocketAddr>,
    /// Who gives certificates.
    pub acme: Acme,
    /// The log.
    pub log: Log,
    /// What `/metrics` and the details of `/health` ask for as a bearer token; without one only loopback may look.
    pub metrics_token: Option<SecretString>,
    /// Links to tools beside the server, for administrators.
    pub tools: Vec<ToolLink>,
    /// Jobs and events.
    pub worker: Worker,
    /// Whether pictures are kept and sent as AVIF, too, by a build that can make it.
    pub pictures_avif: bool,
    /// A part that shall fail, to see what holds; never in production.
    pub fault: Option<Fault>,
}

/// The database.
#[derive(Clone)]
pub struct Database {
    /// Where it is; without one a private PostgreSQL runs under the data directory.
    pub url: Option<String>,
    /// What stands before it.
    pub pooler: Pooler,
    /// The way past a pooler; `url` unless told.
    pub direct_url: Option<String>,
    /// Connections for store work.
    pub app_pool_size: u32,
    /// Connections for work across stores.
    pub platform_pool_size: u32,
    /// Milliseconds that a request waits for a connection.
    pub connect_timeout_ms: u64,
    /// Milliseconds until PostgreSQL gives a statement up.
    pub statement_timeout_ms: u64,
}

/// HTTP limits.
#[derive(Debug, Clone)]
pub struct Http {
    /// Bytes of a JSON body.
    pub max_body_bytes: usize,
    /// Bytes of an upload.
    pub max_upload_bytes: usize,
    /// Seconds for a request's head to arrive.
    pub request_timeout_s: u64,
    /// Seconds for a body to begin to flow; after that it has to make two kilobytes a second.
    pub body_timeout_s: u64,
    /// Bytes of JSON bodies that may be arriving at a time, in all; an address may have a quarter of it.
    pub bodies_bytes: usize,
    /// New carts a minute from one address; 0 sets no limit.
    pub carts_per_minute: u32,
    /// Requests a minute by one API key; 0 sets no limit.
    pub key_requests_per_minute: u32,
    /// Reads a minute of one shop from one address; 0 sets no limit.
    pub shop_reads_per_minute: u32,
    /// Changes a minute in one shop from one address; 0 sets no limit.
    pub shop_writes_per_minute: u32,
    /// Requests a minute to the API of one dashboard, or of the administration, from one address; 0 sets no limit.
    pub dashboard_requests_per_minute: u32,
    /// Requests a minute by one account of staff or administration, from all addresses; 0 sets no limit.
    pub account_requests_per_minute: u32,
    /// Seconds that an idle connection is kept.
    pub keep_alive_s: u64,
    /// Seconds for requests to finish at shutdown.
    pub shutdown_timeout_s: u64,
    /// Seconds between "not ready" and the closing of the door, for balancers to notice.
    pub drain_s: u64,
    /// Bytes of answers kept in memory; 0 switches the cache off.
    pub cache_bytes: u64,
}

/// Signing in.
#[derive(Debug, Clone)]
pub struct Auth {
    /// Signs access tokens.
    pub jwt_secret: SecretString,
    /// Still accepted after a rotation.
    pub jwt_secret_previous: Option<SecretString>,
    /// Mixed into every password before it is hashed.
    pub password_pepper: SecretString,
    /// Seconds that an access token lives.
    pub access_ttl_s: u32,
    /// bcrypt's cost, 4–16; below 10 only in tests.
    pub bcrypt_cost: u32,
    /// Whether administrators need a second factor to do anything but turn it on.
    pub admins_need_second_factor: bool,
}

/// Proxies and path mode.
#[derive(Debug, Clone)]
pub struct Tenancy {
    /// Whether `/storefront/{code}` and `/store/{code}` work; on in development unless told.
    pub path_mode: Option<bool>,
    /// Addresses or networks of proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` count.
    pub trusted_proxies: Vec<Network>,
    /// Whether their `X-Forwarded-Host` counts too. Hosts name the tenant, and a proxy that only adds headers passes on what a visitor made
    /// up: off unless somebody has seen to it that theirs sets or clears it.
    pub forwarded_host: bool,
}

/// Stores' own domains.
#[derive(Debug, Clone)]
pub struct Domains {
    /// The name server that is asked for their proofs; the system's unless told.
    pub resolver: Option<SocketAddr>,
    /// The host that their aliases name; each store's label below its platform's domain unless told.
    pub target: Option<String>,
    /// The addresses to which a domain leads that can have no alias.
    pub addresses: Vec<IpAddr>,
}

/// Outgoing mail.
#[derive(Debug, Clone)]
pub struct Mail {
    /// Such as `smtps://user:password@mail.example.com`; without one, mails stay in the mailbox table.
    pub smtp_url: Option<SecretString>,
    /// The sender of a store that has no contact address.
    pub from: String,
}

/// The log.
#[derive(Debug, Clone)]
pub struct Log {
    /// JSON lines, or text for people.
    pub json: bool,
    /// `info`, or a filter such as `info,orion_orders=debug`.
    pub level: String,
    /// Milliseconds from which a request is logged as slow.
    pub slow_request_ms: u64,
    /// Bodies in the log.
    pub bodies: LogBodies,
}

/// Bodies in the log; none unless a route is named.
#[derive(Debug, Clone, Default)]
pub struct LogBodies {
    /// Templates of routes, such as `/api/v1/store/products/{id}`.
    pub routes: Vec<String>,
    /// Bytes of a body that are written.
    pub limit: usize,
}

impl LogBodies {
    /// Whether the bodies of a route are written.
    pub fn wants(&self, route: &str) -> bool {
        self.routes.iter().any(|wanted| wanted == route)
    }
}

/// Jobs and events.
#[derive(Debug, Clone)]
pub struct Worker {
    /// Whether this server runs jobs.
    pub enabled: bool,
    /// Jobs at the same time.
    pub concurrency: usize,
    /// Where `orion worker` answers for its health and metrics; nowhere unless told.
    pub health_port: Option<u16>,
}

impl Config {
    /// Reads file and environment.
    pub fn load() -> Result<Self, ConfigError> {
        load::load(std::env::vars().collect())
    }

    /// A configuration from the given variables alone, for tests.
    pub fn from_variables(variables: impl IntoIterator<Item = (String, String)>) -> Result<Self, ConfigError> {
        load::load(variables.into_iter().collect())
    }

    /// The effective configuration as text, secrets masked.
    pub fn describe(&self) -> String {
        show::describe(self)
    }

    /// Whether real shops run here.
    pub fn is_production(&self) -> bool {
        self.env == Environment::Production
    }

    /// Whether paths may name a store.
    pub fn path_mode(&self) -> bool {
        self.tenancy.path_mode.unwrap_or(self.env.is_development())
    }

    /// Whether what this peer forwards counts.
    pub fn trusts_proxy(&self, peer: IpAddr) -> bool {
        self.tenancy.trusted_proxies.iter().any(|network| network.contains(peer))
    }

    /// How links are made that do not follow a request.
    pub fn origin(&self) -> PublicOrigin {
        let port = self.public_port.unwrap_or(self.port);
        let usual = if self.public_scheme == "https" { 443 } else { 80 };
        PublicOrigin {
            scheme: format!("{}://", self.public_scheme),
            port: if port == usual { String::new() } else { format!(":{port}") },
            domains_resolve: self.env != Environment::Development,
        }
    }

    /// What stands behind a host in addresses that lead to the listener for TLS: nothing where that is 443 to the world.
    pub fn tls_port(&self) -> String {
        let told = self.public_port.filter(|_| self.public_scheme == "https");
        match told.or(self.tls_listen.map(|address| address.port())) {
            None | Some(443) => String::new(),
            Some(port) => format!(":{port}"),
        }
    }

    /// Threads that take requests.
    pub fn workers(&self) -> usize {
        if self.workers > 0 {
            self.workers
        } else {
            std::thread::available_parallelism().map_or(2, usize::from)
        }
    }

    /// Where uploaded files live.
    pub fn storage_dir(&self) -> PathBuf {
        self.data_dir.join("storage")
    }

    /// Where the indexes of the shops' lists live, which may be deleted at any time.
    pub fn search_dir(&self) -> PathBuf {
        self.data_dir.join("search")
    }

    /// From when a request is slow.
    pub fn slow_request(&self) -> Duration {
        Duration::from_millis(self.log.slow_request_ms)
    }
}

/// The URL holds a password, and whatever has `Debug` ends up in a log one day.
impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Database")
            .field("url", &self.url.as_ref().map(|_| "********"))
            .finish_non_exhaustive()
    }
}

impl Database {
    /// How long a request waits for a connection.
    pub fn connect_timeout(&self) -> Duration {
        Duration::from_millis(self.connect_timeout_ms)
    }

    /// When PostgreSQL gives a statement up.
    pub fn statement_timeout(&self) -> Duration {
        Duration::from_millis(self.statement_timeout_ms)
    }
}

impl Http {
    /// How long a request's head may take to arrive.
    pub fn request_timeout(&self) -> Duration {
        Duration::from_secs(self.request_timeout_s)
    }

    /// How long a body may take to begin to flow.
    pub fn body_timeout(&self) -> Duration {
        Duration::from_secs(self.body_timeout_s)
    }

    /// How long an idle connection is kept.
    pub fn keep_alive(&self) -> Duration {
        Duration::from_secs(self.keep_alive_s)
    }

    /// How long the server goes on serving after it has said that it is not ready.
    pub fn drain(&self) -> Duration {
        Duration::from_secs(self.drain_s)
    }

    /// How long requests may take to finish at shutdown.
    pub fn shutdown_timeout(&self) -> Duration {
        Duration::from_secs(self.shutdown_timeout_s)
    }
}

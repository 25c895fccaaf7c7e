//! What a server works with, made once at start and shared by every request and job.

use std::sync::{Arc, OnceLock};

use orion_search::Indexes;
use tokio::sync::Notify;

use crate::auth::{Brake, ChainKey, Passwords, Tokens, Vault};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Actor, Plans, RequestMeta, TxContext};
use crate::health::{Health, Readiness};
use crate::http::{BodyBudget, Limits, ResponseCache};
use crate::module::Registry;
use crate::outbound::Outbound;
use crate::storage::Storage;
use crate::tenancy::{Directory, StoreContext};
use crate::tls::Certificates;

/// The routes as the log names them.
pub trait RouteTemplates: Send + Sync {
    /// The template of a path, such as `/api/v1/store/products/{id}`; `None` for one that is no operation's.
    fn template(&self, path: &str) -> Option<String>;
}

/// The server's parts that modules work with. None of them opens a transaction: that is for the gates and the contexts of jobs.
pub struct Services {
    /// What was configured.
    pub config: Arc<Config>,
    /// The time.
    pub clock: Clock,
    /// Who a host belongs to.
    pub directory: Directory,
    /// The modules of this build.
    pub modules: Arc<Registry>,
    /// Files.
    pub storage: Storage,
    /// Outgoing HTTP to addresses that whoever runs the server has named.
    pub http: reqwest::Client,
    /// Outgoing HTTP to addresses that anybody else has named.
    pub outbound: Outbound,
    /// Secrets that have to be read again.
    pub vault: Vault,
    /// Ties the entries of the audit log together.
    pub chain_key: ChainKey,
    /// What handshakes show.
    pub certificates: Arc<Certificates>,
    /// Access tokens.
    pub tokens: Tokens,
    /// Password hashing.
    pub passwords: Passwords,
    /// The brake on guessing passwords.
    pub brake: Brake,
    /// What bodies may take while they arrive.
    pub bodies: BodyBudget,
    /// How often a client may ask.
    pub limits: Limits,
    /// Answers of the shop, ready to send.
    pub cache: ResponseCache,
    /// What lists and searches of the shops are answered from.
    pub search: Indexes,
    /// Whether the server takes requests.
    pub readiness: Readiness,
    /// What the checks have found, and since when the server runs.
    pub health: Health,
    /// Which template a path of the API belongs to, once the routes are known.
    pub templates: OnceLock<Box<dyn RouteTemplates>>,
    /// Rung when a commit leaves events or jobs.
    pub work: Arc<Notify>,
}

impl Services {
    /// Everything a transaction of a store needs beside its connection.
    pub fn tx_context(&self, store: StoreContext, actor: Actor, meta: RequestMeta) -> TxContext {
        TxContext {
            store,
            actor,
            meta,
            clock: self.clock.clone(),
            modules: self.modules.clone(),
            plans: Plans::Fitting,
            mails_leave: self.config.mail.smtp_url.is_some(),
        }
    }
}

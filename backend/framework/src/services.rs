//! What a server works with, made once at start and shared by every request and job.

use std::sync::{Arc, OnceLock};

use orion_search::Indexes;
use orion_types::StoreId;
use tokio::sync::Notify;

use crate::auth::{Brake, Passwords, Tokens, Vault};
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Access, Actor, Committed, Db, DbError, Plans, PlatformTx, RequestMeta, StoreTx, TxContext};
use crate::health::{Health, Readiness};
use crate::http::{BodyBudget, ResponseCache, Throttle};
use crate::module::Registry;
use crate::outbound::Outbound;
use crate::storage::Storage;
use crate::tenancy::{Directory, StoreContext};

/// The routes as the log names them.
pub trait RouteTemplates: Send + Sync {
    /// The template of a path, such as `/api/v1/store/products/{id}`; `None` for one that is no operation's.
    fn template(&self, path: &str) -> Option<String>;
}

/// Reads stores for work that goes on when the request is over that began it.
#[derive(Clone)]
pub struct StoreReader {
    db: Db,
    clock: Clock,
    modules: Arc<Registry>,
}

impl StoreReader {
    /// Runs `work` for a store in one transaction in which PostgreSQL refuses writes.
    pub async fn read<T, E>(&self, store: &StoreContext, work: impl FnOnce(&mut StoreTx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let context = TxContext {
            store: store.clone(),
            actor: Actor::system("index"),
            meta: RequestMeta::default(),
            clock: self.clock.clone(),
            modules: self.modules.clone(),
            plans: Plans::Fitting,
            // Whoever only reads sends none.
            mails_leave: false,
        };
        let (value, _) = StoreTx::run(&self.db, context, Access::ReadOnly, work).await?;
        Ok(value)
    }

    /// Returns when everything that was committed before the call is on the disk.
    pub async fn on_disk(&self) -> Result<(), DbError> {
        self.db.on_disk().await
    }
}

/// The server's parts.
pub struct Services {
    /// What was configured.
    pub config: Arc<Config>,
    /// The pools.
    pub db: Db,
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
    /// Access tokens.
    pub tokens: Tokens,
    /// Password hashing.
    pub passwords: Passwords,
    /// The brake on guessing passwords.
    pub brake: Brake,
    /// What bodies may take while they arrive.
    pub bodies: BodyBudget,
    /// The brake on new carts.
    pub new_carts: Throttle,
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

    /// Runs `work` for a store in one transaction; what it commits is known to this server when the call returns.
    pub async fn store_tx<T, E>(
        &self,
        store: &StoreContext,
        actor: Actor,
        meta: RequestMeta,
        work: impl FnOnce(&mut StoreTx) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.store_tx_in(self.tx_context(store.clone(), actor, meta), work).await
    }

    /// Like [`Self::store_tx`], in a context of the caller's own, such as one with another clock.
    pub async fn store_tx_in<T, E>(
        &self,
        context: TxContext,
        work: impl FnOnce(&mut StoreTx) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let store = context.store.id;
        let (value, committed) = StoreTx::run(&self.db, context, Access::ReadWrite, work).await?;
        // Committed is committed: what this server remembers is told also when the wait for the disk goes wrong.
        self.after(store, committed);
        self.db.on_disk().await.map_err(DbError::while_committing)?;
        Ok(value)
    }

    /// Like [`Self::store_tx`], but PostgreSQL refuses writes.
    pub async fn store_read<T, E>(
        &self,
        store: &StoreContext,
        actor: Actor,
        work: impl FnOnce(&mut StoreTx) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.store_read_in(self.tx_context(store.clone(), actor, RequestMeta::default()), work)
            .await
    }

    /// Like [`Self::store_read`], in a context of the caller's own.
    pub async fn store_read_in<T, E>(
        &self,
        context: TxContext,
        work: impl FnOnce(&mut StoreTx) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        StoreTx::run(&self.db, context, Access::ReadOnly, work)
            .await
            .map(|(value, _)| value)
    }

    /// What reads stores apart from any request.
    pub fn reader(&self) -> StoreReader {
        StoreReader {
            db: self.db.clone(),
            clock: self.clock.clone(),
            modules: self.modules.clone(),
        }
    }

    /// Runs `work` across stores in one transaction.
    pub async fn platform_tx<T, E>(
        &self,
        actor: Actor,
        meta: RequestMeta,
        work: impl FnOnce(&mut PlatformTx) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (value, committed) = PlatformTx::run(&self.db, actor, meta, self.clock.clone(), work).await?;
        if committed.tenants_changed {
            self.directory.forget();
        }
        crate::metrics::add_one(&committed.counts);
        for store in committed.changed {
            self.directory.forget_store(store);
        }
        for (store, version) in committed.catalogs {
            self.directory.catalog_moved(store, version);
        }
        if committed.work {
            self.work.notify_one();
        }
        Ok(value)
    }

    /// What this server must know at once: its next answer may not be older than what it just confirmed.
    fn after(&self, store: StoreId, committed: Committed) {
        crate::metrics::add_one(&committed.counts);
        if let Some(version) = committed.catalog_version {
            self.directory.catalog_moved(store, version);
        }
        if committed.tenant_changed {
            self.directory.forget_store(store);
        }
        if committed.work {
            self.work.notify_one();
        }
    }
}

//! The services with the database behind them.
//!
//! Whoever holds a [`Backend`] can work in every store, so modules are never given one: they get [`Services`], and transactions from a gate
//! or from the context of a job, for the store that was entered there.
//!
//! A handler cannot take it out of the request either, since the type under which it lies there is nobody else's:
//!
//! ```compile_fail,E0603
//! fn handler(entrance: actix_web::web::Data<orion_framework::backend::Entrance>) {}
//! ```
//!
//! And nothing of what the gates hand on opens a transaction:
//!
//! ```compile_fail,E0599
//! async fn outside(services: &orion_framework::Services) {
//!     services.platform_tx(orion_framework::db::Actor::system("nobody"), Default::default(), |_| Ok::<_, orion_framework::db::DbError>(())).await;
//! }
//! ```
//!
//! A gate itself is made of a request and of nothing else:
//!
//! ```compile_fail,E0451
//! fn forged(entry: orion_framework::gate::Anonymous) -> orion_framework::gate::Anonymous {
//!     orion_framework::gate::Anonymous { ..entry }
//! }
//! ```

use std::ops::Deref;
use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::dev::ServiceRequest;
use actix_web::web::{Data, ServiceConfig};
use orion_types::StoreId;

use crate::Services;
use crate::auth::Accounts;
use crate::db::{Access, Actor, Committed, Db, DbError, PlatformTx, RequestMeta, StoreTx, TxContext};
use crate::tenancy::StoreContext;

/// The server's parts and its database: what starts a server, a command or a test holds it.
pub struct Backend {
    services: Arc<Services>,
    /// The pools.
    pub db: Db,
}

impl Deref for Backend {
    type Target = Services;

    fn deref(&self) -> &Services {
        &self.services
    }
}

/// Under which a request finds the backend.
pub(crate) struct Entrance(Arc<Backend>);

impl Entrance {
    pub(crate) fn of(request: &HttpRequest) -> Option<&Arc<Backend>> {
        request.app_data::<Data<Self>>().map(|entrance| &entrance.0)
    }

    pub(crate) fn before(request: &ServiceRequest) -> Option<&Arc<Backend>> {
        request.app_data::<Data<Self>>().map(|entrance| &entrance.0)
    }
}

impl Backend {
    /// The parts with their database.
    pub fn new(services: Services, db: Db) -> Self {
        Self {
            services: Arc::new(services),
            db,
        }
    }

    /// What of it modules get.
    pub fn services(&self) -> &Arc<Services> {
        &self.services
    }

    #[cfg(test)]
    pub(crate) fn services_mut(&mut self) -> &mut Services {
        Arc::get_mut(&mut self.services).expect("nobody else has them yet")
    }

    /// Lets the gates of an application find it.
    pub fn open(self: &Arc<Self>, config: &mut ServiceConfig) {
        config.app_data(Data::new(Entrance(self.clone())));
    }

    /// A way into one store, in somebody's name.
    pub fn access(self: &Arc<Self>, store: &StoreContext, actor: Actor) -> StoreAccess {
        StoreAccess {
            backend: self.clone(),
            store: store.clone(),
            actor,
        }
    }

    /// What signs in and out by.
    pub(crate) fn accounts(&self) -> Accounts<'_> {
        Accounts(self)
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
        let (value, committed) = PlatformTx::run(&self.db, actor, meta, (self.clock.clone(), self.modules.clone()), work).await?;
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

/// A store that a gate or a job has entered: it opens transactions there and nowhere else, also for work that goes on after the request.
#[derive(Clone)]
pub struct StoreAccess {
    backend: Arc<Backend>,
    store: StoreContext,
    actor: Actor,
}

impl StoreAccess {
    /// The store.
    pub fn store(&self) -> &StoreContext {
        &self.store
    }

    /// The server's parts.
    pub fn services(&self) -> &Arc<Services> {
        self.backend.services()
    }

    /// The same store in another name, such as that of the job that goes on with what somebody began.
    pub fn named(&self, actor: Actor) -> Self {
        Self { actor, ..self.clone() }
    }

    /// Runs `work` in one transaction of the store.
    pub async fn tx<T, E>(&self, work: impl FnOnce(&mut StoreTx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.backend
            .store_tx(&self.store, self.actor.clone(), RequestMeta::default(), work)
            .await
    }

    /// Like [`Self::tx`], but PostgreSQL refuses writes.
    pub async fn read<T, E>(&self, work: impl FnOnce(&mut StoreTx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.backend.store_read(&self.store, self.actor.clone(), work).await
    }

    /// Returns when everything that was committed before the call is on the disk.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn on_disk(&self) -> Result<(), DbError> {
        self.backend.db.on_disk().await
    }
}

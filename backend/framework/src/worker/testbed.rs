//! A database and a server's parts for the tests of this crate.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use chrono::{DateTime, TimeDelta};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use orion_postgres::{Options, PrivatePostgres};
use orion_types::StoreId;
use tokio::sync::Notify;
use uuid::Uuid;

use super::{Drained, Worker, WorkerOptions};
use crate::auth::{Brake, Passwords, Tokens};
use crate::clock::{Clock, Ids};
use crate::config::Config;
use crate::db::{Actor, Db, DbError, PoolOptions, RequestMeta, StoreTx, migrate};
use crate::health::{Health, Readiness};
use crate::http::{BodyBudget, Limits, ResponseCache};
use crate::module::{Module, Registry};
use crate::storage::Storage;
use crate::tenancy::{Area, Directory, RequestContext, StoreContext, Understood};
use crate::{Backend, Services};

/// Two stores of one platform.
pub(crate) const ACME: Uuid = Uuid::from_u128(0xa);
pub(crate) const GLOBEX: Uuid = Uuid::from_u128(0xb);

const PEOPLE: &str = "
    INSERT INTO platforms (id, code, name, domain, created_at, updated_at)
        VALUES ('00000000-0000-0000-0000-000000000001', 'main', 'Main', 'orion.localhost', now(), now());
    INSERT INTO users (id, email, name, password_hash, created_at, updated_at)
        VALUES ('00000000-0000-0000-0000-000000000002', 'owner@acme.test', 'Olivia Owner', 'none', now(), now());
    INSERT INTO stores (id, platform_id, code, subdomain, name, currency, owner_user_id, created_at, updated_at)
        SELECT id, '00000000-0000-0000-0000-000000000001', code, code, code, 'EUR', '00000000-0000-0000-0000-000000000002', now(), now()
        FROM (VALUES ('00000000-0000-0000-0000-00000000000a'::uuid, 'acme'), ('00000000-0000-0000-0000-00000000000b', 'globex')) AS store(id, code);";

/// The PostgreSQL of this process: the one of the whole test run, or a private one that stops with its last user.
struct Cluster {
    url: String,
    /// Dropped before its folder goes.
    private: Option<(Option<PrivatePostgres>, PathBuf)>,
}

impl Cluster {
    fn get() -> Arc<Self> {
        static CURRENT: Mutex<Weak<Cluster>> = Mutex::new(Weak::new());
        let mut current = CURRENT.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(cluster) = current.upgrade() {
            return cluster;
        }
        let cluster = Arc::new(Self::start());
        *current = Arc::downgrade(&cluster);
        cluster
    }

    fn start() -> Self {
        if let Ok(url) = std::env::var("ORION_TEST_POSTGRES") {
            return Self { url, private: None };
        }
        let data_dir = std::env::temp_dir().join(format!("orion-framework-{}", Ids::new_id()));
        let options = Options {
            data_dir: data_dir.clone(),
            bin_dir: None,
            durable: false,
            max_connections: 100,
        };
        let server = PrivatePostgres::start(&options).unwrap();
        Self {
            url: server.url().to_owned(),
            private: Some((Some(server), data_dir)),
        }
    }

    fn url_of(&self, database: &str) -> String {
        let (address, query) = self.url.split_once('?').unwrap_or((&self.url, ""));
        let base = address.rsplit_once('/').map_or(address, |(base, _)| base);
        format!("{base}/{database}?{query}")
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Some((server, folder)) = &mut self.private {
            drop(server.take());
            let _left_for_the_next_cleaning = std::fs::remove_dir_all(folder);
        }
    }
}

/// A database of its own with two stores, and the parts of a server that works on it.
pub(crate) struct Testbed {
    pub(crate) backend: Arc<Backend>,
    pub(crate) clock: Clock,
    database: String,
    folder: PathBuf,
    cluster: Arc<Cluster>,
}

impl Testbed {
    /// A server with these modules, all of which are on, whose clock stands still.
    pub(crate) fn new(modules: &[&'static Module]) -> Self {
        Self::with_clock(modules, Clock::fixed(DateTime::from_timestamp(1_800_000_000, 0).unwrap()))
    }

    /// Likewise, with another clock.
    pub(crate) fn with_clock(modules: &[&'static Module], clock: Clock) -> Self {
        let cluster = Cluster::get();
        let database = format!("framework_{}", Ids::new_id().simple());
        let mut owner = PgConnection::establish(&cluster.url).unwrap();
        owner.batch_execute(&format!("CREATE DATABASE {database}")).unwrap();
        let url = cluster.url_of(&database);
        migrate::run(&url).unwrap();
        PgConnection::establish(&url).unwrap().batch_execute(PEOPLE).unwrap();
        let folder = std::env::temp_dir().join(&database);
        let backend = Arc::new(backend(&url, &folder, clock.clone(), modules));
        let testbed = Self {
            backend,
            clock,
            database,
            folder,
            cluster,
        };
        for module in modules {
            testbed.switch(module.id, true);
        }
        testbed
    }

    /// A worker of another server on the same database, whose clock is another one.
    pub(crate) fn worker_beside(&self, modules: &[&'static Module], clock: Clock) -> Worker {
        let url = self.cluster.url_of(&self.database);
        let backend = Arc::new(backend(&url, &self.folder, clock, modules));
        Worker::new(backend, &[], WorkerOptions::default()).unwrap()
    }

    /// Switches the platform on or off.
    pub(crate) fn switch_platform(&self, active: bool) {
        self.owner(&format!("UPDATE platforms SET active = {active}"));
        self.backend.directory.forget();
    }

    /// Switches a module on or off for the platform.
    pub(crate) fn switch(&self, module: &str, enabled: bool) {
        self.owner(&format!(
            "INSERT INTO platform_modules (platform_id, module, enabled, changed_at) \
             VALUES ('00000000-0000-0000-0000-000000000001', '{module}', {enabled}, now()) \
             ON CONFLICT (platform_id, module) DO UPDATE SET enabled = {enabled}"
        ));
        self.backend.directory.forget();
    }

    /// Runs SQL as the owner of the tables.
    pub(crate) fn owner(&self, sql: &str) {
        // A superuser sees through row level security, which is what a look from outside needs.
        self.connect().batch_execute(sql).unwrap();
    }

    /// A number that a query finds, as the owner of the tables.
    pub(crate) fn count(&self, sql: &str) -> i64 {
        diesel::select(diesel::dsl::sql::<diesel::sql_types::BigInt>(&format!("({sql})")))
            .get_result(&mut self.connect())
            .unwrap()
    }

    /// A text that a query finds, as the owner of the tables.
    pub(crate) fn text(&self, sql: &str) -> String {
        diesel::select(diesel::dsl::sql::<diesel::sql_types::Text>(&format!("({sql})")))
            .get_result(&mut self.connect())
            .unwrap()
    }

    /// A connection of the owner of the tables.
    pub(crate) fn connect(&self) -> PgConnection {
        PgConnection::establish(&self.cluster.url_of(&self.database)).unwrap()
    }

    /// A store.
    pub(crate) async fn store(&self, id: Uuid) -> StoreContext {
        self.backend.directory.store_by_id(StoreId(id)).await.unwrap().unwrap()
    }

    /// A transaction of a store.
    pub(crate) async fn tx<T, E>(&self, store: Uuid, work: impl FnOnce(&mut StoreTx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.backend
            .store_tx(&self.store(store).await, Actor::system("test"), RequestMeta::default(), work)
            .await
    }

    /// A worker of this server.
    pub(crate) fn worker(&self) -> Worker {
        Worker::new(self.backend.clone(), &[], WorkerOptions::default()).unwrap()
    }

    /// Delivers events and runs due jobs until none is left.
    pub(crate) async fn run_jobs(&self) -> Drained {
        self.worker().run_jobs_until_idle().await.unwrap()
    }

    /// Moves the clock.
    pub(crate) fn wait(&self, seconds: i64) {
        self.clock.advance(TimeDelta::seconds(seconds));
    }

    /// A request from an address, as the stack has understood it.
    pub(crate) fn request(&self, ip: &str) -> RequestContext {
        RequestContext::new(Understood {
            request_id: "test".to_owned(),
            area: Area::Store,
            store: None,
            platform: None,
            base: String::new(),
            original_path: "/".to_owned(),
            host: "acme.orion.localhost".to_owned(),
            ip: ip.to_owned(),
            https: false,
            user_agent: "a browser".to_owned(),
            cors: None,
        })
    }
}

impl Drop for Testbed {
    fn drop(&mut self) {
        let _left_behind = std::fs::remove_dir_all(&self.folder);
        if let Ok(mut owner) = PgConnection::establish(&self.cluster.url) {
            let _gone_with_the_cluster = owner.batch_execute(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.database));
        }
    }
}

fn backend(url: &str, folder: &std::path::Path, clock: Clock, modules: &[&'static Module]) -> Backend {
    let settings = [
        ("ORION_ENV", "test"),
        ("ORION_AUTH_JWT_SECRET", "the secret of the tests"),
        ("ORION_AUTH_PASSWORD_PEPPER", "the pepper of the tests"),
        ("ORION_AUTH_BCRYPT_COST", "4"),
    ];
    let config = Config::from_variables(settings.map(|(key, value)| (key.to_owned(), value.to_owned()))).unwrap();
    let registry = Arc::new(Registry::new(modules).unwrap());
    let db = Db::new(&PoolOptions {
        url: url.to_owned(),
        pooler: crate::db::Pooler::None,
        direct_url: url.to_owned(),
        app_size: 4,
        platform_size: 2,
        wait: std::time::Duration::from_secs(5),
        statement_timeout: std::time::Duration::from_secs(10),
    });
    let services = Services {
        directory: Directory::new(db.clone(), clock.clone(), registry.always_on(), config.origin()),
        storage: Storage::open(folder).unwrap(),
        http: reqwest::Client::new(),
        outbound: crate::outbound::Outbound::new(&config.outbound_allowed).unwrap(),
        vault: crate::auth::Vault::new(&config.auth.password_pepper).unwrap(),
        chain_key: crate::auth::ChainKey::new(&config.auth.password_pepper),
        certificates: Arc::default(),
        tokens: Tokens::new(&config.auth.jwt_secret, None, 600, clock.clone()),
        passwords: Passwords::new(config.auth.bcrypt_cost, config.auth.password_pepper.clone()),
        brake: Brake::new(clock.clone()),
        bodies: BodyBudget::new(1 << 20),
        limits: Limits::new(&clock, &config.http),
        cache: ResponseCache::new(1 << 20),
        search: orion_search::Indexes::new(folder.join("search")),
        readiness: Readiness::default(),
        health: Health::default(),
        templates: std::sync::OnceLock::new(),
        work: Arc::new(Notify::new()),
        modules: registry,
        config: Arc::new(config),
        clock,
    };
    Backend::new(services, db)
}

//! The real server in the test's process: its own database, its own files, a free port.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use orion::server::{self, Running};
use orion_framework::Backend;
use orion_framework::clock::{Clock, Ids};
use orion_framework::config::Config;
use orion_framework::module::Registry;
use orion_framework::worker::{Drained, all_periodic};
use orion_types::catalog::Product;
use orion_types::{StoreId, VariantId};

use super::{Buyer, Client, TestDatabase, product, world};

/// What a test can choose.
#[derive(Default)]
pub struct TestOptions {
    /// The machine's clock unless told.
    pub clock: Clock,
    /// Settings beside those that every test has.
    pub variables: Vec<(&'static str, String)>,
    /// Where the database is, when it is not one of the tests' cluster; it must be migrated.
    pub url: Option<String>,
    /// Modules, when it is not all of them.
    pub modules: Option<Registry>,
}

/// A reason to leave jobs behind.
pub type WhyLeft = &'static str;

/// A server with the platforms `main` and `lite` and the stores `acme` (EUR, tax included), `globex` (USD, tax on top),
/// `tokyo` (JPY) and, on lite, `plain`. Dropping it fails the test when jobs were queued and never run.
pub struct TestApp {
    /// The server's parts.
    pub services: Arc<Backend>,
    running: Option<Running>,
    address: SocketAddr,
    database: Option<TestDatabase>,
    options: TestOptions,
    left: Cell<bool>,
    data: DataDir,
}

/// Another server on the same database.
pub struct SecondServer {
    /// The server's parts.
    pub services: Arc<Backend>,
    _running: Running,
    /// Where it listens.
    pub address: SocketAddr,
    /// Where it listens for TLS.
    pub tls_address: Option<SocketAddr>,
    _data: DataDir,
}

impl TestApp {
    /// Starts with nothing special.
    pub async fn start() -> Self {
        Self::start_with(TestOptions::default()).await
    }

    /// Starts as told.
    pub async fn start_with(options: TestOptions) -> Self {
        let database = options.url.is_none().then(TestDatabase::create);
        let url = database
            .as_ref()
            .map_or_else(|| options.url.clone().unwrap_or_default(), |database| database.url().to_owned());
        let data = DataDir::create();
        let services = services(&data, &options, &url);
        world::create(&services).await;
        let running = server::start(services.clone()).await.expect("the server starts");
        let address = running.address;
        let app = Self {
            services,
            running: Some(running),
            address,
            database,
            options,
            left: Cell::new(false),
            data,
        };
        app.run_jobs().await;
        app
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where it listens for TLS.
    pub fn tls_address(&self) -> Option<SocketAddr> {
        self.running.as_ref().and_then(|running| running.tls_address)
    }

    /// Where its files are.
    pub fn data_dir(&self) -> &Path {
        &self.data.0
    }

    /// The database as its owner, whom no policy holds back.
    pub fn owner_of_database(&self) -> PgConnection {
        PgConnection::establish(self.services.db.url()).expect("the database answers")
    }

    /// A number that a query of the database's owner answers with.
    pub fn count(&self, sql: &str) -> i64 {
        #[derive(QueryableByName)]
        struct Count {
            #[diesel(sql_type = BigInt)]
            count: i64,
        }
        let row: Count = diesel::sql_query(format!("SELECT ({sql})::bigint AS count"))
            .get_result(&mut self.owner_of_database())
            .expect("a number");
        row.count
    }

    /// A text that a query of the database's owner answers with.
    pub fn text(&self, sql: &str) -> String {
        text(&mut self.owner_of_database(), sql)
    }

    /// Starts another server on the same database.
    pub async fn second_server(&self) -> SecondServer {
        let data = DataDir::create();
        let services = services(&data, &self.options, self.services.db.url());
        let running = server::start(services.clone()).await.expect("the second server starts");
        SecondServer {
            services,
            address: running.address,
            tls_address: running.tls_address,
            _running: running,
            _data: data,
        }
    }

    /// A client of a host, with no prefix.
    pub fn host(&self, host: &str) -> Client {
        Client::new(self.address, host, "")
    }

    /// A guest of a shop.
    pub fn shop(&self, store: &str) -> Client {
        Client::new(self.address, &world::host(store), "/api/v1/storefront")
    }

    /// Nobody yet at the door of a dashboard.
    pub fn dashboard(&self, store: &str) -> Client {
        Client::new(self.address, &world::host(store), "/api/v1/store")
    }

    /// Nobody yet at the door of the administration.
    pub fn administration(&self) -> Client {
        Client::new(self.address, "admin.orion.localhost", "/api/v1/admin")
    }

    /// The owner of a store, signed in there.
    pub async fn owner(&self, store: &str) -> Client {
        self.staff(store, &format!("owner@{store}.test")).await
    }

    /// A member of staff, signed in at a store.
    pub async fn staff(&self, store: &str, email: &str) -> Client {
        self.dashboard(store).signed_in(email).await
    }

    /// The super admin.
    pub async fn admin(&self) -> Client {
        self.administration().signed_in("admin@orion.test").await
    }

    /// A new customer of a shop, signed in there.
    pub async fn customer(&self, store: &str, email: &str) -> Client {
        let shop = self.shop(store);
        let body = serde_json::json!({ "email": email, "name": "Ada Lovelace", "password": super::PASSWORD });
        let answer = shop.post("/auth/register", body).await.is(201);
        shop.bearer(answer.json["access_token"].as_str().expect("a token"))
    }

    /// A product with one variant on sale.
    pub async fn sell(&self, store: &str, title: &str, price_minor: i64, units: i32) -> Product {
        let owner = self.owner(store).await;
        let made = owner.post("/products", product(title, price_minor, units)).await.is(201);
        let id = made.json["id"].as_str().expect("an id").to_owned();
        owner
            .post(&format!("/products/{id}/publish"), serde_json::json!({}))
            .await
            .is(200)
            .json()
    }

    /// The only variant of a product that is put on sale.
    pub async fn sell_one(&self, store: &str, title: &str, price_minor: i64, units: i32) -> VariantId {
        self.sell(store, title, price_minor, units)
            .await
            .variants
            .first()
            .expect("a variant")
            .id
    }

    /// A guest of a shop with things in the cart.
    pub async fn buyer(&self, store: &str, lines: &[(VariantId, i32)]) -> Buyer {
        Buyer::fill(&self.shop(store), lines).await
    }

    /// A store's id.
    pub async fn store_id(&self, code: &str) -> StoreId {
        self.services
            .directory
            .store_by_code(code)
            .await
            .expect("the database answers")
            .expect("the store is there")
            .id
    }

    /// Runs what waits; no attempt may fail.
    pub async fn run_jobs(&self) -> Drained {
        let drained = self.attempt_jobs().await;
        assert_eq!(drained.failed, [], "jobs failed");
        drained
    }

    /// Runs what waits, whatever comes of it.
    pub async fn attempt_jobs(&self) -> Drained {
        let worker = server::worker(self.services.clone()).expect("the worker");
        worker.run_jobs_until_idle().await.expect("the database answers")
    }

    /// Does what is done again and again as if its time had come.
    pub async fn tidy(&self) {
        let due = diesel::sql_query("UPDATE periodic_runs SET due_at = '-infinity'");
        due.execute(&mut self.owner_of_database()).expect("the database answers");
        let worker = server::worker(self.services.clone()).expect("the worker");
        let done = worker.run_due().await.expect("the database answers");
        assert_eq!(done.len(), all_periodic(&self.services.modules).len(), "only {done:?} was done");
    }

    /// Says that jobs may be left behind, and why.
    pub fn leave_jobs(&self, _why: WhyLeft) {
        self.left.set(true);
    }

    fn forgotten_jobs(&self) -> String {
        let now = self.services.clock.now().to_rfc3339();
        let Ok(mut owner) = PgConnection::establish(self.services.db.url()) else {
            return String::new();
        };
        text(
            &mut owner,
            &format!(
                "SELECT coalesce(string_agg(name, ', '), '') FROM (\
                 SELECT kind AS name FROM jobs WHERE status = 'dead' OR (status IN ('queued', 'running') AND run_at <= '{now}') \
                 UNION ALL SELECT event FROM outbox_events WHERE dispatched_at IS NULL) AS forgotten"
            ),
        )
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        let forgotten = if self.left.get() || std::thread::panicking() {
            String::new()
        } else {
            self.forgotten_jobs()
        };
        // The server goes before its database.
        drop(self.running.take());
        drop(self.database.take());
        assert!(
            forgotten.is_empty(),
            "jobs and events were left behind: {forgotten}; call run_jobs()"
        );
    }
}

fn text(conn: &mut PgConnection, sql: &str) -> String {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        value: String,
    }
    let row: Row = diesel::sql_query(format!("SELECT coalesce(({sql})::text, '') AS value"))
        .get_result(conn)
        .expect("a text");
    row.value
}

fn services(data: &DataDir, options: &TestOptions, url: &str) -> Arc<Backend> {
    let mut all = variables(data);
    all.extend(options.variables.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
    all.insert("DATABASE_URL".to_owned(), url.to_owned());
    let config = Config::from_variables(all).expect("the settings are good");
    let modules = options.modules.clone();
    let modules = modules.unwrap_or_else(|| orion::modules::registry().expect("the modules fit together"));
    Arc::new(server::services_of(modules, config, url, options.clock.clone()).expect("the server's parts"))
}

/// The settings of every server of the tests.
pub(super) fn variables(data: &DataDir) -> BTreeMap<String, String> {
    let settings = [
        ("ORION_ENV", "test"),
        ("ORION_PORT", "0"),
        ("ORION_BIND", "127.0.0.1"),
        ("ORION_WORKERS", "1"),
        ("ORION_PUBLIC_PORT", "80"),
        ("ORION_AUTH_BCRYPT_COST", "4"),
        ("ORION_AUTH_JWT_SECRET", "a secret of the tests, 9876543210 and more"),
        ("ORION_AUTH_PASSWORD_PEPPER", "a pepper of the tests, 0123456789 and more"),
        ("ORION_WORKER_ENABLED", "false"),
        ("ORION_LOG_LEVEL", "error"),
        // No test asks name servers of the world; nobody answers here.
        ("ORION_DOMAINS_RESOLVER", "127.0.0.1:9"),
        // All buyers of a test come from one address.
        ("ORION_HTTP_CARTS_PER_MINUTE", "0"),
        ("ORION_HTTP_SHOP_READS_PER_MINUTE", "0"),
        ("ORION_HTTP_SHOP_WRITES_PER_MINUTE", "0"),
        ("ORION_HTTP_DASHBOARD_REQUESTS_PER_MINUTE", "0"),
        ("ORION_HTTP_ACCOUNT_REQUESTS_PER_MINUTE", "0"),
    ];
    let mut all: BTreeMap<String, String> = settings
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    all.insert("ORION_DATA_DIR".to_owned(), data.0.display().to_string());
    all
}

/// A folder that goes away with its owner.
pub struct DataDir(pub(super) PathBuf);

impl DataDir {
    /// A new one.
    pub fn create() -> Self {
        let path = std::env::temp_dir().join(format!("orion-test-{}", Ids::new_id().simple()));
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for DataDir {
    fn drop(&mut self) {
        let _still_used = std::fs::remove_dir_all(&self.0);
    }
}

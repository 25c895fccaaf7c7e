//! A database per test, cloned from a template that is migrated once.

use std::path::PathBuf;
use std::sync::OnceLock;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use orion_framework::clock::Ids;
use orion_framework::db::migrate;
use orion_postgres::{Options, PrivatePostgres};

/// The cluster of the tests: the one of the whole run, or a private one when tests are run by themselves. All test processes of a
/// machine share that one; a static is never dropped, so the last of them leaves it running for the next run.
struct Cluster {
    url: String,
    _private: Option<PrivatePostgres>,
}

fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(|| match std::env::var("ORION_TEST_POSTGRES") {
        Ok(url) => Cluster { url, _private: None },
        Err(_) => {
            let private = private_cluster(std::env::temp_dir().join("orion-tests-postgres"), 400);
            Cluster {
                url: private.url().to_owned(),
                _private: Some(private),
            }
        }
    })
}

/// Starts a PostgreSQL in a folder, or attaches to the one that runs there. What it has written it forgets when the power fails.
pub fn private_cluster(data_dir: PathBuf, max_connections: u16) -> PrivatePostgres {
    start(data_dir, max_connections, false)
}

/// Likewise, but one that remembers, as in production.
pub fn durable_cluster(data_dir: PathBuf, max_connections: u16) -> PrivatePostgres {
    start(data_dir, max_connections, true)
}

fn start(data_dir: PathBuf, max_connections: u16, durable: bool) -> PrivatePostgres {
    let options = Options {
        data_dir,
        bin_dir: None,
        durable,
        max_connections,
    };
    PrivatePostgres::start(&options).expect("a private PostgreSQL for the tests")
}

/// A fresh, migrated database.
pub struct TestDatabase {
    name: String,
    url: String,
}

impl TestDatabase {
    /// Clones the template; the first one in the cluster makes it.
    pub fn create() -> Self {
        let cluster = cluster();
        let mut owner = PgConnection::establish(&cluster.url).expect("the test cluster answers");
        let template = template(&mut owner, &cluster.url);
        let name = format!("test_{}", Ids::new_id().simple());
        owner
            .batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy"))
            .expect("a database is cloned");
        Self {
            url: with_database(&cluster.url, &name),
            name,
        }
    }

    /// A database in which no migration has run.
    pub fn bare() -> Self {
        let cluster = cluster();
        let name = format!("test_{}", Ids::new_id().simple());
        PgConnection::establish(&cluster.url)
            .and_then(|mut owner| {
                owner
                    .batch_execute(&format!("CREATE DATABASE {name}"))
                    .map_err(|error| diesel::ConnectionError::BadConnection(error.to_string()))
            })
            .expect("a database is made");
        Self {
            url: with_database(&cluster.url, &name),
            name,
        }
    }

    /// Where it is, as the owner.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A connection as the owner of the tables, who is no runtime role.
    pub fn owner(&self) -> PgConnection {
        PgConnection::establish(&self.url).expect("the test database answers")
    }

    /// A connection as a role of the server.
    pub fn as_role(&self, role: &str) -> PgConnection {
        let mut conn = self.owner();
        conn.batch_execute(&format!("SET ROLE {role}")).expect("the role exists");
        conn
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Ok(mut owner) = PgConnection::establish(&cluster().url) {
            let _kept_when_still_used = owner.batch_execute(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
        }
    }
}

/// The migrated template; its name follows from the migrations, so a changed one is never reused.
fn template(owner: &mut PgConnection, url: &str) -> String {
    let names = migrate::all().expect("the migrations are readable");
    let name = format!("template_{:016x}", fingerprint(&names));
    owner.batch_execute("SELECT pg_advisory_lock(4711)").expect("the template's lock");
    let exists: bool = diesel::select(diesel::dsl::sql::<diesel::sql_types::Bool>(&format!(
        "EXISTS (SELECT FROM pg_database WHERE datname = '{name}' AND NOT datallowconn)"
    )))
    .get_result(owner)
    .expect("the list of databases");
    if !exists {
        owner
            .batch_execute(&format!("DROP DATABASE IF EXISTS {name}"))
            .expect("a half-made template goes");
        owner.batch_execute(&format!("CREATE DATABASE {name}")).expect("the template");
        migrate::run(&with_database(url, &name)).expect("the migrations run");
        // Nobody may connect any more: a template in use cannot be cloned.
        owner
            .batch_execute(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false"))
            .expect("the template is closed");
    }
    owner.batch_execute("SELECT pg_advisory_unlock(4711)").expect("the template's lock");
    name
}

fn fingerprint(names: &[String]) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    names.hash(&mut hasher);
    include_str!(concat!(env!("OUT_DIR"), "/migrations.txt")).hash(&mut hasher);
    hasher.finish()
}

/// The same server with another database: `postgres:///name?host=…` or `postgres://host/name`.
fn with_database(url: &str, name: &str) -> String {
    let (address, query) = url.split_once('?').map_or((url, None), |(address, query)| (address, Some(query)));
    let base = address.rsplit_once('/').map_or(address, |(base, _)| base);
    match query {
        Some(query) => format!("{base}/{name}?{query}"),
        None => format!("{base}/{name}"),
    }
}

//! Two pools: one for the store at hand, a small one for work across stores. Both run as roles that own nothing.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use diesel::connection::{AnsiTransactionManager, CacheSize, SimpleConnection, TransactionManager};
use diesel::r2d2::{ManageConnection, Pool, PooledConnection};
use diesel::sql_types::Timestamptz;
use diesel::{Connection, PgConnection, RunQueryDsl};
use moka::sync::Cache;
use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};
use uuid::Uuid;

use super::DbError;
use super::address::patient;
use super::durable::Disk;
use super::pooler::{Pooler, settings};

/// How the pools are built.
#[derive(Debug, Clone)]
pub struct PoolOptions {
    /// Where the database is.
    pub url: String,
    /// What stands before it.
    pub pooler: Pooler,
    /// The way past a pooler, for what needs a session: migrations, and listening for news. The same as `url` where there is none.
    pub direct_url: String,
    /// Connections for store work.
    pub app_size: u32,
    /// Connections for platform work.
    pub platform_size: u32,
    /// How long a request waits for a connection before it is answered 503.
    pub wait: Duration,
    /// When PostgreSQL gives a statement up.
    pub statement_timeout: Duration,
}

/// Connections in use and in all, for the metrics.
#[derive(Debug, Clone, Copy)]
pub struct PoolStatus {
    /// Free for the next transaction.
    pub idle: u32,
    /// Open in all.
    pub open: u32,
    /// The most there may be.
    pub size: u32,
}

/// The way into the database; cheap to clone.
#[derive(Clone)]
pub struct Db {
    app: Lane,
    platform: Lane,
    directory: Lane,
    disk: Disk,
    url: Arc<str>,
}

/// A pool with as many permits as connections: who has no permit waits as a future, not as a thread.
#[derive(Clone)]
pub(super) struct Lane {
    pool: Pool<Manager>,
    permits: Arc<Semaphore>,
    shares: Shares,
    wait: Duration,
    /// What each transaction is told when sessions cannot be told anything.
    each: Option<Arc<str>>,
}

/// Connections for finding out whom a host belongs to: one for hosts that nobody knows, one for all others.
const DIRECTORY_SIZE: u32 = 2;

/// Stores whose shares of a pool are known, and for how long without a transaction.
const STORES: u64 = 10_000;
const FORGOTTEN: Duration = Duration::from_secs(60);

/// How a transaction begins that needs nothing else.
pub(super) const BEGIN: &str = "BEGIN";

/// A connection on loan.
pub(super) type Lease = PooledConnection<Manager>;

impl Db {
    /// Builds the pools; connections are made when they are needed, so this works while the database is down.
    pub fn new(options: &PoolOptions) -> Self {
        Self {
            app: Lane::new(options, "orion_app", options.app_size),
            platform: Lane::new(options, "orion_platform", options.platform_size),
            directory: Lane::new(options, "orion_platform", DIRECTORY_SIZE),
            // Asked by one at a time.
            disk: Disk::new(Lane::new(options, "orion_app", 1)),
            url: options.direct_url.as_str().into(),
        }
    }

    /// The address of the database, past any pooler.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// How busy the store pool is, then the platform pool.
    pub fn status(&self) -> (PoolStatus, PoolStatus) {
        (self.app.status(), self.platform.status())
    }

    /// Returns when everything that was committed before the call is on the disk; see [`super::durable`].
    pub(crate) async fn on_disk(&self) -> Result<(), DbError> {
        self.disk.reached().await
    }

    /// How often [`Self::on_disk`] has asked the disk.
    #[cfg(test)]
    pub(super) fn marks(&self) -> u64 {
        self.disk.marks()
    }

    pub(super) fn app(&self) -> &Lane {
        &self.app
    }

    pub(super) fn platform(&self) -> &Lane {
        &self.platform
    }

    pub(super) fn directory(&self) -> &Lane {
        &self.directory
    }

    /// The database's clock.
    pub async fn time(&self) -> Result<DateTime<Utc>, DbError> {
        let asked = self.platform.run(BEGIN.to_owned(), |mut lease| {
            let time = diesel::select(diesel::dsl::sql::<Timestamptz>("clock_timestamp()")).get_result(&mut lease.pg)?;
            AnsiTransactionManager::commit_transaction(&mut lease.pg)?;
            Ok::<_, DbError>(time)
        });
        asked.await
    }

    /// Asks the database for a sign of life, as either role: a login that may not work as one of them is of no use.
    pub async fn ping(&self) -> Result<(), DbError> {
        for lane in [&self.platform, &self.app] {
            lane.run(BEGIN.to_owned(), |mut lease| {
                lease.pg.batch_execute("SELECT 1")?;
                Ok::<_, DbError>(AnsiTransactionManager::commit_transaction(&mut lease.pg)?)
            })
            .await?;
        }
        Ok(())
    }
}

impl Lane {
    fn new(options: &PoolOptions, role: &'static str, size: u32) -> Self {
        let pooled = options.pooler == Pooler::Transaction;
        let settings = settings(role, options.statement_timeout, pooled);
        let manager = Manager {
            url: patient(&options.url),
            session: (!pooled).then(|| format!("{settings}; SET application_name = '{role}'; SET TIME ZONE 'UTC'")),
        };
        let pool = Pool::builder()
            .max_size(size)
            .min_idle(Some(0))
            .connection_timeout(options.wait)
            .test_on_check_out(false)
            .error_handler(Box::new(QuietErrors))
            .build_unchecked(manager);
        Self {
            pool,
            permits: Arc::new(Semaphore::new(size as usize)),
            shares: Shares::of(size),
            wait: options.wait,
            each: pooled.then(|| settings.into()),
        }
    }

    fn status(&self) -> PoolStatus {
        let state = self.pool.state();
        PoolStatus {
            idle: state.idle_connections,
            open: state.connections,
            size: self.pool.max_size(),
        }
    }

    /// The right to a connection, for a store after the right to one of its share.
    async fn permit(&self, store: Option<Uuid>) -> Result<Permit, DbError> {
        let both = async {
            let share = match store {
                Some(store) => Some(self.shares.of_store(store).acquire_owned().await?),
                None => None,
            };
            let permit = self.permits.clone().acquire_owned().await?;
            Ok::<_, AcquireError>((share, permit))
        };
        match tokio::time::timeout(self.wait, both).await {
            Ok(Ok(permit)) => Ok(permit),
            Ok(Err(_)) => Err(DbError::Unavailable("the pool is closed".to_owned())),
            Err(_) => Err(DbError::Unavailable("every connection is busy".to_owned())),
        }
    }

    /// Runs `work` on a blocking thread with a connection of this lane on which a transaction has begun with the text of `begin`.
    pub(super) async fn run<T, E>(&self, begin: String, work: impl FnOnce(Lease) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.run_for(None, begin, work).await
    }

    /// Like [`Self::run`], for a store, which leaves some connections to the others however much it asks for.
    pub(super) async fn run_for<T, E>(
        &self,
        store: Option<Uuid>,
        begin: String,
        work: impl FnOnce(Lease) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let permit = self.permit(store).await?;
        let lane = self.clone();
        let task = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work(lane.begin(&begin)?)
        });
        match task.await {
            Ok(result) => result,
            Err(join) if join.is_panic() => std::panic::resume_unwind(join.into_panic()),
            Err(_) => Err(DbError::Unavailable("the server is stopping".to_owned()).into()),
        }
    }

    /// A connection with an open transaction. One that died in the pool is thrown away and the next one tried: nothing has
    /// happened yet on it, so this is the one retry that is always safe.
    pub(super) fn begin(&self, begin: &str) -> Result<Lease, DbError> {
        let begin = match &self.each {
            Some(each) => Cow::from(format!("{begin}; {each}")),
            None => Cow::from(begin),
        };
        for _ in 0..=self.pool.max_size() {
            let mut lease = self.pool.get().map_err(|error| DbError::Unavailable(error.to_string()))?;
            match AnsiTransactionManager::begin_transaction_sql(&mut lease.pg, &begin) {
                Ok(()) => return Ok(lease),
                Err(error) => {
                    lease.broken = true;
                    tracing::debug!(%error, "a pooled connection was dead");
                }
            }
        }
        Err(DbError::Unavailable("every pooled connection was dead".to_owned()))
    }
}

/// What a transaction holds while it has a connection: a place in its store's share, and one in the pool.
type Permit = (Option<OwnedSemaphorePermit>, OwnedSemaphorePermit);

/// How many connections each store may have at a time. Whoever asks for much waits for its own work; the last quarter of a pool is there
/// for others.
#[derive(Clone)]
struct Shares {
    each: usize,
    stores: Cache<Uuid, Arc<Semaphore>>,
}

impl Shares {
    fn of(size: u32) -> Self {
        let size = size as usize;
        Self {
            each: (size - (size / 4).max(1)).max(1),
            // A share that is forgotten while somebody holds a part of it is made anew, whole: for a moment the store has more.
            stores: Cache::builder().max_capacity(STORES).time_to_idle(FORGOTTEN).build(),
        }
    }

    fn of_store(&self, store: Uuid) -> Arc<Semaphore> {
        self.stores.get_with(store, || Arc::new(Semaphore::new(self.each)))
    }
}

/// A connection and whether it must not be used again.
pub(super) struct Conn {
    pub(super) pg: PgConnection,
    pub(super) broken: bool,
}

/// Makes connections; each works as a role without rights of its own.
pub(super) struct Manager {
    url: String,
    /// What a session is told; nothing where a pooler changes sessions between transactions.
    session: Option<String>,
}

impl ManageConnection for Manager {
    type Connection = Conn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Conn, Self::Error> {
        let mut pg = PgConnection::establish(&self.url).map_err(diesel::r2d2::Error::ConnectionError)?;
        match &self.session {
            Some(settings) => pg.batch_execute(settings).map_err(diesel::r2d2::Error::QueryError)?,
            // A statement with a name would be asked of a connection that has never heard of it.
            None => pg.set_prepared_statement_cache_size(CacheSize::Disabled),
        }
        Ok(Conn { pg, broken: false })
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<(), Self::Error> {
        conn.pg.batch_execute("SELECT 1").map_err(diesel::r2d2::Error::QueryError)
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        conn.broken || std::thread::panicking()
    }
}

/// r2d2 would log each failed attempt; the caller that gets the error logs it once, with its request.
#[derive(Debug)]
struct QuietErrors;

impl<E: std::fmt::Display> diesel::r2d2::HandleError<E> for QuietErrors {
    fn handle_error(&self, error: E) {
        tracing::debug!(%error, "a database connection could not be made");
    }
}

//! The host map: which store a host or code belongs to, in memory, loaded on the first miss and dropped on news.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use arc_swap::ArcSwapOption;
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use moka::sync::Cache;
use orion_types::{PlatformId, StoreId};

use super::context::{PlatformContext, StoreContext};
use super::queries;
use crate::clock::Clock;
use crate::config::PublicOrigin;
use crate::db::{Actor, Db, DbError, PlatformTx, RequestMeta};

/// How long something is believed without news: news of a change comes at once, unless it is lost on the way.
const KEPT: Duration = Duration::from_secs(60);

/// Whom a host belongs to.
#[derive(Debug, Clone)]
pub enum HostOwner {
    /// The platform's own domain.
    Platform(Arc<PlatformContext>),
    /// `admin.` below a platform's domain.
    Admin(Arc<PlatformContext>),
    /// A store; `canonical` is the host that customers should be on.
    Store {
        /// The store.
        store: StoreContext,
        /// Present when the host is an old label, a secondary domain or its `www.` variant.
        redirect_to: Option<String>,
    },
    /// This machine by its loopback name, where development works by path.
    Loopback,
    /// Nobody we know.
    Unknown,
}

/// What was found out about a host.
#[derive(Clone)]
enum Known {
    Store {
        store: StoreContext,
        redirect_to: Option<String>,
        /// Until when a former label leads here.
        until: Option<DateTime<Utc>>,
    },
    Nobody,
}

/// All active platforms, and since when they are known.
struct Platforms {
    all: Arc<Vec<Arc<PlatformContext>>>,
    read_at: Instant,
}

/// The host map of this server.
pub struct Directory {
    db: Db,
    clock: Clock,
    core_modules: Vec<String>,
    origin: Arc<PublicOrigin>,
    platforms: ArcSwapOption<Platforms>,
    /// Hosts and codes (`#code`); unknown ones are kept too, bounded, so that noise does not reach the database.
    known: Cache<String, Known>,
    versions: RwLock<HashMap<StoreId, Arc<AtomicI64>>>,
    epoch: AtomicU64,
}

impl Directory {
    /// An empty map. `origin` is for links that are made without a request.
    pub fn new(db: Db, clock: Clock, core_modules: Vec<String>, origin: PublicOrigin) -> Self {
        let known = Cache::builder().max_capacity(100_000).time_to_live(KEPT).build();
        Self {
            db,
            clock,
            core_modules,
            origin: Arc::new(origin),
            platforms: ArcSwapOption::empty(),
            known,
            versions: RwLock::default(),
            epoch: AtomicU64::new(0),
        }
    }

    /// Forgets everything but the catalogue versions: hosts, stores or switches changed somewhere.
    pub fn forget(&self) {
        self.epoch.fetch_add(1, Ordering::AcqRel);
        self.platforms.store(None);
        self.known.invalidate_all();
    }

    /// Forgets the catalogue versions too: the database was away, and after a crash it may count again from before what is known here.
    pub fn forget_all(&self) {
        self.versions.write().unwrap_or_else(PoisonError::into_inner).clear();
        self.forget();
    }

    /// Moves a store's catalogue version forward, never back.
    pub fn catalog_moved(&self, store: StoreId, version: i64) {
        let versions = self.versions.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = versions.get(&store) {
            known.fetch_max(version, Ordering::AcqRel);
        }
    }

    fn version_of(&self, store: StoreId, version: i64) -> Arc<AtomicI64> {
        let mut versions = self.versions.write().unwrap_or_else(PoisonError::into_inner);
        let known = versions.entry(store).or_default();
        known.fetch_max(version, Ordering::AcqRel);
        known.clone()
    }

    async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut PgConnection) -> diesel::QueryResult<T> + Send + 'static,
    ) -> Result<T, DbError> {
        let actor = Actor::system("directory");
        let done = PlatformTx::run(&self.db, actor, RequestMeta::default(), self.clock.clone(), |tx| {
            work(tx.conn()).map_err(DbError::from)
        });
        done.await.map(|(value, _)| value)
    }

    /// All active platforms.
    pub async fn platforms(&self) -> Result<Arc<Vec<Arc<PlatformContext>>>, DbError> {
        if let Some(known) = self.platforms.load().as_ref().filter(|known| known.read_at.elapsed() < KEPT) {
            return Ok(known.all.clone());
        }
        let epoch = self.epoch.load(Ordering::Acquire);
        let mut loaded = self.ask(queries::list_platforms).await?;
        for platform in &mut loaded {
            platform.modules.extend(self.core_modules.iter().cloned());
        }
        let platforms = Arc::new(loaded.into_iter().map(Arc::new).collect::<Vec<_>>());
        // What was read before news came must not outlive them.
        if self.epoch.load(Ordering::Acquire) == epoch {
            self.platforms.store(Some(Arc::new(Platforms {
                all: platforms.clone(),
                read_at: Instant::now(),
            })));
        }
        Ok(platforms)
    }

    /// Whom a normalised host belongs to.
    pub async fn owner(&self, host: &str) -> Result<HostOwner, DbError> {
        if let Some(known @ Known::Store { .. }) = self.recall(host) {
            return Ok(known.into_owner());
        }
        if super::host::is_loopback(host) {
            return Ok(HostOwner::Loopback);
        }
        let platforms = self.platforms().await?;
        for platform in platforms.iter() {
            if host == platform.domain {
                return Ok(HostOwner::Platform(platform.clone()));
            }
            // A host below a platform's domain is never looked up as a custom domain, or somebody could register another store's name.
            if let Some(label) = host.strip_suffix(platform.domain.as_str()).and_then(|rest| rest.strip_suffix('.')) {
                return match label {
                    "admin" => Ok(HostOwner::Admin(platform.clone())),
                    label if label.contains('.') => Ok(HostOwner::Unknown),
                    label => self.store_owner(host, Lookup::Label(platform.id, label.to_owned())).await,
                };
            }
        }
        self.store_owner(host, Lookup::Domain(host.to_owned())).await
    }

    async fn store_owner(&self, host: &str, lookup: Lookup) -> Result<HostOwner, DbError> {
        let known = match self.recall(host) {
            Some(known) => known,
            None => {
                let epoch = self.epoch.load(Ordering::Acquire);
                let known = self.load(host, lookup).await?;
                if self.epoch.load(Ordering::Acquire) == epoch {
                    self.known.insert(host.to_owned(), known.clone());
                }
                known
            }
        };
        Ok(known.into_owner())
    }

    /// What is known of a host; nothing when the time of a former label has passed since.
    fn recall(&self, host: &str) -> Option<Known> {
        let known = self.known.get(host)?;
        match &known {
            Known::Store { until: Some(until), .. } if *until <= self.clock.now() => None,
            _ => Some(known),
        }
    }

    async fn load(&self, host: &str, lookup: Lookup) -> Result<Known, DbError> {
        // Before anything is read: what is made of it must not pass for younger than it is.
        let epoch = self.epoch.load(Ordering::Acquire);
        let now = self.clock.now();
        let found = self.ask(move |conn| lookup.find(conn, now)).await?;
        let Some(Found { row, primary, until }) = found else {
            return Ok(Known::Nobody);
        };
        let Some(store) = self.context(row, primary, epoch).await? else {
            return Ok(Known::Nobody);
        };
        // The label below the platform stays a valid address of a store with its own domain: staff and development use it.
        let redirect_to = if host == store.subdomain_host() || host == store.primary_host() {
            None
        } else {
            Some(store.primary_host())
        };
        Ok(Known::Store { store, redirect_to, until })
    }

    async fn context(&self, row: queries::StoreRow, primary: Option<String>, epoch: u64) -> Result<Option<StoreContext>, DbError> {
        let platforms = self.platforms().await?;
        let Some(platform) = platforms.iter().find(|platform| platform.id.0 == row.platform_id) else {
            return Ok(None);
        };
        let version = self.version_of(row.id(), row.catalog_version);
        let record = row.into_record(primary, platform.clone());
        Ok(record.map(|record| StoreContext::new(record, version, self.origin.clone(), epoch)))
    }

    /// The store with a code, which must be lower case.
    pub async fn store_by_code(&self, code: &str) -> Result<Option<StoreContext>, DbError> {
        let key = format!("#{code}");
        let owner = self.store_owner(&key, Lookup::Code(code.to_owned())).await?;
        Ok(match owner {
            HostOwner::Store { store, .. } => Some(store),
            _ => None,
        })
    }

    /// The store with an id; for jobs and events, not kept in the map.
    pub async fn store_by_id(&self, id: StoreId) -> Result<Option<StoreContext>, DbError> {
        let epoch = self.epoch.load(Ordering::Acquire);
        let now = self.clock.now();
        let found = self.ask(move |conn| Lookup::Id(id).find(conn, now)).await?;
        match found {
            Some(Found { row, primary, .. }) => self.context(row, primary, epoch).await,
            None => Ok(None),
        }
    }

    /// The store with an id, inside an open platform transaction, so that a store that is being created can be worked for.
    pub fn store_in(&self, tx: &mut PlatformTx, id: StoreId, platform: &Arc<PlatformContext>) -> Result<Option<StoreContext>, DbError> {
        let (epoch, now) = (self.epoch.load(Ordering::Acquire), tx.now());
        let Some(Found { row, primary, .. }) = Lookup::Id(id).find(tx.conn(), now)? else {
            return Ok(None);
        };
        let version = self.version_of(row.id(), row.catalog_version);
        Ok(row
            .into_record(primary, platform.clone())
            .map(|record| StoreContext::new(record, version, self.origin.clone(), epoch)))
    }
}

impl Known {
    fn into_owner(self) -> HostOwner {
        match self {
            Self::Store { store, redirect_to, .. } => HostOwner::Store { store, redirect_to },
            Self::Nobody => HostOwner::Unknown,
        }
    }
}

/// A store's rows.
struct Found {
    row: queries::StoreRow,
    /// Its primary custom domain.
    primary: Option<String>,
    /// Until when the label that was looked up leads here; `None` for what does not end.
    until: Option<DateTime<Utc>>,
}

enum Lookup {
    Label(PlatformId, String),
    Domain(String),
    Code(String),
    Id(StoreId),
}

impl Lookup {
    fn find(&self, conn: &mut PgConnection, now: DateTime<Utc>) -> diesel::QueryResult<Option<Found>> {
        let mut until = None;
        let row = match self {
            Self::Label(platform, label) => queries::find_by_label(conn, *platform, label, now)?.map(|(row, redirects)| {
                until = redirects;
                row
            }),
            Self::Domain(host) => match queries::find_by_domain(conn, host)? {
                Some(row) => Some(row),
                None => match host.strip_prefix("www.") {
                    Some(bare) => queries::find_by_domain(conn, bare)?,
                    None => None,
                },
            },
            Self::Code(code) => queries::find_by_code(conn, code)?,
            Self::Id(id) => queries::find_by_id(conn, *id)?,
        };
        let Some(row) = row else { return Ok(None) };
        let primary = queries::primary_domain(conn, row.id())?;
        Ok(Some(Found { row, primary, until }))
    }
}

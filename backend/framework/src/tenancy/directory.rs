//! The host map: which store a host or code belongs to, in memory, loaded on the first miss and dropped on news.
//!
//! The names of all stores are in memory, so that one that somebody has made up costs no question. Where there are more than fit, it asks over
//! connections of its own, and hosts that have never led to a store stand in line for one of them: however many names somebody makes up,
//! neither shops nor staff nor jobs wait for it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use arc_swap::ArcSwapOption;
use chrono::{DateTime, Utc};
use diesel::PgConnection;
use orion_types::{PlatformId, StoreId};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::context::{PlatformContext, StoreContext};
use super::memory::{KEPT, Known, Memory};
use super::names::{MOST, Missing, Names};
use super::queries;
use crate::clock::Clock;
use crate::config::PublicOrigin;
use crate::db::{Actor, Db, DbError, PlatformTx, RequestMeta};

/// Strangers that stand in line at most.
const LINE: usize = 1_000;

/// How long a stranger stands in line.
const PATIENCE: Duration = Duration::from_secs(2);

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
        /// Present when the host is an old label, a secondary domain or its `www.` variant, or the present label of a store whose shop is
        /// to be elsewhere.
        redirect_to: Option<String>,
    },
    /// This machine by its loopback name, where development works by path.
    Loopback,
    /// Nobody we know.
    Unknown,
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
    memory: Memory,
    names: Names,
    door: Door,
}

/// Where strangers are looked up, one after the other.
struct Door {
    line: Semaphore,
    turn: Semaphore,
}

impl Door {
    fn new() -> Self {
        Self {
            line: Semaphore::new(LINE),
            turn: Semaphore::new(1),
        }
    }

    async fn enter(&self) -> Result<SemaphorePermit<'_>, DbError> {
        let crowded = || DbError::Unavailable("too many unknown hosts are being looked up".to_owned());
        let Ok(_place) = self.line.try_acquire() else {
            return Err(crowded());
        };
        match tokio::time::timeout(PATIENCE, self.turn.acquire()).await {
            Ok(Ok(turn)) => Ok(turn),
            Ok(Err(_)) | Err(_) => Err(crowded()),
        }
    }
}

impl Directory {
    /// An empty map. `origin` is for links that are made without a request.
    pub fn new(db: Db, clock: Clock, core_modules: Vec<String>, origin: PublicOrigin) -> Self {
        Self {
            db,
            clock,
            core_modules,
            origin: Arc::new(origin),
            platforms: ArcSwapOption::empty(),
            memory: Memory::new(),
            names: Names::new(),
            door: Door::new(),
        }
    }

    /// Forgets everything but the catalogue versions: platforms or switches changed somewhere.
    pub fn forget(&self) {
        self.memory.forget();
        self.names.forget();
        self.platforms.store(None);
    }

    /// Forgets one store: its hosts, its settings or its state changed somewhere.
    pub fn forget_store(&self, store: StoreId) {
        self.memory.forget_store(store);
        self.names.forget_store(store);
    }

    /// Forgets the catalogue versions too: the database was away, and after a crash it may count again from before what is known here.
    pub fn forget_all(&self) {
        self.memory.forget_versions();
        self.forget();
    }

    /// Moves a store's catalogue version forward, never back.
    pub fn catalog_moved(&self, store: StoreId, version: i64) {
        self.memory.catalog_moved(store, version);
    }

    async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut PgConnection) -> diesel::QueryResult<T> + Send + 'static,
    ) -> Result<T, DbError> {
        let actor = Actor::system("directory");
        // It only asks, and tells nobody anything.
        let around = (self.clock.clone(), Arc::default());
        let done = PlatformTx::look_up(&self.db, actor, RequestMeta::default(), around, |tx| {
            work(tx.conn()).map_err(DbError::from)
        });
        done.await.map(|(value, _)| value)
    }

    /// All active platforms.
    pub async fn platforms(&self) -> Result<Arc<Vec<Arc<PlatformContext>>>, DbError> {
        if let Some(known) = self.platforms.load().as_ref().filter(|known| known.read_at.elapsed() < KEPT) {
            return Ok(known.all.clone());
        }
        let before = self.memory.news();
        let mut loaded = self.ask(queries::list_platforms).await?;
        for platform in &mut loaded {
            platform.modules.extend(self.core_modules.iter().cloned());
        }
        let platforms = Arc::new(loaded.into_iter().map(Arc::new).collect::<Vec<_>>());
        // What was read before news came must not outlive them.
        if self.memory.news() == before {
            self.platforms.store(Some(Arc::new(Platforms {
                all: platforms.clone(),
                read_at: Instant::now(),
            })));
        }
        Ok(platforms)
    }

    /// Whom a normalised host belongs to.
    pub async fn owner(&self, host: &str) -> Result<HostOwner, DbError> {
        if let Some(known) = self.memory.recall(host, self.clock.now()) {
            return Ok(known.into());
        }
        if super::host::is_loopback(host) {
            return Ok(HostOwner::Loopback);
        }
        let platforms = self.platforms().await?;
        let Some((platform, below)) = closest(&platforms, host) else {
            return self.store_owner(host, Lookup::Domain(host.to_owned())).await;
        };
        // A host below a platform's domain is never looked up as a custom domain, or somebody could register another store's name.
        match below {
            None => Ok(HostOwner::Platform(platform.clone())),
            Some("admin") => Ok(HostOwner::Admin(platform.clone())),
            Some(label) if label.contains('.') => Ok(HostOwner::Unknown),
            Some(label) => self.store_owner(host, Lookup::Label(platform.id, label.to_owned())).await,
        }
    }

    async fn store_owner(&self, host: &str, lookup: Lookup) -> Result<HostOwner, DbError> {
        if let Some(owner) = self.remembered(host) {
            return Ok(owner);
        }
        let _turn = if self.memory.is_ours(host) {
            None
        } else if self.names.may_lead(host) == Some(false) {
            return Ok(HostOwner::Unknown);
        } else {
            let turn = self.door.enter().await?;
            if !self.may_lead(host).await? {
                return Ok(HostOwner::Unknown);
            }
            Some(turn)
        };
        // Somebody before in the line may have asked for the same.
        if let Some(owner) = self.remembered(host) {
            return Ok(owner);
        }
        let before = self.memory.news();
        let found = self.load(host, lookup, before).await?;
        self.memory.keep(host, found.as_ref(), before);
        Ok(found.map_or(HostOwner::Unknown, Into::into))
    }

    /// Whether a name may lead to a store. Reads what has changed about the names since the last time, for whoever has the turn.
    async fn may_lead(&self, host: &str) -> Result<bool, DbError> {
        if let Some(leads) = self.names.may_lead(host) {
            return Ok(leads);
        }
        let errand = self.names.errand();
        let stores = match &errand.missing {
            Missing::All => None,
            Missing::Of(stores) => Some(stores.iter().map(|store| store.0).collect::<Vec<_>>()),
        };
        let most = i64::try_from(MOST + 1).unwrap_or(i64::MAX);
        let names = self.ask(move |conn| queries::list_names(conn, stores.as_deref(), most)).await?;
        self.names.keep(&errand, &names);
        // With more news on the way the question goes to the database.
        Ok(self.names.may_lead(host).unwrap_or(true))
    }

    fn remembered(&self, host: &str) -> Option<HostOwner> {
        if self.memory.is_stranger(host) {
            return Some(HostOwner::Unknown);
        }
        self.memory.recall(host, self.clock.now()).map(Into::into)
    }

    async fn load(&self, host: &str, lookup: Lookup, before: u64) -> Result<Option<Known>, DbError> {
        let now = self.clock.now();
        let found = self.ask(move |conn| lookup.find(conn, now)).await?;
        let Some(Found { row, primary, until }) = found else {
            return Ok(None);
        };
        let Some(store) = self.context(row, primary, before).await? else {
            return Ok(None);
        };
        // The label below the platform stays a valid address of a store with its own domain: staff and development use it. Whether its shop
        // redirects is up to the merchant.
        let is_label = host == store.subdomain_host();
        let redirect_to = if host == store.primary_host() || (is_label && !store.label_redirects) {
            None
        } else {
            Some(store.primary_host())
        };
        Ok(Some(Known { store, redirect_to, until }))
    }

    async fn context(&self, row: queries::StoreRow, primary: Option<String>, before: u64) -> Result<Option<StoreContext>, DbError> {
        let platforms = self.platforms().await?;
        let platform = platforms.iter().find(|platform| platform.id.0 == row.platform_id);
        Ok(platform.and_then(|platform| self.context_of(row, primary, platform, before)))
    }

    fn context_of(
        &self,
        row: queries::StoreRow,
        primary: Option<String>,
        platform: &Arc<PlatformContext>,
        before: u64,
    ) -> Option<StoreContext> {
        let (state, epoch) = self.memory.read(row.id(), row.catalog_version, before);
        let record = row.into_record(primary, platform.clone())?;
        Some(StoreContext::new(record, state, self.origin.clone(), epoch))
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

    /// The store with an id, for jobs and events; remembered like the stores of hosts, so that a row of jobs is one look into the database.
    pub async fn store_by_id(&self, id: StoreId) -> Result<Option<StoreContext>, DbError> {
        // No host and no code begins like that.
        let key = format!("@{id}");
        if let Some(known) = self.memory.recall(&key, self.clock.now()) {
            return Ok(Some(known.store));
        }
        let before = self.memory.news();
        let found = self.load(&key, Lookup::Id(id), before).await?;
        if found.is_some() {
            self.memory.keep(&key, found.as_ref(), before);
        }
        Ok(found.map(|known| known.store))
    }

    /// The store with an id, inside an open platform transaction, so that a store that is being created can be worked for.
    pub fn store_in(&self, tx: &mut PlatformTx, id: StoreId, platform: &Arc<PlatformContext>) -> Result<Option<StoreContext>, DbError> {
        let (before, now) = (self.memory.news(), tx.now());
        let found = Lookup::Id(id).find(tx.conn(), now)?;
        Ok(found.and_then(|Found { row, primary, .. }| self.context_of(row, primary, platform, before)))
    }
}

/// The platform with the longest domain that a host is, or lies below, and what of the host stands before it: where one platform lies below
/// another, its hosts are no labels of that one.
fn closest<'a, 'h>(platforms: &'a [Arc<PlatformContext>], host: &'h str) -> Option<(&'a Arc<PlatformContext>, Option<&'h str>)> {
    let below = |platform: &'a Arc<PlatformContext>| {
        let rest = host.strip_suffix(platform.domain.as_str())?;
        match rest.strip_suffix('.') {
            Some(label) => Some((platform, Some(label))),
            None => rest.is_empty().then_some((platform, None)),
        }
    };
    let found = platforms.iter().filter_map(below);
    found.max_by_key(|(platform, _)| platform.domain.len())
}

impl From<Known> for HostOwner {
    fn from(Known { store, redirect_to, .. }: Known) -> Self {
        Self::Store { store, redirect_to }
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

//! Keeps the index of a store's lists at the version that a request asks for.
//!
//! The request says which catalogue version it must see at least. An index that is behind catches up before it answers: it reads what
//! transactions outside of its snapshot have changed. Where there is no index yet a small shop waits for it, and a large one's lists are
//! made by the database until it is there.

use std::path::PathBuf;
use std::sync::Arc;

use orion_framework::StoreAccess;
use orion_framework::db::{Actor, DbError, StoreTx};
use orion_search::{Category, Crowded, Indexes, ProductDocument, SearchError, Snapshot, Stamp, Writer, walk_first};
use uuid::Uuid;

use crate::queries::documents::{self, State};

/// Products of a shop whose first index a request waits for.
const SMALL: i64 = 1_000;
/// Changed products that a request waits for; with more the index is made anew.
const CHANGES: i64 = 5_000;
/// Changed products that are looked at on a thread for searches: some twenty milliseconds of work.
const BRIEF: usize = 200;
/// Products that are read at a time.
const BATCH: i64 = 1_000;
/// Seconds after which an index that nobody asked for is made anew; the changes are kept for longer ([`KEPT_DAYS`]).
const OLDEST: i64 = 2 * 24 * 3_600;
/// Days for which changes are kept.
pub(crate) const KEPT_DAYS: i64 = 3;

/// Why there is no index to answer from.
#[derive(Debug, thiserror::Error)]
enum IndexError {
    #[error(transparent)]
    Db(#[from] DbError),
    #[error(transparent)]
    Search(#[from] SearchError),
    #[error(transparent)]
    Crowded(#[from] Crowded),
    #[error("the work was ended: {0}")]
    Ended(#[from] tokio::task::JoinError),
}

/// The index of a store as one request needs it.
#[derive(Clone)]
struct Keeper {
    access: StoreAccess,
    indexes: Indexes,
}

/// What an index lacks.
enum News {
    /// These products: what is on sale of them, and all their ids.
    Changed(Vec<ProductDocument>, Vec<Uuid>),
    /// It has to be made anew.
    Everything,
}

/// The index of a store at its present version or later; `None` where the database has to make the list.
pub(crate) async fn snapshot(access: &StoreAccess) -> Option<Arc<Snapshot>> {
    let keeper = Keeper {
        access: access.named(Actor::system("index")),
        indexes: access.services().search.clone(),
    };
    let store = access.store();
    let wanted = store.catalog_version();
    if let Some(open) = keeper.indexes.get(store.id.0).filter(|open| keeper.serves(open, wanted)) {
        return Some(open);
    }
    if keeper.indexes.has_failed(store.id.0) {
        return None;
    }
    let found = keeper.catch_up(wanted).await;
    found.unwrap_or_else(|error| {
        keeper.failed(&error);
        None
    })
}

impl Keeper {
    fn serves(&self, open: &Snapshot, wanted: i64) -> bool {
        open.stamp().version >= wanted && open.stamp().locale == self.access.store().locale
    }

    async fn catch_up(&self, wanted: i64) -> Result<Option<Arc<Snapshot>>, IndexError> {
        let id = self.access.store().id.0;
        let _turn = self.indexes.turn(id).await;
        // While a large index is made anew nobody waits for it.
        if self.indexes.is_building(id) {
            return Ok(None);
        }
        let open = self.indexes.get(id);
        if let Some(open) = open.as_ref().filter(|open| self.serves(open, wanted)) {
            return Ok(Some(open.clone()));
        }
        let folder = self.folder().await?;
        let known = match &open {
            _ if self.indexes.take_broken(id) => None,
            Some(open) => Some(open.stamp().clone()),
            None => self.on_disk(&folder).await?,
        };
        if let Some(stamp) = known.filter(|stamp| stamp.locale == self.access.store().locale)
            && let Some(snapshot) = self.follow(&folder, stamp, open).await?
        {
            return Ok(Some(snapshot).filter(|snapshot| snapshot.stamp().version >= wanted));
        }
        self.make(folder).await
    }

    async fn folder(&self) -> Result<PathBuf, IndexError> {
        let (indexes, id) = (self.indexes.clone(), self.access.store().id.0);
        Ok(tokio::task::spawn_blocking(move || indexes.path(id)).await??)
    }

    /// What the index on the disk says of itself. One that cannot be read is made anew, whatever it was.
    async fn on_disk(&self, folder: &std::path::Path) -> Result<Option<Stamp>, IndexError> {
        let (folder, store) = (folder.to_path_buf(), self.access.store().code.clone());
        let look = move || match folder.exists().then(|| Snapshot::stamp_of(&folder)) {
            None => None,
            Some(Ok(stamp)) => Some(stamp),
            Some(Err(error)) => {
                tracing::info!(%error, %store, "the index of a store is made anew");
                None
            }
        };
        Ok(tokio::task::spawn_blocking(look).await?)
    }

    /// Brings an index to what the database has now; `None` when it has to be made anew.
    async fn follow(
        &self,
        folder: &std::path::Path,
        stamp: Stamp,
        open: Option<Arc<Snapshot>>,
    ) -> Result<Option<Arc<Snapshot>>, IndexError> {
        let (state, categories, news) = self.access.read(move |tx| news(tx, &stamp)).await?;
        let News::Changed(documents, ids) = news else {
            return Ok(None);
        };
        let stamp = self.stamp(state);
        let brief = ids.len() <= BRIEF;
        let permit = if ids.is_empty() { None } else { self.indexes.writer().await };
        if !ids.is_empty() {
            // What a crash of the database could still forget is not written down as seen.
            self.access.on_disk().await?;
        }
        let (folder, memory) = (folder.to_path_buf(), self.indexes.memory().clone());
        let work = move || -> Result<Option<Snapshot>, SearchError> {
            if !ids.is_empty() {
                let mut writer = Writer::changing(&folder, &stamp.locale)?;
                ids.into_iter().for_each(|id| writer.remove(id));
                for document in &documents {
                    writer.add(document)?;
                }
                writer.commit(&stamp)?;
            }
            let snapshot = Snapshot::open(&folder, stamp, categories, &memory, open.as_deref())?;
            Ok(Some(snapshot).filter(|snapshot| !snapshot.is_worn()))
        };
        let followed = if brief {
            // All searches of the store wait for it, and no other store's requests have to.
            walk_first(self.access.store().id.0, work).await??
        } else {
            // Too long for a thread that other stores' searches need.
            tokio::task::spawn_blocking(work).await??
        };
        drop(permit);
        Ok(followed.map(|snapshot| self.keep(snapshot)))
    }

    /// Makes the index anew: at once for a small shop, else in the background.
    async fn make(&self, folder: PathBuf) -> Result<Option<Arc<Snapshot>>, IndexError> {
        let count = self.access.read(|tx| documents::count_up_to(tx, SMALL + 1)).await?;
        if count <= SMALL {
            return Ok(Some(self.build(folder).await?));
        }
        let (keeper, building) = (self.clone(), self.indexes.begin_building(self.access.store().id.0));
        tokio::spawn(async move {
            let started = std::time::Instant::now();
            match keeper.build(folder).await {
                Ok(_) => tracing::info!(store = %keeper.access.store().code, elapsed = ?started.elapsed(), "the index of a store is there"),
                Err(error) => keeper.failed(&error),
            }
            drop(building);
        });
        Ok(None)
    }

    fn failed(&self, error: &IndexError) {
        tracing::warn!(%error, store = %self.access.store().code, "the index of a store cannot be used: its lists are made by the database");
        // A database or a thread that cannot be had says nothing about the index.
        if !matches!(error, IndexError::Db(_) | IndexError::Crowded(_)) {
            self.indexes.fail(self.access.store().id.0);
        }
    }

    async fn build(&self, folder: PathBuf) -> Result<Arc<Snapshot>, IndexError> {
        let _permit = self.indexes.writer().await;
        let (locale, place) = (self.access.store().locale.clone(), folder.clone());
        let read = move |tx: &mut StoreTx| -> Result<_, IndexError> {
            let state = documents::begin(tx)?;
            let categories = documents::tree(tx)?;
            let mut writer = Writer::anew(&place, &locale)?;
            let mut after = Uuid::nil();
            loop {
                let batch = documents::documents_after(tx, after, BATCH)?;
                for document in &batch {
                    writer.add(document)?;
                }
                match batch.last() {
                    Some(last) if batch.len() as i64 == BATCH => after = last.id,
                    _ => break,
                }
            }
            Ok((state, categories, writer))
        };
        let (state, categories, writer) = self.access.read(read).await?;
        self.access.on_disk().await?;
        let (stamp, memory) = (self.stamp(state), self.indexes.memory().clone());
        let finish = move || {
            writer.commit(&stamp)?;
            Snapshot::open(&folder, stamp, categories, &memory, None)
        };
        let snapshot = tokio::task::spawn_blocking(finish).await??;
        Ok(self.keep(snapshot))
    }

    fn keep(&self, snapshot: Snapshot) -> Arc<Snapshot> {
        let snapshot = Arc::new(snapshot);
        self.indexes.put(self.access.store().id.0, snapshot.clone());
        snapshot
    }

    fn stamp(&self, state: State) -> Stamp {
        Stamp {
            version: state.version,
            seen: state.seen,
            at: state.at,
            database: state.database,
            locale: self.access.store().locale.clone(),
        }
    }
}

/// What an index with this stamp lacks, all read as of one moment.
fn news(tx: &mut StoreTx, stamp: &Stamp) -> Result<(State, Vec<Category>, News), IndexError> {
    let state = documents::begin(tx)?;
    let categories = documents::tree(tx)?;
    if state.database != stamp.database || state.at - stamp.at > OLDEST || state.version < stamp.version {
        return Ok((state, categories, News::Everything));
    }
    let ids = documents::changed_since(tx, &stamp.seen, CHANGES + 1)?;
    if ids.len() as i64 > CHANGES || ids.contains(&Uuid::nil()) {
        return Ok((state, categories, News::Everything));
    }
    let documents = if ids.is_empty() {
        Vec::new()
    } else {
        documents::documents_of(tx, &ids)?
    };
    Ok((state, categories, News::Changed(documents, ids)))
}

//! The indexes of a server: opened when they are asked for, closed when others need the memory or nobody has asked for a while.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, PoisonError};
use std::time::Duration;

use moka::sync::Cache;
use tokio::sync::{Mutex, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore};
use uuid::Uuid;

use crate::folder::Folder;
use crate::{Memory, SearchError, Snapshot};

/// What open indexes may take in memory together, roughly.
const MEMORY: u64 = 256 << 20;
/// How long an index stays open that nobody asks.
const IDLE: Duration = Duration::from_secs(15 * 60);
/// How long a store whose index failed is answered without one.
const PAUSE: Duration = Duration::from_secs(60);
/// Indexes that are written at the same time.
const WRITERS: usize = 2;

/// The indexes of all stores.
#[derive(Clone)]
pub struct Indexes {
    root: Arc<Path>,
    folder: Arc<OnceLock<Option<Folder>>>,
    open: Cache<Uuid, Arc<Snapshot>>,
    turns: Cache<Uuid, Arc<Mutex<()>>>,
    failed: Cache<Uuid, ()>,
    marks: Arc<std::sync::Mutex<Marks>>,
    writers: Arc<Semaphore>,
    memory: Memory,
}

#[derive(Debug, Default)]
struct Marks {
    /// Stores whose index is being made in the background.
    building: HashSet<Uuid>,
    /// Stores whose index is of no use.
    broken: HashSet<Uuid>,
}

/// The making of an index in the background; it ends with this.
pub struct Building {
    store: Uuid,
    marks: Arc<std::sync::Mutex<Marks>>,
}

impl Drop for Building {
    fn drop(&mut self) {
        self.marks
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .building
            .remove(&self.store);
    }
}

/// The right to write the index of one store.
pub struct Turn {
    _of_store: OwnedMutexGuard<()>,
}

impl Indexes {
    /// Indexes below a folder, which is made when it is needed.
    pub fn new(root: PathBuf) -> Self {
        let weight = |_: &Uuid, snapshot: &Arc<Snapshot>| snapshot.weight();
        Self {
            root: root.into(),
            folder: Arc::default(),
            open: Cache::builder().max_capacity(MEMORY).weigher(weight).time_to_idle(IDLE).build(),
            turns: Cache::builder().time_to_idle(IDLE).build(),
            failed: Cache::builder().time_to_live(PAUSE).build(),
            marks: Arc::default(),
            writers: Arc::new(Semaphore::new(WRITERS)),
            memory: Memory::default(),
        }
    }

    /// What all of them remember.
    pub fn memory(&self) -> &Memory {
        &self.memory
    }

    /// The index of a store as far as it is open.
    pub fn get(&self, store: Uuid) -> Option<Arc<Snapshot>> {
        self.open.get(&store)
    }

    /// Answers are given from this one from now on.
    pub fn put(&self, store: Uuid, snapshot: Arc<Snapshot>) {
        self.open.insert(store, snapshot);
    }

    /// Where the index of a store is; to be asked on a thread that may wait.
    ///
    /// # Errors
    /// When there is no place for indexes.
    pub fn path(&self, store: Uuid) -> Result<PathBuf, SearchError> {
        let take = || match Folder::take(&self.root) {
            Ok(folder) => Some(folder),
            Err(error) => {
                tracing::warn!(%error, folder = %self.root.display(), "there is no place for indexes: lists are made by the database");
                None
            }
        };
        match self.folder.get_or_init(take) {
            Some(folder) => Ok(folder.of(store)),
            None => Err(SearchError::Foreign("there is no place for it".to_owned())),
        }
    }

    /// Waits until nobody else writes the index of a store.
    pub async fn turn(&self, store: Uuid) -> Turn {
        let turn = self.turns.get_with(store, Arc::default);
        Turn {
            _of_store: turn.lock_owned().await,
        }
    }

    /// Notes that an index is made in the background, and closes the one that was there.
    pub fn begin_building(&self, store: Uuid) -> Building {
        self.open.invalidate(&store);
        self.marked().building.insert(store);
        Building {
            store,
            marks: self.marks.clone(),
        }
    }

    /// Whether the index of a store is being made in the background.
    pub fn is_building(&self, store: Uuid) -> bool {
        self.marked().building.contains(&store)
    }

    fn marked(&self) -> std::sync::MutexGuard<'_, Marks> {
        self.marks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until one of the few writers of the server is free.
    pub async fn writer(&self) -> Option<OwnedSemaphorePermit> {
        self.writers.clone().acquire_owned().await.ok()
    }

    /// Notes that the index of a store could not be used: it is left alone for a while and then made anew.
    pub fn fail(&self, store: Uuid) {
        self.open.invalidate(&store);
        self.marked().broken.insert(store);
        self.failed.insert(store, ());
    }

    /// Whether the index of a store has to be made anew because it failed; asked once.
    pub fn take_broken(&self, store: Uuid) -> bool {
        self.marked().broken.remove(&store)
    }

    /// Whether the index of a store is left alone for a while.
    pub fn has_failed(&self, store: Uuid) -> bool {
        self.failed.contains_key(&store)
    }
}

//! What a job that works outside the database has at hand.

use std::sync::Arc;

use crate::Services;
use crate::backend::{Backend, StoreAccess};
use crate::db::{Actor, DbError, PlatformTx, RequestMeta, StoreTx};
use crate::tenancy::StoreContext;
use crate::worker::Lease;

use super::JobError;

/// A running job: its store, the server's parts, and its lease.
pub struct JobContext {
    backend: Arc<Backend>,
    store: Option<StoreContext>,
    lease: Lease,
}

impl JobContext {
    pub(crate) fn new(backend: Arc<Backend>, store: Option<StoreContext>, lease: Lease) -> Self {
        Self { backend, store, lease }
    }

    /// The store that the job works for.
    ///
    /// # Errors
    /// [`JobError::Fail`] for a job of the platform, which has none.
    pub fn store(&self) -> Result<&StoreContext, JobError> {
        self.store
            .as_ref()
            .ok_or_else(|| JobError::Fail("this job belongs to no store".to_owned()))
    }

    /// The server's parts: storage, mail, outgoing HTTP, configuration, clock.
    pub fn services(&self) -> &Arc<Services> {
        self.backend.services()
    }

    /// The store in the job's name, for what works there beside its own transactions.
    ///
    /// # Errors
    /// As [`Self::store`].
    pub fn access(&self) -> Result<StoreAccess, JobError> {
        Ok(self.backend.access(self.store()?, self.actor()))
    }

    /// Which attempt this is, from 1.
    pub fn attempt(&self) -> i32 {
        self.lease.attempt
    }

    /// Whether the job is dead if this attempt fails; the time to tell a person.
    pub fn last_attempt(&self) -> bool {
        !self.lease.may_be_tried_again(self.backend.clock.now())
    }

    /// Runs `work` in one transaction of the job's store.
    pub async fn tx<T, E>(&self, work: impl FnOnce(&mut StoreTx) -> Result<T, E> + Send + 'static) -> Result<T, JobError>
    where
        T: Send + 'static,
        E: From<DbError> + Into<JobError> + Send + 'static,
    {
        self.backend
            .store_tx(self.store()?, self.actor(), RequestMeta::default(), work)
            .await
            .map_err(Into::into)
    }

    /// Like [`Self::tx`], as the last thing that the job does: what it writes and that the job is done are one commit.
    ///
    /// # Errors
    /// Those of the work; [`JobError::Retry`] when another worker has taken the job over, and then nothing of it remains.
    pub async fn last_tx<E>(&self, work: impl FnOnce(&mut StoreTx) -> Result<(), E> + Send + 'static) -> Result<(), JobError>
    where
        E: From<DbError> + Into<JobError> + Send + 'static,
    {
        let lease = self.lease.clone();
        self.tx(move |tx| {
            work(tx).map_err(Into::into)?;
            let now = tx.now();
            if lease.finish(tx.conn(), now)? {
                Ok(())
            } else {
                Err(JobError::Retry("another worker has taken the job over".to_owned()))
            }
        })
        .await?;
        self.lease.set_done();
        Ok(())
    }

    /// Like [`Self::tx`], but PostgreSQL refuses writes.
    pub async fn read<T, E>(&self, work: impl FnOnce(&mut StoreTx) -> Result<T, E> + Send + 'static) -> Result<T, JobError>
    where
        T: Send + 'static,
        E: From<DbError> + Into<JobError> + Send + 'static,
    {
        self.backend.store_read(self.store()?, self.actor(), work).await.map_err(Into::into)
    }

    /// Runs `work` across stores in one transaction.
    pub async fn platform_tx<T, E>(&self, work: impl FnOnce(&mut PlatformTx) -> Result<T, E> + Send + 'static) -> Result<T, JobError>
    where
        T: Send + 'static,
        E: From<DbError> + Into<JobError> + Send + 'static,
    {
        self.backend
            .platform_tx(self.actor(), RequestMeta::default(), work)
            .await
            .map_err(Into::into)
    }

    /// Makes sure that the job is still ours; long work calls it between its steps.
    ///
    /// The lease is also renewed beside the running job, so forgetting this call costs nothing but an earlier stop.
    ///
    /// # Errors
    /// [`JobError::Retry`] when another worker has taken the job over: stop, it will be finished there.
    pub async fn heartbeat(&self) -> Result<(), JobError> {
        self.renew(None).await
    }

    /// Likewise, and says how much is done of how much, in steps of the job's own choosing.
    ///
    /// # Errors
    /// As [`Self::heartbeat`].
    pub async fn progress(&self, done: i32, total: i32) -> Result<(), JobError> {
        self.renew(Some((done.clamp(0, total.max(0)), total.max(0)))).await
    }

    async fn renew(&self, progress: Option<(i32, i32)>) -> Result<(), JobError> {
        if self.lease.renew(&self.backend, progress).await? {
            Ok(())
        } else {
            Err(JobError::Retry("another worker has taken the job over".to_owned()))
        }
    }

    fn actor(&self) -> Actor {
        Actor::system(format!("job {}", self.lease.kind))
    }
}

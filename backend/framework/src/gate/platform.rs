//! An administrator at work on one platform.

use orion_types::PlatformId;
use serde::Serialize;

use super::PlatformAdmin;
use crate::db::{DbError, PlatformTx};
use crate::idempotency::{Answered, IdempotencyError, Once};

/// A platform that is open to an administrator. Only its transactions see rows that belong to a platform, and of those this one's alone.
pub struct OnPlatform<'a> {
    admin: &'a PlatformAdmin,
    platform: PlatformId,
}

impl<'a> OnPlatform<'a> {
    /// The gate has looked whether it is open.
    pub(super) fn new(admin: &'a PlatformAdmin, platform: PlatformId) -> Self {
        Self { admin, platform }
    }

    /// Work on the platform in one transaction; [`DbError::NotFound`] when there is no such platform.
    pub async fn tx<T, E>(&self, work: impl FnOnce(&mut PlatformTx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let platform = self.platform;
        let entered = move |tx: &mut PlatformTx| -> Result<T, E> {
            tx.enter_platform(platform)?;
            work(tx)
        };
        self.admin.tx(entered).await
    }

    /// The same, done once for each `Idempotency-Key`.
    pub async fn once<T, E>(&self, once: Once, work: impl FnOnce(&mut PlatformTx) -> Result<T, E> + Send + 'static) -> Result<Answered, E>
    where
        T: Serialize + 'static,
        E: From<DbError> + From<IdempotencyError> + Send + 'static,
    {
        let platform = self.platform;
        let entered = move |tx: &mut PlatformTx| -> Result<T, E> {
            tx.enter_platform(platform)?;
            work(tx)
        };
        self.admin.once(once, entered).await
    }
}

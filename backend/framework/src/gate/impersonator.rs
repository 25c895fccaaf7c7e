//! The gate of whoever impersonates, for what only they do: leaving.

use std::pin::Pin;

use actix_web::{FromRequest, HttpRequest, dev::Payload};

use super::DashboardUser;
use crate::db::{DbError, StoreTx};
use crate::http::Failure;
use crate::impersonation::Impersonating;
use crate::problem::{NOT_FOUND, UNAUTHENTICATED};
use crate::tenancy::StoreContext;

/// An administrator who impersonates in the store of the request.
pub struct Impersonator {
    user: DashboardUser,
    running: Impersonating,
    store: StoreContext,
}

impl Impersonator {
    /// The impersonation.
    pub fn running(&self) -> &Impersonating {
        &self.running
    }

    /// Whose session it is, and the request.
    pub fn user(&self) -> &DashboardUser {
        &self.user
    }

    /// Work on the store in one transaction, in whatever state it is: who came in can always leave.
    pub async fn tx<T, E>(&self, work: impl FnOnce(&mut StoreTx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.user.store_tx(&self.store, work).await
    }
}

impl FromRequest for Impersonator {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Failure>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let user = DashboardUser::from_request(request, payload);
        Box::pin(async move {
            let user = user.await?;
            // Who works here themselves has nothing to leave.
            let running = user.impersonation().cloned().ok_or_else(|| Failure::of(&NOT_FOUND))?;
            let store = user.context().store.clone().ok_or_else(|| Failure::of(&UNAUTHENTICATED))?;
            Ok(Self { user, running, store })
        })
    }
}

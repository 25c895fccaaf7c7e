//! The gate of what is open on purpose: signing in, registering, being told who one is.

use crate::StoreAccess;
use crate::auth::Accounts;
use std::future::{Ready, ready};
use std::sync::Arc;

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use orion_types::UserId;

use super::{Entry, open_to_customers, programs};
use crate::Services;
use crate::db::{Actor, DbError, PlatformTx, StoreTx};
use crate::http::Failure;
use crate::tenancy::{RequestContext, StoreContext};

/// Anybody, before they have said who they are.
pub struct Anonymous {
    entry: Entry,
}

impl Anonymous {
    /// The store of the request, where the host names one.
    pub fn store(&self) -> Option<&StoreContext> {
        self.entry.context.store.as_ref()
    }

    /// The store of the request, or 404; 503 while it is closed to customers.
    pub fn open_store(&self) -> Result<StoreContext, Failure> {
        let store = self.entry.store()?;
        open_to_customers(&store, self.entry.invited)?;
        Ok(store)
    }

    /// The server's parts.
    pub fn services(&self) -> &Arc<Services> {
        self.entry.backend.services()
    }

    /// A look at a store, before it is known who looks.
    pub fn access(&self, store: &StoreContext) -> StoreAccess {
        self.entry.backend.access(store, Actor::guest())
    }

    /// What signs in and out by.
    pub fn accounts(&self) -> Accounts<'_> {
        self.entry.backend.accounts()
    }

    /// The request.
    pub fn context(&self) -> &RequestContext {
        &self.entry.context
    }

    /// Whether somebody may enter the dashboard of a store now: their account is on, and so is their place in its team.
    pub async fn is_let_in(&self, store: &StoreContext, user: UserId) -> Result<bool, DbError> {
        Ok(programs::standing(&self.entry.backend, store.id, user).await?.is_some())
    }

    /// Work on accounts of people who sign in, before it is known who they are.
    pub async fn platform_tx<T, E>(&self, work: impl FnOnce(&mut PlatformTx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.entry
            .backend
            .platform_tx(Actor::guest(), self.entry.context.meta(), work)
            .await
    }

    /// Work on a store's customers, before it is known who they are.
    pub async fn store_tx<T, E>(
        &self,
        store: &StoreContext,
        work: impl FnOnce(&mut StoreTx) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.entry
            .backend
            .store_tx(store, Actor::guest(), self.entry.context.meta(), work)
            .await
    }
}

impl FromRequest for Anonymous {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Entry::of(request).map(|entry| Self { entry }))
    }
}

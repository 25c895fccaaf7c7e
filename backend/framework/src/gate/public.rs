//! The gate of what a shop shows to everybody.

use crate::StoreAccess;
use std::future::{Ready, ready};
use std::marker::PhantomData;
use std::sync::Arc;

use actix_web::http::header::CACHE_CONTROL;
use actix_web::{FromRequest, HttpRequest, HttpResponse, dev::Payload};
use serde::Serialize;

use super::{Entry, module_on, open_to_customers, shop};
use crate::Services;
use crate::db::{Actor, DbError, StoreTx};
use crate::http::{CachedAnswer, Failure, Varies};
use crate::permission::ModuleMarker;
use crate::problem::INTERNAL;
use crate::tenancy::{RequestContext, StoreContext};

/// Fresh for the browser only after asking again; a shared cache may keep it shortly and serve it while it asks.
const SHOP_CACHE: &str = "public, max-age=0, s-maxage=30, stale-while-revalidate=60";

/// Anybody at all, reading what the shop shows. `M` is the module that must be on.
pub struct Public<M> {
    entry: Entry,
    store: StoreContext,
    module: PhantomData<M>,
}

impl<M> Public<M> {
    /// The store.
    pub fn store(&self) -> &StoreContext {
        &self.store
    }

    /// The server's parts.
    pub fn services(&self) -> &Arc<Services> {
        self.entry.backend.services()
    }

    /// The store in the shopper's name, for work that goes on beside the request's own transaction or after it.
    pub fn access(&self) -> StoreAccess {
        self.entry.backend.access(&self.store, Actor::guest())
    }

    /// The request.
    pub fn context(&self) -> &RequestContext {
        &self.entry.context
    }

    /// A look at the store in one read-only transaction.
    pub async fn read<T, E>(&self, work: impl FnOnce(&mut StoreTx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.entry.backend.store_read(&self.store, Actor::guest(), work).await
    }

    /// Answers from memory; `build` runs on a miss, once for all who ask at the same time.
    ///
    /// Only for what everybody sees alike: never for stock, carts or orders. `varies` says whether the operation has parameters.
    pub async fn cached<T, E, B, F>(&self, request: &HttpRequest, varies: Varies, build: B) -> Result<HttpResponse, Failure>
    where
        T: Serialize,
        E: Into<Failure>,
        B: FnOnce() -> F,
        F: Future<Output = Result<T, E>>,
    {
        if !self.store.opened {
            // Only for those who were invited: nothing on the way may keep it for others.
            let value = build().await.map_err(Into::into)?;
            return Ok(HttpResponse::Ok().insert_header((CACHE_CONTROL, "private, no-store")).json(value));
        }
        let built = async {
            let value = build().await.map_err(Into::into)?;
            let body = serde_json::to_vec(&value).map_err(|_| Failure::of(&INTERNAL))?;
            Ok(CachedAnswer::new("application/json", SHOP_CACHE, body))
        };
        self.entry.backend.cache.answer(&self.store, request, varies, built).await
    }
}

impl<M: ModuleMarker> FromRequest for Public<M> {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Entry::of(request).and_then(|entry| {
            let store = shop::<M>(&entry)?;
            Ok(Self {
                entry,
                store,
                module: PhantomData,
            })
        }))
    }
}

/// Anybody who knows an address that nobody can guess, such as that of a picture: it is answered before the shop is open too, since its
/// dashboard shows the same pictures. `M` is the module that must be on.
pub struct PublicFile<M> {
    entry: Entry,
    store: StoreContext,
    module: PhantomData<M>,
}

impl<M> PublicFile<M> {
    /// The store.
    pub fn store(&self) -> &StoreContext {
        &self.store
    }

    /// The server's parts.
    pub fn services(&self) -> &Arc<Services> {
        self.entry.backend.services()
    }
}

impl<M: ModuleMarker> FromRequest for PublicFile<M> {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Entry::of(request).and_then(|entry| {
            let store = entry.store()?;
            open_to_customers(&store, true)?;
            module_on(&store, M::ID)?;
            Ok(Self {
                entry,
                store,
                module: PhantomData,
            })
        }))
    }
}

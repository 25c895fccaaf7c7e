//! The gates of a shop's customers.

use crate::StoreAccess;
use crate::auth::Accounts;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::identity::{self, CustomerIdentity};
use super::passed::Shut;
use super::{Entry, Principal, shop};
use crate::Services;
use crate::auth::{Audience, cart_token};
use crate::db::{Actor, DbError, Plans, RequestMeta, StoreTx, TxContext};
use crate::http::{Failure, bearer};
use crate::idempotency::{self, Answered, Asked, IdempotencyError, Once};
use crate::permission::ModuleMarker;
use crate::problem::UNAUTHENTICATED;
use crate::tenancy::{RequestContext, StoreContext};

/// Anybody who shops: a guest, or a customer who is signed in. `M` is the module that must be on.
pub struct Shopper<M> {
    entry: Entry,
    store: StoreContext,
    /// Nobody for guests.
    principal: Option<Principal>,
    cart_token: Option<String>,
    module: PhantomData<M>,
}

impl<M> Shopper<M> {
    /// The store.
    pub fn store(&self) -> &StoreContext {
        &self.store
    }

    /// The customer, when somebody is signed in.
    pub fn customer(&self) -> Option<&CustomerIdentity> {
        self.principal.as_ref().and_then(Principal::as_customer)
    }

    /// The secret of the cart, from its cookie or the header `orion-cart`.
    pub fn cart_token(&self) -> Option<&str> {
        self.cart_token.as_deref()
    }

    /// Who goes into the audit log.
    pub fn actor(&self) -> Actor {
        self.principal.as_ref().map_or_else(Actor::guest, Principal::actor)
    }

    /// The server's parts.
    pub fn services(&self) -> &Arc<Services> {
        self.entry.backend.services()
    }

    /// The store in the shopper's name, for work that goes on beside the request's own transaction or after it.
    pub fn access(&self) -> StoreAccess {
        self.entry.backend.access(&self.store, self.actor())
    }

    /// What signs in and out by.
    pub fn accounts(&self) -> Accounts<'_> {
        self.entry.backend.accounts()
    }

    /// The request.
    pub fn context(&self) -> &RequestContext {
        &self.entry.context
    }

    /// The request as something that is done once, when it has a key and is somebody's.
    pub fn asked(&self, once: &Once) -> Option<Asked> {
        let holder = self.holder()?;
        self.entry.asked(|| holder, once)
    }

    /// Whose keys those of the request are; a stranger without a cart has none: each request of theirs would make another one.
    fn holder(&self) -> Option<String> {
        match (&self.principal, &self.cart_token) {
            (Some(principal), _) => Some(principal.holder()),
            (None, Some(token)) => Some(format!("cart:{}", URL_SAFE_NO_PAD.encode(Sha256::digest(token)))),
            (None, None) => None,
        }
    }

    /// Work on the store in one transaction.
    pub async fn tx<T, E>(&self, work: impl FnOnce(&mut StoreTx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.entry
            .backend
            .store_tx_in(self.kept_plans(self.entry.context.meta()), work)
            .await
    }

    /// What shoppers ask for goes by keys and comes again and again.
    fn kept_plans(&self, meta: RequestMeta) -> TxContext {
        let context = self.entry.backend.tx_context(self.store.clone(), self.actor(), meta);
        TxContext {
            plans: Plans::Kept,
            ..context
        }
    }

    /// Work on the store in one transaction, done once for each `Idempotency-Key`: a request that comes again gets the first answer again.
    pub async fn once<T, E>(&self, once: Once, work: impl FnOnce(&mut StoreTx) -> Result<T, E> + Send + 'static) -> Result<Answered, E>
    where
        T: Serialize + 'static,
        E: From<DbError> + From<IdempotencyError> + Send + 'static,
    {
        let asked = self.asked(&once);
        self.tx(move |tx| idempotency::once(tx, asked.as_ref(), once.status, work)).await
    }

    /// A look at the store in one read-only transaction.
    pub async fn read<T, E>(&self, work: impl FnOnce(&mut StoreTx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.entry
            .backend
            .store_read_in(self.kept_plans(RequestMeta::default()), work)
            .await
    }
}

impl<M: ModuleMarker> FromRequest for Shopper<M> {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Failure>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let entry = Entry::of(request);
        let token = bearer(request.headers()).map(str::to_owned);
        let cart_token = cart_token(request);
        let gate = Shut::of(request);
        Box::pin(async move {
            let entry = entry?;
            let store = shop::<M>(&entry)?;
            let principal = match token {
                Some(token) => Some(Principal::customer(customer(&entry, &store, &token).await?)),
                None => None,
            };
            gate.open();
            Ok(Self {
                entry,
                store,
                principal,
                cart_token,
                module: PhantomData,
            })
        })
    }
}

/// The customer of a token. A token of another store is no sign-in here: 401.
async fn customer(entry: &Entry, store: &StoreContext, token: &str) -> Result<CustomerIdentity, Failure> {
    let claims = entry.backend.tokens.verify(token, Audience::Storefront)?;
    if claims.store != Some(store.id.0) {
        return Err(Failure::of(&UNAUTHENTICATED));
    }
    let session = claims.sid;
    let read = move |tx: &mut StoreTx| identity::find_customer(tx, session);
    let found = entry.backend.store_read::<_, DbError>(store, Actor::system("gate"), read).await?;
    let customer = found.ok_or_else(|| Failure::of(&UNAUTHENTICATED))?;
    entry.context.identify(customer.id.0);
    Ok(customer)
}

/// A customer who is signed in. `M` is the module that must be on.
pub struct Customer<M> {
    shopper: Shopper<M>,
    identity: CustomerIdentity,
}

impl<M> Customer<M> {
    /// The customer.
    pub fn identity(&self) -> &CustomerIdentity {
        &self.identity
    }
}

impl<M> std::ops::Deref for Customer<M> {
    type Target = Shopper<M>;

    fn deref(&self) -> &Shopper<M> {
        &self.shopper
    }
}

impl<M: ModuleMarker> FromRequest for Customer<M> {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Failure>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let shopper = Shopper::from_request(request, payload);
        Box::pin(async move {
            let shopper = shopper.await?;
            let identity = shopper.customer().cloned().ok_or_else(|| Failure::of(&UNAUTHENTICATED))?;
            Ok(Self { shopper, identity })
        })
    }
}

//! The gate of a store's dashboard.

use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::http::Method;
use actix_web::{FromRequest, HttpRequest, dev::Payload};
use orion_types::status::StoreStatus;
use serde::Serialize;

use super::dashboard::{lacks_factor, signed_in};
use super::identity::UserIdentity;
use super::passed::Shut;
use super::{
    CLOSED_TO_IMPERSONATION, Entry, IMPERSONATION_READS, PERSON_NEEDED, Principal, SECOND_FACTOR_NEEDED, STORE_SUSPENDED, keys, module_on,
};
use crate::Services;
use crate::auth::KeySecret;
use crate::db::{Actor, DbError, StoreTx};
use crate::http::{Failure, bearer};
use crate::idempotency::{self, Answered, IdempotencyError, Once};
use crate::permission::StaffRight;
use crate::problem::{FORBIDDEN, NOT_FOUND, ProblemDraft, UNAUTHENTICATED};
use crate::tenancy::{RequestContext, StoreContext};

/// A member of this store's team, or a program with one of its API keys, who holds the right `R`. What only a person has is not asked of it:
/// that is behind [`StaffUser`](super::StaffUser).
pub struct Staff<R> {
    entry: Entry,
    principal: Principal,
    store: StoreContext,
    right: PhantomData<R>,
}

impl<R> Staff<R> {
    /// The store.
    pub fn store(&self) -> &StoreContext {
        &self.store
    }

    /// Who asks, with what they may do beside `R`.
    pub fn principal(&self) -> &Principal {
        &self.principal
    }

    /// Who goes into the audit log.
    pub fn actor(&self) -> Actor {
        self.principal.actor()
    }

    /// The server's parts.
    pub fn services(&self) -> &Arc<Services> {
        self.entry.backend.services()
    }

    /// The request.
    pub fn context(&self) -> &RequestContext {
        &self.entry.context
    }

    /// Work on the store in one transaction.
    pub async fn tx<T, E>(&self, work: impl FnOnce(&mut StoreTx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.entry
            .backend
            .store_tx(&self.store, self.actor(), self.entry.context.meta(), work)
            .await
    }

    /// Work on the store in one transaction, done once for each `Idempotency-Key`: a request that comes again gets the first answer again.
    pub async fn once<T, E>(&self, once: Once, work: impl FnOnce(&mut StoreTx) -> Result<T, E> + Send + 'static) -> Result<Answered, E>
    where
        T: Serialize + 'static,
        E: From<DbError> + From<IdempotencyError> + Send + 'static,
    {
        let asked = self.entry.asked(|| self.principal.holder(), &once);
        self.tx(move |tx| idempotency::once(tx, asked.as_ref(), once.status, work)).await
    }

    /// A look at the store in one read-only transaction.
    pub async fn read<T, E>(&self, work: impl FnOnce(&mut StoreTx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.entry.backend.store_read(&self.store, self.actor(), work).await
    }
}

impl<R: StaffRight> FromRequest for Staff<R> {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Failure>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let entry = Entry::of(request);
        let token = bearer(request.headers()).map(str::to_owned);
        let gate = Shut::of(request);
        let writes = !matches!(*request.method(), Method::GET | Method::HEAD);
        Box::pin(async move {
            let entry = entry?;
            let token = token.ok_or_else(|| Failure::of(&UNAUTHENTICATED))?;
            let principal = principal(&entry, &token).await?;
            let staff = admit(entry, principal, writes)?;
            gate.open();
            Ok(staff)
        })
    }
}

/// Who asks: whose session or which key it is.
async fn principal(entry: &Entry, token: &str) -> Result<Principal, Failure> {
    if KeySecret::is_meant_by(token) {
        return keys::recognise(entry, token).await.map(Principal::key);
    }
    let (user, access) = signed_in(entry, token).await?;
    if let Some(running) = user.impersonation.clone() {
        return Ok(Principal::impersonator(user, running));
    }
    // Whether a store exists is told to its members only, so a stranger gets 404 before anything else is said.
    let Some(access) = access else {
        return Err(Failure::of(&NOT_FOUND));
    };
    if !access.active {
        return Err(ProblemDraft::new(&FORBIDDEN)
            .detail("Your access to this store was suspended.")
            .into());
    }
    if lacks_factor(&user, &access) {
        return Err(ProblemDraft::new(&SECOND_FACTOR_NEEDED)
            .detail("This store wants one of everybody who works for it: turn it on in your account, or sign in with a passkey.")
            .into());
    }
    Ok(Principal::member(user, access.place.rights))
}

fn admit<R: StaffRight>(entry: Entry, principal: Principal, writes: bool) -> Result<Staff<R>, Failure> {
    let store = entry.store()?;
    let right = R::PERMISSION;
    module_on(&store, right.module())?;
    if !principal.holds(right) {
        return Err(principal.lacks(right).into());
    }
    if let Some(running) = principal.as_impersonation() {
        if !R::IMPERSONATION {
            return Err(Failure::of(&CLOSED_TO_IMPERSONATION));
        }
        if writes && !running.may_change {
            return Err(Failure::of(&IMPERSONATION_READS));
        }
    }
    if writes && !R::IN_ANY_STATE && store.status != StoreStatus::Active {
        let told = store.status.as_str();
        return Err(ProblemDraft::new(&STORE_SUSPENDED)
            .detail(format!("This store is {told}: it can be read, not changed."))
            .into());
    }
    Ok(Staff {
        entry,
        principal,
        store,
        right: PhantomData,
    })
}

/// A member of this store's team, in person, who holds the right `R`: for what goes by their account or their role, such as who may lead whom.
pub struct Member<R> {
    staff: Staff<R>,
    user: UserIdentity,
}

impl<R> Member<R> {
    /// The account.
    pub fn user(&self) -> &UserIdentity {
        &self.user
    }
}

impl<R> std::ops::Deref for Member<R> {
    type Target = Staff<R>;

    fn deref(&self) -> &Staff<R> {
        &self.staff
    }
}

impl<R: StaffRight> FromRequest for Member<R> {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Failure>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let staff = Staff::<R>::from_request(request, payload);
        Box::pin(async move {
            let staff = staff.await?;
            let lacking = match staff.principal.as_impersonation() {
                Some(_) => &CLOSED_TO_IMPERSONATION,
                None => &PERSON_NEEDED,
            };
            let user = staff.principal.as_member().ok_or_else(|| Failure::of(lacking))?;
            Ok(Self { user: user.clone(), staff })
        })
    }
}

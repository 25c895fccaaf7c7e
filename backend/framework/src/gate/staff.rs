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
    programs,
};
use crate::Services;
use crate::auth::{GrantSecret, KeySecret};
use crate::db::{Actor, DbError, StoreTx};
use crate::http::{Failure, bearer};
use crate::idempotency::{self, Answered, IdempotencyError, Once};
use crate::permission::StaffRight;
use crate::problem::{FORBIDDEN, NOT_FOUND, ProblemDraft, UNAUTHENTICATED};
use crate::tenancy::{RequestContext, StoreContext};

/// A member of this store's team, or a program with one of its API keys or with a token of a member, who holds the right `R`. What only a person
/// has is not asked of it: that is behind [`StaffUser`](super::StaffUser).
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

/// Who asks: whose session, which key or which program it is.
async fn principal(entry: &Entry, token: &str) -> Result<Principal, Failure> {
    if KeySecret::is_meant_by(token) {
        return keys::recognise(entry, token).await.map(Principal::key);
    }
    if GrantSecret::is_access(token) {
        let (program, rights) = programs::recognise(entry, token).await?;
        return Ok(Principal::program(program, rights));
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
        let failure: Failure = principal.lacks(right).into();
        let may_be_given = principal.is_program() && !right.is_personal();
        return Err(if may_be_given {
            programs::with_scope(failure, &entry.context, right)
        } else {
            failure
        });
    }
    if let Some(running) = principal.as_impersonation() {
        if !R::IMPERSONATION {
            return Err(Failure::of(&CLOSED_TO_IMPERSONATION));
        }
        if writes && !running.may_change {
            return Err(Failure::of(&IMPERSONATION_READS));
        }
    }
    if writes && !R::IN_ANY_STATE {
        may_change(&store)?;
    }
    Ok(Staff {
        entry,
        principal,
        store,
        right: PhantomData,
    })
}

/// 503 while the store is suspended or archived.
fn may_change(store: &StoreContext) -> Result<(), Failure> {
    if store.status == StoreStatus::Active {
        return Ok(());
    }
    let told = store.status.as_str();
    Err(ProblemDraft::new(&STORE_SUSPENDED)
        .detail(format!("This store is {told}: it can be read, not changed."))
        .into())
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
            let user = in_person(&staff.principal)?;
            Ok(Self { user, staff })
        })
    }
}

/// The account behind a principal that has to be a member of the team in person.
fn in_person(principal: &Principal) -> Result<UserIdentity, Failure> {
    let lacking = match principal.as_impersonation() {
        Some(_) => &CLOSED_TO_IMPERSONATION,
        None => &PERSON_NEEDED,
    };
    principal.as_member().cloned().ok_or_else(|| Failure::of(lacking))
}

/// A member of this store's team, in person, whatever their role: for what they decide for themselves, such as which programs act for them. In a
/// store that is suspended they can look, and take back.
pub struct Colleague {
    staff: Staff<()>,
    user: UserIdentity,
}

impl Colleague {
    /// The account.
    pub fn user(&self) -> &UserIdentity {
        &self.user
    }
}

impl std::ops::Deref for Colleague {
    type Target = Staff<()>;

    fn deref(&self) -> &Staff<()> {
        &self.staff
    }
}

impl FromRequest for Colleague {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Failure>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let entry = Entry::of(request);
        let token = bearer(request.headers()).map(str::to_owned);
        let gate = Shut::of(request);
        let gives = !matches!(*request.method(), Method::GET | Method::HEAD | Method::DELETE);
        Box::pin(async move {
            let entry = entry?;
            let token = token.ok_or_else(|| Failure::of(&UNAUTHENTICATED))?;
            let principal = principal(&entry, &token).await?;
            let user = in_person(&principal)?;
            let store = entry.store()?;
            if gives {
                may_change(&store)?;
            }
            gate.open();
            let staff = Staff {
                entry,
                principal,
                store,
                right: PhantomData,
            };
            Ok(Self { staff, user })
        })
    }
}

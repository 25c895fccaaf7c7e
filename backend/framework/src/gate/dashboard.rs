//! Who is signed in to the store area, whatever they may do there.

use std::pin::Pin;
use std::sync::Arc;

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use orion_types::StoreId;

use super::identity::{self, Membership, Place, UserIdentity};
use super::passed::Shut;
use super::{CLOSED_TO_IMPERSONATION, Entry, PERSON_NEEDED, keys, programs};
use crate::Services;
use crate::auth::{Accounts, Audience, GrantSecret, KeySecret};
use crate::db::{Actor, DbError, PlatformTx, RequestMeta, StoreTx};
use crate::http::{Failure, bearer};
use crate::impersonation::Impersonating;
use crate::problem::UNAUTHENTICATED;
use crate::tenancy::{RequestContext, StoreContext};

/// Somebody who is signed in to the store area, an administrator who impersonates included; no store is needed. For what the dashboard shows of
/// whoever looks at it.
pub struct DashboardUser {
    entry: Entry,
    user: UserIdentity,
    access: Option<Membership>,
}

impl DashboardUser {
    /// The account.
    pub fn user(&self) -> &UserIdentity {
        &self.user
    }

    /// The store of the request and the member's place there, when the host names a store, they belong to it, and nothing that it wants of
    /// them is missing.
    pub fn access(&self) -> Option<(&StoreContext, &Place)> {
        match (&self.entry.context.store, &self.access) {
            (Some(store), Some(Membership { place, active: true, .. })) if !self.needs_second_factor() => Some((store, place)),
            _ => None,
        }
    }

    /// Whether the store of the request wants a second factor of this member, who has given none.
    pub fn needs_second_factor(&self) -> bool {
        self.access.as_ref().is_some_and(|access| lacks_factor(&self.user, access))
    }

    /// The impersonation that the session is for.
    pub fn impersonation(&self) -> Option<&Impersonating> {
        self.user.impersonation.as_ref()
    }

    /// The server's parts.
    pub fn services(&self) -> &Arc<Services> {
        self.entry.backend.services()
    }

    /// What signs in and out by.
    pub fn accounts(&self) -> Accounts<'_> {
        self.entry.backend.accounts()
    }

    /// The request.
    pub fn context(&self) -> &RequestContext {
        &self.entry.context
    }

    /// Reads in the store of the request; [`DbError::NotFound`] for whoever has no place there.
    pub async fn read<T, E>(&self, work: impl FnOnce(&mut StoreTx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let Some((store, _)) = self.access() else {
            return Err(DbError::NotFound.into());
        };
        self.entry.backend.store_read(store, self.user.actor(), work).await
    }

    /// Work on the account itself and on what spans its stores.
    pub async fn tx<T, E>(&self, work: impl FnOnce(&mut PlatformTx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.entry
            .backend
            .platform_tx(self.user.actor(), self.entry.context.meta(), work)
            .await
    }
}

impl DashboardUser {
    /// Work on the store of the request in one transaction, for gates that know that it is theirs to change.
    pub(super) async fn store_tx<T, E>(
        &self,
        store: &StoreContext,
        work: impl FnOnce(&mut StoreTx) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let (actor, meta) = (self.user.actor(), self.entry.context.meta());
        self.entry.backend.store_tx(store, actor, meta, work).await
    }
}

impl FromRequest for DashboardUser {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Failure>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let (entered, gate) = (enter(request), Shut::of(request));
        Box::pin(async move {
            let user = entered.await?;
            gate.open();
            Ok(user)
        })
    }
}

/// Whoever has the session of a request.
fn enter(request: &HttpRequest) -> impl Future<Output = Result<DashboardUser, Failure>> + use<> {
    let entry = Entry::of(request);
    let token = bearer(request.headers()).map(str::to_owned);
    async move {
        let entry = entry?;
        let token = token.ok_or_else(|| Failure::of(&UNAUTHENTICATED))?;
        if KeySecret::is_meant_by(&token) {
            // One that opens nothing learns no more than elsewhere.
            keys::recognise(&entry, &token).await?;
            return Err(Failure::of(&PERSON_NEEDED));
        }
        if GrantSecret::is_access(&token) {
            programs::recognise(&entry, &token).await?;
            return Err(Failure::of(&PERSON_NEEDED));
        }
        let (user, access) = signed_in(&entry, &token).await?;
        Ok(DashboardUser { entry, user, access })
    }
}

/// Somebody who is signed in to the store area with an account of their own there; no store is needed. Nobody who impersonates passes: their account
/// is not the store's business, and what is done to it is done in the administration.
pub struct StaffUser(DashboardUser);

impl std::ops::Deref for StaffUser {
    type Target = DashboardUser;

    fn deref(&self) -> &DashboardUser {
        &self.0
    }
}

impl FromRequest for StaffUser {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Failure>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let (entered, gate) = (enter(request), Shut::of(request));
        Box::pin(async move {
            let user = entered.await?;
            if user.impersonation().is_some() {
                return Err(Failure::of(&CLOSED_TO_IMPERSONATION));
            }
            gate.open();
            Ok(Self(user))
        })
    }
}

/// Somebody's account, and their place in the team of the request's store.
pub(super) type Known = (UserIdentity, Option<Membership>);

pub(super) fn lacks_factor(user: &UserIdentity, access: &Membership) -> bool {
    access.active && access.second_factor_required && !user.has_proved_more()
}

/// Who has the session of a token.
pub(super) async fn signed_in(entry: &Entry, token: &str) -> Result<Known, Failure> {
    let claims = entry.backend.tokens.verify(token, Audience::Store)?;
    let store = entry.context.store.as_ref().map(|store| store.id);
    let found = load(entry, claims.sid, store).await?;
    let known = found
        .filter(|(user, _)| is_at_home(user, entry))
        .ok_or_else(|| Failure::of(&UNAUTHENTICATED))?;
    entry.context.identify(known.0.id.0);
    entry.backend.limits.account(known.0.id, &entry.context)?;
    Ok(known)
}

/// The session of an impersonation is one at its own store's host, and nobody's elsewhere.
fn is_at_home(user: &UserIdentity, entry: &Entry) -> bool {
    let store = entry.context.store.as_ref().map(|store| store.id);
    let at_home = |running: &Impersonating| store == Some(running.store) && running.host == entry.context.host;
    user.impersonation.as_ref().is_none_or(at_home)
}

async fn load(entry: &Entry, session: uuid::Uuid, store: Option<StoreId>) -> Result<Option<Known>, DbError> {
    let host = entry.context.host.clone();
    let read = move |tx: &mut PlatformTx| {
        let Some(user) = identity::find_user(tx, session, ("store", &host))? else {
            return Ok(None);
        };
        let access = match (&user.impersonation, store) {
            // A place that they may have in the team besides is not what they are here by.
            (Some(running), _) => Some(Membership::impersonating(running)),
            (None, Some(store)) => identity::find_membership(tx, store, user.id)?,
            (None, None) => None,
        };
        Ok::<_, DbError>(Some((user, access)))
    };
    entry.backend.platform_tx(Actor::system("gate"), RequestMeta::default(), read).await
}

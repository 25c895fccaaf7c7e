//! The gate of the platform's administration.

use crate::auth::Accounts;
use crate::health;
use orion_types::admin::ServerHealth;
use std::pin::Pin;
use std::sync::Arc;

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use orion_types::PlatformId;
use orion_types::auth::AdminGrant;
use orion_types::status::AdminRole;
use serde::Serialize;

use super::identity::{self, UserIdentity};
use super::passed::Shut;
use super::{Entry, OnPlatform, Principal, SECOND_FACTOR_NEEDED};
use crate::Services;
use crate::auth::Audience;
use crate::db::{Actor, DbError, PlatformTx, RequestMeta};
use crate::http::{Failure, bearer};
use crate::idempotency::{self, Answered, IdempotencyError, Once};
use crate::problem::{FORBIDDEN, NOT_FOUND, ProblemDraft, UNAUTHENTICATED};
use crate::tenancy::RequestContext;

/// Somebody with a role in the admin area.
pub struct PlatformAdmin {
    entry: Entry,
    user: UserIdentity,
    grants: Vec<AdminGrant>,
}

impl PlatformAdmin {
    /// The account.
    pub fn user(&self) -> &UserIdentity {
        &self.user
    }

    /// Who asks.
    pub fn principal(&self) -> Principal {
        Principal::administrator(self.user.clone())
    }

    /// The roles.
    pub fn grants(&self) -> &[AdminGrant] {
        &self.grants
    }

    /// Whether the administration wants a second factor of everybody, and this session has given none.
    pub fn needs_second_factor(&self) -> bool {
        self.entry.backend.config.auth.admins_need_second_factor && !self.user.has_proved_more()
    }

    /// Whether all platforms are open.
    pub fn is_super(&self) -> bool {
        self.grants.iter().any(|grant| grant.role == AdminRole::SuperAdmin)
    }

    /// Whether a platform is open.
    pub fn may(&self, platform: PlatformId) -> bool {
        self.is_super() || self.grants.iter().any(|grant| grant.platform_id == Some(platform))
    }

    /// The platforms that are open; `None` for all of them.
    pub fn platforms(&self) -> Option<Vec<PlatformId>> {
        (!self.is_super()).then(|| self.grants.iter().filter_map(|grant| grant.platform_id).collect())
    }

    /// 404 for a platform that is not open: its existence is not told.
    pub fn require(&self, platform: PlatformId) -> Result<(), Failure> {
        if self.may(platform) { Ok(()) } else { Err(Failure::of(&NOT_FOUND)) }
    }

    /// A platform that is open, for work on the rows that belong to it; 404 for another.
    pub fn on(&self, platform: PlatformId) -> Result<OnPlatform<'_>, Failure> {
        self.require(platform)?;
        Ok(OnPlatform::new(self, platform))
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

    /// Work across stores in one transaction.
    pub async fn tx<T, E>(&self, work: impl FnOnce(&mut PlatformTx) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        self.entry
            .backend
            .platform_tx(self.principal().actor(), self.entry.context.meta(), work)
            .await
    }

    /// Work across stores in one transaction, done once for each `Idempotency-Key`: a request that comes again gets the first answer again.
    pub async fn once<T, E>(&self, once: Once, work: impl FnOnce(&mut PlatformTx) -> Result<T, E> + Send + 'static) -> Result<Answered, E>
    where
        T: Serialize + 'static,
        E: From<DbError> + From<IdempotencyError> + Send + 'static,
    {
        let asked = self.entry.asked(|| self.principal().holder(), &once);
        self.tx(move |tx| idempotency::once(tx, asked.as_ref(), once.status, work)).await
    }
}

impl FromRequest for PlatformAdmin {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Failure>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let entry = Entry::of(request);
        let token = bearer(request.headers()).map(str::to_owned);
        let gate = Shut::of(request);
        Box::pin(async move {
            let admin = admit(entry?, token).await?;
            if admin.needs_second_factor() {
                return Err(ProblemDraft::new(&SECOND_FACTOR_NEEDED)
                    .detail("The administration wants one of everybody: turn it on in your account, or sign in with a passkey.")
                    .into());
            }
            gate.open();
            Ok(admin)
        })
    }
}

async fn admit(entry: Entry, token: Option<String>) -> Result<PlatformAdmin, Failure> {
    let token = token.ok_or_else(|| Failure::of(&UNAUTHENTICATED))?;
    let claims = verify(&entry, &token)?;
    let (user, grants) = load(&entry, claims).await?.ok_or_else(|| Failure::of(&UNAUTHENTICATED))?;
    entry.context.identify(user.id.0);
    entry.backend.limits.account(user.id, &entry.context)?;
    if grants.is_empty() {
        return Err(Failure::of(&FORBIDDEN));
    }
    Ok(PlatformAdmin { entry, user, grants })
}

/// Somebody with a role in the admin area who may still lack the second factor that is wanted of them: for one's own account, where it is
/// turned on.
pub struct AdminUser(PlatformAdmin);

impl std::ops::Deref for AdminUser {
    type Target = PlatformAdmin;

    fn deref(&self) -> &PlatformAdmin {
        &self.0
    }
}

impl FromRequest for AdminUser {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Failure>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let entry = Entry::of(request);
        let token = bearer(request.headers()).map(str::to_owned);
        let gate = Shut::of(request);
        Box::pin(async move {
            let admin = admit(entry?, token).await?;
            gate.open();
            Ok(Self(admin))
        })
    }
}

/// The session of the token. Staff and customers with a good token of their own area are known, and refused: 403, not 401.
fn verify(entry: &Entry, token: &str) -> Result<uuid::Uuid, Failure> {
    match entry.backend.tokens.verify(token, Audience::Admin) {
        Ok(claims) => Ok(claims.sid),
        Err(error) => {
            let elsewhere = [Audience::Store, Audience::Storefront]
                .iter()
                .any(|area| entry.backend.tokens.verify(token, *area).is_ok());
            if elsewhere {
                return Err(ProblemDraft::new(&FORBIDDEN)
                    .detail("This account is not an administrator's.")
                    .into());
            }
            Err(error.into())
        }
    }
}

async fn load(entry: &Entry, session: uuid::Uuid) -> Result<Option<(UserIdentity, Vec<AdminGrant>)>, DbError> {
    let host = entry.context.host.clone();
    let read = move |tx: &mut PlatformTx| {
        let Some(user) = identity::find_user(tx, session, ("admin", &host))? else {
            return Ok(None);
        };
        let grants = identity::list_grants(tx, user.id)?;
        Ok::<_, DbError>(Some((user, grants)))
    };
    entry.backend.platform_tx(Actor::system("gate"), RequestMeta::default(), read).await
}

/// An administrator of everything.
pub struct SuperAdmin(pub PlatformAdmin);

impl SuperAdmin {
    /// How the server that answers feels: every check with what it found, over all platforms.
    pub async fn server_health(&self) -> ServerHealth {
        let backend = &self.0.entry.backend;
        health::report(backend).await.into_wire(backend.health.uptime())
    }
}

impl FromRequest for SuperAdmin {
    type Error = Failure;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Failure>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let admin = PlatformAdmin::from_request(request, payload);
        Box::pin(async move {
            let admin = admin.await?;
            if admin.is_super() {
                Ok(Self(admin))
            } else {
                Err(Failure::of(&FORBIDDEN))
            }
        })
    }
}

//! The gate: a handler gets data only through an extractor whose type names the right.
//!
//! Only these types open transactions. A handler that demands none of them has no database; one that wants to be open to everybody says
//! [`Anonymous`] or [`Public`] in its signature.

mod admin;
mod anonymous;
mod dashboard;
mod guest;
mod identity;
mod impersonator;
mod keys;
mod passed;
mod platform;
mod principal;
mod programs;
mod public;
mod shopper;
mod staff;

use crate::backend::{Backend, Entrance};
use actix_web::HttpRequest;
use std::sync::Arc;

pub use admin::{AdminUser, PlatformAdmin, SuperAdmin};
pub use anonymous::Anonymous;
pub use dashboard::{DashboardUser, StaffUser};
pub use guest::{invitation, invite, is_invited, opens_for};
pub use identity::{CustomerIdentity, Place, UserIdentity};
pub use impersonator::Impersonator;
pub use keys::{KeyBook, KeyIdentity};
pub(crate) use passed::passed;
pub use platform::OnPlatform;
pub use principal::Principal;
pub(crate) use programs::challenge;
pub use programs::{ProgramIdentity, TokenBook, TokenIdentity};
pub use public::{Public, PublicFile};
pub use shopper::{Customer, Shopper};
pub use staff::{Colleague, Member, Staff};

use crate::http::Failure;
use crate::idempotency::{Asked, Once, Sent};
use crate::permission::ModuleMarker;
use crate::problem::{INTERNAL, MODULE_DISABLED, NOT_FOUND, ProblemDraft, ProblemKind};
use crate::tenancy::{RequestContext, StoreContext};
use orion_types::status::StoreStatus;

/// The store is suspended or archived.
pub static STORE_SUSPENDED: ProblemKind = ProblemKind {
    code: "framework.store_suspended",
    status: 503,
    title: "The shop is closed for a moment",
};

/// The merchant has not opened the shop yet.
pub static STORE_NOT_OPEN: ProblemKind = ProblemKind {
    code: "framework.store_not_open",
    status: 503,
    title: "The shop is not open yet",
};

/// The token means to be an API key, and opens nothing here; why is nobody's business.
pub static INVALID_KEY: ProblemKind = ProblemKind {
    code: "framework.invalid_api_key",
    status: 401,
    title: "This API key opens nothing here",
};

/// A program asks for something that only a person has, such as a password.
pub static PERSON_NEEDED: ProblemKind = ProblemKind {
    code: "framework.person_needed",
    status: 403,
    title: "Only a person who is signed in may do that",
};

/// The store, or whoever runs the platform, wants a second factor, and neither has the account one nor was the session made by a passkey.
pub static SECOND_FACTOR_NEEDED: ProblemKind = ProblemKind {
    code: "framework.second_factor_needed",
    status: 403,
    title: "This needs an account with a second factor",
};

/// The operation, or the right that it takes, is not open to impersonation.
pub static CLOSED_TO_IMPERSONATION: ProblemKind = ProblemKind {
    code: "framework.closed_to_impersonation",
    status: 403,
    title: "Only the store's own people may do that",
};

/// The impersonation was begun to look, and not to change things.
pub static IMPERSONATION_READS: ProblemKind = ProblemKind {
    code: "framework.impersonation_reads",
    status: 403,
    title: "This impersonation may look and change nothing",
};

/// The problems of gates that belong to no module.
pub static PROBLEMS: &[&ProblemKind] = &[
    &STORE_SUSPENDED,
    &STORE_NOT_OPEN,
    &INVALID_KEY,
    &PERSON_NEEDED,
    &SECOND_FACTOR_NEEDED,
    &CLOSED_TO_IMPERSONATION,
    &IMPERSONATION_READS,
];

/// The server's parts and the request, which every gate starts from.
#[derive(Clone)]
pub(crate) struct Entry {
    backend: Arc<Backend>,
    context: RequestContext,
    /// May see the shop before it opens.
    invited: bool,
    /// The key of a request that may come again.
    sent: Option<Sent>,
}

impl Entry {
    fn of(request: &HttpRequest) -> Result<Self, Failure> {
        let backend = Entrance::of(request).cloned();
        match (backend, RequestContext::of(request)) {
            (Some(backend), Some(context)) => Ok(Self {
                invited: context.store.as_ref().is_some_and(|store| is_invited(&backend, store, request)),
                sent: Sent::of(request)?,
                backend,
                context,
            }),
            _ => Err(Failure::of(&INTERNAL)),
        }
    }

    /// The request as somebody's, when it has an idempotency key.
    fn asked(&self, holder: impl FnOnce() -> String, once: &Once) -> Option<Asked> {
        self.sent.as_ref().map(|sent| sent.asked(holder(), once))
    }

    /// The store of the request, or 404: an API of stores is not there without one.
    fn store(&self) -> Result<StoreContext, Failure> {
        self.context.store.clone().ok_or_else(|| Failure::of(&NOT_FOUND))
    }
}

/// 404 while the module is off for the store's platform.
fn module_on(store: &StoreContext, module: &str) -> Result<(), Failure> {
    if store.module_enabled(module) {
        return Ok(());
    }
    Err(ProblemDraft::new(&MODULE_DISABLED)
        .detail(format!("The module {module} is off for this shop."))
        .into())
}

/// 503 while the store is closed to customers, or to whoever was not invited before it opens.
fn open_to_customers(store: &StoreContext, invited: bool) -> Result<(), Failure> {
    match store.status {
        StoreStatus::Active if store.opened || invited => Ok(()),
        StoreStatus::Active => Err(ProblemDraft::new(&STORE_NOT_OPEN).retry_after(3_600).into()),
        _ => Err(ProblemDraft::new(&STORE_SUSPENDED).retry_after(3_600).into()),
    }
}

/// A gate that names a module of shoppers.
fn shop<M: ModuleMarker>(entry: &Entry) -> Result<StoreContext, Failure> {
    let store = entry.store()?;
    open_to_customers(&store, entry.invited)?;
    module_on(&store, M::ID)?;
    Ok(store)
}

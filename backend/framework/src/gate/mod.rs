//! The gate: a handler gets data only through an extractor whose type names the right.
//!
//! Only these types open transactions. A handler that demands none of them has no database; one that wants to be open to everybody says
//! [`Anonymous`] or [`Public`] in its signature.

mod admin;
mod anonymous;
mod identity;
mod passed;
mod public;
mod shopper;
mod staff;

use actix_web::{HttpRequest, web};

pub use admin::{PlatformAdmin, SuperAdmin};
pub use anonymous::Anonymous;
pub use identity::{CustomerIdentity, UserIdentity};
pub(crate) use passed::passed;
pub use public::Public;
pub use shopper::{Customer, Shopper};
pub use staff::{Staff, StaffUser};

use crate::Services;
use crate::http::Failure;
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

/// The server's parts and the request, which every gate starts from.
#[derive(Clone)]
pub(crate) struct Entry {
    services: web::Data<Services>,
    context: RequestContext,
}

impl Entry {
    fn of(request: &HttpRequest) -> Result<Self, Failure> {
        let services = request.app_data::<web::Data<Services>>().cloned();
        match (services, RequestContext::of(request)) {
            (Some(services), Some(context)) => Ok(Self { services, context }),
            _ => Err(Failure::of(&INTERNAL)),
        }
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

/// 503 while the store is closed to customers.
fn open_to_customers(store: &StoreContext) -> Result<(), Failure> {
    match store.status {
        StoreStatus::Active => Ok(()),
        _ => Err(ProblemDraft::new(&STORE_SUSPENDED).retry_after(3_600).into()),
    }
}

/// A gate that names a module of shoppers.
fn shop<M: ModuleMarker>(entry: &Entry) -> Result<StoreContext, Failure> {
    let store = entry.store()?;
    open_to_customers(&store)?;
    module_on(&store, M::ID)?;
    Ok(store)
}

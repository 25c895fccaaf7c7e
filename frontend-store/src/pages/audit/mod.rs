//! The audit log: list and entry.

mod detail;
mod list;
mod words;

use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, path};
use orion_types::permission::Permission;

use crate::pages::forbidden::page_for;

pub use detail::AuditEntryPage;
pub use list::AuditPage;

/// Where its pages answer.
pub fn routes() -> impl MatchNestedRoutes + Send + Clone {
    view! {
        <Route path=path!("/audit") view=page_for(Permission::AuditRead, AuditPage)/>
        <Route path=path!("/audit/:id") view=page_for(Permission::AuditRead, AuditEntryPage)/>
    }
    .into_inner()
}

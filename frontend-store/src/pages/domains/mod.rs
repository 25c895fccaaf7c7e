//! Domains: what the shop is reached under beside its address below the platform's domain.

mod certificate;
mod detail;
mod dialogs;
mod label;
mod list;
mod new;
mod records;
mod words;

use crate::pages::forbidden::page_for;
use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, path};
use orion_types::permission::Permission;

pub use detail::DomainPage;
pub use list::DomainListPage;
pub use new::NewDomainPage;

/// Where its pages answer.
pub fn routes() -> impl MatchNestedRoutes + Send + Clone {
    view! {
        <Route path=path!("/domains") view=page_for(Permission::DomainsRead, DomainListPage)/>
        <Route path=path!("/domains/new") view=page_for(Permission::DomainsWrite, NewDomainPage)/>
        <Route path=path!("/domains/:id") view=page_for(Permission::DomainsRead, DomainPage)/>
    }
    .into_inner()
}

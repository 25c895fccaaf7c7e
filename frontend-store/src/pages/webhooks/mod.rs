//! Webhooks: where the store's events are sent, and what became of each.

mod actions;
mod badges;
mod choices;
mod delivery;
mod detail;
mod dialogs;
mod edit;
mod form;
mod list;
mod live;
mod log;
mod replay;
mod secret;

use crate::pages::forbidden::page_for;
use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, path};
use orion_types::permission::Permission;

pub use detail::EndpointPage;
pub use edit::{EditEndpointPage, NewEndpointPage};
pub use list::EndpointListPage;

/// Where its pages answer.
pub fn routes() -> impl MatchNestedRoutes + Send + Clone {
    view! {
        <Route path=path!("/webhooks") view=page_for(Permission::WebhooksRead, EndpointListPage)/>
        <Route path=path!("/webhooks/new") view=page_for(Permission::WebhooksWrite, NewEndpointPage)/>
        <Route path=path!("/webhooks/:id") view=page_for(Permission::WebhooksRead, EndpointPage)/>
        <Route path=path!("/webhooks/:id/edit") view=page_for(Permission::WebhooksWrite, EditEndpointPage)/>
    }
    .into_inner()
}

//! API keys: what programs ask the store by.

mod dialogs;
mod edit;
mod form;
mod list;
mod new;
mod scopes;
mod secret;

use crate::pages::forbidden::page_for;
use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, path};
use orion_types::permission::Permission;

pub use edit::KeyPage;
pub use list::KeyListPage;
pub use new::NewKeyPage;

/// Where its pages answer.
pub fn routes() -> impl MatchNestedRoutes + Send + Clone {
    view! {
        <Route path=path!("/api-keys") view=page_for(Permission::KeysRead, KeyListPage)/>
        <Route path=path!("/api-keys/new") view=page_for(Permission::KeysWrite, NewKeyPage)/>
        <Route path=path!("/api-keys/:id") view=page_for(Permission::KeysRead, KeyPage)/>
    }
    .into_inner()
}

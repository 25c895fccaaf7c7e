//! Stock: what is there, what is promised, and every change.

mod adjust;
mod list;
mod movements;

use crate::pages::forbidden::page_for;
use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, path};
use orion_types::permission::Permission;

pub use list::InventoryPage;

/// Where its pages answer.
pub fn routes() -> impl MatchNestedRoutes + Send + Clone {
    view! {
        <Route path=path!("/inventory") view=page_for(Permission::InventoryRead, InventoryPage)/>
    }
    .into_inner()
}

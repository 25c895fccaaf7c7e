//! Imports of product files: start one, watch it, read its report.

mod choices;
mod columns;
mod file;
mod list;
mod report;
mod undo;

use crate::pages::forbidden::page_for;
use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, path};
use orion_types::permission::Permission;

pub use list::ImportListPage;
pub use report::ImportPage;

/// Where its pages answer.
pub fn routes() -> impl MatchNestedRoutes + Send + Clone {
    view! {
        <Route path=path!("/imports") view=page_for(Permission::ProductsRead, ImportListPage)/>
        <Route path=path!("/imports/:id") view=page_for(Permission::ProductsRead, ImportPage)/>
    }
    .into_inner()
}

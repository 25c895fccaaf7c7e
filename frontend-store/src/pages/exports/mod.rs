//! Files to take away: asked for here or from a list, and fetched by a link that ends.

mod ask;
mod button;
mod contents;
mod list;

use crate::pages::forbidden::own_page_for;
use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, path};
use orion_types::permission::Permission;

pub use button::ExportButton;
pub use list::ExportsPage;

/// Where its pages answer.
pub fn routes() -> impl MatchNestedRoutes + Send + Clone {
    view! {
        <Route path=path!("/exports") view=own_page_for(Permission::DashboardRead, ExportsPage)/>
    }
    .into_inner()
}

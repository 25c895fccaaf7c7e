//! Stores: list, creation, one store.

mod create;
mod danger;
mod detail;
mod history;
mod impersonation;
mod list;
mod table;

use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, path};

pub use create::NewStorePage;
pub use detail::StorePage;
pub use list::StoreListPage;
pub use table::StoreTable;

/// Where its pages answer.
pub fn routes() -> impl MatchNestedRoutes + Send + Clone {
    view! {
        <Route path=path!("/stores") view=StoreListPage/>
        <Route path=path!("/stores/new") view=NewStorePage/>
        <Route path=path!("/stores/:id") view=StorePage/>
    }
    .into_inner()
}

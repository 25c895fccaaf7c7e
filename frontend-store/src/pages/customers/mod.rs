//! Customers: list and detail.

mod detail;
mod list;

use crate::pages::forbidden::page_for;
use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, path};
use orion_types::permission::Permission;

pub use detail::CustomerPage;
pub use list::{CustomerListPage, called};

/// Where its pages answer.
pub fn routes() -> impl MatchNestedRoutes + Send + Clone {
    view! {
        <Route path=path!("/customers") view=page_for(Permission::CustomersRead, CustomerListPage)/>
        <Route path=path!("/customers/:id") view=page_for(Permission::CustomersRead, CustomerPage)/>
    }
    .into_inner()
}

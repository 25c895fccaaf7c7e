//! Products: list, creation, edit.

mod bulk;
mod draft;
mod edit;
mod form;
mod grid;
mod images;
mod list;
mod matching;
mod new;
mod options;
mod picture;
mod table;
mod upload;
mod variant;
mod variants;

use crate::pages::forbidden::page_for;
use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, path};
use orion_types::permission::Permission;

pub use edit::ProductPage;
pub use grid::GridPage;
pub use list::ProductListPage;
pub use new::NewProductPage;

/// Where its pages answer.
pub fn routes() -> impl MatchNestedRoutes + Send + Clone {
    view! {
        <Route path=path!("/products") view=page_for(Permission::ProductsRead, ProductListPage)/>
        <Route path=path!("/products/new") view=page_for(Permission::ProductsWrite, NewProductPage)/>
        <Route path=path!("/products/prices") view=page_for(Permission::ProductsWrite, GridPage)/>
        <Route path=path!("/products/:id") view=page_for(Permission::ProductsRead, ProductPage)/>
    }
    .into_inner()
}

//! Orders: list and detail.

mod actions;
mod badges;
mod bulk;
mod detail;
mod list;
mod parts;
mod table;

use crate::pages::forbidden::page_for;
use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, path};
use orion_types::permission::Permission;

pub use detail::OrderPage;
pub use list::OrderListPage;
pub use parts::AddressCard;
pub use table::{OrderTable, number};

/// Where its pages answer.
pub fn routes() -> impl MatchNestedRoutes + Send + Clone {
    view! {
        <Route path=path!("/orders") view=page_for(Permission::OrdersRead, OrderListPage)/>
        <Route path=path!("/orders/:id") view=page_for(Permission::OrdersRead, OrderPage)/>
    }
    .into_inner()
}

//! Roles: those that every store has, and those that this one has made for its team.

mod choices;
mod delete;
mod edit;
mod form;
mod list;
mod new;
mod own;

use crate::pages::forbidden::page_for;
use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, path};
use orion_types::permission::Permission;
use orion_ui::format_count;

pub use edit::RolePage;
pub use list::RoleListPage;
pub use new::NewRolePage;

/// Where its pages answer.
pub fn routes() -> impl MatchNestedRoutes + Send + Clone {
    view! {
        <Route path=path!("/roles") view=page_for(Permission::TeamRead, RoleListPage)/>
        <Route path=path!("/roles/new") view=page_for(Permission::TeamWrite, NewRolePage)/>
        <Route path=path!("/roles/:id") view=page_for(Permission::TeamRead, RolePage)/>
    }
    .into_inner()
}

/// `2 members, 1 invitation`; who has a role.
fn holders(members: i64, invitations: i64) -> String {
    let several = |count: i64, one: &str| format!("{} {one}{}", format_count(count), if count == 1 { "" } else { "s" });
    match invitations {
        0 => several(members, "member"),
        _ => format!("{}, {}", several(members, "member"), several(invitations, "invitation")),
    }
}

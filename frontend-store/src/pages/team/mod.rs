//! The team: who works for the store, and who is invited to.

mod dialogs;
mod invitations;
mod members;
mod ownership;
mod page;
mod policy;

use crate::pages::forbidden::page_for;
use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, path};
use orion_types::permission::Permission;
use orion_types::status::MemberRole;
use orion_ui::SelectOption;

pub use ownership::OwnOffer;
pub use page::TeamPage;

/// Where its page answers.
pub fn routes() -> impl MatchNestedRoutes + Send + Clone {
    view! { <Route path=path!("/team") view=page_for(Permission::TeamRead, TeamPage)/> }.into_inner()
}

/// A role in words.
pub fn role_name(role: MemberRole) -> &'static str {
    match role {
        MemberRole::Owner => "Owner",
        MemberRole::Manager => "Manager",
        MemberRole::Editor => "Editor",
        MemberRole::Viewer => "Viewer",
    }
}

/// What a role is for.
fn role_hint(role: MemberRole) -> &'static str {
    match role {
        MemberRole::Owner => "Everything",
        MemberRole::Manager => "Day-to-day business",
        MemberRole::Editor => "Products and categories",
        MemberRole::Viewer => "Looking only",
    }
}

/// The roles that can be given.
fn given_roles() -> Vec<SelectOption> {
    let given = MemberRole::ALL.iter().filter(|role| **role != MemberRole::Owner);
    let option = |role: &MemberRole| SelectOption::new(role.as_str(), format!("{}: {}", role_name(*role), role_hint(*role)));
    given.map(option).collect()
}

//! The team: who works for the store, and who is invited to.

mod dialogs;
mod impersonations;
mod invitations;
mod members;
mod ownership;
mod page;
mod policy;

use crate::pages::forbidden::page_for;
use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, path};
use orion_app::Loader;
use orion_types::permission::Permission;
use orion_types::role::TeamRole;
use orion_types::status::MemberRole;
use orion_types::{Page, RoleId};
use orion_ui::SelectOption;

pub use ownership::OwnOffer;
pub use page::TeamPage;

/// Where its page answers.
pub fn routes() -> impl MatchNestedRoutes + Send + Clone {
    view! { <Route path=path!("/team") view=page_for(Permission::TeamRead, TeamPage)/> }.into_inner()
}

/// A role in words; one of the store's own by the name that it has there.
pub fn role_name(role: MemberRole, own: Option<&str>) -> String {
    own.unwrap_or(match role {
        MemberRole::Owner => "Owner",
        MemberRole::Manager => "Manager",
        MemberRole::Editor => "Editor",
        MemberRole::Viewer => "Viewer",
        MemberRole::Fulfilment => "Fulfilment",
        MemberRole::Support => "Support",
        MemberRole::Custom => "A role of the store's own",
    })
    .to_owned()
}

/// What a role is for.
pub fn role_hint(role: MemberRole) -> &'static str {
    match role {
        MemberRole::Owner => "Everything",
        MemberRole::Manager => "Day-to-day business",
        MemberRole::Editor => "Products and categories",
        MemberRole::Viewer => "Looking only",
        MemberRole::Fulfilment => "Sending orders, counting stock",
        MemberRole::Support => "Customers and their orders",
        MemberRole::Custom => "What the store has chosen",
    }
}

/// The roles that can be given: those of every store by their words, those of the store's own by their ids.
pub fn given_roles(own: &[TeamRole]) -> Vec<SelectOption> {
    let given = MemberRole::ALL
        .iter()
        .filter(|role| !matches!(role, MemberRole::Owner | MemberRole::Custom));
    let option = |role: &MemberRole| {
        let label = format!("{}: {}", role_name(*role, None), role_hint(*role));
        SelectOption::new(role.as_str(), label)
    };
    let own = own.iter().map(|role| SelectOption::new(role.id.to_string(), role.name.clone()));
    given.map(option).chain(own).collect()
}

/// The same once the store's own are there.
pub fn role_options(own: Loader<Page<TeamRole>>) -> Signal<Vec<SelectOption>> {
    Signal::derive(move || given_roles(&own.get().map(|page| page.data).unwrap_or_default()))
}

/// What is sent for a value of those.
pub fn chosen_role(value: &str) -> (MemberRole, Option<RoleId>) {
    match value.parse() {
        Ok(id) => (MemberRole::Custom, Some(id)),
        Err(_) => (value.parse().unwrap_or(MemberRole::Viewer), None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_a_word_or_an_id() {
        assert_eq!(chosen_role("manager"), (MemberRole::Manager, None));
        let id = "01932d0c-7e0a-7c3f-9b1f-0a5e7d1c2b3a";
        assert_eq!(chosen_role(id), (MemberRole::Custom, Some(id.parse().unwrap())));
    }
}

//! People: everybody with an account, one of them, and invitations to the administration.

mod account;
mod activity;
mod detail;
mod dialogs;
mod invitations;
mod invite;
mod list;
mod places;
mod roles;
mod sessions;
mod words;

use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, path};

pub use detail::PersonPage;
pub use invitations::InvitationsPage;
pub use list::PeoplePage;

/// Where its pages answer.
pub fn routes() -> impl MatchNestedRoutes + Send + Clone {
    view! {
        <Route path=path!("/people") view=PeoplePage/>
        <Route path=path!("/people/invitations") view=InvitationsPage/>
        <Route path=path!("/people/:id") view=PersonPage/>
    }
    .into_inner()
}

//! Programs that act for people: those that are connected, and those that the store has registered.

mod connections;
mod edit;
mod form;
mod new;
mod page;
mod registered;

use crate::pages::forbidden::page_for;
use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, path};
use orion_types::permission::Permission;

pub use connections::OwnConnections;
pub use edit::ProgramPage;
pub use new::NewProgramPage;
pub use page::ProgramsPage;

/// Where its pages answer.
pub fn routes() -> impl MatchNestedRoutes + Send + Clone {
    view! {
        <Route path=path!("/programs") view=page_for(Permission::ProgramsRead, ProgramsPage)/>
        <Route path=path!("/programs/new") view=page_for(Permission::ProgramsWrite, NewProgramPage)/>
        <Route path=path!("/programs/:id") view=page_for(Permission::ProgramsRead, ProgramPage)/>
    }
    .into_inner()
}

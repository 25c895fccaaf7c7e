//! Platforms: list, creation, one platform.

mod create;
mod danger;
mod detail;
mod edit;
mod list;
mod sidebar;
mod sign_up;

use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, path};

pub use create::NewPlatformPage;
pub use detail::PlatformPage;
pub use list::PlatformsPage;
pub use sidebar::SidebarPage;

/// Where its pages answer.
pub fn routes() -> impl MatchNestedRoutes + Send + Clone {
    view! {
        <Route path=path!("/platforms") view=PlatformsPage/>
        <Route path=path!("/platforms/new") view=NewPlatformPage/>
        <Route path=path!("/platforms/:id") view=PlatformPage/>
        <Route path=path!("/platforms/:id/menu") view=SidebarPage/>
    }
    .into_inner()
}

//! Platforms: list, creation, one platform.

mod create;
mod danger;
mod detail;
mod edit;
mod list;

use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, path};

pub use create::NewPlatformPage;
pub use detail::PlatformPage;
pub use list::PlatformsPage;

/// Where its pages answer.
pub fn routes() -> impl MatchNestedRoutes + Send + Clone {
    view! {
        <Route path=path!("/platforms") view=PlatformsPage/>
        <Route path=path!("/platforms/new") view=NewPlatformPage/>
        <Route path=path!("/platforms/:id") view=PlatformPage/>
    }
    .into_inner()
}

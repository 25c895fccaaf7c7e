//! From the bare address of an app to its first page.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::components::Redirect;

/// Leads from `/` to the first page. The router puts the app's base in front of the path; the way back leads past `/`, which would lead here again.
#[component]
pub fn ToFirstPage(
    /// The path inside the app.
    home: &'static str,
) -> impl IntoView {
    let options = NavigateOptions {
        replace: true,
        ..NavigateOptions::default()
    };
    view! { <Redirect path=home options/> }
}

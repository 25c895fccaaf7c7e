use leptos::prelude::*;
use leptos_router::hooks::use_location;
use orion_types::permission::Permission;
use orion_ui::*;

use crate::impersonation::running;
use crate::store::may;

/// Leads to the page where the records of a list are written into a file, narrowed and sorted as the list is.
#[component]
pub fn ExportButton(
    /// What the list is of, such as `orders`.
    kind: &'static str,
) -> impl IntoView {
    let search = use_location().search;
    let href = move || {
        let filter = filter_of(&search.get());
        let filter = js_sys::encode_uri_component(&filter);
        format!("/exports?kind={kind}&filter={}", String::from(filter))
    };
    // Files with everybody's data are closed to whoever impersonates, and to roles without the page that makes them.
    let offered = untrack(running).is_none() && untrack(|| may(Permission::DashboardRead));
    offered.then(|| view! { <LinkButton href=Signal::derive(href) icon=icons::DOWNLOAD>"Export these"</LinkButton> })
}

/// The list's own parameters without its page.
fn filter_of(search: &str) -> String {
    let parameters = search.trim_start_matches('?').split('&');
    let kept = parameters.filter(|parameter| !parameter.is_empty() && !parameter.starts_with("after=") && !parameter.ends_with('='));
    kept.collect::<Vec<_>>().join("&")
}

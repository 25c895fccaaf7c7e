use leptos::prelude::*;
use orion_types::people::PersonMembership;
use orion_ui::*;

use super::words::place_words;

/// The teams that somebody is in.
#[component]
pub fn Places(places: Vec<PersonMembership>) -> impl IntoView {
    let none = places.is_empty();
    let rows = places.into_iter().map(row).collect_view();
    view! {
        <Card title="Stores" description="Whose teams they are in" flush=true>
            {none.then(|| view! { <p class="px-4 sm:px-5 py-4 text-sm text-muted">"They work for no store that is shown to you."</p> })}
            <ul class="divide-y divide-border">{rows}</ul>
        </Card>
    }
    .into_any()
}

fn row(place: PersonMembership) -> AnyView {
    let href = app_href(&format!("/stores/{}", place.store_id));
    let role = place_words(&place);
    view! {
        <li class="ui-row justify-between px-4 sm:px-5 py-3">
            <span class="min-w-0">
                <a class="ui-link font-medium" href=href>{place.store_name}</a>
                <span class="block text-sm text-muted">{place.store} ", since " <DateTime at=Moment::from(place.joined_at.0)/></span>
            </span>
            <span class="ui-row">
                <Badge plain=true>{role}</Badge>
                {(!place.active).then(|| view! { <Badge tone=Tone::Warning>"Suspended there"</Badge> })}
            </span>
        </li>
    }
    .into_any()
}

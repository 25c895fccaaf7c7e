use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use orion_app::{Loader, use_client, use_load};
use orion_types::people::PersonDetail;
use orion_ui::*;

use super::account::AccountCard;
use super::activity::Activity;
use super::places::Places;
use super::roles::RolesCard;
use super::sessions::SessionsCard;
use super::words::{factor_words, role_words, state_badge};
use crate::profile::use_is_super;

/// Somebody: where they work, what they administer, where they are signed in, and what they did.
#[component]
pub fn PersonPage() -> impl IntoView {
    let client = use_client();
    let params = use_params_map();
    let person = use_load(move || {
        let id = params.with(|params| params.get("id")).unwrap_or_default();
        async move { client.get::<PersonDetail>(&format!("/users/{id}")).await }
    });
    view! {
        <div class="ui-page">
            <Loaded state=person.state() skeleton=|| view! { <DetailSkeleton/> } on_retry=move |()| person.reload() let:value>
                <Detail detail=value loader=person/>
            </Loaded>
        </div>
    }
    .into_any()
}

#[component]
fn Detail(detail: PersonDetail, loader: Loader<PersonDetail>) -> impl IntoView {
    let is_super = use_is_super();
    let person = detail.person.clone();
    let (shown, email) = (person.clone(), person.email.clone());
    let badges = move || {
        let role = role_words(&shown.roles).map(|words| view! { <Badge tone=Tone::Accent plain=true>{words}</Badge> });
        view! { {state_badge(&shown)} {role} }
    };
    let reason = (!person.active).then(|| person.disabled_reason.clone().unwrap_or_else(|| "Nobody has said why.".to_owned()));
    let held = StoredValue::new(detail.clone());
    let side = move || {
        is_super.get().then(|| {
            let detail = held.get_value();
            view! {
                <RolesCard detail=detail.clone() loader/>
                <AccountCard detail loader/>
            }
        })
    };
    let devices = move || is_super.get().then(|| view! { <SessionsCard detail=held.get_value() loader/> });
    view! {
        <PageHeader title=person.name.clone() subtitle=person.email.clone() back_href="/people" back_label="People" badges/>
        {reason.map(|reason| view! { <Callout tone=Tone::Warning title="This account is switched off">{reason}</Callout> })}
        <div class="ui-columns">
            <div class="ui-columns__main">
                <Places places=detail.memberships.clone()/>
                {devices}
                <Activity email/>
            </div>
            <div class="ui-columns__side">
                <Card title="Account">{move || held.with_value(|detail| facts(detail, is_super.get()))}</Card>
                {side}
            </div>
        </div>
    }
    .into_any()
}

/// What is told of an account; how and when somebody signs in to whoever runs all platforms.
fn facts(detail: &PersonDetail, whole: bool) -> AnyView {
    let person = &detail.person;
    let confirmed = if person.email_verified { "Confirmed" } else { "Not confirmed" };
    let seen = match &person.last_seen_at {
        Some(seen) => view! { <RelativeTime at=Moment::from(seen.0.clone())/> }.into_any(),
        None => "never".into_any(),
    };
    let mut facts = vec![
        Definition::new("E-mail", view! { <CopyText value=person.email.clone()/> }),
        Definition::new("Address", confirmed),
    ];
    if whole {
        facts.extend([
            Definition::new("Second factor", factor_words(person)),
            Definition::new("Last seen", seen),
        ]);
    }
    facts.push(Definition::new(
        "Made",
        view! { <DateTime at=Moment::from(person.created_at.0.clone())/> },
    ));
    view! { <DefinitionList items=facts/> }.into_any()
}

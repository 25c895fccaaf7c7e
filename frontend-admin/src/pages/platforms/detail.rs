use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use orion_app::{Loader, use_client, use_load};
use orion_types::admin::Platform;
use orion_ui::*;

use super::danger::DangerZone;
use super::edit::EditPlatform;
use super::sign_up::SignUpCard;
use crate::profile::use_is_super;

/// Whether a platform is on, as a badge.
pub fn state_badge(active: bool) -> AnyView {
    if active {
        view! { <Badge tone=Tone::Positive>"On"</Badge> }.into_any()
    } else {
        view! { <Badge tone=Tone::Critical>"Switched off"</Badge> }.into_any()
    }
}

/// One platform: its name, domain, modules and stores.
#[component]
pub fn PlatformPage() -> impl IntoView {
    let client = use_client();
    let params = use_params_map();
    let platform = use_load(move || {
        let id = params.with(|params| params.get("id")).unwrap_or_default();
        async move { client.get::<Platform>(&format!("/platforms/{id}")).await }
    });
    view! {
        <div class="ui-page">
            <Loaded state=platform.state() skeleton=|| view! { <DetailSkeleton/> } on_retry=move |()| platform.reload() let:value>
                <Detail platform=value loader=platform/>
            </Loaded>
        </div>
    }
    .into_any()
}

#[component]
fn Detail(platform: Platform, loader: Loader<Platform>) -> impl IntoView {
    let is_super = use_is_super();
    let active = platform.active;
    let (stores, modules) = (
        format!("/stores?platform={}", platform.id),
        format!("/modules?platform={}", platform.id),
    );
    let menu = format!("/platforms/{}/menu", platform.id);
    let held = StoredValue::new(platform.clone());
    let edit = move || {
        if is_super.get() {
            view! { <EditPlatform platform=held.get_value() loader/> }.into_any()
        } else {
            view! { <Card title="Platform">{held.with_value(facts)}</Card> }.into_any()
        }
    };
    let danger = move || is_super.get().then(|| view! { <DangerZone platform=held.get_value() loader/> });
    let off = (!active).then(|| {
        view! {
            <Callout tone=Tone::Warning title="This platform is switched off">
                "None of its hosts leads anywhere, and what its stores have to do waits."
            </Callout>
        }
    });
    view! {
        <PageHeader title=platform.name.clone() subtitle=platform.domain.clone() back_href="/platforms" back_label="Platforms" badges=move || state_badge(active)>
            <LinkButton href=stores.clone()>{count_of(platform.store_count, "store", "stores")}</LinkButton>
            <LinkButton href=modules.clone() icon=icons::BLOCKS>"Modules"</LinkButton>
            <LinkButton href=menu icon=icons::MENU>"Menu"</LinkButton>
        </PageHeader>
        {off}
        <div class="ui-columns">
            <div class="ui-columns__main">{edit}<SignUpCard platform=platform.id/></div>
            <div class="ui-columns__side">
                <Card title="Optional modules">{module_list(&platform)}</Card>
                {danger}
            </div>
        </div>
    }
    .into_any()
}

fn facts(platform: &Platform) -> AnyView {
    let facts = vec![
        Definition::new("Code", view! { <CopyText value=platform.code.clone()/> }),
        Definition::new("Domain", view! { <CopyText value=platform.domain.clone()/> }),
    ];
    view! { <DefinitionList items=facts/> }.into_any()
}

fn module_list(platform: &Platform) -> AnyView {
    if platform.enabled_modules.is_empty() {
        return view! { <p class="text-sm text-muted">"None is on."</p> }.into_any();
    }
    let badges = platform.enabled_modules.iter().cloned();
    let badges = badges.map(|module| view! { <Badge plain=true>{module}</Badge> }).collect_view();
    view! { <span class="ui-row">{badges}</span> }.into_any()
}

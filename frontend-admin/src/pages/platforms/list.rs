use leptos::prelude::*;
use orion_app::{use_client, use_load};
use orion_types::Page;
use orion_types::admin::Platform;
use orion_ui::*;

use super::detail::state_badge;
use crate::profile::use_is_super;

/// The platforms: domain, stores, modules that are on.
#[component]
pub fn PlatformsPage() -> impl IntoView {
    let client = use_client();
    let platforms = use_load(move || async move { client.get::<Page<Platform>>("/platforms").await.map(|page| page.data) });
    let columns = || {
        vec![
            Column::new("name", "Platform", |platform: &Platform| name(platform)).primary(),
            Column::new("domain", "Domain", |platform: &Platform| platform.domain.clone().into_any()),
            Column::new("state", "State", |platform: &Platform| state_badge(platform.active)),
            Column::new("modules", "Optional modules", |platform: &Platform| modules(platform)).wide_only(),
            Column::new("stores", "Stores", |platform: &Platform| {
                format_count(platform.store_count).into_any()
            })
            .end()
            .phone(Phone::Labelled),
        ]
    };
    let is_super = use_is_super();
    let create = move || {
        is_super.get().then(
            || view! { <LinkButton href="/platforms/new" variant=ButtonVariant::Primary icon=icons::PLUS>"New platform"</LinkButton> },
        )
    };
    view! {
        <div class="ui-page">
            <PageHeader title="Platforms" subtitle="Each groups stores under a domain and switches modules for them">{create}</PageHeader>
            <Card flush=true>
                <Loaded
                    state=platforms.state()
                    skeleton=|| view! { <TableSkeleton rows=2 columns=5/> }
                    on_retry=move |()| platforms.reload()
                    let:value
                >
                    <DataTable
                        caption="Platforms"
                        rows=Signal::stored(value)
                        key=|platform: &Platform| platform.id.to_string()
                        columns=columns()
                        href=|platform: &Platform| format!("/platforms/{}", platform.id)
                        row_label=|platform: &Platform| platform.name.clone()
                    />
                </Loaded>
            </Card>
        </div>
    }
    .into_any()
}

fn name(platform: &Platform) -> AnyView {
    let (name, code) = (platform.name.clone(), platform.code.clone());
    view! { <span class="flex flex-col"><span class="font-medium">{name}</span><span class="text-sm text-muted">{code}</span></span> }
        .into_any()
}

fn modules(platform: &Platform) -> AnyView {
    if platform.enabled_modules.is_empty() {
        return view! { <span class="text-muted">"none"</span> }.into_any();
    }
    let badges = platform
        .enabled_modules
        .clone()
        .into_iter()
        .map(|module| view! { <Badge>{module}</Badge> })
        .collect_view();
    view! { <span class="ui-row">{badges}</span> }.into_any()
}
